"""Which class is taken for which."""

import numpy as np
from matplotlib.patches import Rectangle

from coursecnn.plots._check import each, numbers
from coursecnn.plots._place import place
from coursecnn.plots._words import counted, number
from coursecnn.plots.alt import remember
from coursecnn.plots.colours import colour

_SHORT = 3  # letters of a name that may stand upright below its column


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

    Raises
    ------
    TypeError
        If the classes are not whole numbers.
    ValueError
        If there is not one prediction per image, or a class has no name.
    """
    counts = _count(true, predicted, len(class_names))
    ax = place(ax, size=(5, 4.4))
    errors = np.where(np.eye(len(counts), dtype=bool), 0, counts)
    for row, column in zip(*counts.nonzero(), strict=True):
        if errors[row, column]:
            _fill(ax, row, column, errors[row, column] / errors.max())
        _write(ax, row, column, counts[row, column])
    edges = -0.5, len(counts) - 0.5
    ax.set(xlim=edges, ylim=edges[::-1], aspect="equal")
    _name(ax, class_names)
    ax.set(xlabel="predicted", ylabel="true")
    ax.grid(visible=False)
    remember(ax, lambda: _words(counts, errors, class_names))
    return ax


def _count(true, predicted, n):
    """How often each class, row, was taken for each class, column."""
    true = _labels(true, "true", n)
    predicted = _labels(each(predicted, "predicted", len(true), "image"), "predicted", n)
    counts = np.zeros((n, n), int)
    np.add.at(counts, (true, predicted), 1)
    return counts


def _labels(values, name, n):
    """Classes that have names."""
    labels = numbers(values, name)
    if labels.dtype.kind not in "iu":
        raise TypeError(f"`{name}` must hold classes as integers; received dtype {labels.dtype}.")
    if labels.min() < 0 or labels.max() >= n:
        raise ValueError(
            f"`{name}` must hold classes from 0 to {n - 1}, as `class_names` has {n} names; "
            f"received {labels.min()} to {labels.max()}."
        )
    return labels


def _fill(ax, row, column, share):
    """A cell of errors, the more the stronger, as far as its number can be read in either theme."""
    tint = colour("wrong"), 0.06 + 0.34 * share
    ax.add_patch(Rectangle((column - 0.5, row - 0.5), 1, 1, facecolor=tint, linewidth=0))


def _write(ax, row, column, count):
    """A number in its cell, errors bold."""
    right = row == column
    ax.text(
        column, row, count, ha="center", va="center", fontsize=9,
        color=colour("quiet" if right else "text"), weight="normal" if right else "bold",
    )  # fmt: skip


def _name(ax, class_names):
    """Names at rows and columns; long ones lean, so that they do not cover each other."""
    lean = max(len(str(name)) for name in class_names) > _SHORT
    leaning = {"rotation": 45, "ha": "right", "rotation_mode": "anchor"} if lean else {}
    ax.set_xticks(range(len(class_names)), class_names, **leaning)
    ax.set_yticks(range(len(class_names)), class_names)


def _words(counts, errors, names):
    """Alt text: how many images, how many on the diagonal, and the most frequent error."""
    n, total, right = len(counts), counts.sum(), counts.trace()
    yield f"A table of {n} by {n} classes, true class in rows and predicted class in columns."
    share = number(100 * right / total)
    yield f"Of {counted(total, 'image')} {right:,} or {share} % are on the diagonal."
    if not errors.any():
        yield "All other cells are empty."
        return
    filled, most = np.count_nonzero(errors), errors.max()
    worst = [f"{names[i]} taken for {names[j]}" for i, j in np.argwhere(errors == most)]
    yield f"{counted(filled, 'cell')} off the diagonal {'holds' if filled == 1 else 'hold'} errors."
    if len(worst) <= 3:
        yield f"The most frequent, {counted(most, 'time')}, is {' and '.join(worst)}."
    else:
        yield f"None holds more than {most:,}."
