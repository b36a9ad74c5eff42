"""The tasks of every assignment, loaded when they are asked for.

`sheets.json` names the package of each sheet: its `__init__` holds the `ASSIGNMENT`, its modules
hold the tasks, and `inputs` draws what answers are tried on. What several sheets share is in
`common`. Whoever has tasks that are not for the public keeps them elsewhere, and adds them by
`own.add` or in the environment variable `COURSECNN_TASKS`.
"""

import difflib
import json
import os
from functools import cache
from importlib import import_module
from pathlib import Path

SHEETS = Path(__file__).with_name("sheets.json")
MODULES = {
    name: f"{__name__}.{module}" for name, module in json.loads(SHEETS.read_text("utf-8")).items()
}


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
    return import_module(MODULES[name]).ASSIGNMENT


def task(task_id):
    """Find one task of the course.

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
    tasks = {task.id: task for name in MODULES for task in assignment(name).tasks}
    if task_id not in tasks:
        near = difflib.get_close_matches(str(task_id), tasks) or sorted(tasks)
        raise ValueError(f"`task_id` must be one of {', '.join(near)}; received {task_id!r}")
    return tasks[task_id]


if os.environ.get("COURSECNN_TASKS"):
    from . import own

    for _path in os.environ["COURSECNN_TASKS"].split(os.pathsep):
        own.add(_path)
