"""nbgrader and otter-grader, each in its own environment, with the same assignment.

Both run the notebook in a kernel. What decides about the points is in both the same line, which
tries the cases that `coursecnn grade` tries.
"""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

from coursecnn.grading.tasks import assignment

from .commands import timed

ROOT = Path(__file__).parents[2]
HOMES = ("IPYTHONDIR", "JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR")
POINTS = """
import json, sys
from nbgrader.api import Gradebook
with Gradebook("sqlite:///gradebook.db") as book:
    print(json.dumps({
        one.student.id: one.score for one in book.assignment_submissions(sys.argv[1])
    }))
"""
OTTER_TEST = """
from otter.test_files import test_case

OK_FORMAT = False
name = "{task}"
points = {points}


@test_case(hidden=True)
def right({task}):
    from coursecnn.grading import require

    require("{task}", {task}, seed={seed})
"""


class Nbgrader:
    """A course folder of nbgrader, in which the assignment is released.

    Parameters
    ----------
    folder : Path
        Where it shall be; `submitted` in it is for the notebooks.
    sheet : str
        Name of the assignment.
    seed : int
        Of the cases.
    """

    def __init__(self, folder, sheet, seed):
        self.folder, self._sheet = folder, sheet
        self._options = _options("nbgrader", folder)
        script = [ROOT / "solutions" / "nbgrader_source.py", folder, "--seed", str(seed)]
        timed([sys.executable, *script, "--assignment", sheet])
        timed(["nbgrader", "generate_assignment", sheet], **self._options)
        shutil.copy(folder / "gradebook.db", folder / "empty.db")

    def autograde(self, students):
        """Grade notebooks that no earlier run has graded.

        Parameters
        ----------
        students : sequence of str
            Whose.

        Returns
        -------
        float
            Seconds for all of them.
        """
        chosen = self.folder / "chosen"
        shutil.rmtree(self.folder / "autograded", ignore_errors=True)
        shutil.rmtree(chosen, ignore_errors=True)
        shutil.copy(self.folder / "empty.db", self.folder / "gradebook.db")
        for student in students:
            shutil.copytree(self.folder / "submitted" / student, chosen / student)
        only_these = "--CourseDirectory.submitted_directory=chosen"
        return timed(["nbgrader", "autograde", self._sheet, only_these], **self._options)

    def points(self):
        """Points by student, of the last run."""
        command = ["python", "-c", POINTS, self._sheet]
        return json.loads(subprocess.check_output(command, **self._options))

    def graded(self):
        """The files that the last run has written, one for each student."""
        return self.folder.glob("autograded/*/*/*.ipynb")


class Otter:
    """An autograder of otter-grader.

    Parameters
    ----------
    folder : Path
        Where it shall be.
    sheet : str
        Name of the assignment.
    seed : int
        Of the cases.
    """

    def __init__(self, folder, sheet, seed):
        self._folder, self._options = folder, _options("otter", folder)
        tests = folder / "tests"
        tests.mkdir(parents=True)
        for task in assignment(sheet).automatic:
            text = OTTER_TEST.format(task=task.id, points=task.points, seed=seed)
            (tests / f"{task.id}.py").write_text(text)
        made = ["--tests-dir", "tests", "--output-path", "autograder.zip"]
        timed(["otter", "generate", *made], **self._options)

    def run(self, notebook):
        """Grade one notebook, which is all that the command takes.

        Parameters
        ----------
        notebook : Path
            The submission.

        Returns
        -------
        float, float
            Seconds and points.
        """
        command = ["otter", "run", "--autograder", "autograder.zip", notebook]
        seconds = timed(command, **self._options)
        results = json.loads((self._folder / "results.json").read_text("utf-8"))
        return seconds, sum(test.get("score", 0) for test in results["tests"])


def version(peer):
    """The version of a peer that its list of packages names."""
    lines = (ROOT / "benchmarks" / "peers" / f"{peer}.txt").read_text().splitlines()
    return next(
        line.partition("==")[2] for line in lines if line.partition("==")[0].startswith(peer)
    )


def _options(peer, folder):
    """How to run the programs of a peer: in a folder, away from the user's own settings."""
    programs = ROOT / f".venv-{peer}" / "bin"
    if not (programs / peer).exists():
        raise RuntimeError(f"{programs / peer} is missing; run: make .venv-{peer}/.ready")
    homes = {home: str(folder / ".jupyter" / home) for home in HOMES}
    path = f"{programs}{os.pathsep}{os.environ['PATH']}"
    return {"cwd": folder, "env": {**os.environ, **homes, "PATH": path}}
