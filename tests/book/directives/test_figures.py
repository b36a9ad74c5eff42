"""Pictures in the dark; script and styles of interactive figures where they are needed alone."""

import io

import matplotlib as mpl
import pytest
from _ext import figures
from matplotlib import pyplot as plt

from coursecnn import plots
from coursecnn.widgets import FIGURES, bundle

SVG = '<svg><g id="patch_1">\n<path d="M 0 0" style="{ground}"/></g>{more}</svg>'
TAGS = [figure.tag for figure in FIGURES]
SHOWN = {figure.tag: figure().to_html() for figure in FIGURES}
BOTH = TAGS[:2]
PAGES = {tag: f"# Page\n\n```{{raw}} html\n{html}\n```\n" for tag, html in SHOWN.items()} | {
    "both": f"# Page\n\n```{{raw}} html\n{SHOWN[BOTH[1]]}\n{SHOWN[BOTH[0]]}\n```\n",
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
    assert {*styles} == {f"_static/widgets/{tag}.css", "_static/css/widgets.css"}


def test_a_page_that_only_names_the_figures_loads_nothing_of_them(site):
    assert "widgets/" not in str(site.soup("other").head)


def test_a_page_with_two_figures_loads_what_they_share_once(site):
    folder = site.folder / "_static" / "widgets"
    name = ".".join(BOTH)
    assert {path.name for path in folder.iterdir()} == {
        f"{one}.{ending}" for one in (name, *TAGS) for ending in ("css", "js")
    }
    script = (folder / f"{name}.js").read_text("utf-8")
    assert script == bundle.classic(*(f"{tag}.js" for tag in BOTH))
    assert script.count("const m_figure = ") == 1
    assert (folder / f"{name}.css").read_text("utf-8") == bundle.style(*BOTH)
    assert len(bundle.style(*BOTH)) < sum(len(bundle.style(tag)) for tag in BOTH)
    assert len(loaded(site.soup("both"))[0]) == 1


@pytest.mark.parametrize(
    ("ground", "more", "expected"),
    [
        ("fill: none", "", True),
        ("fill: #ffffff; opacity: 0", "", True),
        ("fill: #ffffff", "", False),
        ("fill: #ffffff; opacity: 0.5", "", False),
        ("fill: none", '<image href="data:"/>', False),
    ],
)
def test_only_a_plot_on_clear_ground_is_recoloured_in_the_dark(ground, more, expected):
    assert figures.is_plot(SVG.format(ground=ground, more=more)) is expected


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_figure_of_our_style_gives_its_paper_away_and_another_keeps_its_ground(theme):
    with mpl.rc_context():
        plots.use_style(theme)
        figure, _ = plt.subplots()
        stream = io.StringIO()
        figure.savefig(stream, format="svg")
        plt.close(figure)
    drawn = stream.getvalue()
    assert not figures.is_plot(drawn)
    assert figures.is_plot(figures.without_paper(drawn))
    other = SVG.format(ground="fill: #ffffff", more='<g style="fill: #fbfaf7"/>')
    assert figures.without_paper(other) == other
