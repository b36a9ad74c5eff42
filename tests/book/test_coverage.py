"""The coverage map: no line of the notes is lost, and what it names exists in the book."""

import hashlib
from pathlib import Path

import pytest
from _ext.notes_map import differences, faults, load, sections
from making import pages

MAP = load(Path(__file__).parents[2] / "book" / "coverage.yml")
CONTENTS = {page.name: page.source for page in pages.pages()}

NOTES = """\
chapters: {"01": part-1/01-images, "02": part-1/02-later}
notes:
  "000":
    sha256: 0
    length: 9
    written: 2, 4-6, 9
    ignored: {headings: 2}
    rows:
      - {lines: 4-5, kind: bullet, what: "one", to: "01#a-kernel"}
      - {lines: "6, 9", kind: example, what: "two", to: "01, 02 planned", corrected: "01#a-kernel"}
"""
PAGE = "# Images\n\nText.\n\n## A `kernel`\n\n:::{correction}\nSo.\n:::\n\n## Summary\n\nAll.\n"
PAGES = {"book/part-1/01-images": PAGE}


@pytest.fixture
def small(tmp_path):
    """A function that reads a small map, changed in one place."""

    def read(old="", new="", count=1):
        assert old in NOTES
        (tmp_path / "coverage.yml").write_text(NOTES.replace(old, new, count), encoding="utf-8")
        return load(tmp_path / "coverage.yml")

    return read


def test_every_line_of_the_notes_is_taught_or_ignored_and_every_target_exists():
    assert list(faults(MAP, CONTENTS)) == []


def test_the_map_knows_all_five_notes_and_most_of_their_lines_are_taught():
    assert [notes.name for notes in MAP.notes] == ["000", "001", "002", "003", "004"]
    written = sum(len(notes.written) for notes in MAP.notes)
    ignored = sum(len(lines) for notes in MAP.notes for lines in notes.ignored.values())
    assert ignored < 0.25 * written


def test_the_page_shows_the_table_of_each_of_the_notes():
    shown = [line.split()[1] for line in CONTENTS["book/coverage"].splitlines()
             if line.startswith("```{notes-table}")]  # fmt: skip
    assert shown == [notes.name for notes in MAP.notes]


def test_a_sound_map_has_no_fault(small):
    assert list(faults(small(), PAGES)) == []


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("lines: 4-5", "lines: 4", "line 5: neither in a row nor ignored"),
        ("lines: 4-5", "lines: 2-5", "line 2: both in a row and ignored"),
        ("headings: 2", 'headings: "2, 3"', "line 3: ignored, but it is blank"),
        ("- {lines: 4-5", '- {lines: 7, kind: text, what: "0", to: "01"}\n      - {lines: 4-5',
         "lines 7: all blank"),
        ("length: 9", "length: 8", "line 9: the file has 8 lines"),
        ('"01#a-kernel"}', '"01#kernel"}', "no such heading; there are images, a-kernel"),
        ('"01#a-kernel"}', '"07"}', "07: there is no such chapter"),
        ("02 planned", "02", "02: the chapter is not in the table of contents; mark it as planned"),
        ('corrected: "01#a-kernel"', 'corrected: "01#summary"', "no {correction} box there"),
    ],
    ids=str,
)  # fmt: skip
def test_a_fault_is_named_with_its_place(small, old, new, fault):
    found = list(faults(small(old, new), PAGES))
    assert len(found) == 1
    assert found[0].startswith("notes 000, line")
    assert fault in found[0]


def test_a_planned_row_fails_as_soon_as_its_chapter_is_in_the_contents(small):
    [fault] = faults(small(), PAGES | {"book/part-1/02-later": "# Later\n"})
    assert "02 planned: the chapter is in the table of contents now; name its section" in fault


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("lines: 4-5", "lines: 5-4", "'5-4'"),
        ("lines: 4-5", "lines: all", "'all'"),
        ("kind: bullet", "kind: idea", "`kind` must be one of bullet.*'idea'"),
        ("02 planned", "02 soon", "a target must be.*'02 soon'"),
    ],
    ids=str,
)
def test_what_cannot_be_read_is_quoted(small, old, new, message):
    with pytest.raises(ValueError, match=message):
        small(old, new)


def test_headings_are_found_outside_of_code_only():
    source = (
        "# One\n\n```{code-cell}\n# a comment\n```\n\n````\n```\n# code\n````\n\n"
        "## $n$ *more*!\nText\n"
    )
    assert {anchor: title for anchor, (title, _) in sections(source).items()} == {
        "one": "One", "n-more": "n more!",
    }  # fmt: skip
    assert sections(source)["n-more"][1] == "Text\n"


def test_a_copy_of_the_notes_is_known_by_its_digest_and_its_blank_lines(small, tmp_path):
    notes = small().notes[0]
    same = "\nHead\n\na\nb\nc\n\n\nd"
    file = tmp_path / "000_copy.txt"
    for text, found in [
        (same, ["000: 000_copy.txt is not the file that was mapped"]),
        (same.replace("b", ""), ["not the file", "line 5 is the first that is blank in only one"]),
    ]:
        file.write_text(text, encoding="utf-8")
        said = list(differences(notes, tmp_path))
        assert len(said) == len(found)
        assert all(part in line for part, line in zip(found, said, strict=True))
    file.unlink()
    [missing] = differences(notes, tmp_path)
    assert missing.startswith("000: 0 files")


def test_the_file_that_was_mapped_has_no_differences(small, tmp_path):
    text = b"\nHead\n\na\nb\nc\n\n\nd"
    (tmp_path / "000.txt").write_bytes(text)
    notes = small("sha256: 0", f"sha256: {hashlib.sha256(text).hexdigest()}").notes[0]
    assert list(differences(notes, tmp_path)) == []


@pytest.mark.built
def test_every_link_of_the_page_leads_to_a_section(html, page, anchors):
    links = {link["href"] for link in page("book/coverage").select("table.cc-notes a")}
    assert links
    for link in links:
        path, _, anchor = link.partition("#")
        assert (html / "book" / path).is_file(), link
        assert not anchor or anchor in anchors(f"book/{path.removesuffix('.html')}"), link
