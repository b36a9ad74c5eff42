"""The head of a chapter leads to its notebook and its assignment; its summary is a card."""

import chapter
import pytest

NAME = "book/part-2/06-kernels"
INDEX = "# Book\n\n```{toctree}\nbook/part-2/06-kernels\n```\n"
LINE = "*Part II · Convolution · Chapter 6 – about 40 minutes*"
SHEET = "exercises/03-by-hand.ipynb"
PAGE = f"""\
# A kernel asks

{LINE}

A promise.

## Summary

- It asks.

:::{{admonition}} Now write it yourself
:class: assignment

Assignment 03: `{SHEET}`. You write `flip`.
:::
"""


@pytest.fixture
def exercises(tmp_path, monkeypatch):
    """The folder of the exercises, still empty."""
    folder = tmp_path / "exercises"
    folder.mkdir()
    monkeypatch.setattr(chapter, "EXERCISES", folder)
    return folder


def page(build, source):
    """The chapter, built and parsed."""
    built = build(index=INDEX, **{NAME: source})
    assert built.warnings == ""
    return built.soup(NAME)


def test_the_row_below_the_opening_line_leads_to_notebook_and_assignment(build, exercises):
    (exercises / "03-by-hand.ipynb").write_text("{}")
    soup = page(build, PAGE)
    row = soup.select_one("p.cc-line").find_next_sibling()
    assert "cc-take" in row["class"]
    links = {a.get_text(): a["href"] for a in row.select("a[download]")}
    assert links == {
        "This chapter as a notebook (.ipynb)": "../../notebooks/part-2/06-kernels.ipynb",
        "Assignment 03": f"../../{SHEET}",
    }


def test_the_card_links_to_the_assignment_without_a_gap_before_the_full_stop(build, exercises):
    (exercises / "03-by-hand.ipynb").write_text("{}")
    card = page(build, PAGE).select_one(".assignment")
    assert card.select_one("a[download]")["href"] == f"../../{SHEET}"
    assert f"Assignment 03: {SHEET}. You write flip." in card.get_text()


def test_an_assignment_that_does_not_exist_yet_is_named_and_not_linked(build, exercises):
    soup = page(build, PAGE)
    assert [a.get_text() for a in soup.select(".cc-take a")] == [
        "This chapter as a notebook (.ipynb)"
    ]
    assert soup.select_one(".assignment a") is None
    assert SHEET in soup.select_one(".assignment").get_text()


def test_the_summary_is_a_card_and_no_other_section_is(build, exercises):
    cards = page(build, PAGE + "\n## Further reading\n\nBooks.\n").select(".cc-summary")
    assert [card.get_text(strip=True) for card in cards] == ["It asks."]
    assert cards[0].find_next_sibling()["class"].count("assignment") == 1


@pytest.mark.parametrize("source", [PAGE.replace(LINE, "Part II."), "# A kernel asks\n\nText.\n"])
def test_a_chapter_without_its_opening_line_is_a_warning(build, exercises, source):
    warnings = build(index=INDEX, **{NAME: source}).warnings
    assert "a chapter opens with a heading, then a line in italics" in warnings


def test_a_page_that_is_no_chapter_is_left_alone(build, exercises):
    soup = build(index=PAGE).soup()
    assert soup.select(".cc-take, .cc-summary, .cc-line") == []
