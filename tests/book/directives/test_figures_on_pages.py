"""Interactive figures on static pages: script and styles where they are needed, and only there."""

from coursecnn.widgets import ConvStepper, bundle


def test_a_page_loads_what_its_figure_needs_and_other_pages_do_not(build):
    figure = f"# Page\n\n```{{raw}} html\n{ConvStepper().to_html()}\n```\n"
    built = build(index=figure, other="# Other\n\nThe `<conv-stepper>` element.\n")
    assert built.warnings.count("WARNING") == built.warnings.count("toctree")
    soup = built.soup()
    script = soup.select_one("script[src^='_static/widgets/conv-stepper.js']")
    assert script.has_attr("defer")
    assert script.get("type") != "module"
    styles = [link["href"].split("?")[0] for link in soup.select("link[rel=stylesheet]")]
    assert {"_static/widgets/conv-stepper.css", "_static/css/widgets.css"} <= set(styles)
    assert "widgets/" not in str(built.soup("other").head)


def test_the_script_on_the_page_is_the_bundled_one(build):
    built = build(index="# Page\n")
    script = built.folder / "_static" / "widgets" / "conv-stepper.js"
    assert script.read_text("utf-8") == bundle.classic("conv-stepper.js")
    assert list(script.parent.glob("*.js.*")) == []
