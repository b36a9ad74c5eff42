"""Bold terms lead to the glossary, once a page; `{chapter}` leads to a chapter by its number."""

import pytest
from _ext.inline_markup import glossary_terms

GLOSSARY = """\
# Glossary

```{glossary}
kernel
filter
  A small table of $k^2$ weights (see {chapter}`2`).

  More is in a second paragraph.

receptive field
  What a unit sees.

energy
  A sum of squares.
```
"""
HEAD = "# A page\n\n*Part I · Chapter {} – 5 minutes*\n\n"
FOUND = {
    "kernels": "term-kernel", "Filter": "term-filter", "energies": "term-energy",
    "Receptive fields": "term-receptive-field",
}  # fmt: skip
LEFT_ALONE = [
    "A **word** of its own.",
    "## The **kernel**",
    ":::{admonition} You can\n:class: objectives\n\n- **filter** noise.\n:::",
    "See [the **kernel**](https://example.org).",
    "An *energy* in italics.",
]
TEXTS = [
    "See {chapter}`2` and {chapter}`99`.", "A **kernel**, a **kernel** and a kernel.",
    *(f"Some **{bold}** here." for bold in FOUND), *LEFT_ALONE,
]  # fmt: skip
CHAPTERS = {text: f"book/part-1/{number:02}-page" for number, text in enumerate(TEXTS, 1)}
PAGES = {"book/glossary": GLOSSARY} | {
    name: HEAD.format(number) + text for number, (text, name) in enumerate(CHAPTERS.items(), 1)
}


def links(site, text):
    """Text and target of every link to the glossary from the chapter with this text."""
    assert site.warnings == ""
    found = site.soup(CHAPTERS[text]).select("section a[href*='glossary.html#']")
    return [(a.get_text(), a["href"].partition("#")[2]) for a in found]


def test_the_terms_are_read_from_the_glossary():
    assert glossary_terms(GLOSSARY) == {
        "kernel": "kernel", "filter": "filter", "receptive field": "receptive field",
        "energy": "energy",
    }  # fmt: skip


def test_only_the_first_bold_use_on_a_page_is_a_link(site):
    assert links(site, TEXTS[1]) == [("kernel", "term-kernel")]


@pytest.mark.parametrize(("bold", "anchor"), FOUND.items())
def test_plurals_and_capitals_lead_to_the_term(site, bold, anchor):
    assert links(site, f"Some **{bold}** here.") == [(bold, anchor)]


def test_a_link_to_the_glossary_carries_the_first_paragraph_of_the_meaning(site):
    page = site.soup(CHAPTERS[TEXTS[1]])
    link = page.select_one("section a[href*='glossary.html#']")
    meaning = page.find(id=link["aria-describedby"])
    assert meaning.get_text().strip() == r"A small table of \(k^2\) weights (see chapter 2)."
    assert meaning.select_one(".math")  # MathJax draws it
    assert meaning["role"] == "tooltip"
    assert meaning.has_attr("hidden")
    assert meaning.find("a") is None  # what only a pointer reaches must not be a link


def test_a_page_carries_the_meanings_of_its_own_terms_and_no_others(site):
    counts = {text: len(site.soup(CHAPTERS[text]).select(".cc-meaning")) for text in TEXTS}
    assert counts == {text: len(links(site, text)) for text in TEXTS}
    assert not site.soup("book/glossary").select(".cc-meaning")


@pytest.mark.parametrize("text", LEFT_ALONE)
def test_other_words_headings_objectives_and_links_stay_as_they_are(site, text):
    assert links(site, text) == []


def test_a_chapter_is_linked_by_its_number_if_it_is_in_the_book(site):
    paragraph = site.soup(CHAPTERS[TEXTS[0]]).select("section > p")[-1]
    assert paragraph.get_text() == "See chapter 2 and chapter 99."
    assert [a["href"] for a in paragraph.select("a")] == ["02-page.html"]
