"""The command that writes the course folder; nbgrader itself is not needed here."""

import importlib
import re
from pathlib import Path

import nbformat
import pytest
from nbgrader_students import NAME

SOLUTIONS = Path(__file__).parents[2] / "solutions"


@pytest.fixture(scope="module")
def writer():
    """The module behind the command."""
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(SOLUTIONS)
        return importlib.import_module("nbgrader_source")


@pytest.fixture(scope="module")
def run(writer):
    """A function that runs the command on one sheet."""

    def written(folder, *arguments):
        return writer.main([str(folder), "--assignment", NAME, *arguments])

    return written


def seeds(folder):
    texts = [path.read_text("utf-8") for path in folder.glob("source/*/*.ipynb")]
    return set(re.findall(r"require\(.*?, seed=(\d+)\)", "\n".join(texts)))


def contents(folder):
    return {path: path.read_bytes() for path in folder.rglob("*.*")}


@pytest.fixture(scope="module")
def folder(tmp_path_factory, writer):
    """A course folder with all sheets."""
    made = tmp_path_factory.mktemp("course")
    assert writer.main([str(made)]) == 0
    return made


def test_all_hidden_tests_have_one_seed_and_keep_it(folder, run, writer, capsys):
    (seed,) = seeds(folder)
    before = contents(folder)
    assert run(folder) == 0
    assert f"--seed {seed} " in capsys.readouterr().out
    assert contents(folder) == before
    assert writer.main([str(folder), "--seed", "7"]) == 0
    assert seeds(folder) == {"7"}
    assert writer.main([str(folder), "--seed", seed]) == 0
    assert contents(folder) == before


def test_every_sheet_is_written(folder):
    sheets = {path.stem for path in (SOLUTIONS.parent / "exercises").glob("*.ipynb")}
    assert {path.stem for path in folder.glob("source/*/*.ipynb")} == sheets


def test_two_folders_have_different_seeds(folder, run, tmp_path):
    run(tmp_path)
    assert seeds(tmp_path) != seeds(folder)


def test_the_settings_of_an_instructor_are_left_alone(run, tmp_path, capsys):
    config = tmp_path / "nbgrader_config.py"
    config.write_text("c = get_config()\n")
    run(tmp_path)
    assert "nbgrader_config.py is left as it is" in capsys.readouterr().out
    assert config.read_text() == "c = get_config()\n"


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (["--assignment", "99-nothing"], NAME),
        (["--seed", "-1"], "--seed must be 0 or more, received -1"),
    ],
)
def test_what_makes_no_sense_is_refused(run, tmp_path, capsys, arguments, complaint):
    with pytest.raises(SystemExit) as refused:
        run(tmp_path, *arguments)
    assert refused.value.code == 2
    assert complaint in capsys.readouterr().err
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
