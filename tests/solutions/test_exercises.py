"""Sheets and solutions: derived byte by byte, without a trace of the answers, and they all work."""

import importlib.util
import json
import re
from itertools import islice
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

from coursecnn.grading.judging.mark import mark
from coursecnn.grading.judging.test_cases import secret_cases
from coursecnn.grading.running.notebook import read
from coursecnn.grading.sandbox import ForkServer, choose
from coursecnn.grading.tasks import assignment, names

ROOT = Path(__file__).parents[2]
NAMES = sorted(names())

_spec = importlib.util.spec_from_file_location("generate", ROOT / "solutions" / "generate.py")
generate = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(generate)


def exercise(name):
    return json.loads((ROOT / "exercises" / f"{name}.ipynb").read_text("utf-8"))


def text(cell):
    return "".join(cell["source"])


def secrets(name):
    """Lines of the solution that students must not see: those that stand nowhere else."""
    solved = generate.solved(name).cells
    answers = [match[0] for cell in solved for match in generate.SOLVED.finditer(cell.source)]
    answers += [cell.source for cell in solved if "solution-only" in generate._tags(cell)]
    lines = {line.strip() for answer in answers for line in answer.splitlines()}
    return {line for line in lines if len(line) > 12 and "### " not in line}


def test_every_assignment_has_a_solution_and_an_exercise():
    assert sorted(path.stem for path in (ROOT / "solutions").glob("*.md")) == NAMES
    assert sorted(path.stem for path in (ROOT / "exercises").glob("*.ipynb")) == NAMES


def test_the_committed_exercises_are_the_derived_ones():
    assert generate.main(["--check"]) == 0


def test_the_derivation_repairs_what_was_edited_by_hand(tmp_path):
    out = ["--out", str(tmp_path)]
    assert generate.main([*out, "--check"]) == 1
    assert generate.main(out) == 0
    assert generate.main([*out, "--check"]) == 0
    sheet = tmp_path / f"{NAMES[0]}.ipynb"
    original = sheet.read_bytes()
    assert original == (ROOT / "exercises" / sheet.name).read_bytes()
    sheet.write_bytes(original.replace(b"check", b"cheque"))
    (tmp_path / "99-stray.ipynb").write_text("{}")
    assert generate.main([*out, "--check"]) == 1
    assert generate.main(out) == 0
    assert sheet.read_bytes() == original
    assert sorted(path.stem for path in tmp_path.iterdir()) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_no_solution_output_or_execution_count_is_in_an_exercise(name):
    for cell in exercise(name)["cells"]:
        assert not cell.get("outputs")
        assert cell.get("execution_count") is None
    whole = (ROOT / "exercises" / f"{name}.ipynb").read_text("utf-8")
    assert "SOLUTION" not in whole
    hidden = secrets(name)
    assert len(hidden) >= len(assignment(name).tasks)
    shown = {line.strip() for cell in exercise(name)["cells"] for line in text(cell).splitlines()}
    assert not hidden & shown


@pytest.mark.parametrize("name", NAMES)
def test_each_task_has_a_stub_and_a_check_with_the_marks_of_nbgrader(name):
    cells = exercise(name)["cells"]
    marks = {c["metadata"]["nbgrader"]["grade_id"]: c for c in cells if "nbgrader" in c["metadata"]}
    for task in assignment(name).tasks:
        stub, check = marks.pop(f"{task.id}-answer"), marks.pop(task.id)
        assert re.match(rf"(def )?{task.id}(\(| = )", text(stub))
        assert stub["metadata"]["nbgrader"] == {
            "schema_version": 3,
            "grade": False,
            "solution": True,
            "locked": False,
            "task": False,
            "grade_id": f"{task.id}-answer",
        }
        assert text(check) == f'check("{task.id}", {task.id})'
        assert check["metadata"]["nbgrader"] == {
            "schema_version": 3,
            "grade": True,
            "solution": False,
            "locked": True,
            "task": False,
            "grade_id": task.id,
            "points": task.points,
        }
    assert not marks


@pytest.mark.parametrize("name", NAMES)
def test_the_headings_promise_the_points_that_the_tasks_give(name):
    headings = [text(c) for c in exercise(name)["cells"] if c["cell_type"] == "markdown"]
    promised = re.findall(r"^## \d .*\((\d+) points?,", "\n".join(headings), re.MULTILINE)
    assert [int(points) for points in promised] == [task.points for task in assignment(name).tasks]


@pytest.mark.parametrize("name", NAMES)
def test_each_task_has_three_folded_hints(name):
    sections = "\n".join(map(text, exercise(name)["cells"])).split("\n## ")[1:]
    for section, task in zip(sections, assignment(name).tasks, strict=False):
        assert f"Write `{task.id}(" in section
        assert len(re.findall(r"<summary>Hint [123]: ", section)) == 3
        assert section.count("<details>") == section.count("</details>")


@pytest.fixture(scope="module")
def outputs():
    """What the cells of each sheet show that is run unsolved.

    One kernel runs them all, and forgets every name in between: it takes longer to start a kernel
    that has imported NumPy and Matplotlib than to run a sheet.
    """
    sources = {
        name: [text(cell) for cell in exercise(name)["cells"] if cell["cell_type"] == "code"]
        for name in NAMES
    }
    every = [source for name in NAMES for source in (*sources[name], "%reset -f")]
    cells = [nbformat.v4.new_code_cell(source) for source in every]
    notebook = nbformat.v4.new_notebook(cells=cells)
    NotebookClient(notebook, timeout=120, kernel_name="python3", allow_errors=True).execute()
    ran, shown = iter(cells), {}
    for name in NAMES:
        own = islice(ran, len(sources[name]) + 1)
        shown[name] = [out for cell in own for out in cell.outputs]
    return shown


@pytest.mark.parametrize("name", NAMES)
def test_an_exercise_runs_unsolved_from_top_to_bottom(name, outputs):
    nbformat.validate(nbformat.read(ROOT / "exercises" / f"{name}.ipynb", as_version=4))
    assert not [out for out in outputs[name] if out.output_type == "error"]
    verdicts = [out.data["text/plain"] for out in outputs[name] if "data" in out]
    tasks = assignment(name).tasks
    for task in tasks:
        assert any(f"{task.id}: not attempted – 0 of" in verdict for verdict in verdicts)
    assert not [out for out in outputs[name] if out.get("name") == "stderr"]


@pytest.fixture(scope="module")
def warm():
    """A warm parent that has imported what any sheet needs."""
    wanted = {module for name in NAMES for module in assignment(name).preload}
    launcher = ForkServer(choose(), sorted(wanted))
    yield launcher
    launcher.close()


@pytest.mark.parametrize("name", NAMES)
def test_a_solution_earns_all_points(name, warm):
    sheet = assignment(name)
    notebook = read(nbformat.writes(generate.solved(name)).encode())
    exams = [secret_cases(task, seed=11) for task in sheet.tasks]
    for verdict in mark(notebook, sheet, exams, warm, timeout=20):
        assert (verdict.verdict, verdict.points) == ("correct", verdict.max_points), verdict.message


def test_a_sheet_with_a_missing_check_is_refused(monkeypatch):
    solved = generate.solved(NAMES[0])
    solved.cells = [cell for cell in solved.cells if not generate.CHECK.match(cell.source)]
    monkeypatch.setattr(generate, "solved", lambda name: solved)
    with pytest.raises(ValueError, match="the sheet must hold, in this order"):
        generate.exercise(NAMES[0])


def test_a_value_is_left_open_without_an_error(monkeypatch):
    cell = nbformat.v4.new_code_cell(
        "count = None\n### BEGIN SOLUTION\ncount = 280\n### END SOLUTION"
    )
    made = generate._cell(cell, 0, {})
    assert "280" not in made.source
    exec(made.source, scope := {})
    assert scope["count"] is None
