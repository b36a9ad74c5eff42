"""The latent walk: digits that a generator drew between four corners, while it learned."""

import base64
import io
from functools import cache

import numpy as np
import traitlets
from PIL import Image

from coursecnn.widgets import stored
from coursecnn.widgets.figure import Figure, OneOf, Place, StateError, Whole
from coursecnn.widgets.still import colour, decimal, drawing_of, image_of, write

SIDE, DIGITS, PIXELS = 5, 10, 28
STEPS = (0, 50, 200, 1000, 3000)  # of training, at which the images were drawn
CORNERS = "ABCD"

# The still picture in pixels: sides of a small image and of the large one, and what lies around.
_SMALL, _LARGE, _GAP, _HEAD = 56, 196, 4, 46


class LatentWalk(Figure):
    """Walk between four latents, and see what a generator drew there while it learned.

    The images were drawn beforehand by the generator of `gan.trained_generator`, and read by the
    LeNet-5 of `DigitPad`, which has seen real digits alone; no network runs in the figure.

    Parameters
    ----------
    digit : int, default 3
        The class that the generator was asked for, 0 to 9.
    position : (int, int), default (2, 2)
        Row and column of the latent, each from 0 to 4. The corners A (0, 0), B (0, 4), C (4, 0)
        and D (4, 4) are latents at right angles; the ways between them are arcs.
    step : {0, 50, 200, 1000, 3000}, default 3000
        After how many steps of training.

    Raises
    ------
    ValueError
        If there is no image of that digit, place or step.
    TypeError
        If an argument is none of these.

    Notes
    -----
    All parameters are traits that follow the reader. Images are stored in five levels of grey.
    """

    tag = "latent-walk"

    digit = Whole(3, least=0, most=DIGITS - 1).tag(sync=True)
    position = Place((2, 2)).tag(sync=True)
    step = OneOf(STEPS, STEPS[-1]).tag(sync=True)

    @property
    def image(self):
        """What the generator drew, ndarray of uint8, shape (28, 28)."""
        return self.images[tuple(self.position)]

    @property
    def images(self):
        """What it drew of this digit at all places, ndarray of uint8, shape (5, 5, 28, 28)."""
        return frames()[STEPS.index(self.step), self.digit]

    @property
    def weights(self):
        """Of A, B, C and D in the latent, ndarray, shape (4,); their squares add up to 1."""
        shares = np.divide(self.position, SIDE - 1)  # of a right angle
        down, across = (np.array([1 - share, share]) * np.pi / 2 for share in shares)
        return np.outer(np.sin(down), np.sin(across)).ravel()

    @property
    def reading(self):
        """What the network reads in the image, and how sure it is: (digit, whole percent)."""
        place = STEPS.index(self.step), self.digit, SIDE * self.position[0] + self.position[1]
        kept = stored.read("digit-gan")
        return int(kept["read"][place]), int(kept["percent"][place])

    def still(self):
        """All places with the chosen one marked, and its image enlarged."""
        step = _SMALL + _GAP
        row, column = self.position
        ring = (
            f'<rect x="{column * step - 1}" y="{_HEAD + row * step - 1}" width="{_SMALL + 2}" '
            f'height="{_SMALL + 2}" fill="none" stroke="{colour("input")}" stroke-width="4"/>'
        )
        width, x = SIDE * step - _GAP, SIDE * step + 40
        title, top, bottom = 16, _HEAD - 8, _HEAD + width + 18
        digit, percent = self.reading
        left, right = {"anchor": "start"}, {"anchor": "end"}
        parts = [
            write("Latents between four corners", 0, title, 15, fill=colour("input"), **left),
            write("A", 0, top, 14, **left), write("B", width, top, 14, **right),
            write("C", 0, bottom, 14, **left), write("D", width, bottom, 14, **right),
            _picture(_spread_out(self.images), 0, _HEAD, width), ring,
            write("Generated image", x, title, 15, fill=colour("output"), **left),
            _picture(self.image, x, _HEAD, _LARGE),
            write(f"LeNet-5 reads {digit}, {_sure(percent)}", x, _HEAD + _LARGE + 22, 14, **left),
            write(_stage(self.step), x, _HEAD + _LARGE + 44, 14, fill=colour("quiet"), **left),
        ]  # fmt: skip
        return image_of(drawing_of("".join(parts), x + _LARGE + 4, bottom + 6), self._alternative())

    def _alternative(self):
        row, column = self.position
        digit, percent = self.reading
        parts = zip(CORNERS, self.weights, strict=True)
        mix = [f"{decimal(weight)} {name}" for name, weight in parts if weight > 0]
        return (
            f"Five rows of five images that a generator drew of the digit {self.digit}, "
            f"{_stage(self.step)}, at latents between four corners. Row {row + 1}, column "
            f"{column + 1} is enlarged: the latent {' + '.join(mix)}. A LeNet-5 that has seen "
            f"only real digits reads {digit} there, with a probability of {_sure(percent)}."
        )

    @traitlets.validate("position")
    def _check_place(self, proposal):
        if max(proposal.value) >= SIDE:
            raise StateError(
                f"`position` must lie in the {SIDE} rows and columns of latents, counted from 0; "
                f"received {tuple(proposal.value)}"
            )
        return proposal.value


@cache
def frames():
    """All stored images.

    Returns
    -------
    ndarray of uint8, shape (5, 10, 5, 5, 28, 28)
        By step of training, digit, row and column; not to be changed in place.
    """
    file = io.BytesIO(stored.read("digit-gan")["sheet"].tobytes())
    sheet = np.asarray(Image.open(file).convert("L"))
    rows = sheet.reshape(len(STEPS), DIGITS, PIXELS, SIDE, SIDE, PIXELS)
    return rows.transpose(0, 1, 3, 4, 2, 5)


def _stage(step):
    return "before training" if step == 0 else f"after {step:,} of {STEPS[-1]:,} steps"


def _sure(percent):
    """A whole percentage, without a 0 or a 100 that is none."""
    return {0: "<\u00a01", 100: ">\u00a099"}.get(percent, str(percent)) + "\u00a0%"


def _spread_out(images):
    """Images in rows and columns, with lines of the panel's colour between them."""
    lines = PIXELS * _GAP // _SMALL
    sheet = np.zeros((SIDE, PIXELS + lines, SIDE, PIXELS + lines), np.uint8)
    sheet[:, :PIXELS, :, :PIXELS] = images.transpose(0, 2, 1, 3)
    side = SIDE * (PIXELS + lines)
    return sheet.reshape(side, side)[:-lines, :-lines]


def _picture(pixels, x, y, side):
    """A grey image as a part of the drawing."""
    file = io.BytesIO()
    Image.fromarray(pixels).save(file, "PNG", optimize=True)
    source = f"data:image/png;base64,{base64.b64encode(file.getvalue()).decode('ascii')}"
    return (
        f'<image x="{x}" y="{y}" width="{side}" height="{side}" href="{source}" '
        f'style="image-rendering:pixelated"/>'
    )
