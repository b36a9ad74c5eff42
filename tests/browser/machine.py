"""The browser of this machine, and a server that only this machine can reach."""

import contextlib
import functools
import http.server
import shutil
import threading

NAMES = ("chromium", "chromium-browser", "google-chrome")
QUIET = [
    "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-sync",
    "--disable-component-update", "--no-first-run",
]  # fmt: skip


def browser_path():
    """Path of the browser, or None."""
    return next(filter(None, map(shutil.which, NAMES)), None)


class _Handler(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *args):
        """Say nothing: the tests do."""


class _Server(http.server.ThreadingHTTPServer):
    request_queue_size = 128  # a page asks for fifty files at once, and a busy machine is slow


@contextlib.contextmanager
def serve(folder):
    """Serve a folder; gives its address."""
    handler = functools.partial(_Handler, directory=folder)
    with _Server(("127.0.0.1", 0), handler) as running:
        threading.Thread(target=running.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{running.server_port}"
        running.shutdown()
