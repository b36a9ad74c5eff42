"""The glossary explains the words of the course, briefly, and says where they are introduced."""

import re

import pytest
from _ext.inline_markup import glossary_terms, singular
from making.places import BOOK

SOURCE = (BOOK / "glossary.md").read_text("utf-8")
ENTRIES = re.findall(r"((?:^\S.*\n)+)  (.+)\n", SOURCE.split("```{glossary}")[1], re.M)


CHAPTERS = {int(path.stem[:2]): path for path in sorted(BOOK.glob("part-*/*.md"))}


def test_it_has_terms_of_every_chapter():
    assert len(ENTRIES) >= 60
    named = {int(number) for _, text in ENTRIES for number in re.findall(r"`(\d+)`", text)}
    assert named >= set(CHAPTERS)


NAMES = [term.split("\n")[0] for term, _ in ENTRIES]


@pytest.mark.parametrize("text", [text for _, text in ENTRIES], ids=NAMES)
def test_an_entry_is_short_and_names_its_chapter(text):
    explanation = re.fullmatch(r"(.+) \(\{chapter\}`\d+`\)\.", text)
    assert explanation, text
    assert 1 <= len(re.findall(r"[.!?](?:\s|$)|$", explanation[1])) <= 2
    assert 4 <= len(explanation[1].split()) <= 45


def prose(page):
    """The text of a chapter without its code; captions belong to it."""
    cell = r"^```\{code-cell\}\n(---\n.*?^---\n)?.*?^```"
    return re.sub(cell, r"\1", page.read_text("utf-8"), flags=re.M | re.S)


def holds(text, term):
    """Whether a text uses a term, in the singular or the plural."""
    words = r"[\s-]+".join(map(re.escape, term.split()))
    words = words.removesuffix("y") + "(y|ies)" if words.endswith("y") else f"{words}(s|es)?"
    return re.search(rf"(?<!\w){words}(?!\w)", text, re.I) is not None


@pytest.mark.parametrize(("text", "term", "found"), [
    ("Two *feature\nmaps* of it.", "feature map", True),
    ("All classes and biases.", "bias", True),
    ("Both energies.", "energy", True),
    ("A kernels-only text, biased.", "bias", False),
    ("A prefilter.", "filter", False),
])  # fmt: skip
def test_a_term_is_found_in_its_forms_and_not_within_other_words(text, term, found):
    assert holds(text, term) is found


@pytest.mark.parametrize(("terms", "text"), ENTRIES, ids=NAMES)
def test_the_chapter_that_an_entry_names_uses_the_term(terms, text):
    number = int(re.search(r"\{chapter\}`(\d+)`", text)[1])
    if number in CHAPTERS:
        used = prose(CHAPTERS[number])
        assert any(holds(used, term) for term in terms.splitlines()), CHAPTERS[number]


def test_the_entries_stand_in_the_order_of_the_alphabet():
    assert sorted(NAMES, key=str.lower) == NAMES


@pytest.mark.built
def test_every_term_of_the_source_is_a_target_on_the_page(page):
    shown = {
        term.find(string=True).strip() for term in page("book/glossary").select("dl.glossary > dt")
    }
    assert shown == set(glossary_terms(SOURCE).values())


@pytest.mark.parametrize("page", sorted(BOOK.glob("part-*/*.md")), ids=lambda page: page.stem)
def test_every_bold_word_of_a_chapter_is_a_term_of_the_glossary(page):
    text = re.sub(r"^```.*?^```", "", page.read_text("utf-8"), flags=re.M | re.S)
    text = re.sub(r"^:::\{admonition\} After .*?^:::", "", text, flags=re.M | re.S)
    bold = [match[1] for match in re.finditer(r"\*\*(.+?)\*\*", text, re.S)]
    terms = glossary_terms(SOURCE)
    assert [word for word in bold if singular(word) not in terms] == []


@pytest.mark.built
def test_only_chapters_of_the_book_are_linked(page):
    for named in page("book/glossary").select("dl.glossary dd span:-soup-contains('chapter ')"):
        assert bool(named.find_parent("a")) == (int(named.get_text().split()[1]) in CHAPTERS)
