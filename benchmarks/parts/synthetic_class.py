"""A class that hands in assignment 03: of each notebook it is known what a grader must say.

Most are right in one of many ways, some make a known mistake, a few attack or never end. The same
seed gives the same class, on every machine.
"""

import json
import random
import re
from pathlib import Path

from . import hostile, right, wrong
from .submissions import Submission, as_text, code_cell, styled

SHEET = "03-convolution-by-hand"
BLANK = Path(__file__).parents[2] / "exercises" / f"{SHEET}.ipynb"
TASKS = tuple(right.ANSWERS)
SHARES = {"hostile": 0.02, "endless": 0.008, "wrong": 0.292}  # all others are right

SCRATCH = (
    "print({number} + {other})",
    "test = np.arange({number})\nprint(test.mean(), test.shape)",
    "%matplotlib inline\nimport matplotlib.pyplot as plt\nplt.plot([{number}, {other}])",
    "assert np.allclose(np.ones({number}).sum(), {number})",
    "example = np.array([{number}, {other}, 0])\nprint(cross_correlate_1d(example, example[:2]))",
    "print(conv2d_valid(np.ones(({number}, {other})), np.ones((1, 1))))",
    "flip(np.arange({number} * {other}).reshape({number}, {other}))",
    "noise = np.random.default_rng({number}).normal(size=({other}, 4))\nnoise.std()",
    "help(np.sum)\nundefined_name_{number}",
    "# nothing to see here: {number}, {other}",
    "import time\nstart = time.time()\nfor _ in range({number}):\n    pass\ntime.time() - start",
    "def helper_{number}(x):\n    return x + {other}",
    "signal = np.array([1, {number}, {other}])\nresult = np.convolve(signal, [1, 2])",
)


def compose(count, *, seed=0, kinds=tuple(SHARES)):
    """Make a class.

    Parameters
    ----------
    count : int
        How many hand in.
    seed : int, default 0
        Whoever gives the same one gets the same class.
    kinds : sequence of str, optional
        Whom there is room for besides those who are right.

    Returns
    -------
    list of Submission
        All different, in an order that mixes the kinds.
    """
    rng = random.Random(seed)
    numbers = {kind: round(share * count) for kind, share in SHARES.items() if kind in kinds}
    turns = [(kind, turn) for kind, number in numbers.items() for turn in range(number)]
    turns += [("right", turn) for turn in range(count - len(turns))]
    rng.shuffle(turns)
    submissions = {}
    for place, (kind, turn) in enumerate(turns):
        submission = _submission(f"{place:04d}-{kind}", kind, turn, rng)
        while submission.text in submissions:  # two had the same idea
            submission = _submission(submission.name, kind, turn, rng)
        submissions[submission.text] = submission
    return list(submissions.values())


def _submission(name, kind, turn, rng):
    cells, own, expected = {}, [], dict.fromkeys(TASKS, "correct")
    if kind == "wrong":
        cells, expected = _mistakes(turn, rng)
    elif kind != "right":
        table = hostile.ATTACKS if kind == "hostile" else hostile.ENDLESS
        source, effects = table[turn % len(table)]
        expected |= effects
        cells, own = dict.fromkeys(effects, source), [] if effects else [source]
    bad = {task for task in TASKS if expected[task] != "correct"}
    for task in TASKS:
        if task not in bad:
            cells[task] = styled(rng.choice(_standing(right.ANSWERS[task], task, bad)), rng)
    own += [_fill_in(source, rng) for source in rng.sample(SCRATCH, rng.randrange(4))]
    return Submission(name, kind, _notebook(cells, own, rng), expected)


def _mistakes(turn, rng):
    """Cells with one to three mistakes, and what must be said of all tasks."""
    if turn % 10 == 0:  # gave up early
        done = rng.randrange(len(TASKS))
        said = {task: "correct" if n < done else "not_attempted" for n, task in enumerate(TASKS)}
        return {}, said
    bad = rng.sample(TASKS, rng.choice((1, 1, 1, 2, 2, 3)))
    cells, expected = {}, dict.fromkeys(TASKS, "correct")
    for task in bad:
        pairs = wrong.ANSWERS[task]
        source = rng.choice(_standing([source for _, source in pairs], task, bad))
        expected[task] = next(said for said, other in pairs if other == source)
        cells[task] = styled(source, rng)
    return cells, expected


def _standing(sources, task, bad):
    """The answers that do not lean on those to other tasks that are not right."""
    return [source for source in sources if not _used(source, task).intersection(bad)]


def _used(source, task):
    return {other for other in TASKS if other != task and re.search(rf"\b{other}\b", source)}


def _fill_in(source, rng):
    return source.format(number=rng.randrange(2, 99), other=rng.randrange(2, 99))


def _notebook(cells, own, rng):
    """The sheet with answers in their places and other cells somewhere between them."""
    notebook = json.loads(BLANK.read_text("utf-8"))
    for cell in notebook["cells"]:
        marks = cell["metadata"].get("nbgrader", {})
        task = marks.get("grade_id", "").removesuffix("-answer")
        if marks.get("solution") and task in cells:
            cell["source"] = cells[task]
    for number, source in enumerate(own):
        place = rng.randrange(3, len(notebook["cells"]) + 1)
        notebook["cells"].insert(place, code_cell(f"own-{number}", source.strip()))
    return as_text(notebook)
