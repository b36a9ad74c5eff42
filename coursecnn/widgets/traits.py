"""The values that figures share with the browser: few numbers, whole numbers, names.

Their errors are `ValueError` for the caller and `TraitError` for traitlets, which then puts
the values back that were there before.
"""

import numbers

import numpy as np
import traitlets


class StateError(traitlets.TraitError, ValueError):
    """A value that a figure cannot show; the figure keeps its state."""


class Grid(traitlets.TraitType):
    """Grids of numbers, one for each channel, kept as nested lists that JSON can carry.

    Parameters
    ----------
    default : array_like, shape (H, W) or (C, H, W)
        What the figure starts with.
    channels : tuple of int, default (1, 3)
        How many channels are allowed.
    largest : int, default 8
        Rows and columns allowed, so that the grid stays readable.
    **metadata
        Passed on to traitlets.
    """

    info_text = "an array of numbers, shape (H, W) or (C, H, W)"

    def __init__(self, default, *, channels=(1, 3), largest=8, **metadata):
        self.channels, self.largest = channels, largest
        super().__init__(_channels_first(default).tolist(), **metadata)

    def make_dynamic_default(self):
        """A fresh copy, so that no two figures share their lists."""
        return _channels_first(self.default_value).tolist()

    def validate(self, obj, value):
        """The value as nested lists, shape (C, H, W)."""
        try:
            array = _channels_first(value)
        except ValueError as error:
            message = f"`{self.name}` must have rows of equal length; received {value!r}"
            raise StateError(message) from error
        _check_finite(self.name, array, value)
        if array.ndim != 3 or array.shape[0] not in self.channels:
            self._refuse(array)
        if not all(1 <= size <= self.largest for size in array.shape[1:]):
            self._refuse(array)
        return array.tolist()

    def _refuse(self, array):
        noun = "channel" if self.channels == (1,) else "channels"
        raise StateError(
            f"`{self.name}` must have {' or '.join(map(str, self.channels))} {noun} of 1 to "
            f"{self.largest} rows and columns; received an array of shape {array.shape}"
        )


def _channels_first(value):
    """An array of shape (C, H, W) where `value` is one or a single grid; else `value` as is."""
    array = np.asarray(value)
    return array[np.newaxis] if array.ndim == 2 else array


class Row(traitlets.TraitType):
    """A row of numbers, kept as a list that JSON can carry.

    Parameters
    ----------
    default : array_like, shape (N,)
        What the figure starts with.
    largest : int
        Entries allowed, so that the row stays readable.
    **metadata
        Passed on to traitlets.
    """

    info_text = "an array of numbers, shape (N,)"

    def __init__(self, default, *, largest, **metadata):
        self.largest = largest
        super().__init__(tuple(default), **metadata)

    def make_dynamic_default(self):
        """A fresh list, so that no two figures share theirs."""
        return list(self.default_value)

    def validate(self, obj, value):
        """The value as a list of numbers."""
        try:
            array = np.asarray(value)
        except ValueError as error:
            message = f"`{self.name}` must be one row of numbers; received {value!r}"
            raise StateError(message) from error
        _check_finite(self.name, array, value)
        if array.ndim != 1 or not 1 <= array.size <= self.largest:
            raise StateError(
                f"`{self.name}` must be one row of 1 to {self.largest} numbers; "
                f"received an array of shape {array.shape}"
            )
        return array.tolist()


def _check_finite(name, array, value):
    if array.dtype.kind not in "iuf" or not np.isfinite(array).all():
        raise StateError(f"`{name}` must hold finite numbers; received {value!r}")


class Whole(traitlets.TraitType):
    """A whole number from `least` to `most`."""

    info_text = "a whole number"

    def __init__(self, default, *, least, most, **metadata):
        self.least, self.most = least, most
        super().__init__(default, **metadata)

    def validate(self, obj, value):
        """The value as an int."""
        if isinstance(value, bool) or not isinstance(value, numbers.Integral):
            raise StateError(f"`{self.name}` must be a whole number; received {value!r}")
        if not self.least <= value <= self.most:
            raise StateError(
                f"`{self.name}` must be {self.least} to {self.most} here; received {value}"
            )
        return int(value)


class Real(traitlets.TraitType):
    """A finite number from `least` to `most`."""

    info_text = "a number"

    def __init__(self, default, *, least, most, **metadata):
        self.least, self.most = least, most
        super().__init__(float(default), **metadata)

    def validate(self, obj, value):
        """The value as a float."""
        if isinstance(value, bool) or not isinstance(value, numbers.Real) or value != value:
            raise StateError(f"`{self.name}` must be a number; received {value!r}")
        if not self.least <= value <= self.most:
            raise StateError(
                f"`{self.name}` must be {self.least} to {self.most} here; received {value}"
            )
        return float(value)


class Switch(traitlets.TraitType):
    """True or False."""

    info_text = "True or False"
    default_value = False

    def validate(self, obj, value):
        """The value itself."""
        if not isinstance(value, bool):
            raise StateError(f"`{self.name}` must be True or False; received {value!r}")
        return value


class Choice(traitlets.TraitType):
    """One of the names in `allowed`; the first is what the figure starts with."""

    info_text = "one of several names"

    def __init__(self, allowed, **metadata):
        self.allowed = tuple(allowed)
        super().__init__(self.allowed[0], **metadata)

    def validate(self, obj, value):
        """The value itself."""
        if not isinstance(value, str) or value not in self.allowed:
            raise StateError(
                f"`{self.name}` must be one of {', '.join(self.allowed)}; received {value!r}"
            )
        return value


class Names(traitlets.TraitType):
    """Some of the names in `allowed`."""

    info_text = "a list of names"

    def __init__(self, allowed, default, **metadata):
        self.allowed = tuple(allowed)
        super().__init__(tuple(default), **metadata)

    def validate(self, obj, value):
        """The value as a list, as JSON carries it."""
        names = list(value) if isinstance(value, tuple | list) else [None]
        if not set(names) <= set(self.allowed):
            raise StateError(
                f"`{self.name}` must be a list of {', '.join(self.allowed)}; received {value!r}"
            )
        return names


class Place(traitlets.TraitType):
    """A cell of a grid, (row, column), both counted from 0."""

    info_text = "a pair (row, column)"
    default_value = (0, 0)

    def validate(self, obj, value):
        """The value as a list of two ints, as JSON carries it."""
        pair = list(value) if isinstance(value, tuple | list) else []
        if len(pair) != 2 or any(
            isinstance(n, bool) or not isinstance(n, numbers.Integral) or n < 0 for n in pair
        ):
            raise StateError(
                f"`{self.name}` must be (row, column), counted from 0; received {value!r}"
            )
        return [int(n) for n in pair]
