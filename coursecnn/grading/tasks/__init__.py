"""The tasks of every assignment, loaded when they are asked for."""

import difflib
from functools import cache
from importlib import import_module

MODULES = {"03-convolution-by-hand": "a03"}


@cache
def assignment(name):
    """Load one assignment.

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
    if name not in MODULES:
        raise ValueError(f"`name` must be one of {', '.join(MODULES)}; received {name!r}")
    return import_module(f"{__name__}.{MODULES[name]}").ASSIGNMENT


def task(task_id):
    """Find one task of the course.

    Parameters
    ----------
    task_id : str
        Name of the function or value that it asks for.

    Returns
    -------
    Task
        Its definition.

    Raises
    ------
    ValueError
        If no assignment has such a task; the message names the nearest ones.
    """
    tasks = {task.id: task for name in MODULES for task in assignment(name).tasks}
    if task_id not in tasks:
        near = difflib.get_close_matches(str(task_id), tasks) or sorted(tasks)
        raise ValueError(f"`task_id` must be one of {', '.join(near)}; received {task_id!r}")
    return tasks[task_id]
