"""The first page lists every chapter and every assignment, with what a reader asks first."""

import nbformat
import pytest
from _ext import contents
from making import pages

CHAPTERS = [page for page in pages.pages() if contents.CHAPTER.fullmatch(page.name)]
SHEET = """# Convolution by hand

You write loops. This sheet follows chapters 5
and 6. There are five tasks, 8 points in all; they take about
60 minutes."""


def rows(soup):
    """Number, title, target and remark of each row."""
    return [
        (
            row.select_one(".cc-offer__number").text, row.a.text, row.a["href"],
            row.select_one(".cc-offer__about").text,
        )
        for row in soup.select(".cc-offer > li")
    ]  # fmt: skip


def test_every_chapter_is_listed_with_number_and_time_below_its_part(build):
    sources = {page.name: page.source for page in CHAPTERS}
    built = build(index="# Book\n\n```{chapters}\n```\n", **{
        name: f"# {page.title()}\n" for name, page in zip(sources, CHAPTERS, strict=True)
    })  # fmt: skip
    soup = built.soup()
    found = rows(soup)
    assert [title for _, title, _, _ in found] == [page.title() for page in CHAPTERS]
    assert [href for _, _, href, _ in found] == [f"{name}.html" for name in sources]
    for (number, _, href, about), source in zip(found, sources.values(), strict=True):
        assert f"Chapter {number} – {about}" in source
        assert f"/{int(number):02}-" in href
    parts = [part.text for part in soup.select(".cc-offer__part")]
    assert parts[0] == "Part I – Seeing with numbers"
    assert not any("Reference" in part for part in parts)


def test_every_sheet_is_listed_with_its_chapters_minutes_and_points(build, tmp_path, monkeypatch):
    monkeypatch.setattr(contents, "EXERCISES", tmp_path)
    cells = [nbformat.v4.new_markdown_cell(SHEET)]
    nbformat.write(nbformat.v4.new_notebook(cells=cells), tmp_path / "03-by-hand.ipynb")
    soup = build(index="# Book\n\n```{assignments}\n```\n").soup()
    about = "after chapters 5 and 6 · 60 minutes · 8 points"
    assert rows(soup) == [("3", "Convolution by hand", "exercises/03-by-hand.ipynb", about)]
    assert soup.select_one(".cc-offer a").has_attr("download")


@pytest.mark.parametrize("word", ["minutes", "points", "chapters"])
def test_a_sheet_that_keeps_something_to_itself_is_named(word):
    with pytest.raises(ValueError, match=f"“Convolution by hand” does not say its {word}"):
        contents.described(SHEET.replace(word, "…"))


@pytest.mark.parametrize("sheet", sorted(contents.EXERCISES.glob("*.ipynb")), ids=lambda p: p.stem)
def test_every_sheet_of_the_course_says_all_three(sheet):
    title, fact = contents.described(nbformat.read(sheet, as_version=4).cells[0].source)
    assert title
    assert all(fact.values())
