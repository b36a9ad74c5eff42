"""What came of training a pair: a row per step, and images drawn on the way."""

from dataclasses import dataclass, field

import numpy as np

from coursecnn.training.history import Rows


@dataclass
class GanHistory(Rows):
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

    counter = "step"
    snapshots: dict[int, np.ndarray] = field(default_factory=dict)
