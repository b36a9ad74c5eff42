"""The head of a chapter leads to its notebook and its assignment; its summary is a card."""

import pytest
from _ext import chapter

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


LATER = "exercises/04-later.ipynb"
CHAPTER, MISSING, MORE, TORCH, *NO_LINE = (
    f"book/part-2/{number:02}-page" for number in range(6, 12)
)
NOTEBOOK = """\
---
file_format: mystnb
kernelspec:
  name: python3
---

"""
CELL = "\n```{code-cell}\nimport torch\n```\n"
PAGES = {
    CHAPTER: PAGE,
    MISSING: PAGE.replace(SHEET, LATER),
    MORE: PAGE + "\n## Further reading\n\nBooks.\n",
    TORCH: NOTEBOOK + PAGE.replace("A promise.", f"A promise.\n{CELL}"),
    NO_LINE[0]: PAGE.replace(LINE, "Part II."),
    NO_LINE[1]: "# A kernel asks\n\nText.\n",
    "appendix": PAGE,
}


@pytest.fixture(scope="module", autouse=True)
def _exercises(tmp_path_factory):
    """The folder of the exercises, in which one assignment exists."""
    folder = tmp_path_factory.mktemp("exercises")
    (folder / "03-by-hand.ipynb").write_text("{}")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(chapter, "EXERCISES", folder)
        yield


def test_the_row_below_the_opening_line_leads_to_notebook_and_assignment(site):
    row = site.soup(CHAPTER).select_one("p.cc-line").find_next_sibling()
    assert "cc-take" in row["class"]
    links = {a.get_text(): a["href"] for a in row.select("a[download]")}
    assert links == {
        "This chapter as a notebook (.ipynb)": "../../notebooks/part-2/06-page.ipynb",
        "Assignment 03": f"../../{SHEET}",
    }


@pytest.mark.parametrize("name", [CHAPTER, TORCH])
def test_the_row_says_how_to_run_the_chapter_and_whether_it_needs_torch(site, name):
    line = site.soup(name).select_one(".cc-take .cc-take__needs")
    assert line.a["href"] == "../../book/get-started.html"
    assert ("PyTorch" in line.get_text()) == (name == TORCH)


def test_the_card_links_to_the_assignment_without_a_gap_before_the_full_stop(site):
    card = site.soup(CHAPTER).select_one(".assignment")
    assert card.select_one("a[download]")["href"] == f"../../{SHEET}"
    assert f"Assignment 03: {SHEET}. You write flip." in card.get_text()


def test_an_assignment_that_does_not_exist_yet_is_named_and_not_linked(site):
    soup = site.soup(MISSING)
    assert [a.get_text() for a in soup.select(".cc-take a[download]")] == [
        "This chapter as a notebook (.ipynb)"
    ]
    assert soup.select_one(".assignment a") is None
    assert LATER in soup.select_one(".assignment").get_text()


def test_the_summary_is_a_card_and_no_other_section_is(site):
    cards = site.soup(MORE).select(".cc-summary")
    assert [card.get_text(strip=True) for card in cards] == ["It asks."]
    assert cards[0].find_next_sibling()["class"].count("assignment") == 1


@pytest.mark.parametrize("name", [CHAPTER, MISSING, MORE, TORCH])
def test_a_sound_chapter_gives_no_warning(site, name):
    assert site.warnings_of(name) == []


@pytest.mark.parametrize("name", NO_LINE)
def test_a_chapter_without_its_opening_line_is_a_warning(site, name):
    [warning] = site.warnings_of(name)
    assert "a chapter opens with a heading, then a line in italics" in warning


def test_a_page_that_is_no_chapter_is_left_alone(site):
    assert site.soup("appendix").select(".cc-take, .cc-summary, .cc-line") == []
