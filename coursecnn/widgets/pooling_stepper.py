"""The pooling stepper: a window walks over an image and keeps one number of each place."""

import numpy as np
import traitlets

from coursecnn import ops, shapes
from coursecnn.widgets.figure import Choice, Grid, StateError, Stepper, Whole
from coursecnn.widgets.still import decimal, exact, image_of, panel, row_of, size

KINDS = {"max": ops.max_pool2d, "average": ops.avg_pool2d}
GEOMETRY = ("image", "kernel_size", "stride")

#: The image of the lecture notes: four by four pixels that max pooling halves.
EXAMPLE = ((8, 5, 2, 7), (1, 6, 0, 3), (2, 4, 7, 1), (5, 1, 8, 0))


class PoolingStepper(Stepper):
    """Step a window over an image, and see which number of each place is kept.

    Parameters
    ----------
    image : array_like, shape (H, W) or (1, H, W)
        One channel of at most 8 by 8 pixels; default the example of the lecture notes.
    kernel_size : int, default 2
        Height and width of the window, 1 to 4 pixels.
    stride : int, default 2
        Step between neighbouring windows, 1 to 3 pixels.
    kind : {'max', 'average'}, default 'max'
        Keep the largest number of the window, or the mean.
    position : (int, int), default (0, 0)
        Row and column of the output at which the window stands.

    Raises
    ------
    ValueError
        If a value cannot be shown, or the window does not fit into the image.
    TypeError
        If an argument is none of these.

    Notes
    -----
    All parameters are traits that follow the reader. The image is kept as lists of shape
    (1, H, W). Values that fit only together are set inside
    ``with stepper.hold_trait_notifications():``.
    """

    tag = "pooling-stepper"
    geometry = GEOMETRY

    image = Grid(EXAMPLE, channels=(1,)).tag(sync=True)
    kernel_size = Whole(2, least=1, most=4).tag(sync=True)
    stride = Whole(2, least=1, most=3).tag(sync=True)
    kind = Choice(KINDS).tag(sync=True)

    @property
    def output(self):
        """The whole output as computed by `ops.max_pool2d` or `ops.avg_pool2d`, (H_out, W_out)."""
        pool = KINDS[self.kind]
        return pool(np.asarray(self.image), self.kernel_size, stride=self.stride)[0]

    def still(self):
        """Input and finished output, with the window and its winner at the window's position."""
        top, left = (n * self.stride for n in self.position)
        window = (top, left, self.kernel_size, self.kernel_size)
        image = [[[exact(number) for number in row] for row in self.image[0]]]
        output = [[[decimal(number) for number in row] for row in self.output]]
        panels = [
            panel("input", f"Input {size(self.image)}", image, window=window,
                  ringed=self._winner()),
            panel("output", f"Output {size(self.output)}", output, filled=tuple(self.position)),
        ]  # fmt: skip
        return image_of(row_of(panels, "→"), self._alternative())

    def _window(self):
        top, left = (n * self.stride for n in self.position)
        image = np.asarray(self.image[0])
        return image[top : top + self.kernel_size, left : left + self.kernel_size]

    def _winner(self):
        """Row and column of the first largest number of the window; None for the mean."""
        if self.kind != "max":
            return None
        window = self._window()
        row, column = np.unravel_index(window.argmax(), window.shape)
        top, left = (n * self.stride for n in self.position)
        return int(top + row), int(left + column)

    def _alternative(self):
        row, column = self.position
        kept = "largest number" if self.kind == "max" else "mean"
        numbers = ", ".join(map(exact, self._window().ravel().tolist()))
        rows = "; ".join(", ".join(map(decimal, line)) for line in self.output)
        return (
            f"A window of {size(self._window())} numbers lies on an input of "
            f"{size(self.image)}. At row {row + 1}, column {column + 1} the {kept} of "
            f"{numbers} is {decimal(self.output[row, column])}. The output has the rows {rows}."
        )

    @traitlets.validate(*GEOMETRY)
    def _check_fit(self, proposal):
        return self._fitting(proposal)

    @staticmethod
    def _output_shape(*, image, kernel_size, stride):
        sides = np.shape(image)[1:]
        if kernel_size > min(sides):
            raise StateError(
                f"`kernel_size` (={kernel_size}) does not fit into `image` of {size(image)}; "
                f"choose a smaller window, or set both together inside "
                f"`with stepper.hold_trait_notifications():`"
            )
        return [shapes.output_size(n, kernel_size, stride) for n in sides]
