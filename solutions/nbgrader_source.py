"""Make a course folder for nbgrader from the solved sheets in this folder.

    python solutions/nbgrader_source.py DIR

writes DIR/source/NAME/NAME.ipynb for each assignment, those named in the environment variable
COURSECNN_TASKS included, and DIR/nbgrader_config.py unless there is one. In DIR, `nbgrader
generate_assignment NAME` then makes release/, where students find what `exercises/` holds, and
`nbgrader autograde NAME` grades what lies in submitted/.

A cell that raises nothing earns its points from nbgrader, so the hidden test below each check
raises unless the answer is right. It tries the cases of a secret seed, which are those of
`coursecnn grade --seed`: both graders then give the same points for honest work. They differ

- where an answer needs a cell that stands below its check: nbgrader has not run it yet;
- where a function writes to the stream of errors itself, as a logger does: nbgrader gives 0;
- where a cell ends its process: nbgrader then has no grades of that student;
- where the marks of the cells are lost: likewise;
- where a notebook is out to cheat, or hides that it calls a function that does the work: what
  grades and what is graded share one process in nbgrader, so it may earn what it did not do.

A forbidden helper that is called openly keeps its points in both until a person decides; only
`coursecnn grade` says so, by the verdict "review".
"""

import argparse
import re
import secrets
import sys
from pathlib import Path

import nbformat
from generate import CHECK, SOLVED, blank, exercise, shown

from coursecnn.grading.run_cache import write
from coursecnn.grading.tasks import names

CONFIG = Path(__file__).with_name("nbgrader_config.py")
HIDDEN = """{check}
### BEGIN HIDDEN TESTS
from coursecnn.grading import require

require("{name}", {name}, seed={seed})
### END HIDDEN TESTS"""
SEED = re.compile(r"require\(.*, seed=(\d+)\)")


def main(arguments=None):
    """Write the folder, and say how to get the same points from both graders."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("folder", type=Path, metavar="DIR", help="the course folder of nbgrader")
    parser.add_argument("--assignment", choices=names(), help="one sheet; by default all")
    parser.add_argument("--seed", type=int, help="of the secret cases; by default the last one")
    options = parser.parse_args(arguments)
    if options.seed is not None and options.seed < 0:
        parser.error(f"--seed must be 0 or more, received {options.seed}")
    seed = options.seed if options.seed is not None else _last_seed(options.folder)
    for name in [options.assignment] if options.assignment else names():
        path = options.folder / "source" / name / f"{name}.ipynb"
        write(path, nbformat.writes(source(name, seed)) + "\n")
        print(f"{path} is written.")
    _configure(options.folder / CONFIG.name)
    print(f"The same points: coursecnn grade {options.folder / 'submitted'} --seed {seed} --out …")
    return 0


def source(name, seed):
    """The instructor's notebook: the students' sheet with solutions and hidden tests.

    Parameters
    ----------
    name : str
        Name of the assignment.
    seed : int
        Of the secret cases.

    Returns
    -------
    nbformat.NotebookNode
        Ready for `nbgrader generate_assignment`.
    """
    notebook = nbformat.reads(exercise(name), as_version=4)
    for cell, answer in zip(notebook.cells, shown(name), strict=True):
        if check := CHECK.match(cell.source):
            cell.source = HIDDEN.format(check=cell.source, name=check[1], seed=seed)
        elif cell.metadata.get("nbgrader", {}).get("solution"):
            cell.source = answer.source
            cell.metadata["stub"] = blank(SOLVED.search(cell.source), cell.source).strip()
    return notebook


def _last_seed(folder):
    """The seed that the folder has already, so that its notebooks stay what they are."""
    for path in sorted(folder.glob("source/*/*.ipynb")):
        if found := SEED.search(path.read_text("utf-8")):
            return int(found[1])
    return secrets.randbits(48)


def _configure(path):
    """Write the settings, but never over those of an instructor."""
    text = CONFIG.read_text("utf-8")
    if not path.exists():
        write(path, text)
    elif path.read_text("utf-8") != text:
        print(f"{path} is left as it is; compare it with {CONFIG}.")


if __name__ == "__main__":
    sys.exit(main())
