"""An operation on an image, read from left to right: input, kernel, output."""

import matplotlib.pyplot as plt
import numpy as np

from coursecnn.plots.matrix import matrix


def operation(image, kernel, output, *, at=(0, 0)):
    """Draw input, kernel and output side by side, one window of the computation marked.

    Parameters
    ----------
    image : ndarray, shape (H, W)
        What the kernel slides over.
    kernel : ndarray, shape (kH, kW)
        The weights.
    output : ndarray, shape (oH, oW)
        The result, for stride 1 and no padding.
    at : (int, int), default (0, 0)
        Row and column of the output cell whose window is marked.

    Returns
    -------
    ndarray of matplotlib.axes.Axes, shape (3,)
    """
    image, kernel, output = (np.asarray(part) for part in (image, kernel, output))
    widths = [part.shape[1] for part in (image, kernel, output)]
    height = max(part.shape[0] for part in (image, kernel, output))
    _, axes = plt.subplots(
        1, 3, width_ratios=widths, figsize=(7, 7 * height / (sum(widths) + 2) + 0.4)
    )
    matrix(image, role="input", window=(*at, *kernel.shape), title="input", ax=axes[0])
    matrix(kernel, role="kernel", title="kernel", ax=axes[1])
    matrix(output, role="output", shaded=tuple(at), title="output", ax=axes[2])
    return axes
