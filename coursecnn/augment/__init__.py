"""Changes of a batch of images that leave their labels true, made on the device in one go."""

import coursecnn._torch  # noqa: F401  says what to do when torch is missing
from coursecnn.augment.shift import random_shift, shift

__all__ = ["random_shift", "shift"]
