"""The assignments: those of the course, which lie here, and one's own, which lie anywhere.

An assignment is a folder: its `__init__` defines `ASSIGNMENT`, its modules hold the tasks, and its
`inputs` draws what answers are tried on; a small one may be a single file. What several share lies
in `common`. Whoever has tasks that are not for the public keeps them elsewhere, and adds them by
`add` or in the environment variable `COURSECNN_TASKS`. The students' bundle has sealed assignments:
what `check` needs as data, without a function that gives a right answer.
"""

import difflib
import hashlib
import io
import json
import os
import sys
import zipfile
from functools import cache
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

from coursecnn._files import write_zip
from coursecnn.grading.task import Assignment, ManualTask, Misconception, Task

HERE = Path(__file__).parent
SHARED, SEALED = "common", ".sealed.zip"
NO_SHEET = (
    "It cannot be found out which assignment this is; give --assignment, or name the file after it."
)
_added = {}  # from the name of each assignment of one's own to its place and the Assignment


def names():
    """Names of all assignments that are known, which are the file stems of their sheets.

    Returns
    -------
    list of str
        Those of the course first.
    """
    return list(_known())


def assignment(name):
    """Find one assignment.

    Parameters
    ----------
    name : str
        File stem of its sheet.

    Returns
    -------
    Assignment
        Its tasks.

    Raises
    ------
    ValueError
        If there is no such assignment.
    """
    if name not in _known():
        raise ValueError(f"`name` must be one of {', '.join(_known())}; received {name!r}")
    return _known()[name][1]


def task(task_id):
    """Find one task.

    Parameters
    ----------
    task_id : str
        Name of the function or value that it asks for.

    Returns
    -------
    Task or ManualTask
        Its definition.

    Raises
    ------
    ValueError
        If no assignment has such a task; the message names the nearest ones.
    """
    tasks = {task.id: task for _, sheet in _known().values() for task in sheet.tasks}
    if task_id not in tasks:
        near = difflib.get_close_matches(str(task_id), tasks) or sorted(tasks)
        raise ValueError(f"`task_id` must be one of {', '.join(near)}; received {task_id!r}")
    return tasks[task_id]


def answered_by(notebook, path, given=None):
    """Which assignment a notebook answers: it says so itself, or else its path does.

    Parameters
    ----------
    notebook : Notebook
        The submission.
    path : PurePath
        Where it lies: the name of the assignment may be in that of the file or of a folder.
    given : str, optional
        Name of the assignment, where the person who grades has said it.

    Returns
    -------
    Assignment or None
        None if nobody can tell.

    Raises
    ------
    ValueError
        If there is no assignment of the name given.
    """
    if given:
        return assignment(given)
    if notebook.assignment in _known():
        return assignment(notebook.assignment)
    places = reversed(path.parts)
    return next((assignment(name) for place in places for name in names() if name in place), None)


def add(path):
    """Make assignments of one's own known to checks and to the grader, until this process ends.

    Parameters
    ----------
    path : path
        An assignment, or a folder of assignments. What it imports must be installed.

    Returns
    -------
    list of str
        Their names.

    Raises
    ------
    ValueError
        If there is none, it cannot be loaded, or a name in it is taken.
    """
    path = Path(path).resolve()
    places = _places(path)
    if not places:
        raise ValueError(f"{path} holds no tasks; name a Python file that defines ASSIGNMENT")
    return [_add(place) for place in places]


def private():
    """The assignments that were added.

    Returns
    -------
    dict
        From name to place.
    """
    return {name: place for name, (place, _) in _added.items()}


def files(place):
    """The Python files of an assignment.

    Parameters
    ----------
    place : Path
        A Python file, or a folder.

    Returns
    -------
    list of Path
        Sorted.
    """
    return sorted(place.rglob("*.py")) if place.is_dir() else [place]


def _known():
    return _course() | _added


@cache
def _course():
    """The assignments that lie here; loaded when somebody asks for one."""
    places = [one for one in _places(HERE, around=True) if one.stem != SHARED]
    sheets = [(one, _load(one, f"{__name__}.{one.stem}")) for one in places]
    sheets += [(one, _unseal(one)) for one in sorted(HERE.glob(f"*{SEALED}"))]
    return {sheet.name: (one, sheet) for one, sheet in sheets}


def _places(path, *, around=False):
    """The assignments at a path: itself, or, if it is a folder `around` them, those in it."""
    if path.is_file() or ((path / "__init__.py").is_file() and not around):
        return [path]
    folders = {init.parent for init in path.glob("*/__init__.py")}
    return sorted({*path.glob("[!_]*.py"), *folders})


def _add(place):
    name = f"coursecnn_own_{hashlib.sha256(str(place).encode()).hexdigest()[:12]}"
    for module in [one for one in sys.modules if one == name or one.startswith(f"{name}.")]:
        del sys.modules[module]  # it may have changed since
    sheet = _load(place, name)
    if sheet.name in _course() or private().get(sheet.name, place) != place:
        raise ValueError(f"{place}: there is an assignment {sheet.name} already; rename this one")
    others = {task.id for name in names() if name != sheet.name for task in assignment(name).tasks}
    if taken := others.intersection(task.id for task in sheet.tasks):
        raise ValueError(f"{place}: another assignment has a task {min(taken)}; rename this one")
    _added[sheet.name] = place, sheet
    return sheet.name


def _load(place, name):
    """Run the code of an assignment as a module of that name."""
    folder = [str(place)] if place.is_dir() else None
    file = place / "__init__.py" if folder else place
    spec = spec_from_file_location(name, file, submodule_search_locations=folder)
    module = sys.modules[name] = module_from_spec(spec)
    try:
        spec.loader.exec_module(module)
    except Exception as error:
        del sys.modules[name]
        raise ValueError(f"{place} cannot be loaded: {type(error).__name__}: {error}") from error
    if not isinstance(getattr(module, "ASSIGNMENT", None), Assignment):
        raise ValueError(f"{place} must define ASSIGNMENT, an Assignment of coursecnn.grading.task")
    return module.ASSIGNMENT


def sealed(sheet, seal):
    """An assignment as the contents of a file for students; `_unseal` reads it.

    Parameters
    ----------
    sheet : Assignment
        With the functions of its tasks.
    seal : callable
        Gives the public cases of a task as data: `judging.test_cases.seal`.

    Returns
    -------
    bytes
        A zip file of JSON and of the raw contents of arrays.
    """
    parts, contents = [], []
    for task in sheet.tasks:
        part = {"id": task.id, "points": task.points}
        if isinstance(task, Task):
            cases, blobs = seal(task)
            contents += blobs
            part |= cases | {
                "arguments": task.arguments,
                "forbidden": task.forbidden,
                "misconceptions": [(known.slug, known.hint) for known in task.misconceptions],
                "sizes": [len(blob) for blob in blobs],
            }
        parts.append(part)
    about = {name: getattr(sheet, name) for name in ("name", "version", "preload", "hidden")}
    text = json.dumps({**about, "tasks": parts}, separators=(",", ":"))
    stream = io.BytesIO()
    write_zip(stream, [("tasks.json", text.encode()), ("arrays.bin", b"".join(contents))])
    return stream.getvalue()


def _unseal(file):
    """The assignment in a file that `sealed` gave."""
    with zipfile.ZipFile(file) as archive:
        content = json.loads(archive.read("tasks.json"))
        arrays = io.BytesIO(archive.read("arrays.bin"))
    tasks = tuple(_unsealed_task(part, arrays) for part in content["tasks"])
    preload, hidden = tuple(content["preload"]), tuple(content["hidden"])
    return Assignment(content["name"], content["version"], tasks, preload, hidden)


def _unsealed_task(part, arrays):
    if "cases" not in part:
        return ManualTask(part["id"], part["points"], ((part["points"], ""),))
    blobs = [arrays.read(size) for size in part["sizes"]]
    known = (Misconception(slug, _absent, hint) for slug, hint in part["misconceptions"])
    arguments = tuple(part["arguments"])
    return Task(
        part["id"], part["points"], _absent, arguments, _absent if arguments else None,
        tuple(known), tuple(part["forbidden"]), (part, blobs),
    )  # fmt: skip


def _absent(*args):
    raise NotImplementedError("a right answer is not part of the students' bundle")


for _path in filter(None, os.environ.get("COURSECNN_TASKS", "").split(os.pathsep)):
    add(_path)
