"""The browser of this machine, and a server that only this machine can reach."""

import contextlib
import functools
import http.server
import shutil
import threading
import time
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome")
QUIET = [
    "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-sync",
    "--disable-component-update", "--no-first-run",
]  # fmt: skip


def browser_path():
    """Path of the browser, or None."""
    return next(filter(None, map(shutil.which, NAMES)), None)


LATENCY = 0.04  # seconds
BYTES_A_SECOND = 1_250_000  # 10 Mbit/s


class _Handler(http.server.SimpleHTTPRequestHandler):
    protocol_version = "HTTP/1.1"  # a page asks for fifty files: few connections carry them

    def log_message(self, *args):
        """Say nothing: the tests do."""


class _SlowHandler(_Handler):
    """Sends as over a network, to a browser that comes for the first time.

    It may keep scripts, as it has to read them each time; but it must ask for them again, and its
    answer comes as late as the script would.
    """

    line = threading.Lock()  # one file at a time

    def do_GET(self):
        time.sleep(LATENCY)
        path = Path(self.translate_path(self.path))
        with self.line:
            time.sleep(path.stat().st_size / BYTES_A_SECOND if path.is_file() else 0)
        super().do_GET()

    def end_headers(self):
        kept = self.path.partition("?")[0].endswith(".js")
        self.send_header("Cache-Control", "no-cache" if kept else "no-store")
        super().end_headers()


class _Server(http.server.ThreadingHTTPServer):
    request_queue_size = 128  # a page asks for fifty files at once, and a busy machine is slow


@contextlib.contextmanager
def serve(folder, *, slow=False):
    """Serve a folder, as over a network if it is to be slow; gives its address."""
    handler = functools.partial(_SlowHandler if slow else _Handler, directory=folder)
    with _Server(("127.0.0.1", 0), handler) as running:
        threading.Thread(target=running.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{running.server_port}"
        running.shutdown()
