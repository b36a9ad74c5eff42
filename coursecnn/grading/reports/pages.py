"""Write the reports of a grading run: one table, one page per student, one page for the class."""

import hashlib
from functools import cache
from itertools import groupby
from urllib.parse import quote

from coursecnn._files import write
from coursecnn._palette import DARK, LIGHT
from coursecnn.grading.checking.display import code
from coursecnn.grading.judging.verdict import one_line
from coursecnn.grading.reports import class_page, gradebook
from coursecnn.grading.reports.spreadsheet import as_csv
from coursecnn.grading.task import ManualTask

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
        See `gradebook.table`.
    """
    write(out / "grades.csv", table(graded))
    write(out / "platform.csv", gradebook.table(graded, platform))
    groups = groupby(graded, key=lambda one: one.paper.submission.student)
    students = [(student, list(papers)) for student, papers in groups]
    pages = page_names(student for student, _ in students)
    for student, papers in students:
        page = _page("feedback.html", student=student, papers=papers, rubric=_rubric, level=level)
        write(out / "feedback" / pages[student], page)
    notes = [(one.paper.submission.student, note) for one in graded for note in one.paper.notes]
    sheets = class_page.sheets(graded)
    content = {"students": students, "pages": pages, "sheets": sheets, "notes": notes}
    write(out / "index.html", _page("class.html", **content, level=level))


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
        student = f"{student[:40]}-{_digest(student)}"
    return f"{student}.html"


def page_names(students):
    """Names of the students' pages, which differ on every disk.

    Parameters
    ----------
    students : iterable of str
        Names that differ, though some perhaps in capital letters only.

    Returns
    -------
    dict
        From student to file name.
    """
    names, taken = {}, set()
    for student in students:
        name = file_name(student)
        if name.casefold() in taken:
            name = f"{name.removesuffix('.html')}-{_digest(student)}.html"
        names[student] = name
        taken.add(name.casefold())
    return names


def _digest(student):
    return hashlib.sha256(student.encode()).hexdigest()[:16]


def _rubric(one, task_id):
    """What a person looks for in an answer; nothing where no person does."""
    tasks = (task for task in one.paper.assignment.tasks if isinstance(task, ManualTask))
    return next((task.rubric for task in tasks if task.id == task_id), ())


def _page(template, **content):
    return _templates().get_template(template).render(**content)


@cache
def _templates():
    from jinja2 import Environment, PackageLoader, StrictUndefined  # only the grader needs it

    loader = PackageLoader("coursecnn.grading.reports")
    environment = Environment(loader=loader, autoescape=True, undefined=StrictUndefined)
    looks = {"words": class_page.KINDS, "kind": class_page.kind}
    environment.globals.update(looks, quote=quote, code=code, light=LIGHT, dark=DARK)
    return environment
