"""The sidebar folds and numbers; the first page lists every chapter and every assignment."""

import nbformat
import pytest
from _ext import contents
from bs4 import BeautifulSoup
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
    drawn = [row.svg is not None for row in soup.select(".cc-offer--cards > li")]
    assert drawn == [True] * len(CHAPTERS)
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


def sidebar(current):
    """A sidebar of two parts as the theme writes it; one chapter is being read."""
    chapters = {name: "current" if name == current else "" for name in "ab"}
    return "".join(
        f'<p class="caption"><span>Part {name}</span></p><ul><li class="{mark}">{name}</li></ul>'
        for name, mark in chapters.items()
    )


def test_only_the_part_that_is_being_read_stands_open():
    soup = BeautifulSoup(contents.fold_parts(sidebar(current="b")), "html.parser")
    parts = {part.summary.text: part.has_attr("open") for part in soup.select("details")}
    assert parts == {"Part a": False, "Part b": True}
    assert [part.ul.li.text for part in soup.select("details")] == ["a", "b"]


def test_all_parts_stand_open_where_none_is_being_read():
    soup = BeautifulSoup(contents.fold_parts(sidebar(current=None)), "html.parser")
    assert all(part.has_attr("open") for part in soup.select("details"))


def test_names_of_functions_break_between_words_and_have_no_brackets():
    code = (
        '<ul><li><a href="#a.b"><code><span class="pre">A.batch_norm()</span></code></a></li></ul>'
    )
    [name] = BeautifulSoup(contents.readable_names(code), "html.parser").select("li > a > code")
    assert name.span.decode_contents() == "A.<wbr/>batch_<wbr/>norm"


@pytest.mark.parametrize(
    ("page", "links", "numbered"),
    [
        ("book/part-1/03-limits", ["../part-2/06-kernels.html", "04-cortex.html", "#"], "6 4 3"),
        ("book/index", ["part-1/01-images.html", "glossary.html", "#"], "1 . ."),
        ("book/reference/ops", ["../part-4/14-lenet.html", "shapes.html", "#"], "14 . ."),
        ("search", ["book/part-1/01-images.html", "book/10-facts.html", "#"], "1 . ."),
    ],
)
def test_chapters_carry_their_numbers_and_other_pages_none(page, links, numbered):
    html = "".join(f'<a href="{href}">.</a>' for href in links)
    soup = BeautifulSoup(contents.fold_parts(html, page), "html.parser")
    assert [a.get_text().removesuffix(" .") for a in soup.select("a")] == numbered.split()
