"""Backwards through windows: max pooling, and convolution."""

from functools import partial

import numpy as np

from coursecnn import ops
from coursecnn.grading.task import Misconception, Task

from ..common.mistakes import TRANSPOSED_HINT, UNFINISHED_HINT, integer_output, stored
from ..common.windows import SQUARE_HINT
from .inputs import convolved, pooled
from .vectors import FORBIDDEN, INTEGER_HINT, integer_parts

FILTERS_TOO = (*FORBIDDEN, "scipy.ndimage", "scipy.signal")


def _from(function, kept):
    """As if `grad` were 0 outside of a part of it: the loops have not come there."""

    def wrong(grad, *others):
        part = np.zeros_like(grad)
        part[kept] = grad[kept]
        return function(part, *others)

    return wrong


def _loops_cut_short(function):
    """A `return` inside of a loop, or loops that leave out the last row or column of `grad`."""
    return (
        *(
            Misconception("returned-too-early", _from(function, kept), UNFINISHED_HINT)
            for kept in ((0, 0), (0,))
        ),
        *(
            Misconception(
                "last-place-left-out",
                _from(function, kept),
                "The last row or the last column of `grad` has been left out: every place of the "
                "result gives its share.",
            )
            for kept in (np.s_[:-1, :-1], np.s_[:-1], np.s_[:, :-1])
        ),
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


def _maxima_of(grad, x, kernel_size):
    """For each entry of the gradient the pixels of all the image that equal its maximum."""
    for i, j in np.ndindex(grad.shape):
        ends = (i + 1) * kernel_size, (j + 1) * kernel_size
        yield grad[i, j], x == x[: ends[0], : ends[1]][-kernel_size:, -kernel_size:].max()


def _in_the_whole_image(grad, x, kernel_size):
    handed = np.zeros(x.shape)
    for share, pixels in _maxima_of(grad, x, kernel_size):
        handed[pixels] = share
    return handed


def _added_in_the_whole_image(grad, x, kernel_size):
    return sum(share * pixels for share, pixels in _maxima_of(grad, x, kernel_size))


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
            lambda grad, x, kernel_size: _route(grad, -x.astype(float), kernel_size),
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
        *(
            Misconception(
                "whole-image-compared",
                wrong,
                "A comparison with `x` marks pixels of the whole image: look for the largest one "
                "inside of the window.",
            )
            for wrong in (_in_the_whole_image, _added_in_the_whole_image)
        ),
        *integer_output(_route, None, "x"),
        *_loops_cut_short(_route),
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


def _cut_each_time(alike, grad, image, kernel):
    """Fractions lost at each step: `alike` says which of the results have the type of an input."""
    rows, columns = kernel.shape
    kinds = [
        given.dtype if n in alike else np.dtype(float) for n, given in enumerate((image, kernel))
    ]
    of_image, of_kernel = np.zeros(image.shape), np.zeros(kernel.shape)
    for i, j in np.ndindex(grad.shape):
        window = np.s_[i : i + rows, j : j + columns]
        of_image[window] = stored(of_image[window] + grad[i, j] * kernel, kinds[0])
        of_kernel = stored(of_kernel + grad[i, j] * image[window], kinds[1])
    return of_image, of_kernel


def _square(axis, grad, image, kernel):
    """One size of the kernel for both axes; the window has it, and the kernel has not."""
    k = kernel.shape[axis]
    of_image, of_kernel = np.zeros(image.shape), np.zeros(kernel.shape)
    for i, j in np.ndindex(grad.shape):
        window = np.s_[i : i + k, j : j + k]
        of_image[window] += grad[i, j] * kernel
        of_kernel += grad[i, j] * image[window]
    return of_image, of_kernel


def _crossed(grad, image, kernel):
    """`kernel[v, u]`, also in the result; an error unless the kernel is square."""
    kernel[kernel.shape[1] - 1, kernel.shape[0] - 1]
    return _gradients(grad, image, kernel.T)[0], _gradients(grad, image, kernel)[1].T


def _kernel_from_mirrored(grad, image, kernel):
    return _gradients(np.flip(grad), image, kernel)[1]


def _last_window(grad, image, kernel):
    return grad[-1, -1] * image[-kernel.shape[0] :, -kernel.shape[1] :]


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
        *_loops_cut_short(_gradients),
        Misconception(
            "mirrored-gradient",
            _changed(lambda of_image, _, *given: (of_image, _kernel_from_mirrored(*given))),
            "For the kernel, `grad` was turned round: its entry (i, j) belongs to the window of "
            "the image that begins at (i, j).",
        ),
        Misconception("transposed", _crossed, TRANSPOSED_HINT),
        *(Misconception("always-square", partial(_square, axis), SQUARE_HINT) for axis in (0, 1)),
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
        *integer_parts(_gradients, (0, 1), (1, 2)),
        *(
            Misconception("integer-output", partial(_cut_each_time, alike), INTEGER_HINT)
            for alike in ((0,), (1,), (0, 1))
        ),
    ),
    forbidden=FILTERS_TOO,
)
