"""Which class is taken for which."""

import matplotlib.pyplot as plt
import numpy as np

from coursecnn.plots.roles import colour


def confusion(true, predicted, class_names, *, ax=None):
    """Draw the confusion matrix; the errors carry the ink, the diagonal only its counts.

    Parameters
    ----------
    true, predicted : ndarray of int, shape (N,)
        Classes, as indices into `class_names`.
    class_names : sequence of str
        One name per class.
    ax : matplotlib.axes.Axes, optional
        Where to draw.

    Returns
    -------
    matplotlib.axes.Axes
    """
    ax = ax or plt.gca()
    n = len(class_names)
    counts = np.zeros((n, n), int)
    np.add.at(counts, (true, predicted), 1)
    errors = np.where(np.eye(n, dtype=bool), 0, counts)
    ax.imshow(errors, cmap="Oranges", vmin=0, vmax=max(errors.max() * 1.6, 1))
    for row, column in zip(*counts.nonzero(), strict=True):
        right = row == column
        ax.text(
            column, row, counts[row, column], ha="center", va="center", fontsize=8,
            color=colour("quiet" if right else "text"), weight="normal" if right else "bold",
        )  # fmt: skip
    ax.set_xticks(range(n), class_names)
    ax.set_yticks(range(n), class_names)
    ax.set(xlabel="predicted", ylabel="true")
    ax.grid(visible=False)
    return ax
