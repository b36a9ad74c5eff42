"""A generator that is trained already, so that a page need not wait for it."""

import numpy as np
import torch

from coursecnn.data import bundled
from coursecnn.models import Generator

FILE = "digit-gan.npz"
SEED = 4 * 7 * 7  # maps of the seed of images of 28×28, in units of the width


def trained_generator():
    """The generator that `experiments/digit_gan.py` has trained on 7,000 bundled MNIST digits.

    Its weights are stored in half precision.

    Returns
    -------
    models.Generator
        In evaluation mode, on the CPU.

    Raises
    ------
    DataError
        If the file is missing, truncated or altered.

    Examples
    --------
    >>> from coursecnn.gan import synthesise
    >>> synthesise(trained_generator(), 3, labels=7)
    ImageSet(synthetic: 3 images of 1×28×28, 10 classes)
    """
    with np.load(bundled.path(FILE)) as stored:
        state = {name: torch.from_numpy(stored[name]) for name in stored.files}
    width = len(state["layers.0.weight"]) // SEED
    classes = 10
    latent_size = state["layers.0.weight"].shape[1] - classes
    generator = Generator(classes, width=width, latent_size=latent_size)
    generator.load_state_dict(state)  # float16 becomes float32 on the way
    return generator.eval()
