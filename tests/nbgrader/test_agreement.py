"""The same submissions in both graders: each task earns the same points."""

import pytest
from nbgrader_students import AGREEING, points

pytestmark = pytest.mark.nbgrader


@pytest.fixture(scope="module")
def grades(grade_in_both):
    return grade_in_both(AGREEING)


@pytest.mark.parametrize("student", AGREEING)
def test_both_graders_give_the_points_that_are_due(student, grades):
    due = points(AGREEING[student].loses)
    assert grades.ours(student) == due
    assert grades.nbgrader[student] == due


def test_nbgrader_has_nothing_to_complain_of(grades):
    assert grades.said.returncode == 0, grades.said.stderr


def test_a_forbidden_helper_keeps_its_points_but_only_we_say_so(grades):
    verdicts = {task: row["verdict"] for task, row in grades.rows["scipy"].items()}
    assert verdicts["conv2d_valid"] == verdicts["edge_map"] == "review"
    assert verdicts["flip"] == "correct"
