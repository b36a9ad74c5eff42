"""The table of contents, and what the extensions make of a page."""

import io

import matplotlib as mpl
import pytest
from _ext import figures
from _ext.contents import fold_parts
from bs4 import BeautifulSoup
from making import pages
from making.places import BuildError
from matplotlib import pyplot as plt

from coursecnn import plots

SVG = '<svg><g id="patch_1">\n<path d="M 0 0" style="{ground}"/></g>{more}</svg>'


def test_pages_come_in_the_order_of_the_contents(tmp_path):
    toc = (
        "root: book/index\nparts:\n- caption: A\n  chapters:\n  - file: book/b\n  - file: book/a\n"
    )
    (tmp_path / "_toc.yml").write_text(toc)
    (tmp_path / "book").mkdir()
    for name in ("index", "a", "b"):
        (tmp_path / "book" / f"{name}.md").write_text("# Title\n")
    names = [page.name for page in pages.pages(tmp_path / "_toc.yml")]
    assert names == ["book/index", "book/b", "book/a"]


def test_a_page_without_a_source_is_named(tmp_path):
    (tmp_path / "_toc.yml").write_text("root: book/index\n")
    with pytest.raises(BuildError, match="lists book/index, but"):
        pages.pages(tmp_path / "_toc.yml")


def test_cells_inside_a_colon_fence_are_not_cells_of_the_notebook(tmp_path):
    source = "---\nfile_format: mystnb\nkernelspec:\n  name: python3\n---\n"
    fence = ":::{note}\n```{code-cell}\n1 / 0\n```\n:::\n"
    (tmp_path / "page.md").write_text(source + fence + "```{code-cell}\n1 + 1\n```\n")
    notebook = pages.Page.load("page", tmp_path / "page.md").read()
    code = [cell.source for cell in notebook.cells if cell.cell_type == "code"]
    assert code == ["1 + 1"]


@pytest.mark.parametrize(
    "code",
    ["```\n# code\n```", "````\n```\n# code\n```\n````", "~~~\n# code\n~~~", "    # code",
     ":::{note}\n# In a box\n:::"],
    ids=["fence", "fence in a longer one", "tildes", "indented", "box"],
)  # fmt: skip
def test_the_title_is_the_first_heading_outside_of_code(tmp_path, code):
    (tmp_path / "page.md").write_text(f"---\nkernelspec: {{}}\n---\n{code}\n\n# On $k$\n\n# More\n")
    assert pages.Page.load("page", tmp_path / "page.md").title() == "On $k$"


def test_a_page_without_a_heading_is_called_by_its_name(tmp_path):
    (tmp_path / "page.md").write_text("## A section\n")
    assert pages.Page.load("book/page", tmp_path / "page.md").title() == "book/page"


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


def sidebar(current):
    """A sidebar of two parts as the theme writes it; one chapter is being read."""
    chapters = {name: "current" if name == current else "" for name in "ab"}
    return "".join(
        f'<p class="caption"><span>Part {name}</span></p><ul><li class="{mark}">{name}</li></ul>'
        for name, mark in chapters.items()
    )


def test_only_the_part_that_is_being_read_stands_open():
    soup = BeautifulSoup(fold_parts(sidebar(current="b")), "html.parser")
    parts = {part.summary.text: part.has_attr("open") for part in soup.select("details")}
    assert parts == {"Part a": False, "Part b": True}
    assert [part.ul.li.text for part in soup.select("details")] == ["a", "b"]


def test_all_parts_stand_open_where_none_is_being_read():
    soup = BeautifulSoup(fold_parts(sidebar(current=None)), "html.parser")
    assert all(part.has_attr("open") for part in soup.select("details"))


@pytest.mark.parametrize(
    ("page", "links", "numbered"),
    [
        ("book/part-1/03-limits", ["../part-2/06-kernels.html", "04-cortex.html", "#"], "6 4 3"),
        ("book/index", ["part-1/01-images.html", "glossary.html", "#"], "1 . ."),
        ("book/reference/ops", ["../part-4/14-lenet.html", "shapes.html", "#"], "14 . ."),
        ("search", ["book/part-1/01-images.html", "book/10-facts.html", "#"], "1 . ."),
    ],
)
def test_chapters_carry_their_numbers_and_other_pages_none(page, links, numbered):
    html = "".join(f'<a href="{href}">.</a>' for href in links)
    soup = BeautifulSoup(fold_parts(html, page), "html.parser")
    assert [a.get_text().removesuffix(" .") for a in soup.select("a")] == numbered.split()
