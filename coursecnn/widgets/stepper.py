"""What steppers over images share: a window that stays on the output over which it walks."""

import traitlets

from coursecnn.widgets.figure import Figure
from coursecnn.widgets.traits import Place, StateError


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
