"""The built book carries all that it shows: nothing on it asks for anything elsewhere."""

import json
import re
from os.path import normpath
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from bs4 import NavigableString, Tag
from making import pages

pytestmark = pytest.mark.built

NAMES = ["index", "search", *(page.name for page in pages.pages())]
LOADING = {
    "audio": "src", "embed": "src", "iframe": "src", "img": "src", "input": "src", "link": "href",
    "object": "data", "script": "src", "source": "src", "track": "src", "video": "src",
}  # fmt: skip
NO_PROSE = {"pre", "code", "script", "style"}


def references(soup):
    """Everything that the browser loads by itself when it opens the page."""
    for tag, attribute in LOADING.items():
        for element in soup.find_all(tag):
            if element.get(attribute):
                yield element[attribute]
    for element in soup.find_all(srcset=True):
        yield from (part.split()[0] for part in element["srcset"].split(","))
    for element in soup.find_all(style=True):
        yield from urls_of(element["style"])
    for element in soup.find_all("style"):
        yield from urls_of(element.get_text())


def urls_of(css):
    """Targets of `url()` and `@import` in a style sheet."""
    css = re.sub(r"/\*.*?\*/", "", css, flags=re.S)
    for match in re.finditer(r"""url\(\s*(['"]?)(.*?)\1\s*\)""", css):
        yield match[2]
    for match in re.finditer(r"""@import\s+(['"])(.*?)\1""", css):
        yield match[2]


def missing(reference, folder):
    """Why a reference cannot be loaded from the folder of its page; empty if it can."""
    parts = urlsplit(reference)
    if parts.scheme == "data" or not (parts.scheme or parts.netloc or parts.path):
        return ""
    if parts.scheme or parts.netloc or parts.path.startswith("/"):
        return f"{reference} is elsewhere"
    if not Path(folder, unquote(parts.path)).is_file():
        return f"{reference} does not exist"
    return ""


def test_every_page_of_the_contents_was_built_and_no_other(html):
    built = {path.relative_to(html).with_suffix("").as_posix() for path in html.rglob("*.html")}
    code = {name for name in built if name.startswith("_modules/")}  # the library's, shown
    assert built - code == set(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_a_page_loads_only_files_that_lie_beside_it(html, page, name):
    folder = (html / f"{name}.html").parent
    faults = [missing(reference, folder) for reference in references(page(name))]
    assert not list(filter(None, faults))


def test_the_style_sheets_load_only_files_that_lie_beside_them(html):
    faults = []
    for sheet in html.rglob("*.css"):
        targets = urls_of(sheet.read_text("utf-8"))
        faults += [f"{sheet.name}: {fault}" for t in targets if (fault := missing(t, sheet.parent))]
    assert not faults


def test_our_scripts_name_no_address(html):
    for script in [*html.glob("_static/js/*.js"), *html.glob("_static/widgets/*.js")]:
        addresses = re.findall(r"(?:https?:)?//[\w-]+\.[\w./-]+", script.read_text("utf-8"))
        assert [a for a in addresses if "www.w3.org/" not in a] == [], script


@pytest.mark.parametrize("name", NAMES)
def test_links_between_the_pages_lead_somewhere(html, page, anchors, name):
    folder = (html / f"{name}.html").parent
    targets = [urlsplit(a["href"]) for a in page(name).find_all("a", href=True)]
    inside = [t for t in targets if not t.scheme and t.path]
    assert [t.path for t in inside if not Path(folder, unquote(t.path)).is_file()] == []

    def place(target):
        """Name and anchor of the place that a link leads to."""
        path = normpath(Path(name).parent / unquote(target.path)) if target.path else f"{name}.html"
        return path.removesuffix(".html"), unquote(target.fragment)

    places = {place(t) for t in targets if not t.scheme and t.fragment}
    assert [f"{other}#{anchor}" for other, anchor in places if anchor not in anchors(other)] == []


def prose(element):
    """The text of an element, without code and formulas."""
    for child in element.children:
        if type(child) is NavigableString:  # not one of its kinds, such as a comment
            yield child
        elif isinstance(child, Tag) and child.name not in NO_PROSE:
            yield from () if "math" in child.get("class", ()) else prose(child)


@pytest.mark.parametrize("name", NAMES)
def test_no_markup_is_left_in_the_text(page, name):
    text = " ".join(prose(page(name)))
    assert len(text) > 100
    assert re.findall(r"\{[a-z][\w:-]*\}(?=[`\s])|:::+", text) == []


@pytest.mark.parametrize("source", pages.notebooks(), ids=lambda page: page.name)
def test_the_notebook_of_a_page_can_be_downloaded(html, page, source):
    link = page(source.name).select_one("a.cc-download")
    target = (html / f"{source.name}.html").parent / unquote(link["href"])
    assert target.resolve().read_bytes() == source.published().read_bytes()


@pytest.mark.parametrize("name", NAMES)
def test_a_page_loads_the_script_of_formulas_if_it_has_any(page, name):
    loads = any("mathjax" in reference for reference in references(page(name)))
    assert loads == bool(page(name).select(".math"))


@pytest.mark.parametrize("name", NAMES)
def test_a_page_weighs_little(html, page, name):
    own = [r for r in references(page(name)) if re.search(r"_static/(css|js|widgets)/", r)]
    files = {Path((html / f"{name}.html").parent, urlsplit(r).path).resolve() for r in own}
    drawings = sum(len(str(drawing).encode()) for drawing in page(name).select(".cc-drawing"))
    assert drawings <= 150_000
    weight = (html / f"{name}.html").stat().st_size + sum(f.stat().st_size for f in files)
    assert weight - drawings <= 300_000


@pytest.mark.parametrize("name", NAMES)
def test_the_numbers_that_figures_carry_weigh_little(html, page, name):
    shared = [Path(urlsplit(r).path).name for r in references(page(name)) if "/stored/" in r]
    sizes = [(html / "_static" / "stored" / file).stat().st_size for file in shared]
    assert sum(sizes) <= 300_000


def test_what_all_pages_share_weighs_little(html):
    shared = [path for path in (html / "_static").rglob("*") if path.is_file()]
    assert sum(path.stat().st_size for path in shared) <= 3_500_000
    fonts = [path.stat().st_size for path in shared if path.suffix == ".woff2"]
    assert 0 < sum(fonts) <= 250_000


@pytest.mark.parametrize("name", NAMES)
def test_no_cell_shows_an_error(page, name):
    # a picture that cannot be drawn after its cell has run stops no notebook
    assert page(name).select(".cell_output :is(.traceback, .stderr)") == []


def test_every_script_that_is_kept_is_loaded_by_some_page(html):
    tag = re.compile(r'<script[^>]* src="([^"]+)"')
    pages = [path.read_text("utf-8") for path in html.rglob("*.html")]
    loaded = {Path(urlsplit(src).path).name for text in pages for src in tag.findall(text)}
    kept = [path for path in (html / "_static").rglob("*.js") if "mathjax" not in path.parts]
    assert len(kept) >= 10
    assert [path.name for path in kept if path.name not in loaded] == []


def test_what_the_search_loads_weighs_little_and_has_every_page(html):
    script = html / "sections.js"
    assert script.stat().st_size <= 800_000  # all words of 25 chapters; only who searches loads it
    found = json.loads(script.read_text("utf-8").removeprefix("window.coursecnnSections = ")[:-2])
    assert [address.removesuffix(".html") for address, _, _ in found] == NAMES[2:]
    assert not list(html.glob("searchindex*"))  # nobody loads it


@pytest.mark.parametrize("text", ["@import 'x.css';", 'a{background:url( "//b.org/x.png" )}'])
def test_the_scan_sees_what_a_style_sheet_loads(text, tmp_path):
    assert [bool(missing(target, tmp_path)) for target in urls_of(text)] == [True]


@pytest.mark.parametrize("name", NAMES[1:])  # the first only leads to the book
def test_the_contents_number_every_chapter(page, name):
    found = page(name).select("nav.bd-docs-nav .cc-contents-number")
    names = [re.search(r"part-\d+/(\d\d)-", page.name) for page in pages.pages()]
    assert [int(number.text) for number in found] == [int(match[1]) for match in names if match]
