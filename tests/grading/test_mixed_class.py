"""One class in which good submissions stand among evil ones, graded by one command."""

import csv
import json
import os
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from hostile import HARMLESS, ON_FLIP

ROOT = Path(__file__).parents[2]
OUTSIDE = [Path(p) for p in ("/", "/tmp", "/var/tmp", "/dev/shm", "/usr", "/etc")]
POINTS, FLIP = 8, 1

# Runs a command, and says which processes are left behind by it: their parent is this one then.
WARDEN = """
import ctypes, os, subprocess, sys, time
ctypes.CDLL(None).prctl(36, 1, 0, 0, 0)  # orphans become children of this process
code = subprocess.run(sys.argv[1:]).returncode
time.sleep(0.5)
try:
    while True:
        pid, _ = os.waitpid(-1, os.WNOHANG)
        if not pid:
            sys.exit("left behind: " + open("/proc/self/task/%d/children" % os.getpid()).read())
except ChildProcessError:
    sys.exit(code)
"""


def _as_zip(path, name, data):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, data)


def a_bomb(path, good):
    _as_zip(path.with_suffix(".zip"), "sheet.ipynb", bytes(60 * 2**20))


def a_way_out(path, good):
    _as_zip(path.with_suffix(".zip"), "../../../left-by-a-notebook", good)


def a_damaged_archive(path, good):
    _as_zip(path.with_suffix(".zip"), "sheet.ipynb", good)
    data = bytearray(path.with_suffix(".zip").read_bytes())
    data[60:90] = bytes(30)
    path.with_suffix(".zip").write_bytes(data)


def a_link_to_a_good_one(path, good):
    path.symlink_to("000-good.ipynb")


def a_link_to_the_solutions(path, good):
    path.symlink_to(ROOT / "solutions" / "03-convolution-by-hand.md")


def a_link_to_itself(path, good):
    path.symlink_to(path.name)


def a_pipe(path, good):
    os.mkfifo(path)


def a_folder(path, good):
    path.with_suffix("").mkdir()
    path.with_suffix("").joinpath("note.txt").write_text("Dear teacher")


def a_file_of_20_gigabytes(path, good):
    with path.open("wb") as file:
        file.truncate(20 * 2**30)


def an_empty_file(path, good):
    path.touch()


def an_essay(path, good):
    path.write_text("Dear teacher, my notebook was eaten.", "utf-8")


def half_a_notebook(path, good):
    path.write_bytes(good[: len(good) // 2])


def a_notebook_in_utf_16(path, good):
    path.write_bytes(good.decode().encode("utf-16"))


def a_nest_of_lists(path, good):
    path.write_bytes(b"[" * 10**6)


def a_million_cells(path, good):
    cell = b'{"cell_type":"code","source":"x"}'
    path.write_bytes(b'{"cells":[' + b",".join([cell] * 10**6) + b"]}")


def ten_thousand_cells(path, good):
    cells = [{"cell_type": "code", "source": "x"}] * 10_000
    path.write_text(json.dumps({"cells": cells}), "utf-8")


def a_megabyte_of_code(path, good):
    cells = [{"cell_type": "code", "source": "x = 1\n" * 2**18}]
    path.write_text(json.dumps({"cells": cells}), "utf-8")


def cells_given_twice(path, good):
    path.write_bytes(good.rstrip()[:-1] + b', "cells": []}')


def points_in_the_metadata(path, good):
    content = json.loads(good)
    for cell in content["cells"]:
        cell["metadata"] = {"nbgrader": {"grade_id": "flip", "points": 1000, "grade": True}}
    content["metadata"] |= {"points": 1000, "verdict": "correct", "kernelspec": {"name": "R"}}
    content["cells"] = [c for c in content["cells"] if "def " not in "".join(c["source"])]
    path.write_text(json.dumps(content), "utf-8")


def text_instead_of_code(path, good):
    content = json.loads(good)
    for cell in content["cells"]:
        cell["cell_type"] = "markdown"
    path.write_text(json.dumps(content), "utf-8")


def code_that_takes_hours_to_read(path, good):
    names = [f"x{i}" for i in range(20_000)]
    source = "=".join(names) + "=[" + ",".join(names) + "]\ndef flip(k): return x0"
    path.write_text(json.dumps({"cells": [{"cell_type": "code", "source": source}]}), "utf-8")


def an_f_string_of_many_parts(path, good):
    source = "x = f'" + "{1}" * 80_000 + "'"
    path.write_text(json.dumps({"cells": [{"cell_type": "code", "source": source}]}), "utf-8")


FILES = {
    a_bomb: "larger than 50 MB",
    a_way_out: "leads out of it",
    a_damaged_archive: "damaged",
    a_link_to_a_good_one: "not a plain file",
    a_link_to_the_solutions: "not a plain file",
    a_link_to_itself: "not a plain file",
    a_pipe: "not a plain file",
    a_folder: "no notebook in the folder",
    a_file_of_20_gigabytes: "larger than 50 MB",
    an_empty_file: "is empty",
    an_essay: "not JSON",
    half_a_notebook: "not JSON",
    a_notebook_in_utf_16: "not text",
    a_nest_of_lists: "not JSON",
    a_million_cells: "more parts than any notebook",
    ten_thousand_cells: "more than 5,000 cells",
    a_megabyte_of_code: "more than 256 kB of code",
    cells_given_twice: "does not define",
    points_in_the_metadata: "does not define",
    text_instead_of_code: "does not define",
    code_that_takes_hours_to_read: "define",
    an_f_string_of_many_parts: "does not define",
}
NAMES = ("=1+1", "<script>alert(9)<", "\u202egpj", "👩\u200d💻", "x" * 240, "Zoe", "zoe", "a\nb")


def name_of(kind):
    """A student's name that says what was handed in, as a file can have it."""
    return re.sub(r"\W+", "-", getattr(kind, "__name__", str(kind)))


@pytest.fixture(scope="module")
def school(tmp_path_factory, right, fill):
    """The folder of the submissions: 000-good, 001-evil-…, 003-evil-…, 004-good, …"""
    place = tmp_path_factory.mktemp("school")
    folder = place / "in"
    folder.mkdir()
    good = json.dumps(fill(right)).encode()

    def notebook(name, source=""):
        content = fill(right)
        cell = {"cell_type": "code", "source": source, "metadata": {}, "outputs": []}
        content["cells"].append(cell | {"execution_count": None})
        (folder / f"{name}.ipynb").write_text(json.dumps(content), "utf-8")

    kinds = [*ON_FLIP, *FILES]
    for number, kind in enumerate(kinds):
        if number % 2 == 0:
            notebook(f"{2 * number:03}-good", f"number = {number}")
        evil = f"{2 * number + 1:03}-{name_of(kind)}"
        if kind in FILES:
            kind(folder / f"{evil}.ipynb", good)
        else:
            notebook(evil, ON_FLIP[kind].source.replace("SUBMISSIONS", repr(str(folder))))
    for name in NAMES:
        notebook(name)
    (folder / "twice").mkdir()
    for name in (b"\xff\x1b[31m.ipynb", b"\xfe<script>.ipynb"):  # no text, and no colour
        (folder / "twice" / os.fsdecode(name)).write_bytes(good)
    for kind, source in HARMLESS.items():
        notebook(f"harmless-{name_of(kind)}", source)
    return place


@pytest.fixture(scope="module")
def graded(school):
    """What the command did: its result, the rows of the table by student, the folder."""
    for name in ("home", "temporary", "there"):
        (school / name).mkdir()
    program = Path(sys.executable).with_name("coursecnn")
    options = ["--jobs", "2", "--timeout", "1.5", "--memory", "600"]
    command = [program, "grade", school / "in", "--out", school / "out", *options]
    before = snapshot(school)
    done = subprocess.run(
        [sys.executable, "-c", WARDEN, *command],
        capture_output=True,
        text=True,
        cwd=school / "there",
        env={
            **os.environ,
            **{"COURSECNN_PROGRESS": "0", "HOME": str(school / "home")},
            "TMPDIR": str(school / "temporary"),
        },
        timeout=600,  # where nothing ends what never ends
    )
    assert done.returncode == 0, done.stderr
    with (school / "out" / "grades.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return done, rows, before, snapshot(school)


def snapshot(school):
    """Size and time of everything that the grader must leave as it is."""
    return {
        path: (path.lstat().st_size, path.lstat().st_mtime_ns)
        for name in ("in", "home", "temporary", "there")
        for path in (school / name).rglob("*")
    }


def of(rows, student):
    """The rows of one student, by task."""
    return {row["task"]: row for row in rows if row["student"] == student}


def test_a_class_full_of_evil_is_graded_as_if_it_were_not(school, graded):
    done, rows, before, after = graded
    assert len(ON_FLIP) + len(FILES) >= 100
    assert done.stderr == ""
    for number, kind in enumerate([*ON_FLIP, *FILES]):
        if number % 2 == 0:
            found = of(rows, f"{2 * number:03}-good")
            assert {row["verdict"] for row in found.values()} == {"correct"}, (kind, found)
            assert sum(int(row["points"]) for row in found.values()) == POINTS
        found = of(rows, f"{2 * number + 1:03}-{name_of(kind)}")
        earned = sum(int(row["points"]) for row in found.values())
        deserved = ON_FLIP[kind].verdict == "correct" if kind in ON_FLIP else False
        assert len(found) == 5
        assert earned <= (0 if kind in FILES else POINTS - FLIP + deserved), (kind, found)
    assert before == after
    for place in (*OUTSIDE, ROOT, ROOT / "coursecnn", ROOT / "coursecnn" / "grading", school):
        assert not (place / "left-by-a-notebook").exists()


@pytest.mark.parametrize("kind", ON_FLIP)
def test_a_cheat_costs_its_own_points_only_and_is_told_why(kind, graded):
    evil, number = ON_FLIP[kind], [*ON_FLIP].index(kind)
    rows = of(graded[1], f"{2 * number + 1:03}-{name_of(kind)}")
    row = rows.pop("flip")
    assert row["verdict"] in evil.verdict.split(), row
    assert int(row["points"]) == (evil.verdict == "correct")
    assert evil.message.replace("\n", " ") in row["message"]
    assert row["message"]
    assert row["message"].isprintable()
    for other in rows.values() if evil.alone else ():
        assert other["verdict"] == "correct", other


@pytest.mark.parametrize("kind", FILES, ids=name_of)
def test_what_is_said_of_an_evil_file(kind, graded):
    number = len(ON_FLIP) + [*FILES].index(kind)
    for row in of(graded[1], f"{2 * number + 1:03}-{name_of(kind)}").values():
        assert FILES[kind] in row["message"]
        assert row["points"] == "0"


@pytest.mark.parametrize("kind", HARMLESS, ids=name_of)
def test_what_does_no_harm_costs_nothing(kind, graded):
    found = of(graded[1], f"harmless-{name_of(kind)}")
    assert {row["verdict"] for row in found.values()} == {"correct"}, found


def test_odd_names_keep_their_points_and_are_neither_markup_nor_formulas(school, graded):
    rows = graded[1]
    assert "\x1b" not in graded[0].stdout
    for student in ("twice", "'=1+1", "_gpj", "👩\u200d💻", "Zoe", "zoe", "a_b", "x" * 240):
        assert sum(int(row["points"]) for row in of(rows, student).values()) == POINTS
    for page in (school / "out").rglob("*.html"):
        text = page.read_text("utf-8")
        assert "<script" not in text
        assert "<img" not in text
        assert "\u202e" not in text
    assert not [row for row in rows if row["student"][0] in "=+-@" or row["message"][0] in "=+-@"]
