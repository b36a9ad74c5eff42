"""Assignments of one's own, in files that no public repository holds."""

import hashlib
import sys
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

from ..task import Assignment
from . import MODULES, assignment

FILES = {}  # from the name of each assignment of one's own to its file


def add(path):
    """Make assignments known to checks and to the grader, until this process ends.

    Parameters
    ----------
    path : path
        A Python file that defines `ASSIGNMENT`, or a folder of such files. What it imports must be
        installed.

    Returns
    -------
    list of str
        Names of the assignments.

    Raises
    ------
    ValueError
        If there is no such file, it cannot be loaded, or a name in it is taken.
    """
    path = Path(path).resolve()
    files = sorted(path.glob("[!_]*.py")) if path.is_dir() else [path]
    if not files or not all(file.is_file() for file in files):
        raise ValueError(f"{path} holds no tasks; name a Python file that defines ASSIGNMENT")
    return [_add(file) for file in files]


def _add(file):
    module = _load(file)
    sheet = getattr(module, "ASSIGNMENT", None)
    if not isinstance(sheet, Assignment):
        raise ValueError(f"{file} must define ASSIGNMENT, an Assignment of coursecnn.grading.task")
    if FILES.get(sheet.name, file) != file or (sheet.name in MODULES and sheet.name not in FILES):
        raise ValueError(f"{file}: there is an assignment {sheet.name} already; rename this one")
    others = {task.id for name in MODULES if name != sheet.name for task in assignment(name).tasks}
    if taken := others.intersection(task.id for task in sheet.tasks):
        raise ValueError(f"{file}: another assignment has a task {min(taken)}; rename this one")
    MODULES[sheet.name], FILES[sheet.name] = module.__name__, file
    assignment.cache_clear()
    return sheet.name


def _load(file):
    """Run the file as a module whose name depends on its path alone."""
    name = f"coursecnn_own_{hashlib.sha256(str(file).encode()).hexdigest()[:12]}"
    spec = spec_from_file_location(name, file)
    module = sys.modules[name] = module_from_spec(spec)
    try:
        spec.loader.exec_module(module)
    except Exception as error:
        del sys.modules[name]
        raise ValueError(f"{file} cannot be loaded: {type(error).__name__}: {error}") from error
    return module
