"""Python values as plain JSON and bytes, and back.

An array, a number, a list of lists and a torch tensor are all the same answer: an array.
"""

import math
from numbers import Number

import numpy as np

KINDS = "biufc"
MAX_DEPTH, MAX_TEXT = 4, 1000
MALFORMED = (
    *(KeyError, TypeError, AttributeError, IndexError, OverflowError, ValueError),
    *(RecursionError, MemoryError),
)


def encode(value):
    """Describe a value by JSON and bytes.

    Parameters
    ----------
    value : object
        What a student's function returned, or an argument for it.

    Returns
    -------
    dict, list of bytes
        Description, and the raw contents of the arrays in it. A value that is no array, text,
        None or sequence of these is described by the name of its type only. That an array was a
        list or a tuple is said by `sequence`.
    """
    blobs = []
    spec = _describe(value, blobs, MAX_DEPTH)
    return ({**spec, "sequence": True} if isinstance(value, (list, tuple)) else spec), blobs


def decode(spec, blobs):
    """Rebuild a value from its description; the inverse of `encode`.

    Parameters
    ----------
    spec : dict
        The description; it is not trusted.
    blobs : list of bytes
        Raw contents of its arrays.

    Returns
    -------
    ndarray, str, int, float, None, tuple, list or Unknown
        Arrays are new and own their memory.

    Raises
    ------
    ValueError
        If the description is malformed.
    """
    try:
        return _rebuild(spec, blobs, MAX_DEPTH)
    except MALFORMED as error:
        raise ValueError(f"malformed value: {type(error).__name__}: {error!s:.80}") from error


class Unknown:
    """Stands for a value of a kind that is not compared; only its type's name is kept.

    Parameters
    ----------
    type_name : str
        Name of the type, for messages.
    """

    def __init__(self, type_name):
        self.type_name = type_name


def _describe(value, blobs, depth):
    if isinstance(value, str):
        value = str(value)[:MAX_TEXT]  # NumPy has texts of its own
    if type(value) is int and value.bit_length() > 64:
        return {"kind": "unknown", "type": f"int with {value.bit_length()} bits"}
    if value is None or type(value) in (str, bool, int, float):
        return {"kind": "plain", "value": value}
    array = _as_array(value)
    if array is not None:
        blobs.append(array.tobytes())
        return {"kind": "array", "dtype": array.dtype.str, "shape": list(array.shape)}
    if isinstance(value, (list, tuple)) and depth and len(value) <= 100:
        return {"kind": "tuple", "items": [_describe(item, blobs, depth - 1) for item in value]}
    return {"kind": "unknown", "type": _type_name(value)[:80]}


def _type_name(value):
    if isinstance(value, np.ndarray):
        return f"ndarray with entries of type {value.dtype.type.__name__}"
    return type(value).__name__


def _as_array(value):
    """The value as an array of numbers, or None if it is not one."""
    try:
        array = np.asarray(_without_tensors(value))
    except Exception:  # ragged lists, foreign objects with a broken __array__
        return None
    if array.dtype == np.longdouble or _holds_numbers(array):
        array = array.astype(np.float64)
    return array if array.dtype.kind in KINDS else None


def _holds_numbers(array):
    """Whether an array of objects holds numbers only, such as fractions."""
    return array.dtype.kind == "O" and all(isinstance(item, Number) for item in array.flat)


def _without_tensors(value):
    """Torch tensors as arrays, detached, also inside lists."""
    if hasattr(value, "detach") and hasattr(value, "cpu"):
        tensor = value.detach().cpu()
        return (tensor.float() if "bfloat16" in str(tensor.dtype) else tensor).numpy()
    if isinstance(value, (list, tuple)):
        return [_without_tensors(item) for item in value]
    return value


def _rebuild(spec, blobs, depth):
    kind = spec["kind"]
    if kind == "plain" and isinstance(spec["value"], (str, int, float, type(None))):
        return spec["value"]
    if kind == "array":
        return _array(_dtype(spec["dtype"]), tuple(spec["shape"]), blobs.pop(0))
    if kind in ("tuple", "list") and depth:
        items = [_rebuild(item, blobs, depth - 1) for item in spec["items"]]
        return items if kind == "list" else tuple(items)
    if kind == "unknown" and isinstance(spec["type"], str):
        return Unknown(spec["type"][:80])
    raise ValueError(f"kind {kind!r:.40}")


def _dtype(name):
    """A type of numbers of at most double precision; longer ones have bits that are no number."""
    dtype = np.dtype(name) if isinstance(name, str) and len(name) < 8 else None
    if (
        dtype is None
        or dtype.kind not in KINDS
        or dtype.itemsize > (16 if dtype.kind == "c" else 8)
    ):
        raise ValueError(f"dtype {name!r:.40}")
    return dtype


def _array(dtype, shape, blob):
    """An array of its own from bytes whose number fits; only then is memory taken."""
    if len(shape) > 32:
        raise ValueError(f"shape {shape!r:.80}")
    if not all(type(size) is int and size >= 0 for size in shape):
        raise ValueError(f"shape {shape!r:.80}")
    if math.prod(shape) * dtype.itemsize != len(blob):
        raise ValueError(f"{len(blob)} bytes do not fill shape {shape!r:.80}")
    return np.frombuffer(blob, dtype).reshape(shape).copy()
