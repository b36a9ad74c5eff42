"""Interactive figures on static pages: script and styles where they are needed, and only there."""

import pytest

from coursecnn.widgets import FIGURES, bundle
from coursecnn.widgets.figure import style

every_figure = pytest.mark.parametrize("figure", FIGURES, ids=lambda figure: figure.tag)


@every_figure
def test_a_page_loads_what_its_figure_needs_and_other_pages_do_not(build, figure):
    page = f"# Page\n\n```{{raw}} html\n{figure().to_html()}\n```\n"
    built = build(index=page, other=f"# Other\n\nThe `<{figure.tag}>` element.\n")
    assert built.warnings.count("WARNING") == built.warnings.count("toctree")
    soup = built.soup()
    script = soup.select_one(f"script[src^='_static/widgets/{figure.tag}.js']")
    assert script.has_attr("defer")
    assert script.get("type") != "module"
    assert len(soup.select("script[src^='_static/widgets/']")) == 1
    styles = [link["href"].split("?")[0] for link in soup.select("link[rel=stylesheet]")]
    assert {f"_static/widgets/{figure.tag}.css", "_static/css/widgets.css"} <= set(styles)
    assert "widgets/" not in str(built.soup("other").head)


def test_a_page_with_two_figures_loads_what_they_share_once(build):
    shown = [figure().to_html() for figure in reversed(FIGURES[:2])]
    built = build(index="# Page\n\n```{raw} html\n" + "\n".join(shown) + "\n```\n")
    folder = built.folder / "_static" / "widgets"
    tags = [figure.tag for figure in FIGURES[:2]]
    name = ".".join(tags)
    assert sorted(path.name for path in folder.iterdir()) == [f"{name}.css", f"{name}.js"]
    script = (folder / f"{name}.js").read_text("utf-8")
    assert script == bundle.classic(*(f"{tag}.js" for tag in tags))
    assert script.count("const m_figure = ") == 1
    assert (folder / f"{name}.css").read_text("utf-8") == style(*tags)
    assert len(style(*tags)) < sum(len(style(tag)) for tag in tags)
    assert len(built.soup().select("script[src^='_static/widgets/']")) == 1
