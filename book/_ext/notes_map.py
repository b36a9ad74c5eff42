"""The coverage map: which passage of the lecture notes is taught in which section of the book.

The map lies in `book/coverage.yml`, whose first lines say how to write it. Here it is read and held
against the pages of the book;

    ```{notes-table} 000
    ```

shows it for one file of the notes, as a table with links; and

    python book/_ext/notes_map.py FOLDER

holds it against a copy of the notes, which are not part of this project: FOLDER has one file for
each of the notes, whose name begins with their number.
"""

import argparse
import hashlib
import re
import sys
from dataclasses import dataclass
from pathlib import Path

import yaml
from docutils import nodes
from sphinx.util.docutils import SphinxDirective

MAP = Path(__file__).parents[1] / "coverage.yml"
PLANNED_NO_MORE = "the chapter is in the table of contents now; name its section, without `planned`"
KINDS = ("bullet", "formula", "example", "figure", "exercise", "text")


@dataclass(frozen=True)
class Target:
    """Where something is taught.

    Attributes
    ----------
    chapter : str
        Two digits.
    section : str
        Anchor of a heading; empty for the chapter as a whole.
    planned : bool
        Whether the chapter is still to be written.
    """

    chapter: str
    section: str
    planned: bool

    def __str__(self):
        place = f"{self.chapter}#{self.section}" if self.section else self.chapter
        return f"{place} planned" if self.planned else place


@dataclass(frozen=True)
class Row:
    """One passage of the notes.

    Attributes
    ----------
    lines : str
        As the map writes them: "37-43", or "12, 14-16".
    kind : str
        One of `KINDS`.
    what : str
        What the passage says, in our words.
    taught, corrected : tuple of Target
        The sections that teach it, and those whose box puts it right.
    """

    lines: str
    kind: str
    what: str
    taught: tuple[Target, ...]
    corrected: tuple[Target, ...]


@dataclass(frozen=True)
class Notes:
    """What the map knows of one file of the notes.

    Attributes
    ----------
    name : str
        The first three digits of the file's name.
    sha256 : str
        Of the file as it was mapped.
    length : int
        How many lines it has.
    written : frozenset of int
        Lines that are not blank, counted from 1.
    ignored : dict of str to frozenset of int
        Lines that hold nothing to teach, by the name of the list.
    rows : tuple of Row
        The passages in their order.
    """

    name: str
    sha256: str
    length: int
    written: frozenset[int]
    ignored: dict[str, frozenset[int]]
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Map:
    """The whole map: the chapters by number, as pages of the book, and the files of the notes."""

    chapters: dict[str, str]
    notes: tuple[Notes, ...]


def load(path):
    """Read the map.

    Parameters
    ----------
    path : pathlib.Path
        A YAML file.

    Returns
    -------
    Map

    Raises
    ------
    ValueError
        If a range of lines, a kind or a target cannot be read; the message quotes it.
    """
    table = yaml.safe_load(path.read_text(encoding="utf-8"))
    chapters = {number: f"book/{page}" for number, page in table["chapters"].items()}
    return Map(chapters, tuple(_notes(name, entry) for name, entry in table["notes"].items()))


def _notes(name, entry):
    ignored = {kind: lines_of(lines) for kind, lines in entry.get("ignored", {}).items()}
    rows = tuple(_row(row) for row in entry["rows"])
    return Notes(name, entry["sha256"], entry["length"], lines_of(entry["written"]), ignored, rows)


def _row(entry):
    if entry["kind"] not in KINDS:
        raise ValueError(f"`kind` must be one of {', '.join(KINDS)}; received {entry['kind']!r}")
    lines_of(entry["lines"])  # a range that cannot be read is refused here
    return Row(str(entry["lines"]), entry["kind"], entry["what"],
               _targets(entry["to"]), _targets(entry.get("corrected", "")))  # fmt: skip


def _targets(text):
    return tuple(_target(part.strip()) for part in text.split(",") if part.strip())


def _target(text):
    match = re.fullmatch(r"(\d\d)(?:#([a-z0-9-]+))?( planned)?", text)
    if not match:
        raise ValueError(
            f"a target must be such as '06', '06#summary' or '18 planned'; received {text!r}"
        )
    return Target(match[1], match[2] or "", bool(match[3]))


def lines_of(ranges):
    """The numbers that a list of ranges stands for.

    Parameters
    ----------
    ranges : str or int
        Such as "4, 6, 18-21".

    Returns
    -------
    frozenset of int

    Raises
    ------
    ValueError
        If it is no such list.

    Examples
    --------
    >>> sorted(lines_of("4, 7-9"))
    [4, 7, 8, 9]
    """
    numbers = set()
    for part in str(ranges).split(","):
        match = re.fullmatch(r"(\d+)(?:-(\d+))?", part.strip())
        first, last = (int(match[1]), int(match[2] or match[1])) if match else (1, 0)
        if last < first:
            raise ValueError(f"`lines` must be a list such as '4, 18-21'; received {ranges!r}")
        numbers.update(range(first, last + 1))
    return frozenset(numbers)


def sections(source):
    """The sections of a page, in their order.

    Parameters
    ----------
    source : str
        Markdown. A heading inside a fence is none.

    Returns
    -------
    dict of str to (str, str)
        Anchor, as Sphinx makes it → heading, without markup, and the text up to the next heading.
    """
    found, anchor, fence = {}, None, ""
    for line in source.splitlines():
        opening = re.match(r"(`{3,}|~{3,})", line)
        if opening and (not fence or line.strip() == fence):
            fence = "" if fence else opening[1]
        heading = None if fence else re.match(r"#{1,6} (.+)", line)
        if heading:
            title = re.sub(r"[`*$]", "", heading[1]).strip()
            anchor = nodes.make_id(title)
            found[anchor] = (title, "")
        elif anchor:
            title, text = found[anchor]
            found[anchor] = (title, f"{text}{line}\n")
    return found


def faults(coverage, pages):
    """What is wrong with the map, measured by itself and by the pages of the book.

    Parameters
    ----------
    coverage : Map
        The map.
    pages : dict of str to str
        Pages in the table of contents: name, such as "book/part-2/06-kernels-by-hand" → source.

    Yields
    ------
    str
        One fault, with its place.
    """
    for notes in coverage.notes:
        yield from _lost_lines(notes)
        for row in notes.rows:
            place = f"notes {notes.name}, lines {row.lines}"
            for target in (*row.taught, *row.corrected):
                if fault := _fault_of(target, coverage, pages, box=target in row.corrected):
                    yield f"{place}: {target}: {fault}"


def _lost_lines(notes):
    """Lines that the map leaves out, counts twice, or makes up."""
    rows = [lines_of(row.lines) for row in notes.rows]
    mapped, ignored = frozenset().union(*rows), frozenset().union(*notes.ignored.values())
    for line in sorted(notes.written - mapped - ignored):
        yield f"notes {notes.name}, line {line}: neither in a row nor ignored"
    for line in sorted(mapped & ignored):
        yield f"notes {notes.name}, line {line}: both in a row and ignored"
    for line in sorted(ignored - notes.written):
        yield f"notes {notes.name}, line {line}: ignored, but it is blank"
    for row, lines in zip(notes.rows, rows, strict=True):
        if not lines & notes.written:
            yield f"notes {notes.name}, lines {row.lines}: all blank"
    if beyond := {line for line in mapped | notes.written if line > notes.length}:
        yield f"notes {notes.name}, line {min(beyond)}: the file has {notes.length} lines"


def _fault_of(target, coverage, pages, *, box):
    """What is wrong with one target, or None."""
    page = coverage.chapters.get(target.chapter)
    if page is None:
        return "there is no such chapter"
    if target.planned:
        return PLANNED_NO_MORE if page in pages else None
    if page not in pages:
        return "the chapter is not in the table of contents; mark it as planned"
    parts = sections(pages[page])
    if target.section not in {"", *parts}:
        return f"no such heading; there are {', '.join(parts)}"
    text = parts[target.section][1] if target.section else pages[page]
    return "no {correction} box there" if box and "{correction}" not in text else None


class NotesTable(SphinxDirective):
    """One row per passage: its lines and kind, what it says, where it is taught."""

    required_arguments = 1

    def run(self):
        """The table; the page is read again when the map or a page that it names changes."""
        path = Path(self.env.srcdir, self.config.notes_map)
        self.env.note_dependency(str(path))
        coverage = load(path)
        notes = next((each for each in coverage.notes if each.name == self.arguments[0]), None)
        if notes is None:
            names = ", ".join(each.name for each in coverage.notes)
            raise self.error(
                f"`{path.name}` maps the notes {names}; received {self.arguments[0]!r}"
            )
        self.chapters, self.headings = coverage.chapters, {}
        rows = [self._row(row) for row in notes.rows]
        return [_table(("Lines", "Passage", "Taught in"), rows)]

    def _row(self, row):
        lines = nodes.paragraph("", "", nodes.inline("", row.lines.replace("-", "–")))
        lines += nodes.inline("", f" {row.kind}", classes=["cc-kind"])
        targets = dict.fromkeys((*row.taught, *row.corrected))
        where = [self._place(target, target in row.corrected) for target in targets]
        return [lines], [nodes.paragraph("", row.what)], where

    def _place(self, target, corrected):
        """A link to a section, or the number of a chapter that is still to be written."""
        number = f"Chapter {int(target.chapter)}"
        line = nodes.paragraph()
        if target.planned:
            line += nodes.inline("", f"{number}, planned", classes=["cc-planned"])
        else:
            line += self._link(target, number)
        if corrected:
            line += nodes.inline("", " (corrected)", classes=["cc-planned"])
        return line

    def _link(self, target, number):
        page = self.chapters[target.chapter]
        heading = self._headings(page).get(target.section, ("",))[0]
        uri = self.env.app.builder.get_relative_uri(self.env.docname, page)
        uri = f"{uri}#{target.section}" if target.section else uri
        text = f"{number}: {heading}" if heading else number
        return nodes.reference("", text, refuri=uri, internal=True)

    def _headings(self, page):
        """The sections of a page, read once for each table."""
        if page not in self.headings:
            path = Path(self.env.srcdir, f"{page}.md")
            self.env.note_dependency(str(path))
            self.headings[page] = sections(path.read_text(encoding="utf-8"))
        return self.headings[page]


def _table(titles, rows):
    """A table whose cells are lists of nodes."""
    group = nodes.tgroup("", cols=len(titles))
    group += [nodes.colspec(colwidth=1) for _ in titles]
    head = nodes.row("", *(nodes.entry("", nodes.paragraph("", title)) for title in titles))
    body = [nodes.row("", *(nodes.entry("", *cell) for cell in row)) for row in rows]
    group += [nodes.thead("", head), nodes.tbody("", *body)]
    return nodes.table("", group, classes=["cc-notes"])


def differences(notes, folder):
    """What sets a file apart from the one that was mapped, or the map from the file.

    Parameters
    ----------
    notes : Notes
        What the map knows of the file.
    folder : pathlib.Path
        Where to look for it.

    Yields
    ------
    str
        One difference; none if the map is that of this file, byte for byte.
    """
    files = sorted(folder.glob(f"{notes.name}*.txt"))
    if len(files) != 1:
        yield f"{notes.name}: {len(files)} files named {notes.name}*.txt in {folder}, not one"
        return
    content = files[0].read_bytes()
    if hashlib.sha256(content).hexdigest() != notes.sha256:
        yield f"{notes.name}: {files[0].name} is not the file that was mapped"
    lines = content.decode("utf-8").removesuffix("\n").split("\n")
    written = {number for number, line in enumerate(lines, 1) if line.strip()}
    if len(lines) != notes.length:
        yield f"{notes.name}: {len(lines)} lines, not {notes.length}"
    if moved := sorted(written ^ notes.written):
        yield f"{notes.name}: line {moved[0]} is the first that is blank in only one of the two"


def main():
    """Run the command line."""
    parser = argparse.ArgumentParser(description="Is the coverage map that of these notes?")
    parser.add_argument("folder", type=Path, help="where the notes lie")
    folder = parser.parse_args().folder
    found = [line for notes in load(MAP).notes for line in differences(notes, folder)]
    sys.exit("\n".join(found) if found else print("The notes are those that were mapped."))


if __name__ == "__main__":
    main()
