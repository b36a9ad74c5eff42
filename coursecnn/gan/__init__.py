"""A generator and a discriminator: trained against each other, and what of it can be trusted.

To follow a step in the code, read `train.py`, the loop and what a step does, and `losses.py`, what
each of the two wants. Then `synthesise.py`, images on demand; `latents.py`, ways through the space
that they come from; `history.py`, what comes of training; `weights.py`, a generator that is
trained already. Two files judge: `coverage.py` asks what is missing, `memorisation.py` what is
copied; both measure with `distances.py`.
"""

import coursecnn._torch  # noqa: F401  says what to do when torch is missing
from coursecnn.gan.coverage import density_and_coverage, mode_coverage
from coursecnn.gan.history import GanHistory
from coursecnn.gan.latents import draw_latents, latent_grid, orthogonal_latents, slerp
from coursecnn.gan.losses import discriminator_loss, generator_loss
from coursecnn.gan.memorisation import Memorisation, memorisation, nearest_neighbours
from coursecnn.gan.synthesise import generate, synthesise, to_pixels
from coursecnn.gan.train import train
from coursecnn.gan.weights import trained_generator

__all__ = [
    "GanHistory",
    "Memorisation",
    "density_and_coverage",
    "discriminator_loss",
    "draw_latents",
    "generate",
    "generator_loss",
    "latent_grid",
    "memorisation",
    "mode_coverage",
    "nearest_neighbours",
    "orthogonal_latents",
    "slerp",
    "synthesise",
    "to_pixels",
    "train",
    "trained_generator",
]
