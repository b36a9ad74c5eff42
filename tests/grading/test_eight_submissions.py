"""The whole way: eight students hand in, and the instructor grades the folder by one command."""

import csv
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

FLIPPED = """
def conv2d_valid(image, kernel):
    kernel = kernel[::-1, ::-1]
    rows, columns = kernel.shape
    out = np.zeros((image.shape[0] - rows + 1, image.shape[1] - columns + 1))
    for i in range(out.shape[0]):
        for j in range(out.shape[1]):
            out[i, j] = np.sum(image[i : i + rows, j : j + columns] * kernel)
    return out
"""
OFF_BY_ONE = """
def conv2d_valid(image, kernel):
    rows, columns = kernel.shape
    out = np.zeros((image.shape[0] - rows, image.shape[1] - columns))
    for i in range(out.shape[0]):
        for j in range(out.shape[1]):
            out[i, j] = np.sum(image[i : i + rows, j : j + columns] * kernel)
    return out
"""
SYNTAX_ERROR = "def conv2d_valid(image, kernel:\n    return image"
ENDLESS = "def conv2d_valid(image, kernel):\n    while True:\n        pass"
EXIT = "import sys\nsys.exit('I am done')"


@pytest.fixture(scope="module")
def results(tmp_path_factory, right, fill):
    """The rows of the table, by student, and the folder of the reports."""
    folder, out = (tmp_path_factory.mktemp(name) for name in ("submissions", "results"))
    answers = {
        "right": right,
        "flipped": {**right, "conv2d_valid": FLIPPED},
        "off-by-one": {**right, "conv2d_valid": OFF_BY_ONE},
        "blank": {},
        "syntax-error": {**right, "conv2d_valid": SYNTAX_ERROR},
        "endless": {**right, "conv2d_valid": ENDLESS},
        "exit": {**right, "conv2d_valid": EXIT},
    }
    for student, given in answers.items():
        (folder / f"{student}.ipynb").write_text(json.dumps(fill(given)), "utf-8")
    (folder / "essay.ipynb").write_text("Dear teacher, my notebook was eaten.", "utf-8")
    program = Path(sys.executable).with_name("coursecnn")
    command = [program, "grade", folder, "--out", out, "--timeout", "1", "--jobs", "1"]
    done = subprocess.run(
        command, capture_output=True, text=True, env={**os.environ, "COURSECNN_PROGRESS": "0"}
    )
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    with (out / "grades.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return {one: [row for row in rows if row["student"] == one] for one in [*answers, "essay"]}, out


def found(results, student):
    """Verdict and misconception of each task of one student."""
    return {row["task"]: (row["verdict"], row["misconception"]) for row in results[0][student]}


def points(results, student):
    return sum(int(row["points"]) for row in results[0][student])


def test_the_table_has_one_row_per_student_and_task(results, sheet):
    names = [task.id for task in sheet.tasks]
    for rows in results[0].values():
        assert [row["task"] for row in rows] == names
        assert {row["assignment"] for row in rows} == {sheet.name}
    columns = "student assignment task points max_points verdict misconception seconds message"
    assert list(results[0]["right"][0]) == columns.split()


def test_right_answers_earn_all_points(results):
    assert set(found(results, "right").values()) == {("correct", "")}
    assert points(results, "right") == 8


@pytest.mark.parametrize(
    ("student", "misconception"), [("flipped", "flipped-kernel"), ("off-by-one", "off-by-one")]
)
def test_a_known_mistake_is_named(results, student, misconception):
    assert found(results, student)["conv2d_valid"] == ("wrong", misconception)
    assert found(results, student)["flip"] == ("correct", "")


def test_the_blank_sheet_is_not_attempted(results):
    assert set(found(results, "blank").values()) == {("not_attempted", "")}


def test_a_syntax_error_costs_only_what_stands_in_its_cell(results):
    (row,) = (row for row in results[0]["syntax-error"] if row["task"] == "conv2d_valid")
    assert row["verdict"] == "error"
    assert "SyntaxError" in row["message"]
    assert found(results, "syntax-error")["flip"] == ("correct", "")


def test_an_endless_loop_ends_as_a_timeout(results):
    assert found(results, "endless") == {
        "cross_correlate_1d": ("correct", ""),
        "convolve_1d": ("correct", ""),
        "flip": ("correct", ""),
        "conv2d_valid": ("timeout", ""),
        "edge_map": ("timeout", ""),
    }


def test_sys_exit_is_an_error_of_its_cell(results):
    (row,) = (row for row in results[0]["exit"] if row["task"] == "conv2d_valid")
    assert row["verdict"] == "error"
    assert "SystemExit: I am done" in row["message"]
    assert found(results, "exit")["flip"] == ("correct", "")


def test_a_file_that_is_no_notebook_is_unreadable(results):
    assert set(found(results, "essay").values()) == {("unreadable", "")}
    assert "not a notebook" in results[0]["essay"][0]["message"]


def test_every_student_has_a_page_and_the_class_page_links_to_it(results):
    index = (results[1] / "index.html").read_text("utf-8")
    for student in results[0]:
        assert f"feedback/{student}.html" in index
        page = (results[1] / "feedback" / f"{student}.html").read_text("utf-8")
        assert f"<strong>{points(results, student)}</strong> of\n8 points" in page


def test_the_run_says_how_the_notebooks_were_kept_in_check(results):
    run = json.loads((results[1] / "run.json").read_text("utf-8"))
    assert run["isolation"] in (results[1] / "index.html").read_text("utf-8")
    assert isinstance(run["seed"], int)
