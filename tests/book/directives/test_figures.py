"""Script and styles of interactive figures, on the pages that need them alone."""

import pytest
from bs4 import BeautifulSoup

from coursecnn.widgets import FIGURES, bundle

TAGS = [figure.tag for figure in FIGURES]
SHOWN = {figure.tag: figure().to_html() for figure in FIGURES}
BOTH = ["activation-plot", "connection-explorer"]  # with no stored numbers, which are scripts apart
PAGES = {tag: f"# Page\n\n```{{raw}} html\n{html}\n```\n" for tag, html in SHOWN.items()} | {
    "both": f"# Page\n\n```{{raw}} html\n{SHOWN[BOTH[1]]}\n{SHOWN[BOTH[0]]}\n```\n",
    "played": f"# Played\n\n```{{play}} {TAGS[0]}\n```\n",
    "unknown": "# Unknown\n\n```{play} nothing\n```\n",
    "other": "# Other\n\n" + "".join(f"The `<{tag}>` element.\n" for tag in TAGS),
}


def loaded(soup):
    """The figures' scripts and styles of a page, without what tells their versions."""
    scripts = soup.select("script[src^='_static/widgets/']")
    styles = [link["href"].split("?")[0] for link in soup.select("link[rel=stylesheet]")]
    return scripts, [name for name in styles if "widgets" in name]


@pytest.mark.parametrize("tag", TAGS)
def test_a_page_loads_what_its_figure_needs(site, tag):
    assert site.warnings_of(tag) == []
    [script], styles = loaded(site.soup(tag))
    assert script["src"].startswith(f"_static/widgets/{tag}.js")
    assert script.has_attr("defer")
    assert script.get("type") != "module"
    shared = ["_static/widgets/figure.css", "_static/css/widgets.css"]
    assert sorted(styles) == sorted([f"_static/widgets/{tag}.css", *shared])
    assert styles.index(shared[0]) < styles.index(f"_static/widgets/{tag}.css")


def test_a_page_without_cells_can_show_a_figure_as_it_starts(site):
    assert site.warnings_of("played") == []
    soup = site.soup("played")
    assert str(soup.select_one(TAGS[0])) == str(BeautifulSoup(SHOWN[TAGS[0]], "html.parser"))
    [script] = loaded(soup)[0]
    assert script["src"].startswith(f"_static/widgets/{TAGS[0]}.js")


def test_the_scripts_of_such_a_figure_wait_for_a_reader(site):
    [script] = loaded(site.soup("played"))[0]
    assert script["type"] == "text/late"
    assert site.soup("played").select("script[src^='_static/js/play.js'][defer]")
    assert not site.soup(TAGS[0]).select("script[src^='_static/js/play.js']")


def test_a_tag_that_no_figure_has_is_answered_with_those_there_are(site):
    [warning] = site.warnings_of("unknown")
    assert f"no figure has the tag `nothing`; choose one of {TAGS[0]}, " in warning


def test_a_page_that_only_names_the_figures_loads_nothing_of_them(site):
    assert "widgets/" not in str(site.soup("other").head)


def test_a_page_with_two_figures_loads_what_they_share_once(site):
    folder = site.folder / "_static" / "widgets"
    name = ".".join(BOTH)
    assert {path.name for path in folder.iterdir()} == {
        *(f"{one}.{ending}" for one in (name, *TAGS) for ending in ("css", "js")),
        "figure.css",
    }
    script = (folder / f"{name}.js").read_text("utf-8")
    assert script == bundle.classic(*(f"{tag}.js" for tag in BOTH))
    assert script.count("const m_figure = ") == 1
    assert len(loaded(site.soup("both"))[0]) == 1


def test_pages_share_what_the_styles_of_their_figures_share(site):
    folder = site.folder / "_static" / "widgets"
    shared, own = (
        (folder / f"{name}.css").read_text("utf-8") for name in ("figure", ".".join(BOTH))
    )
    assert shared + own == bundle.style(*BOTH)
    assert ".fig-frame .fig-button" in shared
    assert ".fig-frame .fig-button" not in own
