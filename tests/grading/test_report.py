"""The reports: a table that others read, and pages in which nothing of a student's is markup."""

import csv
import io
import re
from pathlib import PurePosixPath

import pytest

from coursecnn.grading.desk import Graded
from coursecnn.grading.papers import Paper
from coursecnn.grading.report import file_name, table, write_all
from coursecnn.grading.sandbox import LIMITS
from coursecnn.grading.submissions import Submission
from coursecnn.grading.verdict import Verdict

EVIL = "<script>alert('x')</script>&\"`b`"


def hand_in(student, name):
    return Submission(student, PurePosixPath(name), 0.0, bytes)


@pytest.fixture
def graded(sheet):
    """Two students; one of them has chosen all of his texts with care."""
    good = [Verdict(task.id, "correct", task.points, task.points, "Right.") for task in sheet.tasks]
    evil = [
        Verdict(task.id, "wrong", 0, task.points, EVIL, misconception="off-by-one", hint=EVIL)
        for task in sheet.tasks
    ]
    return [
        Graded(Paper(hand_in("anna", "anna.ipynb"), sheet), good),
        Graded(Paper(hand_in(EVIL, "e.ipynb"), sheet, notes=(EVIL,)), evil),
        Graded(Paper(hand_in("zoe", "zoe.ipynb"), None, problem="Lost."), []),
    ]


def test_the_table_can_be_read_back(graded, sheet):
    rows = list(csv.DictReader(io.StringIO(table(graded))))
    assert len(rows) == 2 * len(sheet.tasks) + 1
    assert rows[0] == {
        "student": "anna",
        "assignment": sheet.name,
        "task": sheet.tasks[0].id,
        "points": "1",
        "max_points": "1",
        "verdict": "correct",
        "misconception": "",
        "seconds": "0.0",
        "message": "Right.",
    }
    assert rows[-1]["verdict"] == "unreadable"
    assert rows[-2]["student"] == EVIL


def test_nothing_of_a_students_is_markup(graded, tmp_path):
    names = {"/": "_"}
    for one in graded:
        name = one.paper.submission.student.translate(str.maketrans(names))
        object.__setattr__(one.paper.submission, "student", name)
    write_all(tmp_path, graded, LIMITS)
    pages = [page.read_text("utf-8") for page in tmp_path.rglob("*.html")]
    assert len(pages) == 4
    for page in pages:
        assert "<script" not in page
    assert any("&lt;script&gt;alert" in page for page in pages)


def test_the_class_page_counts_points_verdicts_and_mistakes(graded, tmp_path):
    write_all(tmp_path, [graded[0], graded[2]], LIMITS)
    page = (tmp_path / "index.html").read_text("utf-8")
    assert "8 / 8" in page
    assert "1 right" in page
    assert re.search(r'class="count">1</span><i style="height: 6.0rem"></i>\s*.*>8</span>', page)
    assert "process limits only" in page


def test_a_very_long_name_still_has_a_page(graded, tmp_path):
    long = "é" * 240
    assert len(file_name(long).encode()) < 255
    assert file_name(long) != file_name(long + "x")
