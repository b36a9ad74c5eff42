"""Twenty test digits of MNIST for the figures, stored in `js/digits.stored.js`."""

import numpy as np

from coursecnn.widgets import stored

SIZE = 28


def digits():
    """The digits that readers of a page can load.

    `experiments/lenet_in_the_page.py` chose them from the test digits: of each class the first,
    then of each class that of the others which the network of the pages reads worst.

    Returns
    -------
    images : ndarray of uint8, shape (20, 28, 28)
        Ink is bright (255) on a dark ground (0).
    labels : ndarray of uint8, shape (20,)
        What they are.
    """
    kept = stored.read("digits")
    images = np.zeros((len(kept["label"]), SIZE, SIZE), np.uint8)
    for image, box, (top, left) in zip(images, kept["pixels"], kept["corner"], strict=True):
        image[top : top + box.shape[0], left : left + box.shape[1]] = box
    return images, kept["label"]
