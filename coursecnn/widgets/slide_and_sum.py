"""Slide and sum: a kernel slides along a signal, and each product is spelled out."""

import traitlets

from coursecnn import ops, shapes
from coursecnn.widgets.figure import Choice, Figure, Row, StateError, Switch, Whole
from coursecnn.widgets.still import column_of, decimal, exact, image_of, panel

GEOMETRY = ("signal", "kernel", "mode")
MODES = ("valid", "same", "full")
LONGEST, WIDEST = 12, 5


class SlideAndSum(Figure):
    """Slide a kernel along a signal, turned round or not, and read every product on the way.

    Parameters
    ----------
    signal : array_like, shape (N,)
        At most 12 numbers; the default has a single 1 with room around it, which answers with
        the kernel itself.
    kernel : array_like, shape (K,), default [1, 2, 3]
        At most 5 weights.
    flip : bool, default False
        Turn the kernel round: `ops.convolve` in place of `ops.cross_correlate`.
    mode : {'valid', 'same', 'full'}, default 'valid'
        Which places the kernel takes, as for `ops.cross_correlate`.
    position : int, default 0
        Entry of the output at which the kernel lies, counted from 0.

    Raises
    ------
    ValueError
        If a value cannot be shown, or the kernel does not fit the signal and the mode is 'valid'.
    TypeError
        If an argument is none of these.

    Notes
    -----
    All parameters are traits that follow the reader. Values that fit only together are set
    inside ``with figure.hold_trait_notifications():``.
    """

    tag = "slide-and-sum"

    signal = Row((0, 0, 1, 0, 0, 3, 2), largest=LONGEST).tag(sync=True)
    kernel = Row((1, 2, 3), largest=WIDEST).tag(sync=True)
    flip = Switch().tag(sync=True)
    mode = Choice(MODES).tag(sync=True)
    position = Whole(0, least=0, most=LONGEST + WIDEST - 2).tag(sync=True)

    @property
    def output(self):
        """The whole output, shape (M,), as computed by the rule in `ops`."""
        rule = ops.convolve if self.flip else ops.cross_correlate
        return rule(self.signal, self.kernel, mode=self.mode)

    def still(self):
        """Signal, kernel and finished output, one below the other, at the position."""
        (before, after), width = _zeros(len(self.kernel), self.mode), len(self.kernel)
        padded = [0] * before + self.signal + [0] * after
        window = (0, self.position, 1, width)
        rows = [
            (panel("input", "Signal", _texts(padded, exact), window=window), 0),
            (panel("kernel", self._manner(), _texts(self._lying(), exact)), self.position),
            (panel("output", "Output", _texts(self.output, decimal), filled=(0, self.position)),
             (width - 1) // 2),
        ]  # fmt: skip
        return image_of(column_of(rows), self._alternative())

    def _lying(self):
        """The weights as they lie under the signal, from left to right."""
        return self.kernel[::-1] if self.flip else self.kernel

    def _manner(self):
        return "Kernel turned round" if self.flip else "Kernel as written"

    def _alternative(self):
        signal, lying, output = (
            ", ".join(map(write, numbers))
            for write, numbers in
            ((exact, self.signal), (exact, self._lying()), (decimal, self.output))
        )  # fmt: skip
        return (
            f"A signal of the numbers {signal}; under it the {self._manner().lower()}: {lying}. "
            f"At place {self.position + 1} the products add up to "
            f"{decimal(self.output[self.position])}. The output is {output}."
        )

    @traitlets.validate(*GEOMETRY)
    def _check_fit(self, proposal):
        state = {name: getattr(self, name) for name in GEOMETRY}
        _places(**{**state, proposal.trait.name: proposal.value})
        return proposal.value

    @traitlets.validate("position")
    def _check_place(self, proposal):
        places = _places(**{name: getattr(self, name) for name in GEOMETRY})
        if proposal.value >= places:
            raise StateError(
                f"`position` must lie in the output of {places} numbers, counted from 0; "
                f"received {proposal.value}"
            )
        return proposal.value

    @traitlets.observe(*GEOMETRY)
    def _keep_place(self, _):
        """Move the kernel back onto the output when the output shrinks."""
        places = _places(**{name: getattr(self, name) for name in GEOMETRY})
        self.position = min(self.position, places - 1)


def _zeros(kernel_size, mode):
    """Zeros before and after the signal."""
    if mode == "same":
        return shapes.same_padding(kernel_size)
    return (kernel_size - 1, kernel_size - 1) if mode == "full" else (0, 0)


def _places(*, signal, kernel, mode):
    """How many places the kernel takes."""
    try:
        return shapes.output_size(len(signal) + sum(_zeros(len(kernel), mode)), len(kernel))
    except ValueError as error:
        raise StateError(
            f"`kernel` has {len(kernel)} numbers and does not fit into the {len(signal)} of "
            f"`signal`; use mode='full', mode='same' or a shorter kernel"
        ) from error


def _texts(numbers, write):
    """One grid of one row, for `panel`."""
    return [[[write(number) for number in numbers]]]
