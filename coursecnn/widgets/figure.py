"""What every interactive figure shares: a state of typed traits, and two homes to show it in.

With a kernel, anywidget runs the figure's script and keeps both sides in step. On a page without
one, the output is HTML: a custom element that holds the state as JSON and, until the same script
takes over, in print and without JavaScript, a still picture.

The errors of the traits are `ValueError` for the caller and `TraitError` for traitlets, which then
puts the values back that were there before.
"""

import json
import numbers

import anywidget
import numpy as np
import traitlets

from coursecnn.widgets import bundle


class Figure(anywidget.AnyWidget):
    """Base of the interactive figures.

    A subclass says its `tag`, which names its custom element, its script in `js/` and, if it has
    styles of its own, their file in `css/`. Its traits tagged ``sync=True`` are the state, and
    `still` draws a picture of it.
    """

    tag = None

    def __init_subclass__(cls, **kwargs):
        if "tag" in vars(cls):
            cls._esm, cls._css = bundle.module(f"{cls.tag}.js"), bundle.style(cls.tag)
        super().__init_subclass__(**kwargs)

    def __init__(self, **state):
        if foreign := [name for name in state if not self.has_trait(name)]:
            names = ", ".join(f"`{name}`" for name in foreign)
            known = ", ".join(self.state())
            raise TypeError(f"{type(self).__name__} has no {names}; it takes {known}")
        super().__init__(**state)

    def still(self):
        """The figure as HTML without script: a picture with a text alternative."""
        raise NotImplementedError("a figure draws a still picture of itself: define `still`")

    def state(self):
        """What the browser needs to draw the figure, by trait."""
        return {
            name: getattr(self, name)
            for name, trait in sorted(self.traits(sync=True).items())
            if issubclass(trait.this_class, Figure) and not name.startswith("_")
        }

    def to_html(self):
        """The figure for a page without a kernel; the same state gives the same text."""
        state = json.dumps(self.state(), ensure_ascii=False).replace("<", "\\u003c")
        return (
            f'<{self.tag}><script type="application/json">{state}</script>'
            f'<div class="fig-still">{self.still()}</div></{self.tag}>'
        )

    def __repr__(self):
        """The kind of figure alone: an address in memory would differ from run to run."""
        return f"{type(self).__name__}()"

    def _repr_mimebundle_(self, **kwargs):
        data, metadata = super()._repr_mimebundle_(**kwargs)
        return {**data, "text/html": self.to_html()}, metadata


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
        return _channels_first(self.default_value).tolist()

    def validate(self, obj, value):
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
        return list(self.default_value)

    def validate(self, obj, value):
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


class _Number(traitlets.TraitType):
    def __init__(self, default, *, least, most, **metadata):
        self.least, self.most = least, most
        super().__init__(self.made(default), **metadata)

    def validate(self, obj, value):
        if isinstance(value, bool) or not isinstance(value, self.accepted) or value != value:
            raise StateError(f"`{self.name}` must be {self.info_text}; received {value!r}")
        if not self.least <= value <= self.most:
            raise StateError(
                f"`{self.name}` must be {self.least} to {self.most} here; received {value}"
            )
        return self.made(value)


class Whole(_Number):
    """A whole number from `least` to `most`."""

    info_text, accepted, made = "a whole number", numbers.Integral, int


class Real(_Number):
    """A finite number from `least` to `most`."""

    info_text, accepted, made = "a number", numbers.Real, float


class Switch(traitlets.TraitType):
    """True or False."""

    info_text = "True or False"
    default_value = False

    def validate(self, obj, value):
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
        if not isinstance(value, str) or value not in self.allowed:
            raise StateError(
                f"`{self.name}` must be one of {', '.join(self.allowed)}; received {value!r}"
            )
        return value


class OneOf(traitlets.TraitType):
    """One of the numbers in `allowed`."""

    info_text = "one of several numbers"

    def __init__(self, allowed, default, **metadata):
        self.allowed = tuple(allowed)
        super().__init__(default, **metadata)

    def validate(self, obj, value):
        is_number = isinstance(value, numbers.Real) and not isinstance(value, bool)
        if not is_number or value not in self.allowed:
            raise StateError(
                f"`{self.name}` must be one of {', '.join(map(str, self.allowed))}; "
                f"received {value!r}"
            )
        return next(each for each in self.allowed if each == value)


class Names(traitlets.TraitType):
    """Some of the names in `allowed`."""

    info_text = "a list of names"

    def __init__(self, allowed, default, **metadata):
        self.allowed = tuple(allowed)
        super().__init__(tuple(default), **metadata)

    def validate(self, obj, value):
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
        pair = list(value) if isinstance(value, tuple | list) else []
        if len(pair) != 2 or any(
            isinstance(n, bool) or not isinstance(n, numbers.Integral) or n < 0 for n in pair
        ):
            raise StateError(
                f"`{self.name}` must be (row, column), counted from 0; received {value!r}"
            )
        return [int(n) for n in pair]


class Point(traitlets.TraitType):
    """A point (x, y) of a picture that reaches from -x to x and from -y to y of `reach`."""

    info_text = "a pair (x, y)"

    def __init__(self, default, *, reach, **metadata):
        self.reach = reach
        super().__init__(tuple(map(float, default)), **metadata)

    def make_dynamic_default(self):
        return list(self.default_value)

    def validate(self, obj, value):
        pair = np.asarray(value) if isinstance(value, tuple | list | np.ndarray) else np.array(None)
        if pair.shape != (2,) or pair.dtype.kind not in "iuf" or not np.isfinite(pair).all():
            raise StateError(f"`{self.name}` must be two numbers, (x, y); received {value!r}")
        if (abs(pair) > self.reach).any():
            x, y = self.reach
            raise StateError(
                f"`{self.name}` must lie within x from -{x} to {x} and y from -{y} to {y} here; "
                f"received {value!r}"
            )
        return pair.astype(float).tolist()


class Stepper(Figure):
    """Base of the figures whose window walks over the output of an image.

    A subclass says its `geometry`, the names of the traits on which the output's shape depends,
    and computes that shape in `_output_shape`. Each of those traits is validated by `_fitting`.
    """

    geometry = ()

    position = Place().tag(sync=True)

    @staticmethod
    def _output_shape(**geometry):
        """Rows and columns of the output; a `StateError` says what does not fit."""
        raise NotImplementedError("a stepper walks over an output: define `_output_shape`")

    def _shape(self, **changes):
        state = {name: getattr(self, name) for name in self.geometry}
        return self._output_shape(**{**state, **changes})

    def _fitting(self, proposal):
        """The proposed value, if it leaves an output."""
        self._shape(**{proposal.trait.name: proposal.value})
        return proposal.value

    @traitlets.validate("position")
    def _check_place(self, proposal):
        shape = self._shape()
        if any(n >= size for n, size in zip(proposal.value, shape, strict=True)):
            raise StateError(
                f"`position` must lie in the output of {shape[0]}×{shape[1]}, counted from 0; "
                f"received {tuple(proposal.value)}"
            )
        return proposal.value

    @traitlets.observe(traitlets.All)
    def _keep_place(self, change):
        """Move the window back onto the output when the output shrinks."""
        if change.name in self.geometry:
            place = zip(self.position, self._shape(), strict=True)
            self.position = [min(n, size - 1) for n, size in place]
