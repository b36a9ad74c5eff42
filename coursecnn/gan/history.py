"""What came of training a pair: a row per step, and images drawn on the way."""

from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from coursecnn._files import replacing


@dataclass
class GanHistory:
    """One row per step, and what the generator drew of the same latents from time to time.

    Attributes
    ----------
    rows : list of dict
        The rows: step, discriminator_loss and generator_loss in nats, and real_score and
        generated_score, the mean probability of being real that the discriminator gives to the
        real and to the generated images of the step.
    snapshots : dict of int to ndarray of uint8, shape (N, C, H, W)
        By step: images of always the same latents and labels.
    """

    rows: list[dict] = field(default_factory=list)
    snapshots: dict[int, np.ndarray] = field(default_factory=dict)

    def to_frame(self):
        """The rows as a table.

        Returns
        -------
        pandas.DataFrame
            Indexed by step, which counts from 1.
        """
        return pd.DataFrame(self.rows).set_index("step")

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
        """One column as a list, one value per step."""
        return [row[column] for row in self.rows]
