"""Where nbgrader cannot give the points of `coursecnn grade`, by the way in which it works."""

import pytest
from nbgrader_students import DISAGREEING, NAME, points

pytestmark = pytest.mark.nbgrader


@pytest.fixture(scope="module")
def grades(grade_in_both):
    return grade_in_both(DISAGREEING)


@pytest.mark.parametrize("student", DISAGREEING)
def test_each_grader_gives_what_it_can(student, grades):
    odd = DISAGREEING[student]
    assert grades.ours(student) == points(odd.loses)
    assert grades.nbgrader[student] == points(odd.loses_nbgrader)
    assert grades.nbgrader[student] != grades.ours(student)


def test_nbgrader_says_whom_it_could_not_grade(grades):
    assert grades.said.returncode != 0
    for student, odd in DISAGREEING.items():
        complaint = f"There was an error processing assignment '{NAME}' for student '{student}'"
        assert (complaint in grades.said.stderr) == (odd.loses_nbgrader is None)
