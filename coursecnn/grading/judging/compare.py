"""When two answers are the same, and if not, in what they differ."""

import numpy as np

from coursecnn.grading.running.child.values import KINDS, Unknown

# Relative and absolute, the latter times the largest expected entry (if that exceeds 1).
TOLERANCE = {np.dtype(np.float32): (1e-4, 1e-5), np.dtype(np.float64): (1e-6, 1e-8)}


ORDINALS = ("first", "second", "third", "fourth", "fifth")


def difference(answer, expected, single=False, sequence=False):
    """Say in what an answer differs from the right one, without saying what is right.

    Parameters
    ----------
    answer : object
        As `child.values.decode` gives it.
    expected : ndarray, str or tuple
        The right answer.
    single : bool, default False
        Whether the inputs were in single precision, so that more than that cannot be asked.
    sequence : bool, default False
        Whether an array was a list or tuple when it was returned: then it may be several results.

    Returns
    -------
    str or None
        A clause whose subject is the answer, such as "has shape (2, 3), but it must be (3, 2)";
        None if the answer is right.
    """
    if isinstance(expected, tuple):
        return _parts(answer, expected, single, sequence)
    if isinstance(expected, str):
        return None if answer == expected else _not_that_text(answer)
    array = _array(answer)
    if array is None:
        return f"is {_kind(answer)}, but it must be {_form(expected)}"
    if sequence and array.shape[1:] == expected.shape and array.ndim > 1:
        return f"is a list of {len(array)} arrays, but it must be {_form(expected)}"
    if array.shape != expected.shape and not array.ndim:
        return f"is one number, but it must be {_form(expected)}"
    if array.shape != expected.shape:
        return f"has shape {array.shape}, but it must be {expected.shape or 'one number'}"
    if array.dtype.kind == "c" and expected.dtype.kind != "c":
        return "holds complex numbers; if their imaginary parts are zero, take `.real`"
    return _values(array, expected, single)


def same(answer, expected, single=False):
    """Whether two answers are the same within the tolerance.

    Parameters
    ----------
    answer : object
        As `child.values.decode` gives it.
    expected : object
        Likewise, or an exception: an answer then cannot be the same.
    single : bool, default False
        See `difference`.

    Returns
    -------
    bool
        False also where `expected` is not something to compare with. A mistake may overflow: an
        answer that does so in the same entries is the same.
    """
    if isinstance(expected, tuple):
        return isinstance(answer, tuple) and difference(answer, expected, single) is None
    array, given = _array(expected), _array(answer)
    if array is None or given is None:
        return False
    if array.size == given.size == 0:
        return True  # lists cannot say how wide an array without rows is
    return difference(*_without_holes(given, array), single) is None


def beginning(answer, expected, single=False):
    """Whether an answer is right as far as its first number or row, and goes no further.

    Parameters
    ----------
    answer, expected, single : object, object, bool
        See `difference`.

    Returns
    -------
    bool
        True where nothing comes after that, or only the zeros that a result is made of.
    """
    array = _array(answer)
    if array is None or not isinstance(expected, np.ndarray) or not expected.ndim:
        return False
    given, right = array.ravel(), expected.ravel()
    if array.shape != expected.shape and given.size > 1 and given.size == right.size:
        return False
    rounds = [n for n in {1, right.size // len(expected)} if len(expected) and n <= given.size]
    ended = array.shape == expected.shape or given.size in rounds
    return ended and any(
        not given[n:].any() and not _wrong(given[:n], right[:n], single).any() for n in rounds
    )


def single_precision(args):
    """Whether the arguments of a call are too coarse for a result in double precision.

    Parameters
    ----------
    args : tuple or None
        Arguments of a call.

    Returns
    -------
    bool
        True if one of them is an array of 32-bit floats or less.
    """
    arrays = [arg for arg in args or () if isinstance(arg, np.ndarray)]
    return any(array.dtype.kind == "f" and array.dtype.itemsize < 8 for array in arrays)


def _without_holes(answer, mistake):
    """Both with 0 where neither is a finite number; as they are if only one of them is finite."""
    holes = ~np.isfinite(mistake)
    if answer.shape != mistake.shape or np.any(holes == np.isfinite(answer)):
        return answer, mistake
    return np.where(holes, 0, answer), np.where(holes, 0, mistake)


def _values(array, expected, single):
    if not np.all(np.isfinite(array)):
        return _holes(array)
    wrong = _wrong(array, expected, single)
    return _where(array, wrong) if wrong.any() else None


def _wrong(array, expected, single):
    """Where the entries differ by more than the tolerance; what cannot be compared differs."""
    coarse = single or (array.dtype.kind in "fc" and array.dtype.itemsize < 8)
    relative, absolute = TOLERANCE[np.dtype(np.float32 if coarse else np.float64)]
    scale = max(1.0, np.max(np.abs(expected), initial=0))
    with np.errstate(all="ignore"):
        off = np.abs(array.astype(np.result_type(array, np.float64)) - expected)
        return ~(off <= relative * np.abs(expected) + absolute * scale)


def _holes(array):
    if array.ndim == 0:
        return f"is {array[()]:g}, which is not right"
    return f"holds nan or infinite entries; the first of them is {_place(~np.isfinite(array))}"


def _where(array, wrong):
    if array.ndim == 0:
        return f"is {array[()]:g}, which is not right"
    if array.size == 1:
        return f"has the one entry {array.flat[0]:g}, which is not right"
    return (
        f"is wrong in {wrong.sum()} of {wrong.size} entries; "
        f"the first of them is {_place(wrong)}, where it has {array[wrong][0]:g}"
    )


def _place(wrong):
    """Where the first entry is that is True, as Python counts."""
    return f"at index {np.argwhere(wrong)[0].tolist()} (counted from 0)"


def _parts(answer, expected, single, sequence):
    parts = answer if isinstance(answer, tuple) else _split(answer)
    wanted = f"it must give {len(expected)} results"
    if parts is None or not (sequence or len(parts) == len(expected)):
        return f"is {_kind(answer)}, but {wanted}"
    if len(parts) != len(expected):
        return f"gives {len(parts)} results, but {wanted}"
    for ordinal, part, right in zip(_ordinals(len(parts)), parts, expected, strict=True):
        clause = difference(part, right, single)
        if clause:
            # Two results of one shape are an array, too: only what is wrong shows which was meant.
            one = f"is {_kind(answer)}, but {wanted}"
            return f"gives a {ordinal} result that {clause}" if sequence else one
    return None


def _ordinals(count):
    return [*ORDINALS, *(f"{n}th" for n in range(len(ORDINALS) + 1, count + 1))][:count]


def _split(answer):
    if isinstance(answer, np.ndarray) and answer.ndim:
        return tuple(np.asarray(part) for part in answer)
    return None


def _array(answer):
    """The answer as an array of numbers, or None."""
    if not isinstance(answer, (bool, int, float, np.ndarray)):
        return None
    array = np.asarray(answer)  # a whole number beyond 64 bits becomes an object
    return array if array.dtype.kind in KINDS else None


def _not_that_text(answer):
    return (
        f"is {answer[:80]!r}, which is not right"
        if isinstance(answer, str)
        else (f"is {_kind(answer)}, but it must be a text")
    )


def _form(expected):
    return f"an array of shape {expected.shape}" if expected.ndim else "one number"


def _kind(answer):
    if isinstance(answer, Unknown):
        return f"an object of type {answer.type_name}"
    if isinstance(answer, tuple):
        return f"a list of {len(answer)} parts that differ in shape"
    if isinstance(answer, np.ndarray) and answer.ndim:
        return f"one array of shape {answer.shape}"
    return {type(None): "None", str: "a text"}.get(type(answer), "one number")
