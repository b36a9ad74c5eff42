"""The command line: commands are found, mistakes are told in one line, and exit codes mean it."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import jupytext
import pytest
from click.testing import CliRunner

from coursecnn.cli import main

ROOT = Path(__file__).parents[2]
NAME = "03-convolution-by-hand"
EXERCISE = ROOT / "exercises" / f"{NAME}.ipynb"


@pytest.fixture
def run():
    """A function that runs a command and gives exit code and output."""

    def invoke(*arguments):
        return CliRunner().invoke(main, [str(argument) for argument in arguments])

    return invoke


@pytest.fixture
def solved(tmp_path):
    """The solved sheet, as a student would have saved it."""
    file = tmp_path / f"{NAME}.ipynb"
    jupytext.write(jupytext.read(ROOT / "solutions" / f"{NAME}.md", fmt="md:myst"), file)
    return file


def test_help_lists_the_commands(run):
    done = run("--help")
    assert done.exit_code == 0
    for command in ("check", "grade", "release"):
        assert command in done.output
    assert "__main__" not in done.output


def test_an_unknown_command_is_refused(run):
    assert run("fly").exit_code == 2


def test_help_imports_no_room_that_it_does_not_need():
    code = (
        "import sys; from coursecnn.cli import main; main(['--help'], standalone_mode=False);"
        "print([m for m in ('torch', 'matplotlib', 'numpy') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"


def test_the_package_is_a_program_too():
    command = [sys.executable, "-m", "coursecnn.cli", "--help"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stdout.startswith("Usage: coursecnn ")


def test_a_class_is_graded_for_the_platform_of_ones_choice(run, solved, tmp_path):
    (tmp_path / "in").mkdir()
    shutil.move(solved, tmp_path / "in" / "adam.ipynb")
    command = ["grade", tmp_path / "in", "--out", tmp_path / "out", "--assignment", NAME]
    done = run(*command, "--platform", "canvas")
    assert done.exit_code == 0, done.output
    assert "1 submissions: 5 correct" in done.output
    assert "for a person" not in done.output
    rows = (tmp_path / "out" / "platform.csv").read_text("utf-8").splitlines()
    assert rows[0].startswith("Student,ID,SIS User ID,SIS Login ID,Section,03-convolution")
    assert rows[2] == "adam,,,adam,,8,8"
    assert not (tmp_path / "out" / "manual.csv").exists()


def test_a_solved_sheet_passes_its_check(run, solved):
    done = run("check", solved)
    assert done.exit_code == 0, done.output
    assert "8 of 8 points" in done.output


def test_a_blank_sheet_does_not_pass(run):
    done = run("check", EXERCISE)
    assert done.exit_code == 1
    assert "0 of 8 points" in done.output
    assert done.output.count("not attempted") == 5


def test_one_mistake_is_shown_in_a_sheet_whose_assignment_an_option_tells(run, solved, tmp_path):
    notebook = json.loads(solved.read_text("utf-8"))
    for cell in notebook["cells"]:
        text = "".join(cell["source"]).replace("return kernel[::-1, ::-1]", "return kernel[::-1]")
        cell["source"] = text
    other = tmp_path / "mine.ipynb"
    other.write_text(json.dumps(notebook), "utf-8")
    done = run("check", other, "--assignment", NAME)
    assert done.exit_code == 1
    assert "flip: wrong (flipped-one-axis) – 0 of 1 points" in done.output
    assert "7 of 8 points" in done.output


def test_checking_what_is_no_notebook_says_so(run, tmp_path):
    essay = tmp_path / f"{NAME}.ipynb"
    essay.write_text("Dear teacher")
    done = run("check", essay)
    assert done.exit_code == 1
    assert "not a notebook" in done.output


def test_checking_a_missing_file_says_so(run, tmp_path):
    assert run("check", tmp_path / "none.ipynb").exit_code == 2


def test_a_sheet_that_cannot_be_told_names_the_option(run, solved, tmp_path):
    other = shutil.copy(solved, tmp_path / "mine.ipynb")
    done = run("check", other)
    assert done.exit_code == 1
    assert "--assignment" in done.output


def test_an_empty_folder_is_one_line_and_leaves_nothing(run, tmp_path):
    (tmp_path / "in").mkdir()
    done = run("grade", tmp_path / "in", "--out", tmp_path / "out")
    assert done.exit_code == 1
    error = done.output.splitlines()[-1]
    assert error.startswith(f"Error: {tmp_path / 'in'} holds no submissions; put the notebooks")
    assert not (tmp_path / "out").exists()


def test_a_missing_folder_is_one_line_and_leaves_nothing(run, tmp_path):
    done = run("grade", tmp_path / "none", "--out", tmp_path / "out")
    assert done.exit_code == 1
    assert f"{tmp_path / 'none'} is not a folder" in done.output
    assert not (tmp_path / "out").exists()


def test_an_unwritable_folder_for_reports_is_one_line(run, solved, tmp_path):
    (tmp_path / "in").mkdir()
    shutil.move(solved, tmp_path / "in" / "adam.ipynb")
    (tmp_path / "file").write_text("in the way")
    done = run("grade", tmp_path / "in", "--out", tmp_path / "file", "--assignment", NAME)
    assert done.exit_code == 1
    assert str(tmp_path / "file") in done.output.splitlines()[-1]


@pytest.mark.parametrize(
    "option", [("--jobs", 0), ("--timeout", 0), ("--memory", 1), ("--seed", -1)], ids=str
)
def test_senseless_limits_are_refused(run, tmp_path, option):
    assert run("grade", tmp_path, "--out", tmp_path / "out", *option).exit_code == 2
