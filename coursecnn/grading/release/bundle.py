"""The students' bundle: sheets, the library as they need it, and nothing that answers a sheet.

The tasks are sealed: what `check` needs of them as data, without the source of a right answer.

What is shipped is a list of packages, cut down to the files that belong to the course: nothing is
copied because it happens to lie in a folder. The same sources give the same bytes.
"""

import json
import re
import shutil
import subprocess
import tempfile
import tomllib
from functools import cache
from pathlib import Path
from urllib.parse import quote

from coursecnn import _extras, _files
from coursecnn.grading import tasks
from coursecnn.grading.judging import free_text
from coursecnn.grading.judging.test_cases import seal
from coursecnn.grading.running.notebook import UnreadableError, read
from coursecnn.grading.task import ManualTask

PACKAGE = Path(__file__).parents[2]
NAME = "coursecnn-exercises"  # of the folder in the archive
MODULES = (
    *("__init__", "_extras", "_files", "_palette", "_torch", "progress"),
    *("grading/__init__", "grading/task", "grading/tasks/__init__"),
    *("cli/__init__", "cli/__main__", "cli/check", "cli/data", "cli/doctor", "cli/train"),
)
PACKAGES = (
    *("shapes", "ops", "numpy_net", "data", "evidence", "models", "augment", "training"),
    *("transfer", "gan", "explain"),
    *("plots", "widgets"),
    *("grading/checking", "grading/running", "grading/judging"),
)
TASKS = "coursecnn/grading/tasks"
COPIES = ("constraints.txt", "LICENSE", "THIRD_PARTY.md")
TEXTS = {
    "README.md": "README.md",
    "requirements.txt": "requirements.txt",
    "environment.yml": "environment.yml",
    "pyproject.toml": "project.toml",  # by its own name, tools would take the template for theirs
}
MORE = {  # extras of the library, and what students need them for
    "chapters": "every chapter",
    "torch": "those that use PyTorch, which takes several GB, besides",
}
BLANK = ("NotImplementedError(", "Your answer goes above.", free_text.HERE)
REMEDY = "make it anew by python solutions/generate.py"


def release(out, names=(), *, zipped=False):
    """Write the students' bundle.

    Parameters
    ----------
    out : Path
        Folder for it; new, or empty.
    names : sequence of str, optional
        The sheets; by default all.
    zipped : bool, default False
        Whether to write `OUT.zip` as well.

    Returns
    -------
    dict
        From path in the bundle to contents, in bytes.

    Raises
    ------
    ValueError
        If a sheet is unknown, missing or not blank, or `out` is in use; nothing is written then.
    """
    archive = out.with_name(f"{out.name}.zip")
    used = out.exists() and not (out.is_dir() and not any(out.iterdir()))
    for place in [out] * used + [archive] * (zipped and archive.exists()):
        raise ValueError(f"{place} is there already; delete it, or name another folder")
    files = bundle([tasks.assignment(name) for name in names or tasks.names()])
    _write(files, out)
    if zipped:
        with _files.replacing(archive) as stream:
            _files.write_zip(stream, ((f"{NAME}/{name}", data) for name, data in files.items()))
    return files


def _write(files, out):
    """Write a folder as a whole or not at all."""
    out.parent.mkdir(parents=True, exist_ok=True)
    part = Path(tempfile.mkdtemp(dir=out.parent, suffix=".part"))
    try:
        for name, data in files.items():
            (part / name).parent.mkdir(parents=True, exist_ok=True)
            (part / name).write_bytes(data)
        part.chmod(0o755)
        if out.exists():  # and is empty
            out.rmdir()
        part.rename(out)
    finally:
        shutil.rmtree(part, ignore_errors=True)


def bundle(sheets):
    """Collect the files for students.

    Parameters
    ----------
    sheets : sequence of Assignment
        What they are to solve.

    Returns
    -------
    dict
        From path to contents, in bytes, sorted by path.

    Raises
    ------
    ValueError
        If this is no checkout of the repository, or a sheet is missing or not blank.
    """
    root = _checkout()
    project = tomllib.loads((root / "pyproject.toml").read_text("utf-8"))
    files = {name: (root / name).read_bytes() for name in COPIES}
    files |= {f"exercises/{sheet.name}.ipynb": _blank(root, sheet) for sheet in sheets}
    files |= _of_the_course(_library() | _data(project))
    files |= {f"{TASKS}/{one.name}{tasks.SEALED}": tasks.sealed(one, seal) for one in sheets}
    files |= _texts(project, sheets, files["constraints.txt"].decode())
    return dict(sorted(files.items()))


def _checkout():
    root = PACKAGE.parent
    if all((root / name).exists() for name in ("exercises", "pyproject.toml", *COPIES)):
        return root
    raise ValueError(
        f"the sheets do not come with the installed package, and {root} is no checkout of the "
        "course; clone its repository, give `make lint` there once, which installs it, and then "
        "`.venv/bin/coursecnn release`"
    )


def _blank(root, sheet):
    """A sheet, once it is certain that nobody has solved it in its place."""
    private = tasks.private()
    folder = private[sheet.name].parent if sheet.name in private else root / "exercises"
    path = folder / f"{sheet.name}.ipynb"
    if not path.is_file():
        raise ValueError(f"{path} is missing; {REMEDY}")
    data = path.read_bytes()
    try:
        notebook = read(data)
    except UnreadableError as error:
        raise ValueError(f"{path}: {error} Please {REMEDY}") from error
    if any(cell.get("outputs") for cell in json.loads(data)["cells"]):
        raise ValueError(f"{path} holds outputs, which may be answers; {REMEDY}")
    graded = {_answer_mark(task) for task in sheet.tasks}
    for mark, text in notebook.cells:
        if mark in graded and not any(line in text for line in BLANK):
            raise ValueError(f"{path} is not blank: the cell {mark} holds an answer; {REMEDY}")
    return data


def _answer_mark(task):
    """What nbgrader's marks call the cell that students write in."""
    return task.id if isinstance(task, ManualTask) else f"{task.id}-answer"


def _library():
    """The packages that students need."""
    files = [PACKAGE / f"{name}.py" for name in MODULES]
    for name in PACKAGES:
        files += sorted((PACKAGE / name).rglob("*.py"))
    return {file.relative_to(PACKAGE.parent).as_posix(): file.read_bytes() for file in files}


def _of_the_course(files):
    """Those of some files that git knows: a note or a draft that lies beside them stays here."""
    root = PACKAGE.parent
    if not (root / ".git").exists():
        return files
    command = ["git", "-C", str(root), "ls-files", "-z", PACKAGE.name]
    try:
        listed = subprocess.run(command, capture_output=True, check=True, text=True).stdout
    except (OSError, subprocess.CalledProcessError) as error:
        raise ValueError(
            f"git cannot say which files of {root} belong to the course ({error}); repair the "
            "clone, or make the bundle from a new one"
        ) from error
    known = set(listed.split("\0"))
    return {name: data for name, data in files.items() if name in known}


def _data(project):
    paths = [path for pattern in _patterns(project) for path in PACKAGE.glob(pattern)]
    return {path.relative_to(PACKAGE.parent).as_posix(): path.read_bytes() for path in paths}


def _patterns(project):
    """The files of the package that are not Python, but for those of the grader."""
    patterns = project["tool"]["setuptools"]["package-data"]["coursecnn"]
    return [pattern for pattern in patterns if not pattern.startswith("grading/")]


def _texts(project, sheets, constraints):
    content = {
        "sheets": sheets,
        "read": any(isinstance(task, ManualTask) for sheet in sheets for task in sheet.tasks),
        "packages": list(_exact(project["project"]["dependencies"], constraints)),
        "project": project["project"],
        "extras": {name: project["project"]["optional-dependencies"][name] for name in MORE},
        "more": MORE,
        "command": _extras.command,
        "data": [*_patterns(project), f"grading/tasks/*{tasks.SEALED}"],
    }
    return {
        name: _templates().get_template(template).render(content).encode()
        for name, template in TEXTS.items()
    }


def _exact(dependencies, constraints):
    """The exact versions of JupyterLab and of what the library needs."""
    for line in ("jupyterlab", *dependencies):
        name = re.escape(re.match(r"[\w.-]+", line)[0])
        found = re.search(rf"^{name}==\S+", constraints, re.MULTILINE | re.IGNORECASE)
        yield found[0] if found else line


@cache
def _templates():
    from jinja2 import Environment, PackageLoader, StrictUndefined  # only the grader needs it

    environment = Environment(
        loader=PackageLoader("coursecnn.grading.release"),
        undefined=StrictUndefined,
        trim_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters["toml"] = json.dumps
    environment.globals["quote"] = quote
    return environment
