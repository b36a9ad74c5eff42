"""The table for a learning platform names students as it does, and has the rows that it wants."""

import csv
import io
from pathlib import PurePosixPath

import pytest

from coursecnn.grading.grade import Graded
from coursecnn.grading.intake.papers import Paper
from coursecnn.grading.intake.submissions import Submission
from coursecnn.grading.judging.verdict import Verdict
from coursecnn.grading.reports.gradebook import table
from coursecnn.grading.task import Assignment, ManualTask

FIRST = Assignment(
    "01-first", 1, (ManualTask("a", 3, ((3, "ok"),)), ManualTask("b", 2, ((2, "ok"),)))
)
SECOND = Assignment("02-second", 1, (ManualTask("c", 4, ((4, "ok"),)),))


def graded(student, path, sheet=FIRST, points=(3, 0), waits=False):
    verdicts = [
        Verdict(task.id, "manual" if waits else "correct", given, task.points, "Found.")
        for task, given in zip(sheet.tasks, points, strict=True)
    ]
    return Graded(Paper(Submission(student, PurePosixPath(path), 0.0, bytes), sheet), verdicts)


MOODLE = graded("Anna Lindgren_123", "Anna Lindgren_123_assignsubmission_file_/sheet.ipynb")
CANVAS = graded("lindgrenanna_4711", "lindgrenanna_LATE_4711_99_sheet-1.ipynb")


def rows(graded, platform=None):
    return list(csv.reader(io.StringIO(table(graded, platform))))


def test_moodle_finds_participants_by_their_number():
    assert rows([MOODLE]) == [
        [
            "Identifier",
            "Full name",
            "01-first",
            "Grade",
            "Maximum Grade",
            "Last modified (grade)",
        ],
        ["Participant 123", "Anna Lindgren", "3", "3", "5", ""],
    ]


def test_canvas_finds_students_by_their_number():
    assert rows([CANVAS]) == [
        ["Student", "ID", "SIS User ID", "SIS Login ID", "Section", "01-first", "Final Points"],
        ["    Points Possible", "", "", "", "", "5", "(read only)"],
        ["lindgrenanna", "4711", "", "", "", "3", "3"],
    ]


def test_there_is_one_row_per_student_and_one_column_per_assignment():
    class_ = [
        graded("anna", "anna/01-first.ipynb"),
        graded("anna", "anna/02-second.ipynb", SECOND, (4,)),
        graded("bo", "bo.ipynb", SECOND, (1,)),
    ]
    header, anna, bo = rows(class_)
    assert header[2:5] == ["01-first", "02-second", "Grade"]
    assert anna == ["anna", "anna", "3", "4", "7", "9", ""]
    assert bo == ["bo", "bo", "", "1", "1", "9", ""]
    assert rows(class_, "canvas")[2] == ["anna", "", "", "anna", "", "3", "4", "7"]


def test_what_still_waits_for_a_person_is_left_empty():
    class_ = [graded("anna", "anna.ipynb", waits=True), graded("anna", "a", SECOND, (4,))]
    assert rows(class_)[1] == ["anna", "anna", "", "4", "", "9", ""]


@pytest.mark.parametrize("path", ["group_7.ipynb", "group_7/my_2024_11_sheet.ipynb", "group_7"])
def test_a_name_with_a_number_is_no_participant(path):
    assert rows([graded("group_7", path)])[1][:2] == ["group_7", "group_7"]


def test_a_student_without_a_sheet_has_a_row_without_points():
    lost = Graded(Paper(Submission("zoe", PurePosixPath("zoe.pdf"), 0.0, bytes), None), [])
    assert rows([MOODLE, lost])[2] == ["zoe", "zoe", "", "", "5", ""]


def test_a_name_is_no_formula():
    assert rows([graded("=1+1", "=1+1.ipynb")])[1][:2] == ["'=1+1", "'=1+1"]
