"""The command that writes the course folder; nbgrader itself is not needed here."""

import importlib
import re
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
from nbgrader_students import NAME

SOLUTIONS = Path(__file__).parents[2] / "solutions"


def run(*arguments):
    command = [sys.executable, SOLUTIONS / "nbgrader_source.py", *arguments]
    return subprocess.run(command, capture_output=True, text=True)


def seeds(folder):
    text = (folder / "source" / NAME / f"{NAME}.ipynb").read_text("utf-8")
    return set(re.findall(r"seed=(\d+)", text))


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A course folder that the command has written."""
    made = tmp_path_factory.mktemp("course")
    done = run(made)
    assert done.returncode == 0, done.stderr
    assert f"--seed {min(seeds(made))} " in done.stdout
    return made


@pytest.fixture
def writer(monkeypatch):
    """The module behind the command."""
    monkeypatch.syspath_prepend(SOLUTIONS)
    return importlib.import_module("nbgrader_source")


def test_all_hidden_tests_have_one_seed_and_keep_it(folder):
    (seed,) = seeds(folder)
    before = {path: path.read_bytes() for path in folder.rglob("*.*")}
    assert run(folder, "--assignment", NAME).returncode == 0
    assert {path: path.read_bytes() for path in folder.rglob("*.*")} == before
    run(folder, "--seed", "7")
    assert seeds(folder) == {"7"}
    run(folder, "--seed", seed)
    assert {path: path.read_bytes() for path in folder.rglob("*.*")} == before


def test_two_folders_have_different_seeds(folder, tmp_path):
    run(tmp_path)
    assert seeds(tmp_path) != seeds(folder)


def test_the_settings_of_an_instructor_are_left_alone(tmp_path):
    config = tmp_path / "nbgrader_config.py"
    config.write_text("c = get_config()\n")
    assert "nbgrader_config.py is left as it is" in run(tmp_path).stdout
    assert config.read_text() == "c = get_config()\n"


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (["--assignment", "99-nothing"], NAME),
        (["--seed", "-1"], "--seed must be 0 or more, received -1"),
    ],
)
def test_what_makes_no_sense_is_refused(tmp_path, arguments, complaint):
    done = run(tmp_path, *arguments)
    assert done.returncode == 2
    assert complaint in done.stderr
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("source", "stub"),
    [
        ("def flip(x):\n    ### BEGIN SOLUTION\n    pass\n    ### END SOLUTION", "raise NotImpl"),
        ("count = None\n### BEGIN SOLUTION\ncount = 280\n### END SOLUTION", "# Your answer goes"),
    ],
)
def test_each_answer_carries_the_stub_of_the_exercise(writer, monkeypatch, source, stub):
    generate = importlib.import_module("generate")
    answer = nbformat.v4.new_code_cell(source)
    sheet = nbformat.v4.new_notebook(cells=[generate._cell(answer, 0, {})])
    monkeypatch.setattr(writer, "exercise", lambda name: nbformat.writes(sheet))
    monkeypatch.setattr(writer, "shown", lambda name: [answer])
    (cell,) = writer.source(NAME, seed=1).cells
    assert cell.source == source
    assert cell.metadata["stub"].startswith(stub)
    assert cell.metadata["stub"] in sheet.cells[0].source
