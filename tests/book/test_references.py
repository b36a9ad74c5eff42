"""Every entry of the bibliography is complete, cited, and in the table of what was checked."""

import csv
import re
from pathlib import Path

import pytest
import yaml
from pybtex.database import parse_file

BOOK = Path(__file__).parents[2] / "book"
ENTRIES = parse_file(BOOK / "references.bib", bib_format="bibtex").entries
VENUES = {"journal", "booktitle", "publisher", "institution", "school", "howpublished", "eprint"}
FORMS = {
    "doi": r"10\.\d{4,9}/\S+",
    "eprint": r"\d{2}(0[1-9]|1[0-2])\.\d{4,5}",
    "isbn": r"97[89]\d{10}",
    "url": r"https?://[\w.-]+/?\S*",
}
PREFIXES = {"doi": "doi:", "eprint": "arXiv:", "isbn": "isbn:", "url": ""}
SOURCE = r"(https?://\S+|[\w.-]+/[\w.-]+:\S+)"
CITED = re.compile(r"\{cite(?::\w+)?\}`([^`]+)`")


def rows():
    """The table of what was checked, a dict per row."""
    with (BOOK / "references-checked.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def identifiers(fields):
    """The identifiers of an entry as the table writes them, the one to look up first."""
    return [f"{prefix}{fields[name]}" for name, prefix in PREFIXES.items() if name in fields]


def faults(entry):
    """What an entry lacks, and what in it has no valid form."""
    fields = entry.fields
    found = [name for name in ("title", "year") if not fields.get(name)]
    found += [] if entry.persons.get("author") else ["author"]
    found += [] if VENUES & {*fields} else ["venue"]
    found += [] if identifiers(fields) else ["identifier"]
    forms = {"year": r"(19|20)\d\d", **FORMS}
    found += [n for n, form in forms.items() if n in fields and not re.fullmatch(form, fields[n])]
    if "eprint" in fields and fields.get("archiveprefix") != "arXiv":
        found.append("archiveprefix")
    if re.fullmatch(FORMS["isbn"], fields.get("isbn", "")):
        digits = map(int, fields["isbn"])
        if sum(digit * (1, 3)[place % 2] for place, digit in enumerate(digits)) % 10:
            found.append("isbn")
    return found


def sources(node):
    """Every value of `source` in the ledger of networks, however deep."""
    if isinstance(node, dict):
        if isinstance(node.get("source"), str):
            yield node["source"]
        node = node.values()
    elif not isinstance(node, list):
        return
    for part in node:
        yield from sources(part)


@pytest.mark.parametrize("key", ENTRIES)
def test_an_entry_has_authors_title_year_venue_and_an_identifier_of_valid_form(key):
    assert not faults(ENTRIES[key])


def test_faults_are_noticed(tmp_path):
    file = tmp_path / "faulty.bib"
    file.write_text(
        "@misc{bare, title = {T}, year = {197}}\n"
        "@book{book, author = {A, B}, title = {T}, year = {2020}, publisher = {P},"
        " isbn = {9780262035614}}\n"
        "@misc{preprint, author = {A, B}, title = {T}, year = {2020}, eprint = {2013.0001}}\n"
        "@article{linked, author = {A, B}, title = {T}, year = {2020}, journal = {J},"
        " doi = {https://doi.org/10.1000/1}}\n",
        encoding="utf-8",
    )
    found = {key: faults(entry) for key, entry in parse_file(file).entries.items()}
    assert found == {
        "bare": ["author", "venue", "identifier", "year"],
        "book": ["isbn"],
        "preprint": ["eprint", "archiveprefix"],
        "linked": ["doi"],
    }


def test_no_source_has_two_entries():
    found = [identifiers(entry.fields)[0].lower() for entry in ENTRIES.values()]
    assert len(found) == len({*found})


def test_entries_are_sorted_by_key():
    assert [*ENTRIES] == sorted(ENTRIES)


def test_every_entry_is_cited_in_the_book_and_every_citation_has_an_entry():
    pages = [page.read_text("utf-8") for page in sorted(BOOK.rglob("*.md"))]
    cited = {
        key.strip() for page in pages for keys in CITED.findall(page) for key in keys.split(",")
    }
    ledger = yaml.safe_load((BOOK / "architectures.yml").read_text("utf-8"))
    cited |= set(sources(ledger))
    assert cited == {*ENTRIES}


def test_the_table_has_one_row_for_each_entry_in_their_order():
    assert [row["key"] for row in rows()] == sorted(ENTRIES)


def test_the_table_names_the_identifier_of_the_entry():
    for row in rows():
        assert row["identifier"] == identifiers(ENTRIES[row["key"]].fields)[0], row["key"]


def test_a_row_names_public_sources_or_says_that_it_is_not_confirmed():
    for row in rows():
        if row["source"]:
            parts = row["source"].split("; ")
            assert all(re.fullmatch(SOURCE, part) for part in parts), row["key"]
        else:
            assert row["note"].startswith("not confirmed"), row["key"]
