"""Downloaded notebooks are plain Markdown: nothing of the book's own markup is left in them."""

import re

import nbformat
import pytest
from making import download, pages

from coursecnn import _extras

FACTS = {"parameters": {"value": 61706, "unit": "weights"}}
INSTALL = f"{download.INSTALL}\n#     python -m pip install -r requirements.txt"
BIB = """
@article{one, author = {LeCun, Yann}, title = {On {CNN}s}, journal = {Neural}, year = {1989}}
@misc{two, author = {Dumoulin, Vincent and Visin, Francesco}, title = {A guide}, year = {2016},
 eprint = {1603.07285}}
@article{many, author = {A, A and B, B and C, C and L{\\'e}on, D}, title = {T}, year = {2020}}
"""


@pytest.fixture(autouse=True)
def bibliography(tmp_path, monkeypatch):
    """A bibliography of one, two and four authors."""
    file = tmp_path / "references.bib"
    file.write_text(BIB, encoding="utf-8")
    monkeypatch.setattr(download, "BIBLIOGRAPHY", file)


def say(text):
    """The text in plain Markdown."""
    return "\n".join(download.plain(text.splitlines(), download.Inline(FACTS, {"fig-a": 3})))


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("It has {fact}`parameters`.", "It has 61,706\u00a0weights."),
        ("It has {fact}`~parameters`.", "It has 61,706."),
        ("See {numref}`fig-a`.", "See Figure 3."),
        ("{cite:t}`two` says", "Dumoulin and Visin (2016) says"),
        ("so it is {cite}`one,two`.", "so it is (LeCun 1989; Dumoulin and Visin 2016)."),
        ("{cite:p}`many`", "(A et al. 2020)"),
        ("a {term}`kernel`, {doc}`the next <07-padding>`", "a kernel, the next"),
        ("{func}`~coursecnn.ops.conv2d`", "`coursecnn.ops.conv2d`"),
        ("{math}`x^2` in {chapter}`6`", "$x^2$ in chapter 6"),
        ("[the next](07-padding.md) and [a site](https://a.org)",
         "the next and [a site](https://a.org)"),
        ("![a picture](a.png)", "![a picture](a.png)"),
        ("(label)=\n## Title", "## Title"),
        ("Play:\n```{play} digit-pad\n```", "Play:"),
    ],
)  # fmt: skip
def test_roles_become_what_they_stand_for(source, words):
    assert say(source) == words


def test_a_role_across_a_line_break_is_replaced():
    assert say("as {cite:t}`two` and {doc}`the\nnext <b>` say") == (
        "as Dumoulin and Visin (2016) and the next say"
    )


def test_boxes_become_quotations_with_their_label():
    source = ":::{key-idea} On $k$\nIt has {fact}`parameters`.\n\nMore.\n:::\nAfter."
    words = "> **Key idea: On $k$**\n>\n> It has 61,706\u00a0weights.\n>\n> More.\nAfter."
    assert say(source) == words
    assert say(":::{admonition} You can\n:class: objectives\n\n- do\n:::") == (
        "> **You can**\n>\n> - do"
    )


@pytest.mark.parametrize("fence", ["```", "````", "~~~"])
def test_code_in_a_text_stays_as_it_is(fence):
    source = f"{fence}python\nx = '{{fact}}`a`'\n:::{{note}}\n:::\n{fence}"
    assert say(source) == source


def test_a_choice_shows_its_answers_and_folds_what_is_said_to_them():
    source = (
        "::::{quiz} How large?\n:type: choice\n- [ ] 5×5 → No.\n"
        "- [x] 3×3 → Yes: {fact}`parameters`\n  it is.\n::::"
    )
    assert say(source).splitlines() == [
        "**Question.** How large?", "", "- 5×5", "- 3×3", "",
        "<details><summary>Answers</summary>", "",
        "- 5×5: No.", "- **3×3** (right): Yes: 61,706\u00a0weights it is.", "", "</details>",
    ]  # fmt: skip


def test_a_number_is_asked_for_and_folded():
    source = (
        "::::{quiz} How many?\n:type: number\n:answer: 1,234,567\n:unit: weights\n- 270 → No.\n"
        "- other → Count.\n\nTen times 28.\n::::"
    )
    assert say(source).splitlines() == [
        "**Question.** How many? (in weights)", "",
        "<details><summary>Answers</summary>", "",
        "- **1,234,567** is right", "- 270: No.", "- any other number: Count.", "",
        "Ten times 28.", "", "</details>",
    ]  # fmt: skip


def test_a_prediction_says_that_the_next_cell_answers_it():
    lines = say("::::{predict} Which?\n:cells: 1\n- [ ] A\n- [x] B\n\nIt is B.\n::::").splitlines()
    assert lines[0] == "**Predict.** Which?"
    assert lines[-1] == "Decide before you run the next cell: it shows the result."
    assert "It is B." in lines


def test_captions_and_sources_are_added_as_text(monkeypatch):
    figure = {"mystnb": {"figure": {"name": "fig-b", "caption": "It {fact}`~parameters`."}}}
    cells = [
        nbformat.v4.new_markdown_cell("See {numref}`fig-b` and {cite:t}`two`."),
        nbformat.v4.new_code_cell("plot()", metadata=figure),
    ]
    notebook = nbformat.v4.new_notebook(cells=cells)
    monkeypatch.setattr(download.facts, "read", lambda: FACTS)
    said = [cell.source for cell in download.readable(notebook).cells]
    assert said == [
        "See Figure 1 and Dumoulin and Visin (2016).",
        f"{INSTALL}\n\nplot()",
        "**Figure 1.** It 61,706.",
        "## Sources\n\n- Dumoulin and Visin (2016). *A guide*. <https://arxiv.org/abs/1603.07285>.",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("code", "command"),
    [
        ("import numpy", "python -m pip install -r requirements.txt"),
        ("import torch\nfrom coursecnn import evidence", _extras.command("chapters,torch")),
    ],
)
def test_the_first_cell_of_code_says_what_to_install(code, command):
    cells = [nbformat.v4.new_markdown_cell("# Title"), *map(nbformat.v4.new_code_cell, (code, "1"))]
    first, second = download.readable(nbformat.v4.new_notebook(cells=cells)).cells[1:]
    comment, empty = first.source.removesuffix(code), second.source.removesuffix("1")
    assert all(line.startswith("#") for line in comment.strip().splitlines())
    assert f"#     {command}\n" in comment
    assert '"Get started" in the book' in comment
    assert empty == ""


@pytest.mark.built
@pytest.mark.parametrize("page", pages.notebooks(), ids=lambda page: page.name)
def test_every_notebook_that_readers_download_says_what_to_install(page):
    notebook = nbformat.read(page.published(), as_version=4)
    code = next(cell.source for cell in notebook.cells if cell.cell_type == "code")
    assert code.startswith("# ")
    assert "-m pip install" in code.splitlines()[1]


@pytest.mark.built
@pytest.mark.parametrize("page", pages.notebooks(), ids=lambda page: page.name)
def test_no_markup_of_the_book_is_left_in_a_notebook_that_readers_download(page):
    notebook = nbformat.read(page.published(), as_version=4)
    texts = [cell.source for cell in notebook.cells if cell.cell_type == "markdown"]
    code_and_formulas = r"```.*?```|`[^`\n]*`|\$\$.*?\$\$|\$[^$]+\$"
    prose = re.sub(code_and_formulas, "", "\n\n".join(texts), flags=re.S)
    assert re.findall(r"\{[a-z][\w:-]*\}|:::+|\]\([^)]*\.md", prose) == []
    assert not re.search(r"\{(fact|cite|numref|term|chapter)[\w:]*\}`", "\n".join(texts))
