"""The glossary explains the words of the course, briefly, and says where they are introduced."""

import re

import pytest
from _ext.inline_markup import glossary_terms, singular
from making.places import BOOK

SOURCE = (BOOK / "glossary.md").read_text("utf-8")
ENTRIES = re.findall(r"((?:^\S.*\n)+)  (.+)\n", SOURCE.split("```{glossary}")[1], re.M)


def test_it_has_the_terms_of_the_first_fourteen_chapters():
    assert len(ENTRIES) >= 60
    chapters = {int(number) for _, text in ENTRIES for number in re.findall(r"`(\d+)`", text)}
    assert chapters == set(range(1, 15))


NAMES = [term.split("\n")[0] for term, _ in ENTRIES]


@pytest.mark.parametrize("text", [text for _, text in ENTRIES], ids=NAMES)
def test_an_entry_is_short_and_names_its_chapter(text):
    explanation = re.fullmatch(r"(.+) \(\{chapter\}`\d+`\)\.", text)
    assert explanation, text
    assert 1 <= len(re.findall(r"[.!?](?:\s|$)|$", explanation[1])) <= 2
    assert 4 <= len(explanation[1].split()) <= 45


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
