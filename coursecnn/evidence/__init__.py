"""A claim rests on several seeds; here the seeds are read, and the claim is tested.

The experiments behind the chapters are scripts in `experiments/` of the course's repository. What
they wrote is part of this package, one CSV each: a chapter loads it, runs one seed live, and
asserts what its text says.
"""

import io
import os
import platform
import sys
import time
from dataclasses import dataclass
from datetime import date
from importlib import metadata
from itertools import takewhile
from pathlib import Path

import numpy as np
import pandas as pd

from coursecnn import _extras, _files

#: The folder of the committed results.
RESULTS = Path(__file__).parent / "results"

_VERSIONS_OF = ("numpy", "torch")


class EvidenceError(AssertionError):
    """The numbers do not carry the claim; the message holds both."""


@dataclass(frozen=True)
class Band:
    """Mean and sample standard deviation of one figure over seeds.

    Attributes
    ----------
    mean, sd : float
        In the unit of the figure.
    n : int
        Number of seeds.
    """

    mean: float
    sd: float
    n: int

    @classmethod
    def of(cls, values):
        """The band of at least five values, one per seed.

        Parameters
        ----------
        values : array_like of float, shape (n,)
            The figure, seed by seed.

        Returns
        -------
        Band

        Raises
        ------
        ValueError
            If there are fewer than five.
        """
        values = np.asarray(values, float)
        if values.size < 5:
            raise ValueError(f"`values` must hold at least 5 seeds; received {values.size}.")
        return cls(float(values.mean()), float(values.std(ddof=1)), values.size)

    def widened(self, factor):
        """The interval mean ± factor · sd, as a pair (low, high)."""
        return self.mean - factor * self.sd, self.mean + factor * self.sd


def load(name):
    """The committed results of one experiment.

    Parameters
    ----------
    name : str
        Name of the script: "lenet_mnist" reads what `experiments/lenet_mnist.py` wrote.

    Returns
    -------
    pandas.DataFrame
        One row per run; how it was made stands in the file's first lines.

    Raises
    ------
    FileNotFoundError
        If there is no such file; the message says which command makes it.
    """
    return pd.read_csv(_file(name), comment="#")


def _file(name):
    file = RESULTS / f"{name}.csv"
    if not file.is_file():
        raise FileNotFoundError(f"{file} is missing; make it: python experiments/{name}.py")
    return file


def made(name):
    """How the committed results of one experiment were made.

    Parameters
    ----------
    name : str
        Name of the script.

    Returns
    -------
    dict of str to str
        What stands in the first lines of the file: command, date, versions, threads, CPU seconds
        and the notes of the script.

    Raises
    ------
    FileNotFoundError
        If there is no such file; the message says which command makes it.
    """
    lines = _file(name).read_text("utf-8").splitlines()
    head = takewhile(lambda line: line.startswith("# "), lines)
    return {key: value for key, _, value in (line[2:].partition(": ") for line in head)}


def save(name, table, notes=None):
    """Write the results of an experiment, headed by the command, date, versions and cost.

    Parameters
    ----------
    name : str
        Name of the script, without its ending.
    table : pandas.DataFrame
        One row per run.
    notes : dict of str to str, optional
        What else `made` should tell: the processor, where time was measured.

    Returns
    -------
    pathlib.Path
        The file, which appears whole or not at all.
    """
    versions = [f"{package} {metadata.version(package)}" for package in _VERSIONS_OF]
    text = io.StringIO()
    text.write(f"# command: python experiments/{name}.py\n# date: {date.today()}\n")
    text.write(f"# versions: {', '.join(['Python ' + platform.python_version(), *versions])}\n")
    text.write(f"# threads: {os.environ.get('OMP_NUM_THREADS', 'all')}\n")
    text.write(f"# CPU seconds: {time.process_time():.0f}\n")
    text.writelines(f"# {key}: {value}\n" for key, value in (notes or {}).items())
    table.to_csv(text, index=False, lineterminator="\n")
    file = RESULTS / f"{name}.csv"
    _files.write(file, text.getvalue())
    print(f"wrote {file}", file=sys.stderr)
    return file


def lower_bound(differences, confidence=0.95):
    """One-sided lower bound of a mean, by Student's t.

    Parameters
    ----------
    differences : array_like of float, shape (n,)
        One per seed, n ≥ 5: better arm minus worse arm, both run with that seed.
    confidence : float, default 0.95
        Chance that the bound lies below the true mean, for normal differences.

    Returns
    -------
    float
        The bound.

    Raises
    ------
    ModuleNotFoundError
        If SciPy is not installed.
    """
    _extras.need("chapters")
    from scipy.special import stdtrit  # here, as the exercises get along without SciPy

    band = Band.of(differences)
    return band.mean - stdtrit(band.n - 1, confidence) * band.sd / np.sqrt(band.n)


def assert_better(better, worse, margin):
    """Assert that one arm beats the other by more than `margin`, seed for seed.

    Parameters
    ----------
    better, worse : array_like of float, shape (n,)
        The figure of each arm, in the same order of seeds; larger is better.
    margin : float
        What the text claims, in the unit of the figure.

    Raises
    ------
    EvidenceError
        If the lower 95 % bound of the paired difference is not above `margin`.
    """
    bound = lower_bound(np.subtract(better, worse))
    if not bound > margin:
        raise EvidenceError(
            f"the paired difference is above {bound:.4g} only (95 %), and the text claims {margin}"
        )


def assert_equivalent(first, second, margin):
    """Assert that two arms differ by less than `margin` either way, seed for seed.

    Parameters
    ----------
    first, second : array_like of float, shape (n,)
        The figure of each arm, in the same order of seeds.
    margin : float
        The largest difference that the text calls a tie.

    Raises
    ------
    EvidenceError
        If either one-sided 95 % bound leaves −margin … margin.
    """
    difference = np.subtract(first, second)
    low, high = lower_bound(difference), -lower_bound(-difference)
    if not -margin < low <= high < margin:
        raise EvidenceError(
            f"the paired difference lies in {low:.4g} … {high:.4g}, not within ±{margin}"
        )


def assert_in_band(live, values, factor=4):
    """Assert that a live run agrees with the committed seeds.

    Parameters
    ----------
    live : float
        The figure of the live run.
    values : array_like of float, shape (n,)
        The figure, seed by seed.
    factor : float, default 4
        How many standard deviations the live run may lie from the mean.

    Raises
    ------
    EvidenceError
        If it lies farther away.
    """
    low, high = Band.of(values).widened(factor)
    if not low <= live <= high:
        raise EvidenceError(
            f"the live run gave {live:.4g}, outside the band {low:.4g} … {high:.4g}"
        )
