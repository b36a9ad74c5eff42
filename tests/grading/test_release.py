"""The students' bundle works by itself, is the same each time, and answers no sheet."""

import ast
import importlib.util
import io
import itertools
import json
import os
import re
import shutil
import subprocess
import sys
import tomllib
import venv
import zipfile
from importlib import metadata
from pathlib import Path

import jupytext
import nbformat
import pytest
from alternatives import ALTERNATIVES
from click.testing import CliRunner
from packaging.requirements import Requirement

from coursecnn import _extras
from coursecnn.cli import main
from coursecnn.grading import tasks
from coursecnn.grading.checking.check import verdict
from coursecnn.grading.grade import grade
from coursecnn.grading.release import bundle as bundling
from coursecnn.grading.release.bundle import NAME as FOLDER
from coursecnn.grading.release.bundle import release
from coursecnn.grading.run_cache import checks
from coursecnn.grading.task import ManualTask
from coursecnn.grading.tasks import assignment, names

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
NAME = "03-convolution-by-hand"
SHEET = f"exercises/{NAME}.ipynb"
EXECUTE = """
import sys, nbclient, nbformat
notebook = nbformat.read(sys.argv[1], as_version=4)
nbclient.NotebookClient(notebook, timeout=60, kernel_name="python3").execute()
nbformat.write(notebook, sys.argv[1])
"""

BEGIN = """
import json, sys
import coursecnn
for title, code in json.loads(sys.argv[1]).items():
    exec(code, {})
    ours = {name: module for name, module in sys.modules.items() if name.startswith("coursecnn")}
    empty = [name for name, module in ours.items() if module.__file__ is None]
    assert not empty, f"folders without code: {empty}"  # Python imports them all the same
    print(title)
print(coursecnn.__file__.split("/lib/")[0])
"""


@pytest.fixture(scope="module")
def packed(tmp_path_factory):
    """The bundle as a zip file."""
    out = tmp_path_factory.mktemp("release") / "students"
    release(out, zipped=True)
    return out.with_name("students.zip")


@pytest.fixture(scope="module")
def files(packed):
    """The bundle, from path to contents, read back from the zip file."""
    with zipfile.ZipFile(packed) as archive:
        names = archive.namelist()
        assert {name.split("/")[0] for name in names} == {FOLDER}
        return {name.removeprefix(f"{FOLDER}/"): archive.read(name) for name in names}


@pytest.fixture(scope="module")
def student(files, tmp_path_factory):
    """A computer with the bundle unpacked and installed, and with nothing else.

    What others have made is borrowed from here, but only what the bundle asks for; what it offers
    as an extra lies in a folder of the extra's name, for `run` to add.
    """
    home = tmp_path_factory.mktemp("student")
    for name, data in files.items():
        (home / name).parent.mkdir(parents=True, exist_ok=True)
        (home / name).write_bytes(data)
    venv.create(home / "env", symlinks=True)
    (packages,) = (home / "env").glob("lib/*/site-packages")
    project = tomllib.loads((home / "pyproject.toml").read_text("utf-8"))["project"]
    borrow(["jupyterlab", *project["dependencies"]], packages)
    for extra, asked in project["optional-dependencies"].items():
        (home / extra).mkdir()
        borrow(asked, home / extra)
    pip = [sys.executable, "-m", "pip", "install", "-q", "--no-deps", "--no-build-isolation"]
    done = subprocess.run([*pip, "--target", packages, home], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    shutil.rmtree(home / "coursecnn")  # so that nothing can be imported from there
    return home


def borrow(asked, folder):
    """Lay links to packages that are installed here, and to all that they need, in a folder."""
    waiting, known = [Requirement(line) for line in asked], set()
    while waiting:
        needed = waiting.pop()
        for extra in {"", *needed.extras} - {extra for name, extra in known if name == needed.name}:
            known.add((needed.name, extra))
            further = map(Requirement, metadata.requires(needed.name) or [])
            waiting += [r for r in further if not r.marker or r.marker.evaluate({"extra": extra})]
    for name in {name for name, _ in known}:
        distribution = metadata.distribution(name)
        for top in {file.parts[0] for file in distribution.files} - {"..", "__pycache__"}:
            place = folder / top
            if not place.exists():
                place.symlink_to(distribution.locate_file(top))


def run(home, *arguments, extras=(), offline=False):
    command = [str(home / "env" / "bin" / "python"), *map(str, arguments)]
    if offline and shutil.which("unshare"):
        start = 'ip link set lo up && exec "$@"'
        command = ["unshare", "--map-root-user", "--net", "sh", "-c", start, "sh", *command]
    environment = {name: text for name, text in os.environ.items() if name != "PYTHONPATH"}
    if extras:
        environment["PYTHONPATH"] = os.pathsep.join(str(home / extra) for extra in extras)
    return subprocess.run(command, cwd=home, env=environment, capture_output=True, text=True)


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """A folder with an assignment of one's own, its solved sheet, and the sheet made from it."""
    folder = tmp_path_factory.mktemp("made")
    shutil.copy(HERE / "mixed.py", folder)
    shutil.copy(HERE / "mixed.md", folder / "91-mixed.md")
    spec = importlib.util.spec_from_file_location("generate", ROOT / "solutions" / "generate.py")
    generate = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(generate)
    assert generate.main(["--tasks", str(folder)]) == 0
    forget()
    return folder


def forget():
    """Let this process know the tasks of the course only."""
    tasks._added.pop("91-mixed", None)


@pytest.fixture
def private(made, tmp_path):
    """A copy of that folder; what is added from it is forgotten after the test."""
    yield shutil.copytree(made, tmp_path / "private")
    forget()


def solution_lines(text):
    """Every two lines of a solved sheet that follow each other in an answer."""
    regions = re.findall(r"### BEGIN SOLUTION\n(.*?)### END SOLUTION", text, re.DOTALL)
    regions += re.findall(r":tags: \[solution-only\]\n(.*?)```", text, re.DOTALL)
    return {pair for region in regions for pair in pairs(region)}


def pairs(text):
    """Every two lines that follow each other; single ones are the same in many programs."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return set(itertools.pairwise(lines))


def test_there_is_what_students_need_and_nothing_else(files):
    assert {name.split("/")[0] for name in files} == {
        "README.md",
        "LICENSE",
        "THIRD_PARTY.md",
        "constraints.txt",
        "coursecnn",
        "environment.yml",
        "exercises",
        "pyproject.toml",
        "requirements.txt",
    }
    sheets = {path.relative_to(ROOT).as_posix(): path for path in ROOT.glob("exercises/*.ipynb")}
    assert {name for name in files if name.startswith("exercises/")} == {*sheets}
    for name, path in sheets.items():
        assert files[name] == path.read_bytes()
    assert "coursecnn/data/bundled/mnist-10k.npz" in files
    parts = {name.split("/")[2] for name in files if name.startswith("coursecnn/grading/")}
    assert parts == {"__init__.py", "task.py", "checking", "judging", "running", "tasks"}


@pytest.mark.parametrize(
    "solution", sorted(ROOT.glob("solutions/*.md")), ids=lambda path: path.stem
)
def test_no_two_lines_of_a_solution_are_in_the_bundle(files, solution):
    secret = solution_lines(solution.read_text("utf-8"))
    assert len(secret) > 10
    for name, data in files.items():
        if "/bundled/" not in name and not name.endswith(".zip"):
            cells = json.loads(data)["cells"] if name.endswith(".ipynb") else []
            texts = ["".join(cell["source"]) for cell in cells] or [data.decode()]
            shown = {pair for text in texts for pair in pairs(text)}
            assert not secret & shown, name


def test_tasks_come_without_a_function_that_gives_a_right_answer(files):
    names_there = {name for name in files if name.startswith("coursecnn/grading/tasks/")}
    sealed = {f"coursecnn/grading/tasks/{name}{tasks.SEALED}" for name in names()}
    assert names_there == {"coursecnn/grading/tasks/__init__.py", *sealed}
    for name in sealed:
        with zipfile.ZipFile(io.BytesIO(files[name])) as archive:
            assert archive.namelist() == ["tasks.json", "arrays.bin"]
            assert "lambda" not in archive.read("tasks.json").decode()


@pytest.fixture(scope="module")
def unsealed(files, tmp_path_factory):
    """A function that gives a task as students have it."""
    folder = tmp_path_factory.mktemp("sealed")
    found = {}
    for name in names():
        file = folder / f"{name}{tasks.SEALED}"
        file.write_bytes(files[f"coursecnn/grading/tasks/{file.name}"])
        found |= {task.id: task for task in tasks._unseal(file).tasks}
    return found.__getitem__


def answers(task):
    """Right answers and wrong ones, as functions."""
    return [*ALTERNATIVES[task.id], *(known.wrong for known in task.misconceptions)]


@pytest.mark.parametrize("name", names())
def test_a_sealed_task_says_what_the_task_says(name, unsealed):
    for task in assignment(name).automatic:
        for answer in answers(task)[::4]:
            given = answer if task.inputs else answer()
            assert verdict(unsealed(task.id), given) == verdict(task, given)


def test_the_secret_cases_of_a_sealed_task_cannot_be_drawn(unsealed):
    with pytest.raises(ValueError, match="only the public cases of `flip` are in the students'"):
        verdict(unsealed("flip"), lambda kernel: kernel, seed=1)


def test_the_zip_file_is_the_same_each_time(packed, tmp_path):
    folder = tmp_path / "again"
    files = release(folder, zipped=True)
    assert folder.with_suffix(".zip").read_bytes() == packed.read_bytes()
    written = (path for path in folder.rglob("*") if path.is_file())
    assert {path.relative_to(folder).as_posix(): path.read_bytes() for path in written} == files
    assert not list(tmp_path.glob("*.part"))


def test_versions_are_exact(files):
    pins = (ROOT / "constraints.txt").read_text("utf-8")
    assert files["constraints.txt"].decode() == pins
    lines = files["requirements.txt"].decode().splitlines()
    exact = [line for line in lines if "==" in line]
    assert set(exact) <= set(pins.splitlines())
    asked = {line.split("==")[0] for line in exact}
    assert {"jupyterlab", "numpy"} <= asked
    assert not {"torch", "torchvision", "lightning-fabric", "scikit-learn", "scipy"} & asked
    assert lines[-1] == "."


def test_the_packages_of_torch_and_the_chapters_are_extras(files):
    ours = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    theirs = tomllib.loads(files["pyproject.toml"].decode())["project"]
    assert theirs["dependencies"] == ours["dependencies"]
    extras = theirs["optional-dependencies"]
    assert extras == {name: ours["optional-dependencies"][name] for name in _extras.PACKAGES}
    for extra in extras:
        assert _extras.command(extra) in files["README.md"].decode()


def test_the_readme_begins_with_an_environment_and_names_the_sheets(files):
    text = files["README.md"].decode()
    rest = "python -m pip install -r requirements.txt\njupyter lab exercises\n"
    assert f"```\npython3 -m venv .venv\nsource .venv/bin/activate\n{rest}```" in text
    assert f"```\npy -m venv .venv\n.venv\\Scripts\\activate\n{rest}```" in text
    assert f"(exercises/{NAME}.ipynb) | 5 | 8 |" in text
    assert "{{" not in text
    manual = any(
        isinstance(task, ManualTask) for name in names() for task in assignment(name).tasks
    )
    assert ("read by a person" in text) == manual


def test_the_installed_bundle_checks_a_blank_and_a_solved_sheet(student):
    blank = run(student, "-m", "coursecnn.cli", "check", SHEET)
    assert blank.returncode == 1, blank.stderr
    assert blank.stdout.count("not attempted") == 5
    solved = student / f"{NAME}.ipynb"
    jupytext.write(jupytext.read(ROOT / "solutions" / f"{NAME}.md", fmt="md:myst"), solved)
    done = run(student, "-m", "coursecnn.cli", "check", solved)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "8 of 8 points" in done.stdout


def test_the_installed_bundle_runs_a_sheet(student):
    shutil.copy(student / SHEET, student / "mine.ipynb")
    done = run(student, "-c", EXECUTE, "mine.ipynb")
    assert done.returncode == 0, done.stderr
    cells = json.loads((student / "mine.ipynb").read_text("utf-8"))["cells"]
    shown = json.dumps([cell.get("outputs") for cell in cells])
    assert shown.count("not attempted") >= 5


def test_the_installed_bundle_has_no_grader_and_every_room(student):
    refused = run(student, "-m", "coursecnn.cli", "grade", ".", "--out", "x")
    assert refused.returncode == 2
    assert "No such command 'grade'" in refused.stderr
    rooms = ", ".join(
        f"coursecnn.{path.parent.name}" for path in ROOT.glob("coursecnn/*/__init__.py")
    )
    code = f"import {rooms}; print(coursecnn.__file__)"
    done = run(student, "-W", "ignore", "-c", code, extras=["torch"])
    assert done.returncode == 0, done.stderr
    assert str(student / "env") in done.stdout


@pytest.fixture(scope="module")
def notebooks(student):
    """The chapters as readers download them and the sheets, beside the bundle, by name."""
    sys.path.append(str(ROOT / "book"))  # the builder lies outside the package
    from making import download, pages

    found = {path.stem: path for path in (student / "exercises").glob("*.ipynb")}
    for page in pages.notebooks():
        if page.path.parent.name.startswith("part-"):
            found[page.path.stem] = student / f"{page.path.stem}.ipynb"
            notebook = download.readable(page.read())
            notebook.metadata = {"kernelspec": {"name": "python3", "display_name": "Python"}}
            nbformat.write(notebook, found[page.path.stem])
    return found


def code_of(notebook):
    cells = json.loads(notebook.read_text("utf-8"))["cells"]
    return ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"]


def extras_of(notebook):
    """What a notebook says must be installed besides, at its top: up to its first cell of code."""
    cells = json.loads(notebook.read_text("utf-8"))["cells"]
    kinds = [cell["cell_type"] for cell in cells]
    top = ["".join(cell["source"]) for cell in cells[: kinds.index("code") + 1]]
    said = re.search(r'python -m pip install -c .*"\.\[([\w,]+)\]"', "\n".join(top))
    return said[1].split(",") if said else []


NOTEBOOKS = sorted(
    path.stem for folder in ("book/part-*/*.md", "solutions/*.md") for path in ROOT.glob(folder)
)


def test_every_notebook_begins_where_only_what_it_asks_for_is_installed(student, notebooks):
    assert sorted(notebooks) == NOTEBOOKS
    by_extras = {}
    for name, notebook in notebooks.items():
        first, *others = code_of(notebook)
        imports = [
            ast.unparse(node)
            for node in ast.walk(ast.parse("\n".join(others)))
            if isinstance(node, ast.Import | ast.ImportFrom)
        ]
        cells = by_extras.setdefault(tuple(extras_of(notebook)), {})
        cells[name] = "\n".join([first, *imports])
    assert len(by_extras) == 3  # the sheets, chapters with torch, chapters without
    for extras, cells in by_extras.items():
        done = run(student, "-W", "ignore", "-c", BEGIN, json.dumps(cells), extras=extras)
        assert done.stdout.split() == [*cells, str(student / "env")], done.stderr


@pytest.mark.thorough
@pytest.mark.parametrize("name", NOTEBOOKS)
def test_every_notebook_runs_where_only_what_it_asks_for_is_installed(student, notebooks, name):
    extras = extras_of(notebooks[name])
    done = run(student, "-c", EXECUTE, notebooks[name], extras=extras, offline=True)
    assert done.returncode == 0, done.stderr


@pytest.fixture
def checkout(tmp_path, monkeypatch):
    """A copy of the checkout, without the large data."""
    root = tmp_path / "checkout"
    without = shutil.ignore_patterns("__pycache__", "bundled", "*.part")
    for name in ("coursecnn", "exercises"):
        shutil.copytree(ROOT / name, root / name, ignore=without)
    for name in (*bundling.COPIES, "pyproject.toml"):
        shutil.copy(ROOT / name, root)
    for command in (["init", "-q"], ["add", "."]):
        subprocess.run(["git", *command], cwd=root, check=True)
    monkeypatch.setattr(bundling, "PACKAGE", root / "coursecnn")
    return root


def test_what_else_lies_in_the_checkout_stays_there(checkout):
    before = bundling.bundle([assignment(NAME)])
    for name in (
        "results/grades.csv",
        "results/run.json",
        "submissions/anna.ipynb",
        "exercises/anna.ipynb",
        "exercises/.ipynb_checkpoints/sheet.ipynb",
        "coursecnn/ops/scratch.py",
        "coursecnn/grading/grades.csv",
        "coursecnn/grading/running/child/notes.py",
        "coursecnn/grading/tasks/a99.py",
        "coursecnn/data/bundled/mine.npz",
        "solutions/secret.md",
        ".git/mine",
    ):
        (checkout / name).parent.mkdir(parents=True, exist_ok=True)
        (checkout / name).write_text("private\n")
    assert bundling.bundle([assignment(NAME)]) == before


def change(path, replace):
    notebook = json.loads(path.read_text("utf-8"))
    replace(notebook["cells"])
    path.write_text(json.dumps(notebook), "utf-8")


def answer(cells):
    for cell in cells:
        cell["source"] = "".join(cell["source"]).replace("raise Not", "return Not")
        cell["source"] = cell["source"].replace('NotImplementedError("task flip")', "kernel[::-1]")


def output(cells):
    out = {"output_type": "stream", "name": "stdout", "text": "88"}
    next(cell for cell in cells if cell["cell_type"] == "code")["outputs"] = [out]


@pytest.mark.parametrize(
    ("replace", "message"),
    [(answer, "is not blank: the cell flip-answer holds"), (output, "holds outputs")],
)
def test_a_sheet_that_was_solved_in_its_place_is_refused(checkout, tmp_path, replace, message):
    change(checkout / SHEET, replace)
    with pytest.raises(ValueError, match=message):
        release(tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_a_sheet_that_is_missing_is_named_with_the_remedy(checkout, tmp_path):
    (checkout / SHEET).unlink()
    with pytest.raises(ValueError, match=r"ipynb is missing; make it anew by python solutions"):
        release(tmp_path / "out")


def test_outside_a_checkout_the_remedy_is_a_clone(tmp_path):
    shutil.copytree(ROOT / "coursecnn", tmp_path / "lib" / "coursecnn", symlinks=True)
    command = [sys.executable, "-m", "coursecnn.cli", "release", "--out", "students"]
    done = subprocess.run(command, cwd=tmp_path / "lib", capture_output=True, text=True)
    assert done.returncode == 1
    assert re.search(r"Error: the sheets do not come with .* clone its repository", done.stderr)
    assert not (tmp_path / "lib" / "students").exists()


def test_a_folder_in_use_is_left_alone(tmp_path):
    (tmp_path / "work").write_text("mine")
    with pytest.raises(ValueError, match="is there already; delete it, or name another folder"):
        release(tmp_path)
    (tmp_path / "out.zip").write_text("mine")
    with pytest.raises(ValueError, match=r"out.zip is there already"):
        release(tmp_path / "out", zipped=True)
    assert not (tmp_path / "out").exists()


def test_an_unknown_sheet_is_one_line(tmp_path):
    done = CliRunner().invoke(main, ["release", "--out", f"{tmp_path}/o", "--assignment", "99-no"])
    assert done.exit_code == 1
    assert done.output.startswith("Error: `name` must be one of ")
    assert NAME in done.output
    assert done.output.count("\n") == 1


def test_tasks_of_ones_own_go_from_release_to_grades(private, tmp_path, level, monkeypatch):
    monkeypatch.setattr("coursecnn.grading.machine.choose", lambda *args, **options: level)
    tasks, out = ["--tasks", str(private / "mixed.py")], tmp_path / "students"
    done = CliRunner().invoke(
        main, ["release", "--out", str(out), "--assignment", "91-mixed", *tasks]
    )
    assert done.exit_code == 0, done.output
    found = {path.name for path in (out / "coursecnn/grading/tasks").iterdir()}
    assert found == {"__init__.py", "91-mixed.sealed.zip"}
    assert "read by a person" in (out / "README.md").read_text("utf-8")
    code = "from coursecnn.grading import check; check('dot', lambda a, b: 0 * a)"
    checked = subprocess.run([sys.executable, "-c", code], cwd=out, capture_output=True, text=True)
    assert "dot: wrong" in checked.stdout, checked.stderr

    submitted = (out / "exercises/91-mixed.ipynb").read_text("utf-8")
    submitted = submitted.replace('raise NotImplementedError(\\"task dot\\")', "return a @ b")
    (tmp_path / "in").mkdir()
    (tmp_path / "in/anna.ipynb").write_text(submitted, "utf-8")
    command = ["grade", str(tmp_path / "in"), "--out", str(tmp_path / "results"), *tasks]
    done = CliRunner().invoke(main, command)
    assert done.exit_code == 0, done.output
    table = (tmp_path / "results/grades.csv").read_text("utf-8")
    assert "anna,91-mixed,dot,2,2,correct" in table
    assert "anna,91-mixed,why_dot,0,4,not_attempted" in table


def test_the_answers_of_ones_own_tasks_are_hidden_from_notebooks(private, tmp_path, monkeypatch):
    class ReachedError(Exception):
        """Carries the folders that notebooks must not see."""

    def machine(limits, private, **options):
        raise ReachedError(*private)

    tasks.add(private)
    (tmp_path / "in").mkdir()
    shutil.copy(private / "91-mixed.ipynb", tmp_path / "in" / "anna.ipynb")
    monkeypatch.setattr("coursecnn.grading.grade.Machine", machine)
    with pytest.raises(ReachedError) as reached:
        grade(tmp_path / "in", tmp_path / "out")
    assert private.resolve() in reached.value.args


def test_changed_tasks_of_ones_own_are_graded_again(private):
    without = checks()
    tasks.add(private)
    first = checks()
    file = private / "mixed.py"
    file.write_text(file.read_text("utf-8") + "\n# another\n", "utf-8")
    assert len({without, first, checks()}) == 3


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("x = 1", "must define ASSIGNMENT"),
        ("x = ", "cannot be loaded: SyntaxError"),
        ("import nothing_of_that_name", "cannot be loaded: ModuleNotFoundError"),
        ('name="03-convolution-by-hand"', "there is an assignment 03-convolution-by-hand already"),
        ('"flip"', "another assignment has a task flip; rename this one"),
    ],
)
def test_tasks_that_cannot_be_used_are_named_with_the_reason(private, source, message):
    file = private / "mixed.py"
    text = file.read_text("utf-8")
    replaced = text.replace('name="91-mixed"', source) if "name=" in source else source
    replaced = text.replace('"dot"', source) if source.startswith('"') else replaced
    file.write_text(replaced, "utf-8")
    before = list(names())
    with pytest.raises(ValueError, match=f"mixed.py.*{message}"):
        tasks.add(file)
    assert list(names()) == before


def test_an_empty_folder_of_tasks_is_refused(tmp_path):
    with pytest.raises(ValueError, match="holds no tasks; name a Python file that defines"):
        tasks.add(tmp_path)


def test_tasks_can_be_named_in_the_environment(private):
    code = "from coursecnn.grading import check; check('dot', lambda a, b: a @ b)"
    environment = {"COURSECNN_TASKS": str(private), "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, "-c", code], env=environment, capture_output=True, text=True
    )
    assert "dot: right" in done.stdout, done.stderr
