"""Both graders agree on every sheet of the course: solved, blank, and answered by half."""

import pytest

from coursecnn.grading.tasks import assignment, names

pytestmark = pytest.mark.every_sheet


@pytest.fixture(scope="module", params=names())
def graded(request, tmp_path_factory, write_course):
    """Who has answered what of one sheet, and the points of both graders."""
    course = write_course(tmp_path_factory.mktemp("course"), 7, request.param)
    tasks = [task.id for task in assignment(request.param).automatic]
    answered = {"solved": tasks, "blank": [], "half": tasks[::2]}
    for student, tasks in answered.items():
        course.submit(student, filled(course, tasks))
    said, nbgrader = course.autograde()
    assert said.returncode == 0, said.stderr
    return request.param, answered, nbgrader, course.grade()


def filled(course, names):
    """The released sheet with the solutions of these tasks."""
    solved = {grade_id(cell): cell["source"] for cell in course.notebook("source")["cells"]}
    sheet = course.notebook("release")
    stubs = {f"{name}-answer" for name in names}
    for cell in sheet["cells"]:
        if grade_id(cell) in stubs:
            cell["source"] = solved[grade_id(cell)]
    return sheet


def grade_id(cell):
    return cell["metadata"].get("nbgrader", {}).get("grade_id", "")


@pytest.mark.parametrize("student", ["solved", "blank", "half"])
def test_both_graders_give_the_points_of_what_was_answered(graded, student):
    name, answered, nbgrader, rows = graded
    tasks = assignment(name).automatic
    wanted = {task.id: task.points * (task.id in answered[student]) for task in tasks}
    # A later task of the solution may call an earlier one: unanswered, it takes both along.
    ours = {task.id: int(rows[student][task.id]["points"]) for task in tasks}
    theirs = {task.id: nbgrader[student][task.id] for task in tasks}
    assert ours == theirs
    assert all(ours[task] <= wanted[task] for task in wanted)
    assert student == "half" or ours == wanted
