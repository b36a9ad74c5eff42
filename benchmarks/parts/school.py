"""A class that hands in assignment 03: of each notebook it is known what a grader must say.

Most are right in one of many ways, some make a known mistake, a few attack or never end. The same
seed gives the same class, on every machine.
"""

import json
import random
import re
from dataclasses import dataclass
from pathlib import Path

from . import hostile, right, wrong

SHEET = "03-convolution-by-hand"
BLANK = Path(__file__).parents[2] / "exercises" / f"{SHEET}.ipynb"
TASKS = tuple(right.ANSWERS)
SHARES = {"hostile": 0.02, "endless": 0.008, "wrong": 0.292}  # all others are right

DOCSTRINGS = (
    "",
    "Works on NumPy arrays.",
    "See the formula on the sheet.",
    "My solution; the loop runs over the places of the result.",
    "TODO: nicer names.",
)
REMARKS = (
    "",
    "# first version, it works",
    "# took me a while ...",
    "# see lecture 3",
    "# checked with pencil and paper",
    "# Idee: Fenster schieben",
)
SCRATCH = (
    "print({number} + {other})",
    "test = np.arange({number})\nprint(test.mean(), test.shape)",
    "%matplotlib inline\nimport matplotlib.pyplot as plt",
    "assert np.allclose(np.ones({number}).sum(), {number})",
    "example = np.array([{number}, {other}, 0, 1])\nprint(cross_correlate_1d(example, example[:2]))",
    "print(conv2d_valid(np.ones(({number}, {other})), np.ones((1, 1))))",
    "flip(np.arange({number} * {other}).reshape({number}, {other}))",
    "noise = np.random.default_rng({number}).normal(size=({other}, 4))\nnoise.std()",
    "help(np.sum)\nundefined_name_{number}",
    "# nothing to see here: {number}, {other}",
    "import time\nstart = time.time()\nfor _ in range({number}):\n    pass\ntime.time() - start",
    "def helper_{number}(x):\n    return x + {other}",
)


@dataclass(frozen=True)
class Pupil:
    """One submission.

    Parameters
    ----------
    name : str
        Of the student, and of the file.
    kind : str
        "right", "wrong", "hostile" or "endless".
    text : str
        Contents of the file.
    expected : dict
        From task to what must be said of it: a verdict, with a misconception after a colon;
        "no points" for any verdict without points.
    """

    name: str
    kind: str
    text: str
    expected: dict


def compose(count, *, seed=0, kinds=("right", "wrong", "hostile", "endless")):
    """Make a class.

    Parameters
    ----------
    count : int
        How many hand in.
    seed : int, default 0
        Whoever gives the same one gets the same class.
    kinds : sequence of str, optional
        Whom there is room for; who is left out is replaced by pupils who are right.

    Returns
    -------
    list of Pupil
        All different, in an order that mixes the kinds.
    """
    rng = random.Random(seed)
    numbers = {kind: round(share * count) for kind, share in SHARES.items() if kind in kinds}
    turns = [(kind, turn) for kind, number in numbers.items() for turn in range(number)]
    turns += [("right", turn) for turn in range(count - len(turns))]
    rng.shuffle(turns)
    seen, pupils = set(), []
    for place, (kind, turn) in enumerate(turns):
        pupil = _pupil(f"{kind}-{place:04d}", kind, turn, rng)
        while pupil.text in seen:  # two had the same idea, and no idea of their own besides
            pupil = _pupil(pupil.name, kind, turn, rng)
        seen.add(pupil.text)
        pupils.append(pupil)
    return pupils


def hand_in(pupils, folder):
    """Write the notebooks as nbgrader collects them: STUDENT/ASSIGNMENT/ASSIGNMENT.ipynb."""
    for pupil in pupils:
        file = folder / pupil.name / SHEET / f"{SHEET}.ipynb"
        file.parent.mkdir(parents=True)
        file.write_text(pupil.text, encoding="utf-8")


def mismatches(pupils, rows):
    """What a table of grades says otherwise than it must.

    Parameters
    ----------
    pupils : sequence of Pupil
        The class.
    rows : sequence of dict
        As `grades.csv` holds them.

    Returns
    -------
    list of str
        One sentence per student and task.
    """
    found = {(row["student"], row["task"]): row for row in rows}
    return [
        f"{pupil.name}, {task}: expected {word}, found {_said(found.get((pupil.name, task)))}"
        for pupil in pupils
        for task, word in pupil.expected.items()
        if not _fits(found.get((pupil.name, task)), word)
    ]


def _fits(row, word):
    if row is not None and word == "no points":
        return row["points"] == "0"
    return _said(row) == word


def _said(row):
    if row is None:
        return "nothing"
    return f"{row['verdict']}:{row['misconception']}".rstrip(":")


def _pupil(name, kind, turn, rng):
    cells, scratch, expected = {}, [], dict.fromkeys(TASKS, "correct")
    if kind == "wrong":
        cells, expected = _mistakes(turn, rng)
    elif kind != "right":
        table = hostile.ATTACKS if kind == "hostile" else hostile.ENDLESS
        source, effects = table[turn % len(table)]
        expected |= effects
        scratch = [] if effects else [source]
        cells = dict.fromkeys(effects, source)
    for task in TASKS:
        if expected[task] == "correct":
            cells[task] = _right(task, expected, rng)
    scratch += [_fill_in(one, rng) for one in rng.sample(SCRATCH, rng.randrange(4))]
    return Pupil(name, kind, _notebook(cells, scratch, rng), expected)


def _mistakes(turn, rng):
    """Cells with one to three mistakes, or left blank, and what must be said of all tasks."""
    cells, expected = {}, dict.fromkeys(TASKS, "correct")
    if turn % 10 == 0:  # gave up early
        kept = TASKS[: rng.randrange(len(TASKS))]
        return {}, {task: "correct" if task in kept else "not_attempted" for task in TASKS}
    for task in rng.sample(TASKS, rng.choice((1, 1, 1, 2, 2, 3))):
        expected[task] = "wrong"
    for task in TASKS:
        if expected[task] == "wrong":
            bad = {other for other in TASKS if expected[other] != "correct"}
            fitting = [one for one in wrong.ANSWERS[task] if not _leans(one[1], task) & bad]
            expected[task], source = rng.choice(fitting)
            cells[task] = _styled(source, rng)
    return cells, expected


def _right(task, expected, rng):
    """A right answer that does not lean on one that is not."""
    bad = {other for other in TASKS if expected[other] != "correct"}
    fitting = [source for source in right.ANSWERS[task] if not _leans(source, task) & bad]
    return _styled(rng.choice(fitting), rng)


def _leans(source, task):
    """The other tasks whose answers an answer uses."""
    return {other for other in TASKS if other != task and re.search(rf"\b{other}\b", source)}


def _styled(source, rng):
    """The same code with other names, comments and docstring."""
    for role, names in right.ROLES.items():
        source = re.sub(rf"(?<![.\w]){role}\b(?!=)", rng.choice(names), source)
    docstring, remark = rng.choice(DOCSTRINGS), rng.choice(REMARKS)
    if docstring:
        opening = f'\\g<0>\n    """{docstring}"""'
        source = re.sub(r"^def (?:[a-z]+_?[a-z]*_?\d?d?\w*)\(.*\):$", opening, source, flags=re.M)
    if rng.random() < 0.2:
        source = re.sub(r"^( +)", lambda indent: indent[0][::2], source, flags=re.M)
    return f"{remark}\n{source.strip()}".strip()


def _fill_in(source, rng):
    return source.format(number=rng.randrange(2, 99), other=rng.randrange(2, 99))


def _notebook(cells, scratch, rng):
    """The sheet with answers in their places and other cells somewhere between them."""
    notebook = json.loads(BLANK.read_text("utf-8"))
    for cell in notebook["cells"]:
        task = cell["metadata"].get("nbgrader", {}).get("grade_id", "").removesuffix("-answer")
        if task in cells and cell["metadata"]["nbgrader"]["solution"]:
            cell["source"] = cells[task]
    for number, source in enumerate(scratch):
        place = rng.randrange(3, len(notebook["cells"]) + 1)
        notebook["cells"].insert(place, _code(f"scratch-{number}", source.strip()))
    return json.dumps(notebook, indent=1, ensure_ascii=False) + "\n"


def _code(name, source):
    return {
        "cell_type": "code",
        "execution_count": None,
        "id": name,
        "metadata": {},
        "outputs": [],
        "source": source,
    }
