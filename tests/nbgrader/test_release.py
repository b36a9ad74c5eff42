"""What nbgrader makes of the source: the students' sheet, which it can validate."""

import importlib
import json
from pathlib import Path

import pytest
from nbgrader_students import NAME

from coursecnn.grading import tasks

pytestmark = pytest.mark.nbgrader

ROOT = Path(__file__).parents[2]


def content(notebook):
    """All that a student sees or a kernel runs."""
    return [
        (cell["id"], cell["cell_type"], "".join(cell["source"]), cell.get("outputs"))
        for cell in notebook["cells"]
    ]


def marks(notebook):
    """What nbgrader goes by, without the checksums that it adds."""
    return [
        {
            key: value
            for key, value in cell["metadata"].get("nbgrader", {}).items()
            if key not in ("checksum", "cell_type")
        }
        for cell in notebook["cells"]
    ]


def test_the_source_holds_solutions_and_hidden_tests(course):
    whole = course.path("source").read_text("utf-8")
    assert whole.count("### BEGIN SOLUTION") == whole.count("### BEGIN HIDDEN TESTS") == 5
    assert "solution-only" not in whole


def test_the_release_is_the_exercise(course):
    released = course.notebook("release")
    exercise = json.loads((ROOT / "exercises" / f"{NAME}.ipynb").read_text("utf-8"))
    assert content(released) == content(exercise)
    assert marks(released) == marks(exercise)
    assert released["metadata"] == exercise["metadata"]


def test_the_release_holds_no_secret(course):
    whole = course.path("release").read_text("utf-8")
    for secret in ("SOLUTION", "HIDDEN", "require", "seed", "stub"):
        assert secret not in whole


SUCCESS = "Success! Your notebook passes all the tests.\n"


@pytest.fixture(scope="module")
def validated(course, fill, right):
    """What one validation says of the source, of a solved release, and of one with one answer."""
    answers = {"solved": right, "half": {"flip": right["flip"]}}
    sheets = [course.folder / f"{name}.ipynb" for name in answers]
    for sheet, given in zip(sheets, answers.values(), strict=True):
        sheet.write_text(json.dumps(fill(given)), "utf-8")
    return course.run("nbgrader", "validate", course.path("source"), *sheets).stdout


def test_the_source_and_a_solved_release_validate(validated):
    assert validated.startswith(SUCCESS + SUCCESS)


def test_a_validation_tells_the_student_of_the_released_sheet_what_is_missing(validated):
    said = validated.removeprefix(SUCCESS + SUCCESS)
    assert "VALIDATION FAILED ON 4 CELL(S)!" in said
    assert "AssertionError: ○ conv2d_valid: not attempted – 0 of 3 points" in said
    assert 'check("flip", flip)' not in said


OWN_TASKS = """
from coursecnn.grading.task import Assignment, ManualTask, Task

COUNT = Task(id="count", points=1, reference=lambda: 280)
WHY = ManualTask(id="why", points=2, rubric=((2, "It says that weights are shared."),))
ASSIGNMENT = Assignment(name="own-sheet", version=1, tasks=(COUNT, WHY))
"""
OWN_SHEET = """---
file_format: mystnb
kernelspec:
  name: python3
  display_name: Python 3
---

# One's own

```{code-cell} ipython3
from coursecnn.grading import check
```

```{code-cell} ipython3
count = None
### BEGIN SOLUTION
count = 280
### END SOLUTION
```

```{code-cell} ipython3
check("count", count)
```

+++

**Answer to `why`**

### BEGIN SOLUTION
All places share their weights.
### END SOLUTION
"""


@pytest.fixture
def own(tmp_path, monkeypatch):
    """A folder with an assignment of one's own: a value, and an answer in words."""
    (tmp_path / "own_tasks.py").write_text(OWN_TASKS, "utf-8")
    (tmp_path / "own-sheet.md").write_text(OWN_SHEET, "utf-8")
    monkeypatch.setenv("COURSECNN_TASKS", str(tmp_path / "own_tasks.py"))
    tasks.add(tmp_path / "own_tasks.py")
    yield tmp_path
    tasks._added.pop("own-sheet")


def test_a_value_and_an_answer_in_words_are_released_blank(own, write_course, monkeypatch):
    monkeypatch.syspath_prepend(ROOT / "solutions")
    assert importlib.import_module("generate").main(["--tasks", str(own / "own_tasks.py")]) == 0
    made = write_course(own / "course", 3, "own-sheet")
    assert made.path("source").read_text("utf-8").count("### BEGIN SOLUTION") == 2
    released = made.notebook("release")
    exercise = json.loads((own / "own-sheet.ipynb").read_text("utf-8"))
    assert content(released) == content(exercise)
    assert marks(released) == marks(exercise)
