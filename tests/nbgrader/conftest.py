"""A course folder in the hands of the real nbgrader, which has an environment of its own."""

import copy
import csv
import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest
from nbgrader_students import DISAGREEING, NAME, RIGHT, WRONG

ROOT = Path(__file__).parents[2]
BIN = ROOT / ".venv-nbgrader" / "bin"
# The first cell imports much, on a busy machine slowly; the check of `flip`, which is quick, is the
# one that never ends.
PATIENCE = """
c.ExecutePreprocessor.timeout_func = lambda cell: 5 if 'check("flip"' in cell.source else 120
"""
SCORES = """
import json, sys
from nbgrader.api import Gradebook
with Gradebook("sqlite:///gradebook.db") as book:
    print(json.dumps({
        one.student.id: {grade.name: grade.auto_score for grade in one.notebooks[0].grades}
        for one in book.assignment_submissions(sys.argv[1])
    }))
"""


@dataclass(frozen=True)
class Course:
    """A course folder of nbgrader."""

    folder: Path
    seed: int
    name: str

    def run(self, program, *arguments):
        """Run a program of nbgrader's environment in the folder, away from the user's settings."""
        homes = ["IPYTHONDIR", "JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR"]
        environment = {
            **os.environ,
            **{home: str(self.folder / ".jupyter" / home) for home in homes},
            "PATH": f"{BIN}{os.pathsep}{os.environ['PATH']}",
        }
        command = [BIN / program, *arguments]
        return subprocess.run(
            command, cwd=self.folder, env=environment, capture_output=True, text=True
        )

    def notebook(self, *folders):
        """The notebook of the assignment in one of nbgrader's folders."""
        return json.loads(self.path(*folders).read_text("utf-8"))

    def path(self, *folders):
        return self.folder.joinpath(*folders, self.name, f"{self.name}.ipynb")

    def submit(self, student, notebook):
        """Hand in a notebook for a student."""
        path = self.path("submitted", student)
        path.parent.mkdir(parents=True)
        path.write_text(json.dumps(notebook), "utf-8")

    def autograde(self):
        """What nbgrader said, and the points by student and task, None where it gave none."""
        with (self.folder / "nbgrader_config.py").open("a", encoding="utf-8") as settings:
            settings.write(PATIENCE)
        done = self.run("nbgrader", "autograde", self.name)
        return done, json.loads(self.run("python", "-c", SCORES, self.name).stdout)

    def grade(self):
        """The rows that `coursecnn grade` writes on the same folder, by student and task."""
        out = self.folder / "results"
        program = Path(sys.executable).with_name("coursecnn")
        command = [program, "grade", self.folder / "submitted", "--out", out, "--jobs", "1"]
        subprocess.run([*command, "--seed", str(self.seed), "--timeout", "3"], check=True)
        with (out / "grades.csv").open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        students = dict.fromkeys(row["student"] for row in rows)
        return {one: {r["task"]: r for r in rows if r["student"] == one} for one in students}


@pytest.fixture(scope="session")
def write_course():
    """A function that makes a folder by our command, and lets nbgrader release its sheet."""
    assert (BIN / "nbgrader").exists(), "nbgrader is missing; run: make .venv-nbgrader/.ready"

    def written(folder, seed, name):
        script = [ROOT / "solutions" / "nbgrader_source.py", folder, "--seed", str(seed)]
        subprocess.run([sys.executable, *script, "--assignment", name], check=True)
        made = Course(folder, seed, name)
        done = made.run("nbgrader", "generate_assignment", name)
        assert done.returncode == 0, done.stderr
        return made

    return written


@pytest.fixture(scope="session")
def course(tmp_path_factory, write_course):
    """Assignment 03."""
    return write_course(tmp_path_factory.mktemp("course"), 20261121, NAME)


@pytest.fixture(scope="session")
def fill(course):
    """A function that writes answers into the cells of the released sheet, as students do."""
    blank = course.notebook("release")

    def filled(answers, notebook=blank):
        notebook = copy.deepcopy(notebook)
        for cell in notebook["cells"]:
            task = cell["metadata"].get("nbgrader", {}).get("grade_id", "").removesuffix("-answer")
            if task in answers and cell["metadata"]["nbgrader"]["solution"]:
                cell["source"] = answers[task]
        return notebook

    return filled


@pytest.fixture(scope="session")
def right(course):
    """The solution of each task."""
    cells = course.notebook("source")["cells"]
    marked = {cell["metadata"].get("nbgrader", {}).get("grade_id"): cell for cell in cells}
    return {
        grade_id.removesuffix("-answer"): "".join(cell["source"])
        for grade_id, cell in marked.items()
        if grade_id and grade_id.endswith("-answer")
    }


@dataclass(frozen=True)
class Grades:
    """The same submissions in both graders."""

    said: subprocess.CompletedProcess
    nbgrader: dict
    rows: dict

    def ours(self, student):
        return {task: int(row["points"]) for task, row in self.rows[student].items()}

    def complains_of(self, student):
        """Whether nbgrader says that it could not grade somebody."""
        complaint = f"There was an error processing assignment '{NAME}' for student '{student}'"
        return complaint in self.said.stderr


@pytest.fixture(scope="session")
def grades(course, fill, right):
    """What all students get, who hand in together: one run of each grader."""
    for name, student in {**RIGHT, **WRONG, **DISAGREEING}.items():
        course.submit(name, student.notebook(fill, right))
    return Grades(*course.autograde(), course.grade())
