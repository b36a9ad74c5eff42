"""The door of `ops`: arrays come in as floats of one kind, batched, or an error says why not."""

import numpy as np


def floats(**arrays):
    """Give all arrays the float type that they share; whole numbers become float64, None stays."""
    given = {name: real(name, value) for name, value in arrays.items() if value is not None}
    dtypes = {array.dtype for array in given.values()}
    dtype = dtypes.pop() if len(dtypes) == 1 else np.result_type(*given.values())
    if dtype.kind != "f":
        dtype = np.dtype(np.float64)
    return [None if v is None else given[k].astype(dtype, copy=False) for k, v in arrays.items()]


def real(name, value):
    """Read an array of real numbers."""
    array = np.asarray(value)
    if array.dtype.kind not in "buif":
        raise TypeError(f"`{name}` must hold real numbers, but its dtype is {array.dtype}")
    return array


def batched(x, axes):
    """The images as a batch: one image without its batch axis becomes a batch of one."""
    letters = ", ".join("DHW"[3 - axes :] if axes > 1 else "L")
    if x.ndim not in (axes + 1, axes + 2):
        raise ValueError(
            f"`x` must have the axes (N, C, {letters}) or (C, {letters}), "
            f"but its shape is {x.shape}"
        )
    return x if x.ndim == axes + 2 else x[np.newaxis]


def like_output(grad, shape):
    """The gradient of the loss by an output, which must have the output's shape."""
    if grad.shape != shape:
        raise ValueError(f"`grad` must have the shape of the output, {shape}, not {grad.shape}")
    return grad


def alike(grad, x):
    """A gradient and the array that it belongs to, in the float type that they share."""
    grad, x = floats(grad=grad, x=x)
    return like_output(grad, x.shape), x
