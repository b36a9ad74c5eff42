"""The `{notes-table}` directive: rows with links to what teaches them, read anew on a change."""

import pytest

MAP = """\
chapters: {"01": one, "02": two}
notes:
  "000":
    sha256: 0
    length: 4
    written: 1-4
    rows:
      - {lines: 1-2, kind: bullet, what: "what <it> says", to: "01#a-kernel, 02 planned"}
      - {lines: 3-4, kind: formula, what: "wrong", to: "01", corrected: "01#a-kernel"}
"""
ONE = "---\norphan: true\n---\n# One\n\n## A `kernel`\n\nText.\n"
TABLE = "# Map\n\n```{notes-table} 000\n```\n"


@pytest.fixture
def build_map(build, tmp_path):
    """A function that builds a page with the table of a map, and one chapter."""
    folder = tmp_path / "source" / "book"

    def run(map_=MAP, one=ONE, table=TABLE):
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "coverage.yml").write_text(map_, encoding="utf-8")
        return build(**{"index": table, "book/one": one})

    return run


def cells(soup):
    """The text of each row, cell by cell."""
    rows = soup.select("table.cc-notes tbody tr")
    return [[cell.get_text(" ", strip=True) for cell in row.select("td")] for row in rows]


def test_each_row_says_what_and_where(build_map):
    built = build_map(MAP)
    assert built.warnings == ""
    assert cells(built.soup()) == [
        ["1–2 bullet", "what <it> says", "Chapter 1: A kernel Chapter 2, planned"],
        ["3–4 formula", "wrong", "Chapter 1 Chapter 1: A kernel (corrected)"],
    ]


def test_links_lead_to_the_section(build_map):
    links = [link["href"] for link in build_map(MAP).soup().select("table.cc-notes a")]
    assert links == ["book/one.html#a-kernel", "book/one.html", "book/one.html#a-kernel"]


def test_the_page_is_built_again_when_the_map_or_a_heading_changes(build_map):
    build_map(MAP)
    assert "new words" in build_map(MAP.replace("wrong", "new words")).soup().get_text()
    renamed = build_map(MAP, ONE.replace("A `kernel`", "A *kernel*!")).soup()
    assert "Chapter 1: A kernel!" in renamed.get_text()


def test_unknown_notes_are_named(build_map):
    built = build_map(MAP, table=TABLE.replace("000", "007"))
    assert "maps the notes 000; received '007'" in built.warnings
