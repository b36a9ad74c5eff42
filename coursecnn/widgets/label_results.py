"""Accuracy against labels: a table of runs as the figure carries it, and what can be read off it.

A run is one arm, trained on one draw of labelled photographs of one target. All arms of a target
see the same draw under the same seed, so that their differences are taken draw by draw.
"""

from dataclasses import dataclass
from math import exp, log

import numpy as np

COLUMNS = ("target", "arm", "labels", "seed", "accuracy")
SECONDS = "train_seconds"
CONFIDENCE = 0.95  # of an interval, both sides together
FEWEST = 5  # runs, as everywhere in the course: fewer have no interval
MOST = {"targets": 6, "arms": 8, "labels": 10, "seeds": 20}


@dataclass(frozen=True)
class Difference:
    """One arm minus another, draw by draw.

    Attributes
    ----------
    mean : float
        Of the draws that both have.
    low, high : float or None
        The 95 % interval by Student's t; None with fewer than five draws.
    n : int
        How many draws both have.
    """

    mean: float
    low: float | None
    high: float | None
    n: int

    @property
    def is_open(self):
        """Whether the draws leave open which arm is better."""
        return self.low is None or self.low <= 0 <= self.high


@dataclass(frozen=True)
class Needed:
    """How many labels one arm needs for what another has.

    Attributes
    ----------
    level : float
        The accuracy to be reached.
    labels : float or None
        Where the mean curve reaches it first; None if it does not with the labels that there are.
    by_draw : list of float or None
        The same for each draw alone, against what the other arm has on that draw.
    seconds : float or None
        Mean seconds of training there; None if there are none.
    """

    level: float
    labels: float | None
    by_draw: list
    seconds: float | None


def of_table(table):
    """A table of runs in the form that the browser reads.

    Parameters
    ----------
    table : pandas.DataFrame
        One row per run, with the columns `target`, `arm`, `labels`, `seed`, `accuracy` and, where
        time was taken, `train_seconds`.

    Returns
    -------
    dict
        Names and numbers under `targets`, `arms`, `labels`, `seeds`; then `accuracy`, as lists
        within lists in this order, and `seconds`, means over the seeds. What is missing is None.

    Raises
    ------
    ValueError
        If a column is missing, or a run stands in the table twice.
    """
    if missing := [name for name in COLUMNS if name not in table]:
        raise ValueError(
            f"`results` must have the columns {', '.join(COLUMNS)}; missing: {', '.join(missing)}"
        )
    axes = {
        "targets": list(dict.fromkeys(map(str, table["target"]))),
        "arms": list(dict.fromkeys(map(str, table["arm"]))),
        "labels": sorted({int(n) for n in table["labels"]}),
        "seeds": sorted({int(n) for n in table["seed"]}),
    }
    shape = [len(each) for each in axes.values()]
    accuracy, seconds = np.full(shape, np.nan), np.full(shape, np.nan)
    for row in table.to_dict("records"):
        run = str(row["target"]), str(row["arm"]), int(row["labels"]), int(row["seed"])
        place = tuple(axis.index(key) for axis, key in zip(axes.values(), run, strict=True))
        if not np.isnan(accuracy[place]):
            raise ValueError(f"`results` must have one row per run; received {run} twice")
        accuracy[place], seconds[place] = row["accuracy"], row.get(SECONDS, np.nan)
    known = ~np.isnan(seconds)
    count = known.sum(-1)
    means = np.where(known, seconds, 0).sum(-1) / np.where(count, count, np.nan)
    return {
        **axes,
        "accuracy": _plain(accuracy, lambda value: round(value, 4)),
        "seconds": _plain(means, lambda value: float(f"{value:.3g}")),
    }


def _plain(array, rounded):
    """Lists of rounded numbers, and None in place of NaN."""
    if array.ndim:
        return [_plain(each, rounded) for each in array]
    return None if np.isnan(array) else rounded(float(array))


class Results:
    """What can be read off the runs of one target.

    Parameters
    ----------
    results : dict
        As `of_table` returns it.
    target : str
        One of its targets.
    """

    def __init__(self, results, target):
        self.arms, self.labels = results["arms"], results["labels"]
        place = results["targets"].index(target)
        self._accuracy = np.array(results["accuracy"][place], float)
        self._seconds = np.array(results["seconds"][place], float)

    def runs(self, arm):
        """Accuracy of an arm, ndarray of shape (labels, seeds); NaN where there is no run."""
        return self._accuracy[self.arms.index(arm)]

    def at(self, arm, labels):
        """Accuracy of an arm with so many labels, ndarray of shape (seeds,)."""
        return self.runs(arm)[self.labels.index(labels)]

    def seconds(self, arm):
        """Mean seconds of training of an arm, ndarray of shape (labels,)."""
        return self._seconds[self.arms.index(arm)]

    def band(self, arm, labels):
        """Mean and sample standard deviation of an arm, (float, float); None without runs."""
        runs = _there(self.at(arm, labels))
        if not runs.size:
            return None
        return float(runs.mean()), float(runs.std(ddof=1)) if runs.size > 1 else 0.0

    def difference(self, first, second, labels):
        """One arm minus another, `Difference`; None if they share no draw."""
        paired = _there(self.at(first, labels) - self.at(second, labels))
        if not paired.size:
            return None
        mean, low, high = float(paired.mean()), None, None
        if paired.size >= FEWEST:
            from coursecnn import evidence  # here, as pandas takes its time to be imported

            low = float(evidence.lower_bound(paired, (1 + CONFIDENCE) / 2))
            high = 2 * mean - low
        return Difference(mean, low, high, paired.size)

    def lead(self, arms, labels):
        """The best arm, and its lead over each of the others.

        Parameters
        ----------
        arms : list of str
            Which are compared.
        labels : int
            With how many labels.

        Returns
        -------
        tuple of (str, dict of str to Difference)
            The arm with the largest mean, and the others from the second to the last; arms without
            a run are left out. The arm is None if there is none.
        """
        means = {arm: band[0] for arm in arms if (band := self.band(arm, labels))}
        first, *others = sorted(means, key=means.get, reverse=True) or [None]
        leads = {arm: self.difference(first, arm, labels) for arm in others}
        return first, {arm: lead for arm, lead in leads.items() if lead}

    def needed(self, reference, learner, labels):
        """How many labels `learner` needs for what `reference` has with `labels` of them.

        Between two numbers of labels that were measured the curve is taken as straight over the
        logarithm of the labels.

        Parameters
        ----------
        reference, learner : str
            Two arms.
        labels : int
            Where the reference stands.

        Returns
        -------
        Needed or None
            None if either arm has no run there.
        """
        has, runs = self.at(reference, labels), self.runs(learner)
        if not _there(has).size or not _there(runs).size:
            return None
        level = float(_there(has).mean())
        measured = [k for k, row in enumerate(runs) if _there(row).size]
        means = [_there(runs[k]).mean() for k in measured]
        counts = [self.labels[k] for k in measured]
        reached = crossing(counts, means, level)
        by_draw = [
            crossing(*_known(self.labels, curve), own)
            for curve, own in zip(runs.T, has, strict=True)
            if not np.isnan(own) and _there(curve).size
        ]
        times = _known(self.labels, self.seconds(learner))
        seconds = between(*times, reached) if reached and len(times[0]) else None
        return Needed(level, reached, by_draw, seconds)


def _there(values):
    return values[~np.isnan(values)]


def _known(labels, values):
    """The numbers of labels at which there is a value, and the values."""
    kept = [(n, float(v)) for n, v in zip(labels, values, strict=True) if not np.isnan(v)]
    return [n for n, _ in kept], [v for _, v in kept]


def crossing(labels, curve, level):
    """Where a curve first reaches a level, on a logarithmic axis.

    Parameters
    ----------
    labels : list of int
        In rising order.
    curve : list of float
        Its values there.
    level : float
        What is to be reached.

    Returns
    -------
    float or None
        The first of `labels` where the curve begins at the level or above; None where it stays
        below.
    """
    for k, value in enumerate(curve):
        if value >= level:
            if k == 0:
                return float(labels[0])
            share = (level - curve[k - 1]) / (value - curve[k - 1])
            return exp(log(labels[k - 1]) + share * log(labels[k] / labels[k - 1]))
    return None


def between(labels, seconds, place):
    """Seconds of training at a place between measured numbers of labels.

    Parameters
    ----------
    labels : list of int
        In rising order.
    seconds : list of float
        More than 0.
    place : float
        The number of labels; beyond an end the time is that of the end.

    Returns
    -------
    float
        Straight between neighbours, on two logarithmic axes.
    """
    return float(exp(np.interp(log(place), np.log(labels), np.log(seconds))))
