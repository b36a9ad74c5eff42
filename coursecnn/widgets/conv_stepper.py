"""The convolution stepper: a kernel walks over an image, and each product is spelled out."""

import numpy as np
import traitlets

from coursecnn import ops, shapes
from coursecnn.widgets.figure import Grid, Names, StateError, Stepper, Switch, Whole
from coursecnn.widgets.still import decimal, exact, image_of, panel, row_of, size

CONTROLS = ("kernel", "stride", "padding", "flip")
GEOMETRY = ("image", "kernel", "stride", "padding")


def presets():
    """The kernels offered by name: the course's worked example, then the gallery."""
    gallery = {name.replace("_", " "): kernel for name, kernel in ops.kernels.GALLERY.items()}
    named = {"the worked example": ops.example.KERNEL, **gallery}
    return {name: kernel.tolist() for name, kernel in named.items()}


class ConvStepper(Stepper):
    """Step a kernel over an image, edit both, and read every product of the current window.

    Parameters
    ----------
    image : array_like, shape (H, W) or (C, H, W)
        One channel or three, at most 8 by 8; default the worked example of the course.
    kernel : array_like, shape (kH, kW) or (C, kH, kW)
        As many channels as the image; default the worked example.
    position : (int, int), default (0, 0)
        Row and column of the output at which the window stands.
    stride : int, default 1
        Step between neighbouring windows, 1 to 3.
    padding : int, default 0
        Rings of zeros around the image, 0 to 2.
    flip : bool, default False
        Turn the kernel by half a turn: convolution in place of cross-correlation.
    kernels : dict of str to array_like, shape (kH, kW), optional
        Kernels to choose from; default the gallery of `ops.kernels`.
    controls : tuple of {'kernel', 'stride', 'padding', 'flip'}, default ('kernel',)
        What the reader may set besides the numbers.

    Raises
    ------
    ValueError
        If a value cannot be shown, or the kernel does not fit the image.
    TypeError
        If an argument is none of these.

    Notes
    -----
    All parameters are traits that follow the reader. Grids are kept as lists of shape (C, H, W).
    Values that fit only together are set inside ``with stepper.hold_trait_notifications():``.
    """

    tag = "conv-stepper"
    geometry = GEOMETRY

    image = Grid(ops.example.IMAGE).tag(sync=True)
    kernel = Grid(ops.example.KERNEL).tag(sync=True)
    stride = Whole(1, least=1, most=3).tag(sync=True)
    padding = Whole(0, least=0, most=2).tag(sync=True)
    flip = Switch().tag(sync=True)
    kernels = traitlets.Dict().tag(sync=True)
    controls = Names(CONTROLS, ["kernel"]).tag(sync=True)

    @property
    def output(self):
        """The whole output as computed by `ops.conv2d`, shape (H_out, W_out)."""
        kernel = np.flip(self.kernel, (1, 2)) if self.flip else np.asarray(self.kernel)
        return ops.conv2d(
            np.asarray(self.image), kernel[np.newaxis], stride=self.stride, padding=self.padding
        )[0]

    def still(self):
        """Input, kernel and the finished output, with the window at its position."""
        (row, column), (_, height, width) = self.position, np.shape(self.kernel)
        window = (row * self.stride, column * self.stride, height, width)
        padded = np.pad(self.image, [(0, 0)] + [(self.padding, self.padding)] * 2)
        sign = "∗" if self.flip else "⊗"  # as in the notation of the book
        panels = [
            panel("input", self._input_title(), _texts(padded.tolist(), exact), window=window),
            panel("kernel", f"Kernel {size(self.kernel)}", _texts(self.kernel, exact)),
            panel("output", f"Output {size([self.output])}", _texts([self.output], decimal),
                  filled=(row, column)),
        ]  # fmt: skip
        return image_of(row_of(panels, f"{sign}="), self._alternative())

    def _input_title(self):
        return f"Input {size(self.image)}" + f", padding {self.padding}" * (self.padding > 0)

    def _alternative(self):
        row, column = self.position
        rows = "; ".join(", ".join(map(decimal, line)) for line in self.output)
        return (
            f"A kernel of {size(self.kernel)} numbers lies on an input of {size(self.image)}. "
            f"At row {row + 1}, column {column + 1} the products under it add up to "
            f"{decimal(self.output[row, column])}. The output has the rows {rows}."
        )

    @traitlets.default("kernels")
    def _default_kernels(self):
        return presets()

    @traitlets.validate("kernels")
    def _read_kernels(self, proposal):
        grid = Grid([[0]], channels=(1,))
        grid.name = "kernels"
        return {name: grid.validate(self, kernel)[0] for name, kernel in proposal.value.items()}

    @traitlets.validate(*GEOMETRY)
    def _check_fit(self, proposal):
        return self._fitting(proposal)

    @staticmethod
    def _output_shape(*, image, kernel, stride, padding):
        if len(image) != len(kernel):
            raise StateError(
                f"`image` has {len(image)} channels but `kernel` has {len(kernel)}; set both "
                f"together inside `with stepper.hold_trait_notifications():`"
            )
        try:
            return [
                shapes.output_size(n, window, stride, padding)
                for n, window in zip(np.shape(image)[1:], np.shape(kernel)[1:], strict=True)
            ]
        except ValueError as error:
            raise StateError(f"`kernel` does not fit into `image`: {error}") from error


def _texts(channels, write):
    return [[[write(number) for number in row] for row in channel] for channel in channels]
