"""A Chromium that may talk to this machine only; the built book from a disk and from a server."""

import functools
import sys
from pathlib import Path

import pytest
from browser import alone, machine
from playwright.sync_api import Error, expect, sync_playwright

ROOT = Path(__file__).parents[2]
sys.path.append(str(ROOT / "book"))
HTML = ROOT / "_build" / "html"
FORGET = """() => {
  try { localStorage.clear(); sessionStorage.clear(); } catch {}  // an empty page has none
}"""

expect.set_options(timeout=30_000)  # as Playwright's other waits: a busy machine is no fault


@pytest.fixture(scope="session")
def html():
    """Folder of the built book."""
    if not (HTML / "book" / "index.html").is_file():
        pytest.fail(f"{HTML} holds no book; run `make book` first.", pytrace=False)
    return HTML


@pytest.fixture(scope="session")
def chromium():
    """The browser of this machine, without a window."""
    if machine.browser_path() is None:
        pytest.fail(
            f"none of {', '.join(machine.NAMES)} was found; install Chromium.", pytrace=False
        )
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=machine.browser_path(), args=machine.QUIET
        )
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def disk(html):
    """Address of the book on a disk; a page opens there at twice the cost of a server's."""
    return html.as_uri()


@pytest.fixture(scope="session")
def server(html):
    """Address of the book on a server that only this machine can reach."""
    with machine.serve(html) as address:
        yield address


@pytest.fixture(scope="session")
def network(html):
    """Address of the book on a server that is as slow as over a network."""
    with machine.serve(html, slow=True) as address:
        yield address


class Visit:
    """A tab and everything that went wrong in it since its reader came."""

    def __init__(self, page):
        self.page, self.home, self.faults = page, None, []
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

    def look(self, colour, width):
        """Show the open page of the book in these colours and at this width, in its theme."""
        self.show(colour, width)
        expect(self.page.locator("html")).to_have_attribute("data-theme", colour)
        self.page.evaluate(alone.AT_REST)

    def show(self, colour, width, **more):
        """Change the screen and the wishes of the reader."""
        self.page.set_viewport_size({"width": width, "height": 900})
        self.page.emulate_media(color_scheme=colour, **more)

    def leave(self):
        """Leave nothing behind: no page, nothing that it kept, no fault."""
        self.page.evaluate(FORGET)
        self.page.goto("about:blank")
        self.page.mouse.move(0, 0)
        self.faults = []

    def _request(self, request):
        if not request.url.startswith((self.home, "data:", "blob:")):
            self.faults.append(f"elsewhere: {request.url}")

    def _response(self, response):
        if response.status >= 400:
            self.faults.append(f"{response.status}: {response.url}")

    def _console(self, message):
        if message.type in ("error", "warning"):
            self.faults.append(f"{message.type}: {message.text}")


@pytest.fixture(scope="session")
def tab(chromium):
    """A function that gives the tab with scripts or without; a new one costs five openings."""

    @functools.cache
    def get(scripts):
        return Visit(chromium.new_context(java_script_enabled=scripts).new_page())

    return get


@pytest.fixture
def visit(tab, server):
    """A function that comes as a new reader: `visit(home, colour=, width=)`, or to the server."""
    seen = []

    def start(home=server, colour="light", width=1280, motion="no-preference", scripts=True):
        seen.append(tab(scripts))
        seen[-1].home = home
        seen[-1].show(colour, width, reduced_motion=motion, media="screen")
        return seen[-1]

    yield start
    try:
        for each in seen:
            each.leave()
    except Error:
        tab.cache_clear()  # it hangs or has crashed: the next test gets another one


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
