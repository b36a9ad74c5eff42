"""Submissions of invented students, and what a grader must say of each."""

import json
import re
from dataclasses import dataclass

from .right import SYNONYMS

DOCSTRINGS = (
    "",
    "Works on arrays of numbers.",
    "See the formula on the sheet.",
    "My solution; it follows the example.",
    "Better names would be nice.",
)
REMARKS = (
    "",
    "# first version, it works",
    "# took me a while ...",
    "# see lecture 3",
    "# checked with pencil and paper",
    "# Idee: Fenster schieben",
)
FUNCTION = re.compile(r"^def \w+\(.*\):$", re.MULTILINE)
INDENT = re.compile(r"^ +", re.MULTILINE)


@dataclass(frozen=True)
class Submission:
    """One submission.

    Parameters
    ----------
    name : str
        Of the student.
    kind : str
        "right", "wrong", "hostile" or "endless".
    text : str
        Contents of the notebook's file.
    expected : dict
        From task to what must be said of it: a verdict, with a misconception after a colon if it
        is a known one; "no points" for any verdict without points.
    """

    name: str
    kind: str
    text: str
    expected: dict


def styled(source, rng):
    """The same code with other names, and with comments and an indentation of its own.

    Parameters
    ----------
    source : str
        A cell.
    rng : random.Random
        Draws the style.

    Returns
    -------
    str
        A cell that does the same.
    """
    for meaning, names in SYNONYMS.items():
        source = re.sub(rf"(?<![.\w]){meaning}\b(?!=)", rng.choice(names), source)
    docstring, remark = rng.choice(DOCSTRINGS), rng.choice(REMARKS)
    if docstring:
        source = FUNCTION.sub(lambda line: f'{line[0]}\n    """{docstring}"""', source)
    if rng.random() < 0.2:
        source = INDENT.sub(lambda spaces: spaces[0][::2], source)
    return f"{remark}\n{source.strip()}".strip()


def code_cell(name, source):
    """A code cell as a notebook's file holds it."""
    return {
        "cell_type": "code",
        "execution_count": None,
        "id": name,
        "metadata": {},
        "outputs": [],
        "source": source,
    }


def as_text(notebook):
    """The contents of a notebook's file."""
    return json.dumps(notebook, indent=1, ensure_ascii=False) + "\n"


def hand_in(submissions, folder, sheet):
    """Write the notebooks as nbgrader collects them: STUDENT/ASSIGNMENT/ASSIGNMENT.ipynb.

    Parameters
    ----------
    submissions : sequence of Submission
        Who hands in.
    folder : Path
        Where to; it is made.
    sheet : str
        Name of the assignment.
    """
    for submission in submissions:
        file = folder / submission.name / sheet / f"{sheet}.ipynb"
        file.parent.mkdir(parents=True)
        file.write_text(submission.text, encoding="utf-8")


def mismatches(submissions, rows):
    """Where a table of grades says something else than it must.

    Parameters
    ----------
    submissions : sequence of Submission
        The class.
    rows : sequence of dict
        As `grades.csv` holds them.

    Returns
    -------
    list of str
        A clause for each student and task.
    """
    found = {(row["student"], row["task"]): row for row in rows}
    return [
        f"{one.name}, {task}: expected {word}, found {_said(found.get((one.name, task)))}"
        for one in submissions
        for task, word in one.expected.items()
        if not _fits(found.get((one.name, task)), word)
    ]


def _fits(row, word):
    if row is not None and word == "no points":
        return row["points"] == "0"
    return _said(row) == word


def _said(row):
    if row is None:
        return "nothing"
    return f"{row['verdict']}:{row['misconception']}".rstrip(":")
