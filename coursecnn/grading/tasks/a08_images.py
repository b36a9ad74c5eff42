"""Assignment 08, through a kernel: what the pixels get back, and what the weights."""

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from coursecnn import ops

from ..task import Misconception, Task
from .a08_inputs import convolved
from .a08_pooling import INTEGER_HINT

FORBIDDEN = ("coursecnn.ops", "coursecnn.numpy_net", "scipy.ndimage", "scipy.signal", "torch")


def _gradients(grad, image, kernel):
    of_image, of_kernel, _ = ops.conv2d_backward(
        *(np.asarray(array, np.float64)[None, None] for array in (grad, image, kernel))
    )
    return of_image[0, 0], of_kernel[0, 0]


def _by_places(grad, image, kernel):
    """One step for each pixel of the result: what it has read gets its share."""
    rows, columns = kernel.shape
    of_image, of_kernel = np.zeros(image.shape), np.zeros(kernel.shape)
    for i, j in np.ndindex(grad.shape):
        of_image[i : i + rows, j : j + columns] += grad[i, j] * kernel
        of_kernel += grad[i, j] * image[i : i + rows, j : j + columns]
    return of_image, of_kernel


def _by_formula(grad, image, kernel):
    """Full convolution for the image, correlation for the kernel, in plain loops."""
    (rows, columns), (height, width) = grad.shape, kernel.shape
    of_image = [
        [
            sum(
                float(grad[i - u, j - v] * kernel[u, v])
                for u, v in np.ndindex(height, width)
                if 0 <= i - u < rows and 0 <= j - v < columns
            )
            for j in range(image.shape[1])
        ]
        for i in range(image.shape[0])
    ]
    of_kernel = [
        [np.sum(grad * image[u : u + rows, v : v + columns]) for v in range(width)]
        for u in range(height)
    ]
    return of_image, of_kernel


def _by_padding(grad, image, kernel):
    """Both as correlations, the first with the kernel turned round over a padded gradient."""
    padded = np.pad(grad, [(k - 1, k - 1) for k in kernel.shape])
    of_image = np.einsum("hwij,ij->hw", sliding_window_view(padded, kernel.shape), np.flip(kernel))
    return of_image, np.einsum("hwij,ij->hw", sliding_window_view(image, grad.shape), grad)


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
    alternatives=(_by_places, _by_formula, _by_padding),
    forbidden=FORBIDDEN,
)
