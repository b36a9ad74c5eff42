"""What came of training: a row per epoch of one run, or a row per seed of several."""

import csv
import time
from dataclasses import dataclass, field
from typing import ClassVar

import pandas as pd
import torch

from coursecnn._files import replacing
from coursecnn.progress import progress


@dataclass
class Rows:
    """A table that grows while something trains: one row per epoch, or one per step.

    Attributes
    ----------
    rows : list of dict
        The rows as they came.
    counter : str
        The column that counts them; a kind of table has one of its own.
    """

    rows: list[dict] = field(default_factory=list)
    counter: ClassVar[str]

    def to_frame(self):
        """The rows as a table.

        Returns
        -------
        pandas.DataFrame
            Indexed by `counter`, which counts from 1.
        """
        return pd.DataFrame(self.rows).set_index(self.counter)

    def to_csv(self, path):
        """Write the rows as a table; the file appears whole or not at all.

        Parameters
        ----------
        path : str or Path
            The file to make or replace.
        """
        with replacing(path) as stream:
            self.to_frame().to_csv(stream, lineterminator="\n")

    def __getitem__(self, column):
        """One column as a list, one value per row."""
        return [row[column] for row in self.rows]


@dataclass
class History(Rows):
    """One row per epoch: epoch, lr, train_loss, train_accuracy, and `val_…` where there was a set.

    Attributes
    ----------
    rows : list of dict
        The rows as they came.
    """

    counter = "epoch"

    @classmethod
    def read(cls, path):
        """The history that `to_csv` wrote, number for number.

        Parameters
        ----------
        path : str or Path
            The file.

        Returns
        -------
        History

        Raises
        ------
        ValueError
            If the file is not the table of a history.
        """
        try:
            with open(path, encoding="utf-8", newline="") as stream:
                table = list(csv.DictReader(stream))
            rows = [{name: float(text) for name, text in row.items()} for row in table]
            return cls([row | {"epoch": int(row["epoch"])} for row in rows])
        except (TypeError, ValueError, KeyError, csv.Error) as error:
            raise ValueError(f"{path} is not the table of a history: {error!r}") from error


def seeds(numbers, run):
    """Run an experiment once per seed.

    Parameters
    ----------
    numbers : iterable of int
        The seeds.
    run : callable
        Takes a seed, returns a dict of results. torch's global generator is seeded before each
        call, so that a model made inside starts from weights which the seed decides.

    Returns
    -------
    pandas.DataFrame
        One row per seed: seed, the results, and cpu_seconds of this process.
    """
    rows = []
    for seed in progress(list(numbers), "seeds"):
        torch.manual_seed(seed)
        start = time.process_time()
        result = run(seed)
        rows.append({"seed": seed, **result, "cpu_seconds": time.process_time() - start})
    return pd.DataFrame(rows)
