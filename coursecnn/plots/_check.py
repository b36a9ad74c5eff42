"""The door of `plots`: what cannot be drawn is refused, with its name, what came, and a remedy."""

import numpy as np


def choice(value, name, allowed):
    """The value, if it is one of those allowed."""
    if value not in tuple(allowed):
        words = ", ".join(repr(word) for word in allowed)
        raise ValueError(f"`{name}` must be one of {words}; received {value!r}.")
    return value


def numbers(value, name):
    """An array of real numbers that is not empty."""
    try:
        array = np.asarray(value)
    except (TypeError, RuntimeError) as error:  # a tensor that still belongs to torch
        raise TypeError(
            f"`{name}` must be an array; received {type(value).__name__}. "
            "Pass `tensor.detach().cpu().numpy()`."
        ) from error
    except ValueError as error:
        raise ValueError(f"`{name}` must hold rows of equal length: {error}.") from error
    if array.dtype.kind not in "buif":
        raise TypeError(f"`{name}` must hold real numbers; received dtype {array.dtype}.")
    if array.size == 0:
        raise ValueError(f"`{name}` must not be empty; received shape {array.shape}.")
    return array


def shaped(value, name, *axes):
    """An array of finite numbers with the axes of one of the shapes, such as "C, H, W"."""
    array = finite(numbers(value, name), name)
    if array.ndim not in [len(names.split(",")) for names in axes]:
        shapes = " or ".join(f"({names})" for names in axes)
        raise ValueError(f"`{name}` must have shape {shapes}; received {array.shape}.")
    return array


def finite(array, name):
    """The array, if none of its numbers is NaN or infinite."""
    bad = array.size - np.isfinite(array).sum()
    if bad:
        raise ValueError(
            f"`{name}` must hold finite numbers; received {bad} NaN or infinite of {array.size}. "
            "Find where they come from, or replace them: np.nan_to_num."
        )
    return array


def each(items, name, count, of):
    """A list of `count` items, one per `of`."""
    items = list(items)
    if len(items) != count:
        raise ValueError(f"`{name}` must hold {count} items, one per {of}; received {len(items)}.")
    return items


def named(values, name):
    """A mapping from names to what belongs to them, with at least one entry."""
    if not hasattr(values, "items") or not len(values):
        raise ValueError(
            f"`{name}` must map names to numbers, as in {{'ReLU': [0.97, 0.98]}}; "
            f"received {type(values).__name__} {values!r:.60}."
        )
    return values
