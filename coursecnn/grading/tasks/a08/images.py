"""Backwards through windows: max pooling, and convolution."""

import numpy as np

from coursecnn import ops
from coursecnn.grading.task import Misconception, Task

from .inputs import convolved, pooled
from .vectors import FORBIDDEN, INTEGER_HINT

FILTERS_TOO = (*FORBIDDEN, "scipy.ndimage", "scipy.signal")


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
    forbidden=FORBIDDEN,
)


def _gradients(grad, image, kernel):
    of_image, of_kernel, _ = ops.conv2d_backward(
        *(np.asarray(array, np.float64)[None, None] for array in (grad, image, kernel))
    )
    return of_image[0, 0], of_kernel[0, 0]


def _changed(change):
    """The right gradients with a mistake made in them."""
    return lambda grad, image, kernel: change(*_gradients(grad, image, kernel), grad, image, kernel)


def _mirrored(grad, image, kernel):
    return _gradients(grad, image, np.flip(kernel))[0]


def _last_share(grad, image, kernel):
    """What is left when each place of the result overwrites what the others have given."""
    of_image = np.zeros(image.shape)
    rows, columns = kernel.shape
    for i, j in np.ndindex(grad.shape):
        of_image[i : i + rows, j : j + columns] = grad[i, j] * kernel
    return of_image


def _last_weight(grad, image, kernel):
    """What is left when each weight overwrites what the others have given."""
    of_image = np.zeros(image.shape)
    rows, columns = grad.shape
    for u, v in np.ndindex(kernel.shape):
        of_image[u : u + rows, v : v + columns] = grad * kernel[u, v]
    return of_image


def _in_arrays_alike(grad, image, kernel):
    """Arrays of the number type of the input; NumPy refuses to add fractions to whole numbers."""
    of_image, of_kernel = _gradients(grad, image, kernel)
    if np.result_type(grad, kernel).kind == "f" and image.dtype.kind == "i":
        raise TypeError("Cannot cast from float64 to int64")
    return of_image, of_kernel


def _last_window(grad, image, kernel):
    return grad[-1, -1] * image[-kernel.shape[0] :, -kernel.shape[1] :]


def _without_last_place(grad, image, kernel):
    short = np.zeros(grad.shape)
    short[:-1, :-1] = grad[:-1, :-1]
    return _gradients(short, image, kernel)


NOT_ADDED = (
    "A pixel is read by several windows, and a weight in every window. All their shares add up: "
    "`+=`, not `=`."
)

CONV2D_BACKWARD = Task(
    id="conv2d_backward",
    points=3,
    reference=_gradients,
    arguments=("grad", "image", "kernel"),
    inputs=convolved,
    misconceptions=(
        Misconception(
            "results-exchanged",
            _changed(lambda of_image, of_kernel, *_: (of_kernel, of_image)),
            "The gradient of the image comes first, then that of the kernel.",
        ),
        Misconception(
            "mirrored-kernel",
            _changed(lambda of_image, of_kernel, *given: (_mirrored(*given), of_kernel)),
            "On its way back the kernel came out turned round. The window that begins at (i, j) "
            "has multiplied pixel (i + u, j + v) by K[u, v]; so much of grad[i, j] returns to it.",
        ),
        Misconception(
            "mirrored-result",
            _changed(lambda of_image, of_kernel, *_: (of_image, np.flip(of_kernel))),
            "The gradient of the kernel came out turned round: the weight K[u, v] has read "
            "pixel (i + u, j + v).",
        ),
        Misconception(
            "not-added-up",
            _changed(lambda of_image, of_kernel, *given: (_last_share(*given), of_kernel)),
            NOT_ADDED,
        ),
        Misconception(
            "not-added-up",
            _changed(lambda of_image, of_kernel, *given: (_last_weight(*given), of_kernel)),
            NOT_ADDED,
        ),
        Misconception(
            "not-added-up",
            lambda *given: (_last_share(*given), _last_window(*given)),
            NOT_ADDED,
        ),
        Misconception(
            "not-added-up",
            _changed(lambda of_image, of_kernel, *given: (of_image, _last_window(*given))),
            NOT_ADDED,
        ),
        Misconception(
            "mean-not-sum",
            _changed(lambda of_image, of_kernel, grad, *_: (of_image, of_kernel / grad.size)),
            "A weight serves at every place, and the shares of all places add up.",
        ),
        Misconception(
            "gradient-ignored",
            lambda grad, image, kernel: _gradients(np.ones(grad.shape), image, kernel),
            "These are the gradients of the sum of all results. By the chain rule, each result "
            "counts as much as `grad` says.",
        ),
        Misconception(
            "last-place-left-out",
            _without_last_place,
            "The last row and the last column of `grad` have been left out: every place of the "
            "result gives its share.",
        ),
        Misconception(
            "multiplied-by-input",
            _changed(lambda of_image, of_kernel, _, image, kernel: (of_image * image, of_kernel)),
            "What a pixel gets back is `grad` times the weight that has read it; the pixel itself "
            "is no factor.",
        ),
        Misconception(
            "multiplied-by-weight",
            _changed(lambda of_image, of_kernel, _, image, kernel: (of_image, of_kernel * kernel)),
            "What a weight gets is `grad` times the pixels that it has read; the weight itself is "
            "no factor.",
        ),
        Misconception(
            "kernel-ignored",
            _changed(
                lambda of_image, of_kernel, grad, image, kernel: (
                    _gradients(grad, image, np.ones(kernel.shape))[0],
                    of_kernel,
                )
            ),
            "Each pixel of a window gets `grad` times its own weight, not `grad` as it is.",
        ),
        Misconception(
            "image-ignored",
            _changed(
                lambda of_image, of_kernel, grad, *_: (
                    of_image,
                    np.full(of_kernel.shape, np.sum(grad)),
                )
            ),
            "Each weight gets `grad` times the pixel that it has read, not `grad` as it is.",
        ),
        Misconception("integer-output", _in_arrays_alike, INTEGER_HINT),
    ),
    forbidden=FILTERS_TOO,
)
