"""The reports: a table that others read, and pages in which nothing of a student's is markup."""

import csv
import io
import re
from dataclasses import replace
from pathlib import PurePosixPath

import pytest

from coursecnn.grading.grade import Graded
from coursecnn.grading.intake.papers import Paper
from coursecnn.grading.intake.submissions import Submission
from coursecnn.grading.judging.verdict import Verdict
from coursecnn.grading.reports.class_page import KINDS, Mistake, TaskCount, sheets
from coursecnn.grading.reports.pages import file_name, page_names, table, write_all
from coursecnn.grading.sandbox import LIMITS

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
    assert re.search(
        r'class="count" aria-hidden="true">1</span><i\s+style="height: 8.00rem">', page
    )
    assert "8 points: 1 students" in page
    assert "process limits only" in page


def test_a_sheet_in_numbers(graded, sheet):
    numbers = sheets(graded)[sheet.name]
    assert (numbers.students, numbers.median, numbers.max_points) == (2, 4, 8)
    assert numbers.histogram == [(str(points), int(points in (0, 8))) for points in range(9)]
    assert numbers.tasks[0] == TaskCount(sheet.tasks[0].id, 0.5, 1, [("correct", 1), ("wrong", 1)])
    names = [task.id for task in sheet.tasks]
    assert numbers.mistakes == [Mistake("off-by-one", 1, names, EVIL)]


def test_many_points_are_shown_in_ranges(graded):
    (many,) = (Verdict("a", "correct", points, 99, "Right.") for points in [37])
    numbers = sheets([Graded(graded[0].paper, [many])])
    (histogram,) = (sheet.histogram for sheet in numbers.values())
    assert len(histogram) == 20
    assert histogram[7] == ("35–39", 1)
    assert histogram[-1][0] == "95–99"
    assert sum(count for _, count in histogram) == 1


def test_who_reads_by_ear_or_without_colours_hears_and_sees_the_same(graded, tmp_path):
    write_all(tmp_path, graded, LIMITS)
    page = (tmp_path / "index.html").read_text("utf-8")
    for bar in re.findall(r'<div class="bar"[^>]*>', page):
        assert 'aria-hidden="true"' in bar  # the list below it says the same in words
    for kind, word in (("correct", "1 right"), ("wrong", "1 wrong")):
        assert re.search(rf'<li><i class="{kind}" aria-hidden="true"></i>{word}</li>', page)
    signs = re.findall(r'role="img" aria-label="\w+: ([a-z ]+)"[^>]*>(.)<', page)
    assert set(signs) == {("right", "✔"), ("wrong", "✘")}
    looks = [sign for sign, _ in KINDS.values()]
    assert len({KINDS[kind][0] for kind in ("correct", "review", "waits", "manual", "wrong")}) == 5
    assert len(looks) == 10


def test_answers_that_wait_are_counted_until_a_person_has_decided(graded, tmp_path):
    essay = Verdict("essay", "manual", 0, 4, "Waits.", answer="Because <b>.")
    first = replace(graded[0], verdicts=[essay])
    write_all(tmp_path, [first], LIMITS)
    page = (tmp_path / "index.html").read_text("utf-8")
    assert "1 answer waits for a person" in " ".join(page.split())
    assert "1 to be read by a person" in page
    done = replace(essay, points=3, decided=True, comment="Good\n<i>start</i>")
    write_all(tmp_path, [replace(first, verdicts=[done])], LIMITS)
    page = (tmp_path / "index.html").read_text("utf-8")
    assert "waits for" not in page
    assert "1 graded by a person" in page
    feedback = (tmp_path / "feedback" / "anna.html").read_text("utf-8")
    assert "Good\n&lt;i&gt;start&lt;/i&gt;" in feedback
    assert "<pre>Because &lt;b&gt;.</pre>" in feedback


def test_names_that_differ_in_capital_letters_have_pages_that_differ_on_every_disk():
    names = page_names(["ANNA", "Anna", "anna", "zoe", "ANNA" * 60, "anna" * 60])
    assert (names["ANNA"], names["zoe"]) == ("ANNA.html", "zoe.html")
    assert len({name.casefold() for name in names.values()}) == 6
    assert all(len(name) < 255 for name in names.values())


def test_a_very_long_name_still_has_a_page(graded, tmp_path):
    long = "é" * 240
    assert len(file_name(long).encode()) < 255
    assert file_name(long) != file_name(long + "x")
