"""The table of contents, and how a page is read from its source."""

import pytest
from making import pages
from making.places import BuildError


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
