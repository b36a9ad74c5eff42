"""What a person decides: answers are listed in `manual.csv`, where their points are entered.

The next run takes the points from there. What was entered stays in the file, whatever students
hand in later: an answer that has changed is listed with its former points in the column `earlier`.
"""

from dataclasses import replace

from .entries import WHOLE, digest, read_entries, whose_answer
from .record import write
from .spreadsheet import as_csv

FILE = "manual.csv"
LINE_BREAK = " ⏎ "


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
