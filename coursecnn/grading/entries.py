"""The rows that a person fills in: whose answer each is about, and whether it makes sense."""

import re
from base64 import b32encode
from dataclasses import dataclass
from hashlib import sha256

from .spreadsheet import plain, read_csv

COLUMNS = (
    "student",
    "assignment",
    "task",
    "answer",
    "message",
    "max_points",
    "points",
    "comment",
    "earlier",
    "key",
)
NEEDED = ("student", "assignment", "task", "points")
KEY = re.compile(r"(k[a-z2-7]{10})-([a-z2-7]{10})")
WHOLE = re.compile(r"(\d+)(?:[.,]0+)?")
NO_LIMIT = 10**6  # points, where nobody knows the task any more


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
