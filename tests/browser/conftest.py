"""A Chromium that may talk to this machine only; the built book from a disk and from a server."""

import functools
import http.server
import shutil
import sys
import threading
from pathlib import Path

import pytest
from browser import alone
from playwright.sync_api import sync_playwright

ROOT = Path(__file__).parents[2]
sys.path.append(str(ROOT / "book"))
HTML = ROOT / "_build" / "html"
NAMES = ("chromium", "chromium-browser", "google-chrome")
QUIET = [
    "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-sync",
    "--disable-component-update", "--no-first-run",
]  # fmt: skip


@pytest.fixture(scope="session")
def html():
    """Folder of the built book."""
    if not (HTML / "book" / "index.html").is_file():
        pytest.fail(f"{HTML} holds no book; run `make book` first.", pytrace=False)
    return HTML


@pytest.fixture(scope="session")
def chromium():
    """The browser of this machine, without a window."""
    path = next(filter(None, map(shutil.which, NAMES)), None)
    if path is None:
        pytest.fail(f"none of {', '.join(NAMES)} was found; install Chromium.", pytrace=False)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=QUIET)
        yield browser
        browser.close()


class _Handler(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *args):
        """Say nothing: the tests do."""


@pytest.fixture(scope="session")
def server(html):
    """Address of the book on a server that only this machine can reach."""
    handler = functools.partial(_Handler, directory=html)
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as running:
        threading.Thread(target=running.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{running.server_port}"
        running.shutdown()


class Visit:
    """An open page and everything that went wrong on it."""

    def __init__(self, page, home):
        self.page, self.home, self.faults = page, home, []
        page.on("request", self._request)
        page.on("requestfailed", lambda request: self.faults.append(f"failed: {request.url}"))
        page.on("response", self._response)
        page.on("console", self._console)
        page.on("pageerror", lambda error: self.faults.append(f"error: {error}"))

    def open(self, name):
        """Open a page of the book and wait until its scripts and formulas are done."""
        self.page.goto(f"{self.home}/{name}.html", wait_until="load")
        self.page.evaluate("window.MathJax?.startup?.promise")
        self.page.evaluate("document.fonts.ready.then(() => true)")

    def _request(self, request):
        if not request.url.startswith((self.home, "data:", "blob:")):
            self.faults.append(f"elsewhere: {request.url}")

    def _response(self, response):
        if response.status >= 400:
            self.faults.append(f"{response.status}: {response.url}")

    def _console(self, message):
        if message.type in ("error", "warning"):
            self.faults.append(f"{message.type}: {message.text}")


@pytest.fixture
def visit(chromium, html, request):
    """A function that opens pages in a fresh profile: `visit(home, colour=, width=)`."""
    contexts = []

    def start(home=f"file://{HTML}", colour="light", width=1280, **more):
        size = {"width": width, "height": 900}
        context = chromium.new_context(viewport=size, color_scheme=colour, **more)
        contexts.append(context)
        return Visit(context.new_page(), home)

    yield start
    for context in contexts:
        context.close()


@pytest.fixture
def open_figure(visit, tmp_path):
    """A function that opens a figure on a page of its own; its faults are checked at the end."""
    opened = []

    def start(figure, theme="light", **look):
        seen = visit(home=tmp_path.as_uri(), colour=theme, **look)
        seen.page.goto(alone.write(tmp_path, figure, theme))
        opened.append(seen)
        return seen.page

    yield start
    assert [fault for seen in opened for fault in seen.faults] == []
