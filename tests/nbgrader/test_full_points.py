"""Right answers of all kinds earn all points from both graders."""

import pytest
from nbgrader_students import POINTS, RIGHT

pytestmark = pytest.mark.nbgrader


@pytest.mark.parametrize("student", RIGHT)
def test_both_graders_give_all_points(student, grades):
    assert grades.ours(student) == POINTS
    assert grades.nbgrader[student] == POINTS


def test_nbgrader_has_nothing_to_complain_of(grades):
    assert not [student for student in RIGHT if grades.complains_of(student)], grades.said.stderr


def test_a_forbidden_helper_keeps_its_points_but_only_we_say_so(grades):
    verdicts = {task: row["verdict"] for task, row in grades.rows["scipy-and-noisy"].items()}
    assert verdicts["conv2d_valid"] == verdicts["edge_map"] == "review"
    assert verdicts["flip"] == "correct"
