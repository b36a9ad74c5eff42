"""Where nbgrader cannot give the points of `coursecnn grade`, by the way in which it works."""

import pytest
from nbgrader_students import DISAGREEING, points

pytestmark = pytest.mark.nbgrader


@pytest.mark.parametrize("student", DISAGREEING)
def test_each_grader_gives_what_it_can(student, grades):
    odd = DISAGREEING[student]
    assert grades.ours(student) == points(odd.loses)
    assert grades.nbgrader[student] == points(odd.loses_nbgrader)
    assert grades.nbgrader[student] != grades.ours(student)


def test_nbgrader_says_whom_it_could_not_grade(grades):
    assert grades.said.returncode != 0
    for student, odd in DISAGREEING.items():
        assert grades.complains_of(student) == (odd.loses_nbgrader is None)
