"""Assignment 08, through max pooling: one pixel of each window gets the gradient."""

import numpy as np

from coursecnn import ops

from ..task import Misconception, Task
from .a08_inputs import pooled

FORBIDDEN = ("coursecnn.ops", "coursecnn.numpy_net", "torch")
INTEGER_HINT = (
    "The result took the number type of the input, as `np.zeros_like` gives it; `np.zeros` makes "
    "an array for any number."
)


def _route(grad, x, kernel_size):
    return ops.max_pool2d_backward(grad[None], x[None], kernel_size)[0]


def _routed(share):
    """What each window hands to its pixels, as `share` says; the pixels left over get 0."""

    def answer(grad, x, kernel_size):
        handed = np.zeros(x.shape)
        for i, j in np.ndindex(grad.shape):
            tile = np.s_[
                i * kernel_size : (i + 1) * kernel_size, j * kernel_size : (j + 1) * kernel_size
            ]
            handed[tile] = share(x[tile]) * grad[i, j]
        return handed

    return answer


def _largest(window):
    return window == window.max()


def _only(window, position):
    """1 at one pixel of a window, numbered row by row."""
    return (np.arange(window.size) == position).reshape(window.shape)


def _first(window):
    return _only(window, np.argmax(window))


def _last(window):
    return _only(window, window.size - 1 - np.argmax(window.ravel()[::-1]))


def _first_by_columns(window):
    return _only(window.T, np.argmax(window.T)).T


def _transposed_place(window):
    return _first(window).T


def _cut(grad, x, kernel_size):
    rows, columns = (kernel_size * n for n in grad.shape)
    return _route(grad, x, kernel_size)[:rows, :columns]


def _at_index(place):
    """The gradient of each window put where `place` says; the last one stays."""

    def answer(grad, x, kernel_size):
        handed = np.zeros(x.shape)
        for i, j in np.ndindex(grad.shape):
            ends = (i + 1) * kernel_size, (j + 1) * kernel_size
            tile = x[: ends[0], : ends[1]][-kernel_size:, -kernel_size:]
            u, v = np.unravel_index(tile.argmax(), tile.shape)
            handed[place(i, j, u, v, kernel_size)] = grad[i, j]
        return handed

    return answer


def _over_the_input(grad, x, kernel_size):
    routed, reached = (_route(array, x, kernel_size) for array in (grad, np.ones(grad.shape)))
    return np.where(reached > 0, routed, x)


def _maxima(grad, x, kernel_size):
    return _route(np.ones(grad.shape), x, kernel_size) * x


def _route_by_loops(grad, x, kernel_size):
    result = [[0.0] * x.shape[1] for _ in range(x.shape[0])]
    for i, j in np.ndindex(grad.shape):
        best = (i * kernel_size, j * kernel_size)
        for u, v in np.ndindex(kernel_size, kernel_size):
            place = (i * kernel_size + u, j * kernel_size + v)
            if x[place] > x[best]:
                best = place
        result[best[0]][best[1]] += float(grad[i, j])
    return result


def _route_by_tiles(grad, x, kernel_size):
    """All windows at once, each laid out as one row."""
    rows, columns = grad.shape
    inside = x[: rows * kernel_size, : columns * kernel_size]
    tiles = inside.reshape(rows, kernel_size, columns, kernel_size).swapaxes(1, 2)
    winners = tiles.reshape(rows, columns, -1).argmax(axis=2)
    u, v = np.divmod(winners, kernel_size)
    i, j = np.indices(grad.shape) * kernel_size
    result = np.zeros(x.shape)
    result[i + u, j + v] = grad
    return result


MAX_POOL2D_BACKWARD = Task(
    id="max_pool2d_backward",
    points=2,
    reference=_route,
    arguments=("grad", "x", "kernel_size"),
    inputs=pooled,
    misconceptions=(
        Misconception(
            "all-of-equal",
            _routed(_largest),
            "Of several equal pixels only the first gets the gradient; here each of them gets all "
            "of it.",
        ),
        Misconception(
            "shared-by-equal",
            _routed(lambda window: _largest(window) / _largest(window).sum()),
            "Of several equal pixels the first gets the whole gradient; it is not shared.",
        ),
        Misconception(
            "last-of-equal",
            _routed(_last),
            "Of several equal pixels the first in the order of reading wins, not the last.",
        ),
        Misconception(
            "columns-first",
            _routed(_first_by_columns),
            "Of several equal pixels the first in the order of reading wins: row by row, not "
            "column by column.",
        ),
        Misconception(
            "spread",
            _routed(lambda window: np.full(window.shape, 1 / window.size)),
            "This is the backward pass of average pooling. Under a maximum only one pixel counts.",
        ),
        Misconception(
            "to-all",
            _routed(lambda window: np.ones(window.shape)),
            "Only the largest pixel of a window has an influence; the others get 0.",
        ),
        Misconception(
            "transposed-place",
            _routed(_transposed_place),
            "Inside the windows row and column have changed places: divide the position by the "
            "width for the row, and the remainder is the column.",
        ),
        Misconception(
            "gradient-ignored",
            lambda grad, x, kernel_size: _route(np.ones_like(grad), x, kernel_size),
            "This marks the largest pixels. By the chain rule, each hands on the gradient of its "
            "window.",
        ),
        Misconception(
            "maximum-kept",
            _maxima,
            "The largest pixels keep their own value here; each should get the gradient of its "
            "window.",
        ),
        Misconception(
            "multiplied-by-maximum",
            lambda grad, x, kernel_size: _route(grad, x, kernel_size) * x,
            "The slope of a maximum to its largest pixel is 1: the gradient is handed on as it is.",
        ),
        Misconception(
            "input-kept",
            _over_the_input,
            "All other pixels get 0; here they keep the value of `x`.",
        ),
        Misconception(
            "smallest",
            lambda grad, x, kernel_size: _route(grad, -x, kernel_size),
            "The gradient went to the smallest pixel of each window.",
        ),
        Misconception(
            "window-start-forgotten",
            _at_index(lambda i, j, u, v, k: (u, v)),
            "`np.argmax(window)` counts inside the window: add the row and the column where the "
            "window begins.",
        ),
        Misconception(
            "start-not-multiplied",
            _at_index(lambda i, j, u, v, k: (i + u, j + v)),
            "The window of the entry (i, j) begins at row i · kernel_size and column "
            "j · kernel_size.",
        ),
        Misconception(
            "corner",
            _at_index(lambda i, j, u, v, k: (i * k, j * k)),
            "The gradient went to the first pixel of each window, whichever was the largest.",
        ),
        Misconception(
            "rest-cut-off",
            _cut,
            "The result has the shape of `x`: pixels that no window has read are in it, with 0.",
        ),
        Misconception(
            "integer-output",
            lambda grad, x, kernel_size: _route(grad, x, kernel_size).astype(x.dtype),
            INTEGER_HINT,
        ),
    ),
    alternatives=(_route_by_loops, _route_by_tiles, _routed(_first)),
    forbidden=FORBIDDEN,
)
