"""Sheets that students have changed in many ways: right answers keep their points."""

import copy
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from coursecnn.grading.judging.mark import mark
from coursecnn.grading.running.notebook import read
from coursecnn.grading.sandbox.forkserver import ForkServer


@pytest.fixture(scope="module")
def warm(level, sheet):
    """A warm parent that has imported what the sheet needs, as the grader's own has."""
    launcher = ForkServer(level, sheet.preload)
    yield launcher
    launcher.close()


def grade_id(cell):
    return cell["metadata"].get("nbgrader", {}).get("grade_id", "")


def without_marks(sheet):
    for cell in sheet["cells"]:
        cell["metadata"] = {}


def without_checks(sheet):
    sheet["cells"] = [c for c in sheet["cells"] if not "".join(c["source"]).startswith("check(")]


def with_foreign_marks(sheet):
    for cell in sheet["cells"]:
        cell["metadata"]["nbgrader"] = {"grade_id": "flip", "points": 1000, "grade": True}


def with_nonsense_in_the_metadata(sheet):
    for cell in sheet["cells"]:
        cell["metadata"] = [cell["metadata"]]
    sheet["metadata"]["coursecnn"] = "yes"


def with_another_kernel(sheet):
    sheet["metadata"]["kernelspec"] = {"name": "ir", "language": "R", "display_name": "R"}


def with_every_cell_twice(sheet):
    sheet["cells"] += copy.deepcopy(sheet["cells"])


def with_outputs_of_40_megabytes(sheet):
    out = {"output_type": "stream", "name": "stdout", "text": "x" * 40_000_000}
    next(c for c in sheet["cells"] if c["cell_type"] == "code")["outputs"] = [out]


def in_one_cell(sheet):
    sources = ["".join(c["source"]) for c in sheet["cells"] if c["cell_type"] == "code"]
    sheet["cells"] = [{"cell_type": "code", "source": "\n\n".join(sources)}]


def with_renamed_cells(sheet):
    for number, cell in enumerate(sheet["cells"]):
        cell["id"] = f"cell-{number}"
        if grade_id(cell):
            cell["metadata"]["nbgrader"]["grade_id"] = f"renamed-{number}"


def with_checks_that_were_edited(sheet):
    for cell in sheet["cells"]:
        if "".join(cell["source"]).startswith("check("):
            cell["source"] = "check = print\nassert False, 'not today'"


def with_cells_in_another_order(sheet):
    code = [c for c in sheet["cells"] if c["cell_type"] == "code"]
    sheet["cells"] = code[:1] + code[:0:-1]


def without_text_cells(sheet):
    sheet["cells"] = [c for c in sheet["cells"] if c["cell_type"] == "code"]


def in_the_old_format(sheet):
    cells = sheet.pop("cells")
    for cell in cells:
        cell["input"] = cell.pop("source")
    sheet |= {"worksheets": [{"cells": cells}], "nbformat": 3}


def of_a_format_to_come(sheet):
    sheet |= {"nbformat": 99, "nbformat_minor": "x"}


def with_a_broken_format(sheet):
    del sheet["nbformat"], sheet["metadata"]
    for cell in sheet["cells"]:
        for key in {*cell} - {"cell_type", "source"}:
            del cell[key]


def with_lines_in_lists(sheet):
    for cell in sheet["cells"]:
        cell["source"] = "".join(cell["source"]).splitlines(keepends=True)


def with_a_blank_stub_at_the_end(sheet):
    stub = 'def helper(kernel):\n    raise NotImplementedError("task helper")\nhelper(1)'
    sheet["cells"].append({"cell_type": "code", "source": stub})


CHANGES = [
    without_marks,
    without_checks,
    with_foreign_marks,
    with_nonsense_in_the_metadata,
    with_another_kernel,
    with_every_cell_twice,
    with_outputs_of_40_megabytes,
    in_one_cell,
    with_renamed_cells,
    with_checks_that_were_edited,
    with_cells_in_another_order,
    without_text_cells,
    in_the_old_format,
    of_a_format_to_come,
    with_a_broken_format,
    with_lines_in_lists,
    with_a_blank_stub_at_the_end,
]


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.__name__)
def test_a_right_sheet_keeps_its_points(change, fill, right, sheet, secret, warm):
    changed = copy.deepcopy(fill(right))
    change(changed)
    notebook = read(json.dumps(changed).encode())
    for verdict in mark(notebook, sheet, secret, warm, timeout=20):
        assert verdict.verdict == "correct", verdict.message


WRITTEN = {
    "with a byte order mark": lambda text: b"\xef\xbb\xbf" + text.encode(),
    "with line ends of Windows": lambda text: text.replace("\n", "\r\n").encode(),
    "on one line": lambda text: json.dumps(json.loads(text)).encode(),
    "with letters as they are": lambda text: json.dumps(
        json.loads(text), ensure_ascii=False
    ).encode(),
    "with white space around": lambda text: f"\n\n {text} \n\n".encode(),
}


@pytest.mark.parametrize("write", WRITTEN.values(), ids=WRITTEN)
def test_a_right_sheet_may_be_written_in_many_ways(write, fill, right, sheet, secret, warm):
    data = write(json.dumps(fill(right), indent=1))
    for verdict in mark(read(data), sheet, secret, warm, timeout=20):
        assert verdict.verdict == "correct", verdict.message


def test_an_answer_in_a_text_cell_is_no_answer(fill, right, sheet, secret, warm):
    changed = copy.deepcopy(fill(right))
    for cell in changed["cells"]:
        if grade_id(cell) == "flip-answer":
            cell["cell_type"] = "markdown"
    found = mark(read(json.dumps(changed).encode()), sheet, secret, warm, timeout=20)
    (verdict,) = (verdict for verdict in found if verdict.task == "flip")
    assert verdict.verdict == "not_attempted"
    assert verdict.message == "The notebook does not define `flip`."


@pytest.fixture
def slow_class(tmp_path):
    """Six notebooks that take a while each, and the command that grades them."""
    (tmp_path / "in").mkdir()
    sources = ["import time\ntime.sleep(0.4)", "def dot(a, b): return sum(a * b)"]
    for student in range(6):
        cells = [{"cell_type": "code", "source": source} for source in sources]
        content = {"cells": cells, "metadata": {"coursecnn": {"assignment": "91-mixed"}}}
        (tmp_path / "in" / f"s{student}.ipynb").write_text(json.dumps(content), "utf-8")
    program, tasks = (
        Path(sys.executable).with_name("coursecnn"),
        Path(__file__).with_name("mixed.py"),
    )
    command = [program, "grade", tmp_path / "in", "--out", tmp_path / "out", "--jobs", "1"]
    return [*map(str, command), "--tasks", str(tasks)]  # a sheet for which nothing is imported


def test_a_run_that_was_killed_by_the_system_goes_on(slow_class, tmp_path):
    environment = {**os.environ, "COURSECNN_PROGRESS": "0"}
    first = subprocess.Popen(slow_class, stdout=subprocess.DEVNULL, env=environment)
    kept = tmp_path / "out" / "verdicts"
    while not kept.is_dir() or len(list(kept.glob("*.json"))) < 2:
        assert first.poll() is None
        time.sleep(0.02)
    first.send_signal(signal.SIGKILL)
    first.wait()
    done = {file: file.stat().st_mtime_ns for file in kept.glob("*.json")}
    assert 2 <= len(done) < 6
    again = subprocess.run(slow_class, capture_output=True, text=True, env=environment)
    assert again.returncode == 0, again.stderr
    assert "6 submissions: 12 not_attempted, 6 correct" in again.stdout
    assert all(file.stat().st_mtime_ns == time for file, time in done.items())
