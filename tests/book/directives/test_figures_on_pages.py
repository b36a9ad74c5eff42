"""Interactive figures on static pages: script and styles where they are needed, and only there."""

import pytest

from coursecnn.widgets import FIGURES, bundle

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


def test_the_scripts_beside_the_pages_are_the_bundled_ones(build):
    folder = build(index="# Page\n").folder / "_static" / "widgets"
    written = {path.name: path.read_text("utf-8") for path in folder.glob("*.js")}
    assert written == {f"{f.tag}.js": bundle.classic(f"{f.tag}.js") for f in FIGURES}
    assert list(folder.glob("*.js.*")) == []
