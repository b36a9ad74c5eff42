"""Bold terms lead to the glossary, once a page; `{chapter}` leads to a chapter by its number."""

import pytest
from terms import glossary_terms

GLOSSARY = """\
# Glossary

```{glossary}
kernel
filter
  A small table of weights.

receptive field
  What a unit sees.

energy
  A sum of squares.
```
"""
INDEX = "# Book\n\n```{toctree}\nbook/glossary\nbook/part-1/01-page\nbook/part-1/02-more\n```\n"
HEAD = "# A page\n\n*Part I · Chapter 1 – 5 minutes*\n\n"


def links(build, text, name="book/part-1/01-page"):
    """Text and target of every link to the glossary."""
    other = {"book/part-1/02-more": HEAD} if name != "book/part-1/02-more" else {}
    built = build(index=INDEX, **{"book/glossary": GLOSSARY, name: HEAD + text}, **other)
    assert built.warnings == ""
    found = built.soup(name).select("section a[href*='glossary.html#']")
    return [(a.get_text(), a["href"].partition("#")[2]) for a in found]


def test_the_terms_are_read_from_the_glossary():
    assert glossary_terms(GLOSSARY) == {
        "kernel": "kernel", "filter": "filter", "receptive field": "receptive field",
        "energy": "energy",
    }  # fmt: skip


def test_only_the_first_bold_use_on_a_page_is_a_link(build):
    assert links(build, "A **kernel**, a **kernel** and a kernel.") == [("kernel", "term-kernel")]


@pytest.mark.parametrize(
    ("bold", "anchor"),
    [
        ("kernels", "term-kernel"), ("Filter", "term-filter"), ("energies", "term-energy"),
        ("Receptive fields", "term-receptive-field"),
    ],
)  # fmt: skip
def test_plurals_and_capitals_lead_to_the_term(build, bold, anchor):
    assert links(build, f"Some **{bold}** here.") == [(bold, anchor)]


@pytest.mark.parametrize(
    "text",
    [
        "A **word** of its own.",
        "## The **kernel**",
        ":::{admonition} You can\n:class: objectives\n\n- **filter** noise.\n:::",
        "See [the **kernel**](https://example.org).",
        "An *energy* in italics.",
    ],
)
def test_other_words_headings_objectives_and_links_stay_as_they_are(build, text):
    assert links(build, text) == []


def test_a_chapter_is_linked_by_its_number_if_it_is_in_the_book(build):
    text = "See {chapter}`2` and {chapter}`11`."
    pages = {"book/part-1/01-page": HEAD + text, "book/part-1/02-more": HEAD}
    built = build(index=INDEX, **{"book/glossary": GLOSSARY}, **pages)
    assert built.warnings == ""
    paragraph = built.soup("book/part-1/01-page").select("section > p")[-1]
    assert paragraph.get_text() == "See chapter 2 and chapter 11."
    assert [a["href"] for a in paragraph.select("a")] == ["02-more.html"]
