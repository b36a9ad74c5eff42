"""What a person decides: answers are listed in `manual.csv`, where their points are entered.

The next run takes the points from there. What was entered stays in the file, whatever students
hand in later: an answer that has changed is listed with its former points in the column `earlier`.
"""

import re
from base64 import b32encode
from dataclasses import dataclass, replace
from hashlib import sha256

from coursecnn._files import write
from coursecnn.grading.reports.spreadsheet import as_csv, plain, read_csv

FILE = "manual.csv"
LINE_BREAK = " ⏎ "
COLUMNS = (
    *("student", "assignment", "task", "answer", "message"),
    *("max_points", "points", "comment", "earlier", "key"),
)
NEEDED = ("student", "assignment", "task", "points")
KEY = re.compile(r"(k[a-z2-7]{10})-([a-z2-7]{10})")
WHOLE = re.compile(r"(\d+)(?:[.,]0+)?")
NO_LIMIT = 10**6  # points, where nobody knows the task any more


def inspect(out, papers):
    """Raise if the file cannot be read, before any notebook is run.

    Parameters
    ----------
    out : Path
        Folder of the reports.
    papers : sequence of Paper
        What was handed in.

    Raises
    ------
    ValueError
        See `merge`.
    """
    known = {
        whose_answer(paper.submission.student, paper.assignment.name, task.id): task.points
        for paper in papers
        if paper.assignment
        for task in paper.assignment.tasks
    }
    read_entries(out / FILE, known)


def merge(out, graded):
    """Take over what a person has entered, and list what is still to be read.

    Parameters
    ----------
    out : Path
        Folder of the reports, with the file or without.
    graded : list of Graded
        With the verdicts of the grader.

    Returns
    -------
    list of Graded
        With points and comments of the person.

    Raises
    ------
    ValueError
        If the file is damaged, or an entry makes no sense: the message names the row, and the file
        stays as it is.
    """
    known = {_of(one, v): v.max_points for one in graded for v in one.verdicts}
    entries, columns, separator = read_entries(out / FILE, known)
    waiting = {_of(one, v): (one, v) for one in graded for v in one.verdicts if v.waits}
    rows = [_listed(one, v, entries.pop(whose, None)) for whose, (one, v) in waiting.items()]
    entered = {row["key"]: row for row in rows}
    rows += [entry.cells for entry in entries.values() if entry.filled]
    if rows or (out / FILE).exists():
        table = [columns, *([row.get(column, "") for column in columns] for row in rows)]
        # With the mark at its beginning, spreadsheets read the file as what it is.
        write(out / FILE, "\N{ZERO WIDTH NO-BREAK SPACE}" + as_csv(table, separator))
    return [
        replace(one, verdicts=[_decided(v, entered.get(_key(one, v))) for v in one.verdicts])
        for one in graded
    ]


def _listed(one, verdict, entry):
    """The row of an answer, with what was entered for it or for an earlier one."""
    row = {
        "student": one.paper.submission.student,
        "assignment": one.sheet,
        "task": verdict.task,
        "answer": _one_line(verdict.answer),
        "message": verdict.message,
        "max_points": verdict.max_points,
        "key": _key(one, verdict),
    }
    if entry is None:
        return row
    if _same(entry, row):
        return {**entry.cells, **row}
    return {**entry.cells, **row, "points": "", "comment": "", "earlier": _history(entry)}


def _same(entry, row):
    if entry.what:
        return f"{entry.whose}-{entry.what}" == row["key"]
    return entry.cells.get("answer") == row["answer"]


def _history(entry):
    """What an earlier answer got, and the ones before it."""
    comment = entry.cells.get("comment", "")
    now = "" if entry.points is None else f"{entry.points} points"
    latest = ": ".join(filter(None, (now, comment)))
    return " | ".join(filter(None, (latest, entry.cells.get("earlier", ""))))


def _decided(verdict, row):
    """A verdict with what a person has entered in its row."""
    if row is None:
        return verdict
    points, comment = str(row.get("points", "")).strip(), row.get("comment", "").strip()
    if points:
        given = int(WHOLE.fullmatch(points)[1])
        message = f"A person has given {given} of {verdict.max_points} points."
        if verdict.verdict == "review":
            message = f"{verdict.message} {message}"
        return replace(verdict, points=given, decided=True, comment=comment, message=message)
    if row.get("earlier"):
        message = f"{verdict.message} For an earlier answer: {row['earlier']}"
        return replace(verdict, comment=comment, message=message)
    return replace(verdict, comment=comment)


def _of(one, verdict):
    return whose_answer(one.paper.submission.student, one.sheet, verdict.task)


def _key(one, verdict):
    return f"{_of(one, verdict)}-{digest(verdict.answer)}"


def _one_line(text):
    return LINE_BREAK.join(text.split("\n"))


@dataclass(frozen=True)
class Entry:
    """One row of the file.

    Parameters
    ----------
    row : int
        Its number, as spreadsheets count.
    whose : str
        Stands for student, assignment and task, which a spreadsheet may have changed.
    what : str
        Stands for the answer; empty if its key is lost.
    cells : dict
        The texts by column.
    points : int or None
        None if a person has not decided yet.
    """

    row: int
    whose: str
    what: str
    cells: dict[str, str]
    points: int | None

    @property
    def filled(self):
        """Whether a person has entered anything.

        Returns
        -------
        bool
            Then the row must not be lost.
        """
        return any(self.entered.values())

    @property
    def entered(self):
        """What only a person can have written.

        Returns
        -------
        dict
            From column to text, columns of the person's own included.
        """
        ours = {*COLUMNS} - {"points", "comment", "earlier"}
        return {column: text for column, text in self.cells.items() if column not in ours}


def read_entries(file, known):
    """Read what a person has entered.

    Parameters
    ----------
    file : Path
        May be missing.
    known : dict
        From `whose` of each answer of the class to the points that it can get.

    Returns
    -------
    dict, list of str, str
        From `whose` to Entry; the columns; what stands between two cells.

    Raises
    ------
    ValueError
        If a row is damaged or makes no sense; the message names it.
    """
    if not file.exists():
        return {}, list(COLUMNS), ","
    table, entries = read_csv(file, NEEDED), {}
    for number, cells in table.rows.items():
        entry = _entry(file, number, {name: plain(text) for name, text in cells.items()}, known)
        if entry is not None:
            entries[entry.whose] = _one_of(file, entries.get(entry.whose), entry)
    new = [column for column in COLUMNS if column not in table.columns]
    return entries, [*table.columns, *new], table.separator


def _entry(file, number, cells, known):
    key = cells.get("key", "").strip()
    match = KEY.fullmatch(key)
    if key and not match:
        raise ValueError(f"{file}, row {number}: the key {key!r} is damaged; clear or restore it")
    names = (cells[column].strip() for column in ("student", "assignment", "task"))
    whose, what = match.groups() if match else (whose_answer(*names), "")
    points = _points(file, number, cells, known.get(whose))
    entry = Entry(number, whose, what, cells, points)
    if match or whose in known:
        return entry
    if entry.filled:
        raise ValueError(
            f"{file}, row {number}: nobody called {cells['student']!r} has handed in "
            f"{cells['task']!r} of {cells['assignment']!r}; correct the names or restore the key"
        )
    return None


def _points(file, number, cells, most):
    """What was entered as points; None if nothing was."""
    text = cells["points"].strip()
    if not text:
        return None
    match = WHOLE.fullmatch(text)
    if most is None:
        listed = cells.get("max_points", "")
        most = int(listed) if listed.isdecimal() else NO_LIMIT
    if not match or int(match[1]) > most:
        raise ValueError(
            f"{file}, row {number}: `points` must be a whole number from 0 to {most}, "
            f"not {text!r}; correct it and give the command again"
        )
    return int(match[1])


def _one_of(file, known, entry):
    """One of two rows on the same answer: the one with an entry."""
    if known is None or not known.filled:
        return entry
    if entry.filled and (entry.entered, entry.what) != (known.entered, known.what):
        raise ValueError(
            f"{file}: rows {known.row} and {entry.row} are about the same answer; delete one"
        )
    return known


def whose_answer(student, assignment, task):
    """A key for an answer, whatever it says.

    Parameters
    ----------
    student, assignment, task : str
        Their names.

    Returns
    -------
    str
        Eleven letters and digits; the first letter keeps spreadsheets from seeing a number.
    """
    return "k" + digest("\n".join((student, assignment, task)))


def digest(text):
    """A key for what an answer says.

    Parameters
    ----------
    text : str
        The answer.

    Returns
    -------
    str
        Ten letters and digits.
    """
    return b32encode(sha256(text.encode("utf-8", "replace")).digest())[:10].decode().lower()
