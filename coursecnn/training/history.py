"""What happened in each epoch of a training run."""

from dataclasses import dataclass, field

import pandas as pd


@dataclass
class History:
    """One row per epoch: epoch, lr, train_loss, train_accuracy, and val_… where there was a set.

    Attributes
    ----------
    rows : list of dict
        The rows as they came.
    """

    rows: list[dict] = field(default_factory=list)

    def to_frame(self):
        """The rows as a table.

        Returns
        -------
        pandas.DataFrame
            Indexed by epoch, which counts from 1.
        """
        return pd.DataFrame(self.rows).set_index("epoch")

    def __getitem__(self, column):
        """One column as a list, one value per epoch."""
        return [row[column] for row in self.rows]
