"""Every chapter keeps the form of the course: measure, figures, questions, evidence."""

import re
from pathlib import Path

import jupytext
import pytest

CHAPTERS = sorted((Path(__file__).parents[2] / "book").glob("part-*/*.md"))


@pytest.fixture(scope="module", params=CHAPTERS, ids=lambda page: page.stem)
def chapter(request):
    """The cells of one chapter."""
    return jupytext.read(request.param, fmt="md:myst").cells


def shown(chapter):
    """Code cells that a reader sees."""
    code = [cell for cell in chapter if cell.cell_type == "code"]
    return [cell for cell in code if "remove-cell" not in cell.metadata.get("tags", [])]


def text(chapter):
    return "\n".join(cell.source for cell in chapter if cell.cell_type == "markdown")


def test_there_are_chapters():
    assert len(CHAPTERS) >= 2


def test_the_code_is_dealt_into_small_cells_that_fit_the_page(chapter):
    cells = shown(chapter)
    assert 12 <= len(cells) <= 24
    for cell in cells:
        lines = cell.source.splitlines()
        is_folded = "plumbing" in cell.metadata.get("tags", [])
        assert len(lines) <= (30 if is_folded else 12), cell.source
        assert max(map(len, lines)) <= 78, cell.source


def test_no_cell_hides_its_value_behind_a_semicolon(chapter):
    # the second run, which compares outputs, does not know that sign: assign the value instead
    assert not [cell.source for cell in shown(chapter) if cell.source.rstrip().endswith(";")]


def test_the_text_is_no_shorter_and_no_longer_than_a_chapter(chapter):
    prose = re.sub(r"\$\$.*?\$\$|\{[\w:-]+\}|[`*#:|-]+", " ", text(chapter), flags=re.S)
    assert 1200 <= len(prose.split()) <= 2200


def test_every_figure_says_what_is_found_and_what_is_seen(chapter):
    figures = [cell.metadata for cell in shown(chapter) if "mystnb" in cell.metadata]
    still = [figure["mystnb"] for figure in figures if "interactive" not in figure.get("tags", [])]
    assert len(still) >= 2
    for figure in still:  # figures to play with write their own alt text
        caption, alt = figure["figure"]["caption"], figure["image"]["alt"]
        assert len(alt) >= 20
        assert caption != alt


def test_the_reader_predicts_answers_and_finds_a_summary(chapter):
    prose = text(chapter)
    assert prose.count("{predict}") >= 1
    assert 3 <= prose.count("{quiz}") <= 5
    for heading in ("## Check yourself", "## Summary", "## Further reading"):
        assert heading in prose
    assert ":class: objectives" in prose


def test_a_claim_has_evidence(chapter):
    assert any("evidence" in cell.metadata.get("tags", []) for cell in chapter)


def test_a_formula_is_not_broken_before_a_factor(chapter):
    # a formula that is too wide for a phone scrolls there; broken, it is read wrong everywhere
    formulas = re.findall(r"\$\$(.*?)\$\$", text(chapter), flags=re.S)
    broken = re.compile(r"^\s*&?\s*(\\q*quad\s*)?\\cdot", re.M)
    assert [formula for formula in formulas if broken.search(formula)] == []


def test_a_correction_fits_the_margin(chapter):
    notes = re.findall(r"^:::\{correction\} (.+)\n((?:.*\n)*?):::$", text(chapter), flags=re.M)
    assert len(notes) == text(chapter).count("{correction}")
    assert {title: len(note.split()) for title, note in notes if len(note.split()) > 60} == {}
