"""What students get: sheets, the library as they need it, and nothing that answers a sheet.

Every file is named here or found through imports; nothing is copied because it happens to lie in a
folder. The same sources give the same bytes.
"""

import json
import re
import tomllib
from functools import cache
from pathlib import Path
from urllib.parse import quote

from . import written
from .handout import without_alternatives
from .notebook import UnreadableError, read
from .reachable import reachable
from .task import ManualTask
from .tasks import MODULES, own

PACKAGE = Path(__file__).parents[1]
TASKS = "coursecnn/grading/tasks"
COMMANDS = ("__main__", "check", "data", "doctor", "train")  # as far as there are such
STUDENTS = ("coursecnn.grading.inside.once", *(f"coursecnn.cli.{name}" for name in COMMANDS))
COPIES = ("constraints.txt", "LICENSE", "THIRD_PARTY.md")
TEXTS = {
    "README.md": "README.md",
    "requirements.txt": "requirements.txt",
    "environment.yml": "environment.yml",
    "pyproject.toml": "project.toml",  # by its own name, tools would take the template for theirs
}
BLANK = ("NotImplementedError(", "Your answer goes above.", written.HERE)
REMEDY = "make it anew by python solutions/generate.py"


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
    files |= _library(sheets)
    files |= _data(project)
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
    folder = own.FILES[sheet.name].parent if sheet.name in own.FILES else root / "exercises"
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


def _library(sheets):
    """The modules that students reach, and the tasks of these sheets as they may read them."""
    rooms = [f"coursecnn.{place.parent.name}" for place in PACKAGE.glob("*/__init__.py")]
    tasks = {MODULES[sheet.name] for sheet in sheets if sheet.name not in own.FILES}
    roots = {*rooms, *STUDENTS, *tasks} - {"coursecnn.cli"}
    paths = reachable(PACKAGE, sorted(roots))
    files = {path.as_posix(): (PACKAGE.parent / path).read_bytes() for path in paths}
    places = {sheet.name: _place(sheet.name) for sheet in sheets}
    for name in places.keys() & own.FILES.keys():
        files[f"{TASKS}/{places[name]}.py"] = own.FILES[name].read_bytes()
    for path in files:
        if path.startswith(f"{TASKS}/"):
            files[path] = without_alternatives(files[path].decode()).encode()
    files[f"{TASKS}/sheets.json"] = f"{json.dumps(places, indent=1)}\n".encode()
    return files


def _place(name):
    """The module of a sheet's tasks in the bundle, which has a place for one's own."""
    if name in own.FILES:
        return f"own_{re.sub('[^a-z0-9]+', '_', name.lower())}"
    return MODULES[name].rpartition(".")[2]


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
        "data": [*_patterns(project), "grading/tasks/*.json"],
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
        loader=PackageLoader("coursecnn.grading", "templates/students"),
        undefined=StrictUndefined,
        trim_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters["toml"] = json.dumps
    environment.globals["quote"] = quote
    return environment
