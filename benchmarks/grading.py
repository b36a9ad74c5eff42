"""Submissions per minute of `coursecnn grade` beside nbgrader and otter-grader.

Also: a thousand submissions whose verdicts are known, and an assignment that needs torch.
Writes grading.md; `--quick` tries everything with a few submissions and only prints.
"""

import argparse
import tempfile
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from parts import synthetic_class, torch_class
from parts.clock import holds, machine, markdown_table, write
from parts.commands import grade
from parts.contest import Contest
from parts.peers import version
from parts.submissions import hand_in, mismatches

SEED = 20261121
BARS = {"nbgrader": 20, "otter": 20, "seconds": 300, "growth": 50}


@dataclass(frozen=True)
class Size:
    """How much is measured.

    Parameters
    ----------
    rounds : int
        In each, all graders take their turn.
    students : int
        In the class that all of them grade; ours as a whole in every round.
    nbgrader, otter : int
        How many of that class the others grade in one round; the next round goes on with others.
    thousand : int
        In the class whose verdicts are known.
    """

    rounds: int = 4
    students: int = 52
    nbgrader: int = 26
    otter: int = 13
    thousand: int = 1000


QUICK = Size(rounds=1, students=8, nbgrader=2, otter=2, thousand=100)


def beside_peers(folder, size):
    """Let all graders take their turn, round by round, on one class."""
    submissions = synthetic_class.compose(size.students, seed=SEED, kinds=["wrong"])
    contest = Contest(folder, submissions, SEED)
    for number in range(size.rounds):
        contest.ours("2")
        contest.nbgrader(_turn(submissions, number, size.nbgrader))
        contest.ours("1")
        contest.otter(_turn(submissions, number, size.otter))
    return contest


def _turn(submissions, number, count):
    """Those whose turn it is in a round."""
    return [
        submissions[place % len(submissions)]
        for place in range(number * count, (number + 1) * count)
    ]


def thousand(folder, size):
    """Grade a class with everything that happens, and hold its verdicts against what they must be.

    Returns
    -------
    Grading, list of Submission, list of str
        How it went, who handed in, and where a verdict is not what it must be.
    """
    submissions = synthetic_class.compose(size.thousand, seed=SEED)
    hand_in(submissions, folder / "class", synthetic_class.SHEET)
    done = grade(folder / "class", folder / "out", "--jobs", "2", "--seed", str(SEED))
    return done, submissions, mismatches(submissions, done.rows)


def with_torch(folder, size):
    """Grade a class whose notebooks import torch; as `thousand`."""
    submissions = torch_class.compose(size.students, seed=SEED)
    hand_in(submissions, folder / "class", torch_class.SHEET)
    tasks = {"COURSECNN_TASKS": str(torch_class.FILE)}
    done = grade(folder / "class", folder / "out", "--jobs", "2", **tasks)
    return done, submissions, mismatches(submissions, done.rows)


def middle(numbers):
    """The median, with the smallest and the largest."""
    return f"{np.median(numbers):.1f} ({np.min(numbers):.1f}–{np.max(numbers):.1f})"


def rate_rows(rates, steadily, size):
    """The table of submissions per minute."""
    peers = f"nbgrader {version('nbgrader')}", f"otter-grader {version('otter')}"
    names = {
        "2": ("`coursecnn grade --jobs 2`", size.students),
        "1": ("`coursecnn grade --jobs 1`", size.students),
        "nbgrader": (f"`nbgrader autograde` ({peers[0]})", size.nbgrader),
        "otter": (f"`otter run` ({peers[1]})", size.otter),
    }
    return [
        [name, str(count), middle(rates[key]), middle(steadily[key]) if steadily[key] else "–"]
        for key, (name, count) in names.items()
    ]


def bar_rows(rates, large):
    """The table of bars."""
    done, _, wrong = large
    rows = []
    for peer in ("nbgrader", "otter"):
        quotients = np.divide(rates["2"], rates[peer])
        kept = holds(np.median(quotients) >= BARS[peer])
        rows.append([f"submissions per minute, ours / {peer}", middle(quotients), "≥ 20", kept])
    seconds, growth = done.seconds, done.growth()
    return [
        *rows,
        ["the large class, seconds", f"{seconds:.0f}", "≤ 300", holds(seconds <= BARS["seconds"])],
        ["verdicts that are not what they must be", f"{len(wrong)}", "0", holds(not wrong)],
        ["growth of the grader, MB", f"{growth:.1f}", "≤ 50", holds(growth <= BARS["growth"])],
    ]


def class_row(name, result):
    """One row of the table of classes."""
    done, submissions, wrong = result
    kinds = [submission.kind for submission in submissions]
    share = [str(kinds.count(kind)) for kind in ("right", "wrong", "hostile", "endless")]
    speed = (
        f"{done.seconds:.0f}",
        f"{60 * len(submissions) / done.seconds:.0f}",
        f"{done.steady:.0f}",
    )
    memory = f"{done.growth():.1f}", f"{done.peak:.0f}"
    return [name, str(len(submissions)), *share, *speed, str(len(wrong)), *memory]


CLASSES = ["class", "notebooks", "right", "wrong", "hostile", "endless", "seconds", "per minute",
           "steadily", "wrong verdicts", "growth, MB", "peak, MB"]  # fmt: skip


def report(size, contest, large, torch):
    """The text of grading.md."""
    rates = markdown_table(
        ["grader", "notebooks a round", "per minute", "steadily"],
        rate_rows(contest.rates, contest.steadily, size),
    )
    bars = markdown_table(["what", "measured", "bar", "holds"], bar_rows(contest.rates, large))
    rows = [class_row("assignment 03", large), class_row("with torch", torch)]
    alone = {
        peer: middle(np.divide(contest.rates["1"], contest.rates[peer]))
        for peer in ("nbgrader", "otter")
    }
    agreement = _said(contest.disagreements(), "; they agree on all notebooks.")
    return f"""# Grading beside nbgrader and otter-grader

Written by `benchmarks/grading.py`; `make bench` measures anew. {machine()}

Assignment 03, the same notebooks for all: a class of {size.students}, of which none attacks, as the
others run notebooks unprotected; ours isolates them ({large[0].isolation}). {size.rounds} rounds;
in each, all graders take their turn on the same processors. Medians, with the smallest and the
largest in brackets. The whole command is measured, with the start of the program and, in ours, the
trial of the isolation; *steadily* is from the first notebook that is ready to the last.

{rates}

nbgrader grades one notebook after the other, and so does `otter run`, which takes one at each call
(for whole classes otter-grader wants Docker). With one job, ours is {alone["nbgrader"]} times as
quick as nbgrader and {alone["otter"]} times as quick as otter-grader. What decides about the points
is the same in all three{agreement}

{bars}

The large class is composed with a known seed from right answers of many kinds, known mistakes, and
attacks; which verdict each task must get is known beforehand. The class with torch answers two
tasks in PyTorch, which the parent of the children has imported; nbgrader's environment has no
torch, so ours stands alone there. Two jobs, ten seconds for a cell or a call. *Growth* and *peak*
are of the memory of the grader's own process: the most that it held after 50 notebooks beyond what
it held then, and the most ever.

{markdown_table(CLASSES, rows)}

Verdicts that are not what they must be{_said(large[2] + torch[2], ": none.")}
"""


def _said(complaints, otherwise):
    """A list of complaints as Markdown, or what is to be said without one."""
    if not complaints:
        return otherwise
    return ":\n\n" + "\n".join(f"- {complaint}" for complaint in complaints[:20])


def main():
    """Measure, and write the report."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--quick", action="store_true", help="a few submissions; write nothing")
    quick = parser.parse_args().quick
    size = QUICK if quick else Size()
    with tempfile.TemporaryDirectory(prefix="grading-") as folder:
        places = {name: Path(folder) / name for name in ("peers", "thousand", "torch")}
        for place in places.values():
            place.mkdir()
        contest = beside_peers(places["peers"], size)
        large, torch = thousand(places["thousand"], size), with_torch(places["torch"], size)
    text = report(size, contest, large, torch)
    if not quick:
        write(Path(__file__).with_suffix(".md"), text)
    print(text)


if __name__ == "__main__":
    main()
