"""Write the reports of a grading run: one table, one page per student, one page for the class."""

import hashlib
from collections import Counter
from functools import cache
from itertools import groupby
from urllib.parse import quote

from . import platforms
from .display import WORDS, code
from .record import write
from .spreadsheet import as_csv
from .task import ManualTask
from .verdict import one_line

COLUMNS = (
    "student",
    "assignment",
    "task",
    "points",
    "max_points",
    "verdict",
    "misconception",
    "seconds",
    "message",
)


def write_all(out, graded, level, platform=None):
    """Write `grades.csv`, `platform.csv`, `index.html` and `feedback/`.

    Parameters
    ----------
    out : Path
        Folder for them.
    graded : list of Graded
        Sorted by student.
    level : Level
        How the notebooks were kept from doing harm.
    platform : str, optional
        See `platforms.table`.
    """
    write(out / "grades.csv", table(graded))
    write(out / "platform.csv", platforms.table(graded, platform))
    groups = groupby(graded, key=lambda one: one.paper.submission.student)
    students = [(student, list(papers)) for student, papers in groups]
    for student, papers in students:
        page = _page("feedback.html", student=student, papers=papers, rubric=_rubric, level=level)
        write(out / "feedback" / file_name(student), page)
    write(out / "index.html", _page("class.html", **_class(students, graded), level=level))


def table(graded):
    """All verdicts as comma-separated values; see `spreadsheet.safe`.

    Parameters
    ----------
    graded : list of Graded
        In the order of the rows.

    Returns
    -------
    str
        A header and one line per student and task; a paper whose sheet is unknown has one line.
    """
    return as_csv([COLUMNS, *(row for one in graded for row in _rows(one))])


def _rows(one):
    """The lines of one paper."""
    whose = one.paper.submission.student, one.sheet
    if not one.verdicts:
        yield *whose, "", 0, 0, "unreadable", "", 0.0, one.paper.problem
    for v in one.verdicts:
        message = f"{v.message} Comment: {one_line(v.comment)}" if v.comment else v.message
        numbers = v.task, v.points, v.max_points, v.verdict, v.misconception
        yield *whose, *numbers, round(v.seconds, 3), message


def file_name(student):
    """Name of a student's page.

    Parameters
    ----------
    student : str
        Name of the student.

    Returns
    -------
    str
        The name itself, unless it is too long for a file.
    """
    if len(student.encode()) > 200:
        student = f"{student[:40]}-{hashlib.sha256(student.encode()).hexdigest()[:16]}"
    return f"{student}.html"


def _rubric(one, task_id):
    """What a person looks for in an answer; nothing where no person does."""
    tasks = (task for task in one.paper.assignment.tasks if isinstance(task, ManualTask))
    return next((task.rubric for task in tasks if task.id == task_id), ())


def _class(students, graded):
    """What the class page tells of each sheet and of each student."""
    sheets = {}
    for one in graded:
        if one.verdicts:
            sheets.setdefault(one.sheet, []).append(one.verdicts)
    return {
        "students": students,
        "sheets": {name: _sheet(papers) for name, papers in sheets.items()},
        "notes": [(one.paper.submission.student, n) for one in graded for n in one.paper.notes],
    }


def _sheet(papers):
    """How often each sum of points was reached; verdicts and frequent mistakes of each task."""
    sums = Counter(sum(verdict.points for verdict in verdicts) for verdicts in papers)
    most = sum(verdict.max_points for verdict in papers[0])
    tasks = [
        (of_task[0].task, _tally(of_task), _mistakes(of_task))
        for of_task in zip(*papers, strict=True)
    ]
    return {"points": [(points, sums[points]) for points in range(most + 1)], "tasks": tasks}


def _tally(verdicts):
    """How many verdicts of each kind, in the order of `WORDS`."""
    count = Counter(verdict.verdict for verdict in verdicts)
    return [(kind, count[kind]) for kind in WORDS if count[kind]]


def _mistakes(verdicts):
    return Counter(v.misconception for v in verdicts if v.misconception).most_common(3)


def _page(template, **content):
    return _templates().get_template(template).render(**content)


@cache
def _templates():
    from jinja2 import Environment, PackageLoader, StrictUndefined  # only the grader needs it

    loader = PackageLoader("coursecnn.grading")
    environment = Environment(loader=loader, autoescape=True, undefined=StrictUndefined)
    environment.globals.update(words=WORDS, file_name=file_name, quote=quote, code=code)
    return environment
