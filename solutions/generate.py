"""Make the students' sheets in `exercises/` from the solved ones in this folder.

    python solutions/generate.py            rewrites exercises/*.ipynb
    python solutions/generate.py --check    changes nothing; exits with 1 if a sheet is not current
    python solutions/generate.py --solved DIR   writes the solved sheets as notebooks into DIR
    python solutions/generate.py --tasks PATH   writes NAME.ipynb beside your own NAME.md and tasks

What stands between `### BEGIN SOLUTION` and `### END SOLUTION` becomes `raise
NotImplementedError`, cells tagged `solution-only` are left out, and the cells that are graded get
the marks that nbgrader reads. Points and task names come from `coursecnn.grading.tasks`.

The answer to a task that a person grades has a cell of its own, of text or of code, that begins
with the line **Answer to `NAME`** (in code: # Answer to NAME) and goes on with the solution.
"""

import argparse
import re
import sys
import textwrap
from hashlib import sha256
from pathlib import Path

import jupytext
import nbformat

from coursecnn.grading import tasks
from coursecnn.grading.judging import free_text
from coursecnn.grading.run_cache import write
from coursecnn.grading.task import ManualTask

SOLUTIONS = Path(__file__).parent
EXERCISES = SOLUTIONS.parent / "exercises"
SOLVED = re.compile(r"^( *)### BEGIN SOLUTION\n.*?^ *### END SOLUTION\n?", re.DOTALL | re.MULTILINE)
STUB = re.compile(r"^(?:async )?(?:def|class)? *(\w+)")
CHECK = re.compile(r'^check\("(\w+)", \w+\)$')


def main(arguments=None):
    """Write the sheets, or compare them with what they should be."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--check", action="store_true", help="change nothing, exit 1 if stale")
    parser.add_argument("--out", type=Path, help="another folder for the sheets")
    parser.add_argument("--solved", type=Path, metavar="DIR", help="write the solved sheets there")
    parser.add_argument("--tasks", type=Path, metavar="PATH", help="assignments of your own")
    options = parser.parse_args(arguments)
    if options.solved:
        return _write_solved(options.solved)
    names = tasks.add(options.tasks) if options.tasks else tasks.names()
    sheets = {(options.out or _home(name)) / f"{name}.ipynb": exercise(name) for name in names}
    stale = [path for path, text in sheets.items() if _read(path) != text]
    stray = [] if options.tasks else _stray(options.out or EXERCISES, sheets)
    if options.check:
        for path in stale + stray:
            print(f"{path} is not what its solution says; run python solutions/generate.py")
        return 1 if stale or stray else 0
    for path in stray:
        path.unlink()
    for path in stale:
        write(path, sheets[path])
    return 0


def _home(name):
    """The folder for a sheet: that of the tasks if they are one's own."""
    return tasks.private()[name].parent if name in tasks.private() else EXERCISES


def _stray(folder, sheets):
    """Sheets without a solution; `exercises/` holds nothing else."""
    return sorted(set(folder.glob("*.ipynb")) - set(sheets))


def _write_solved(folder):
    """Write every solved sheet, for a program that runs notebooks."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in tasks.names():
        (folder / f"{name}.ipynb").write_text(nbformat.writes(solved(name)), encoding="utf-8")
    return 0


def solved(name):
    """The solved sheet as a notebook.

    Parameters
    ----------
    name : str
        Name of the assignment.

    Returns
    -------
    nbformat.NotebookNode
        Without outputs; all of its cells.
    """
    private = tasks.private()
    folder = private[name].parent if name in private else SOLUTIONS
    return jupytext.read(folder / f"{name}.md", fmt="md:myst")


def shown(name):
    """The solved cells that students get when they are emptied.

    Parameters
    ----------
    name : str
        Name of the assignment.

    Returns
    -------
    list of nbformat.NotebookNode
        All but those tagged `solution-only`.
    """
    return [cell for cell in solved(name).cells if "solution-only" not in _tags(cell)]


def exercise(name):
    """The students' sheet.

    Parameters
    ----------
    name : str
        Name of the assignment.

    Returns
    -------
    str
        Text of the `.ipynb` file, always the same for the same solution.

    Raises
    ------
    ValueError
        If the sheet does not have one stub and one check for each task.
    """
    sheet = tasks.assignment(name)
    points = {task.id: task.points for task in sheet.tasks}
    notebook = nbformat.v4.new_notebook(
        cells=[_cell(cell, index, points) for index, cell in enumerate(shown(name))],
        metadata={
            "coursecnn": {"assignment": name, "version": sheet.version},
            "kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"},
            "language_info": {"name": "python"},
        },
    )
    _hold(notebook, sheet.tasks)
    return nbformat.writes(notebook) + "\n"


def _read(path):
    return path.read_text(encoding="utf-8") if path.exists() else None


def _tags(cell):
    return cell.metadata.get("tags", [])


def _cell(cell, index, points):
    """The student's version of one cell: no solution, no output, marks for the graders."""
    source, about = cell.source, {}
    if check := CHECK.match(source):
        name = check[1]
        about = _graded(name, points[name])
    elif "### BEGIN SOLUTION" in source:
        source = SOLVED.sub(lambda region: blank(region, cell.source), source).rstrip("\n")
        about = {"nbgrader": _answer_marks(source, points)}
    digest = sha256(source.encode()).hexdigest()[:8]
    make = nbformat.v4.new_code_cell if cell.cell_type == "code" else nbformat.v4.new_markdown_cell
    return make(source, metadata=about, id=f"{index:02d}-{digest}")


def blank(region, source):
    """What stands in the place of a solution: an error in a function, a remark elsewhere.

    Parameters
    ----------
    region : re.Match
        Where `SOLVED` has found the solution.
    source : str
        The whole cell.

    Returns
    -------
    str
        One line, indented as the solution is.
    """
    if free_text.HEADING.match(source):
        return f"{free_text.blank(source)}\n"
    name = _stub_name(source)
    line = f'raise NotImplementedError("task {name}")' if region[1] else "# Your answer goes above."
    return textwrap.indent(f"{line}\n", region[1])


def _answer_marks(source, points):
    """Marks of the cell that students write in: graded itself if a person reads it."""
    if heading := free_text.HEADING.match(source):
        return _marks(heading[1], grade=True, solution=True, points=points.get(heading[1], 0))
    return _marks(f"{_stub_name(source)}-answer", solution=True)


def _stub_name(source):
    """The function or value that a cell of code asks for."""
    if stub := STUB.match(source):
        return stub[1]
    raise ValueError(
        "a cell with a solution must begin with what it defines, or with **Answer to `NAME`**, not "
        f"with {source[:40]!r}"
    )


def _graded(name, points):
    marks = _marks(name, grade=True, locked=True, points=points)
    return {"nbgrader": marks, "deletable": False, "editable": False}


def _marks(grade_id, *, grade=False, solution=False, locked=False, **points):
    return {
        "schema_version": 3,
        "grade_id": grade_id,
        "grade": grade,
        "solution": solution,
        "locked": locked,
        "task": False,
        **points,
    }


def _hold(notebook, tasks):
    """Every task has one stub and one check, or one cell to read, in the order of the tasks."""
    ids = [cell.metadata["nbgrader"]["grade_id"] for cell in notebook.cells if cell.metadata]
    wanted = [grade_id for task in tasks for grade_id in _grade_ids(task)]
    if ids != wanted:
        raise ValueError(f"the sheet must hold, in this order, {wanted}; it holds {ids}")


def _grade_ids(task):
    return [task.id] if isinstance(task, ManualTask) else [f"{task.id}-answer", task.id]


if __name__ == "__main__":
    sys.exit(main())
