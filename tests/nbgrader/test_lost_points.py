"""What is wrong, missing, or never ends costs the same points in both graders, and no others."""

import pytest
from nbgrader_students import WRONG, points

pytestmark = pytest.mark.nbgrader


@pytest.mark.parametrize("student", WRONG)
def test_both_graders_take_the_points_of_the_same_tasks(student, grades):
    due = points(WRONG[student].loses)
    assert 0 in due.values()
    assert grades.ours(student) == due
    assert grades.nbgrader[student] == due


def test_nbgrader_has_graded_everybody(grades):
    assert not [student for student in WRONG if grades.complains_of(student)], grades.said.stderr
