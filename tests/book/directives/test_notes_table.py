"""The `{notes-table}` directive: rows with links to what teaches them, read anew on a change."""

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
ONE = "# One\n\n## A `kernel`\n\nText.\n"
TABLE = "# Map\n\n```{notes-table} 000\n```\n"

PAGES = {
    "book/coverage.yml": MAP, "book/one": ONE,
    "map": TABLE, "unknown": TABLE.replace("000", "007"),
}  # fmt: skip


def cells(soup):
    """The text of each row, cell by cell."""
    rows = soup.select("table.cc-notes tbody tr")
    return [[cell.get_text(" ", strip=True) for cell in row.select("td")] for row in rows]


def test_each_row_says_what_and_where(site):
    assert site.warnings_of("map") == site.warnings_of("book/one") == []
    assert cells(site.soup("map")) == [
        ["1–2 bullet", "what <it> says", "Chapter 1: A kernel Chapter 2, planned"],
        ["3–4 formula", "wrong", "Chapter 1 Chapter 1: A kernel (corrected)"],
    ]


def test_links_lead_to_the_section(site):
    links = [link["href"] for link in site.soup("map").select("table.cc-notes a")]
    assert links == ["book/one.html#a-kernel", "book/one.html", "book/one.html#a-kernel"]


def test_unknown_notes_are_named(site):
    [warning] = site.warnings_of("unknown")
    assert "maps the notes 000; received '007'" in warning


def test_the_page_is_built_again_when_the_map_or_a_heading_changes(build):
    build(index="# Pages\n", **PAGES)
    changed = build(**{"book/coverage.yml": MAP.replace("wrong", "new words")})
    assert "new words" in changed.soup("map").get_text()
    renamed = build(**{"book/one": ONE.replace("A `kernel`", "A *kernel*!")}).soup("map")
    assert "Chapter 1: A kernel!" in renamed.get_text()
