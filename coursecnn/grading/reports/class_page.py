"""What the class page tells: how points are spread, how each task went, which mistakes recur."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from statistics import median

from coursecnn.grading.checking.display import WORDS

BARS = 21  # in a histogram, at most
MISTAKES = 8  # of one sheet, at most

# An answer that waits for a person is told from one that has been read.
KINDS = {
    kind: look
    for known, (sign, word, _) in WORDS.items()
    for kind, look in (
        {"waits": (sign, "to be read by a person"), "manual": ("✎", "graded by a person")}.items()
        if known == "manual"
        else [(known, (sign, word))]
    )
}


@dataclass(frozen=True)
class TaskCount:
    """One task in numbers.

    Parameters
    ----------
    task : str
        Its id.
    points : float
        Mean over the class.
    max_points : int
        What there was to get.
    tally : list of (str, int)
        Kinds of verdict and how many students have them, in the order of `KINDS`.
    """

    task: str
    points: float
    max_points: int
    tally: list


@dataclass(frozen=True)
class Mistake:
    """A misconception that several may share.

    Parameters
    ----------
    slug : str
        Its name.
    students : int
        How many students have it somewhere in the sheet.
    tasks : list of str
        Where they have it, the most frequent first.
    hint : str
        The one that most of them were given.
    """

    slug: str
    students: int
    tasks: list
    hint: str


@dataclass(frozen=True)
class Sheet:
    """One assignment in numbers.

    Parameters
    ----------
    students : int
        How many have handed it in.
    median : float
        Of their points.
    max_points : int
        What there was to get.
    waiting : int
        Answers that a person must still look at.
    histogram : list of (str, int)
        Points, or ranges of them, and how many students got them.
    tasks : list of TaskCount
        In the order of the sheet.
    mistakes : list of Mistake
        The most frequent first.
    """

    students: int
    median: float
    max_points: int
    waiting: int
    histogram: list
    tasks: list
    mistakes: list


def kind(verdict):
    """A key of `KINDS` for a verdict.

    Parameters
    ----------
    verdict : Verdict
        Of one student on one task.

    Returns
    -------
    str
        The verdict itself, but for answers that wait to be read.
    """
    waits = verdict.verdict == "manual" and verdict.waits
    return "waits" if waits else verdict.verdict


def sheets(graded):
    """All assignments of a class in numbers.

    Parameters
    ----------
    graded : list of Graded
        Of all students.

    Returns
    -------
    dict
        From the name of an assignment to Sheet, in the order of the names.
    """
    papers = defaultdict(list)
    for one in graded:
        if one.verdicts:
            papers[one.sheet].append(one.verdicts)
    return {name: _sheet(papers[name]) for name in sorted(papers)}


def _sheet(papers):
    sums = [sum(verdict.points for verdict in verdicts) for verdicts in papers]
    most = sum(verdict.max_points for verdict in papers[0])
    return Sheet(
        len(papers),
        median(sums),
        most,
        sum(verdict.waits for verdicts in papers for verdict in verdicts),
        _histogram(sums, most),
        [_task(verdicts) for verdicts in zip(*papers, strict=True)],
        _mistakes(papers),
    )


def _histogram(sums, most):
    """How often each sum of points was reached, in ranges if there are very many."""
    width = -(-(most + 1) // BARS)
    bars = []
    for low in range(0, most + 1, width):
        high = min(low + width - 1, most)
        count = sum(low <= points <= high for points in sums)
        bars.append((str(low) if low == high else f"{low}–{high}", count))
    return bars


def _task(verdicts):
    count = Counter(map(kind, verdicts))
    tally = [(one, count[one]) for one in KINDS if count[one]]
    mean = sum(verdict.points for verdict in verdicts) / len(verdicts)
    return TaskCount(verdicts[0].task, mean, verdicts[0].max_points, tally)


def _mistakes(papers):
    """The misconceptions of a sheet, each with the number of students who have it."""
    students, tasks, hints = Counter(), defaultdict(Counter), defaultdict(Counter)
    for verdicts in papers:
        known = [verdict for verdict in verdicts if verdict.misconception]
        students.update({verdict.misconception for verdict in known})
        for verdict in known:
            tasks[verdict.misconception][verdict.task] += 1
            hints[verdict.misconception][verdict.hint] += 1
    return [
        Mistake(
            slug,
            count,
            [task for task, _ in tasks[slug].most_common()],
            hints[slug].most_common(1)[0][0],
        )
        for slug, count in sorted(students.items(), key=lambda item: (-item[1], item[0]))[:MISTAKES]
    ]
