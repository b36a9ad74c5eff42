"""An operation on an image, read from left to right: input, kernel, output."""

from coursecnn.plots._check import numbers
from coursecnn.plots._place import WIDTH, panels
from coursecnn.plots.matrix import matrix


def operation(image, kernel, output, *, at=(0, 0), ax=None):
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
    ax : matplotlib.axes.Axes, optional
        One of `plt.subplots`; the three share its place.

    Returns
    -------
    ndarray of matplotlib.axes.Axes, shape (3,)

    Raises
    ------
    TypeError
        If an array does not hold real numbers.
    ValueError
        If an array is not a matrix, or `at` is not a cell of the output.
    """
    parts = {"image": image, "kernel": kernel, "output": output}
    parts = {name: _matrix(part, name) for name, part in parts.items()}
    _check_cell(at, parts["output"].shape)
    widths = [part.shape[1] for part in parts.values()]
    height = max(part.shape[0] for part in parts.values())
    size = (WIDTH, WIDTH * height / (sum(widths) + 1) + 0.3)
    axes = panels(1, 3, size, ax, width_ratios=widths)[0]
    window = (*at, *parts["kernel"].shape)
    matrix(parts["image"], role="input", window=window, title="input", ax=axes[0])
    matrix(parts["kernel"], role="kernel", title="kernel", ax=axes[1])
    matrix(parts["output"], role="output", shaded=tuple(at), title="output", ax=axes[2])
    return axes


def _matrix(part, name):
    """Numbers in rows and columns."""
    part = numbers(part, name)
    if part.ndim != 2:
        raise ValueError(f"`{name}` must have shape (H, W); received {part.shape}.")
    return part


def _check_cell(at, shape):
    """A cell lies in the output."""
    if not all(0 <= index < size for index, size in zip(at, shape, strict=True)):
        raise ValueError(f"`at` must be a cell of the output of shape {shape}; received {at}.")
