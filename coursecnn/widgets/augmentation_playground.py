"""The augmentation playground: a photograph, its target and its label in a chain of changes."""

from math import cos, radians, sin
from textwrap import wrap

import traitlets

from coursecnn.widgets import photographs
from coursecnn.widgets.figure import Choice, Figure, Real, Whole
from coursecnn.widgets.still import colour, decimal, drawing_of, image_of, write

STEPS = ("flip", "rotate", "scale", "shift", "brightness", "contrast", "saturation", "hue", "blur",
         "noise", "cutout", "mixup")  # fmt: skip
FLIPS = ("none", "horizontal", "vertical")
#: Kinds of pictures, the keys of `coursecnn.augment.TASKS`.
TASKS = ("digits", "letters", "photos", "from above", "directions", "scans", "colours")
VIEWS = ("one", "nine")

ZOOM, GAP, TOP, LINE = 2, 40, 26, 90


class AugmentationPlayground(Figure):
    """Change a photograph step by step, and see where its target and its label go.

    The steps come in the order of the parameters; a factor of 1, a strength of 0 and 'none' change
    nothing. Rotating, scaling and shifting read the image once, all together; each step is that of
    the same name in `coursecnn.augment`.

    Parameters
    ----------
    flip : {'none', 'horizontal', 'vertical'}, default 'horizontal'
        Mirror left to right, or top to bottom.
    angle : float, default 15
        Degrees counter-clockwise, -180 to 180.
    scale : float, default 1
        0.5 to 1.5; above 1 enlarges what is seen.
    right : int, default 0
        Pixels to move to the right, -112 to 112.
    down : int, default 0
        Pixels to move down, -80 to 80.
    brightness : float, default 1.2
        Factor of all pixels, 0 to 2.
    contrast : float, default 1
        Factor of the distances from the mean grey, 0 to 2.
    saturation : float, default 1
        Factor of the distances from each pixel's grey, 0 to 2.
    hue : float, default 0
        Share of a turn of the colour circle, -0.5 to 0.5.
    blur : float, default 0
        Width of the bell in pixels, 0 to 3.
    noise : float, default 0
        Standard deviation as a share of the range, 0 to 0.3.
    cutout : int, default 0
        Side of a black square in pixels, 0 to 64.
    mixup : float, default 0
        Share of a second photograph, 0 to 0.5.
    step : str, default 'rotate'
        The step whose strength can be changed: 'flip', 'rotate', 'scale', 'shift', 'brightness',
        'contrast', 'saturation', 'hue', 'blur', 'noise', 'cutout' or 'mixup'.
    task : {'digits', 'letters', 'photos', 'from above', 'directions', 'scans', 'colours'}
        Kind of pictures for which the figure says whether labels stay true; default 'digits'.
    view : {'one', 'nine'}, default 'one'
        One image at these strengths, or nine random draws up to them.
    seed : int, default 0
        Seed of the nine draws and of the noise, 0 to 9,999; a generator of the page's own, so that
        the draws differ from those of torch.

    Raises
    ------
    ValueError
        If a value cannot be shown.
    TypeError
        If an argument is none of these.

    Notes
    -----
    All parameters are traits that follow the reader.
    """

    tag = "augmentation-playground"

    flip = Choice(FLIPS).tag(sync=True)
    angle = Real(15.0, least=-180, most=180).tag(sync=True)
    scale = Real(1.0, least=0.5, most=1.5).tag(sync=True)
    right = Whole(0, least=-112, most=112).tag(sync=True)
    down = Whole(0, least=-80, most=80).tag(sync=True)
    brightness = Real(1.2, least=0, most=2).tag(sync=True)
    contrast = Real(1.0, least=0, most=2).tag(sync=True)
    saturation = Real(1.0, least=0, most=2).tag(sync=True)
    hue = Real(0.0, least=-0.5, most=0.5).tag(sync=True)
    blur = Real(0.0, least=0, most=3).tag(sync=True)
    noise = Real(0.0, least=0, most=0.3).tag(sync=True)
    cutout = Whole(0, least=0, most=64).tag(sync=True)
    mixup = Real(0.0, least=0, most=0.5).tag(sync=True)
    step = Choice(STEPS).tag(sync=True)
    task = Choice(TASKS).tag(sync=True)
    view = Choice(VIEWS).tag(sync=True)
    seed = Whole(0, least=0, most=9999).tag(sync=True)

    # Two equal photographs would teach nothing: the figure opens with a chain at work.
    @traitlets.default("flip")
    def _default_flip(self):
        return "horizontal"

    @traitlets.default("step")
    def _default_step(self):
        return "rotate"

    @property
    def target(self):
        """The upright box around the moved cup, (top, left, bottom, right) in pixels from the upper
        left corner, cut off at the border; None where nothing is left of it.
        """
        (height, width), corners = photographs.SIZE, self._corners()
        rows, columns = zip(*corners, strict=True)
        top, left = max(min(rows), 0), max(min(columns), 0)
        bottom, right = min(max(rows), height), min(max(columns), width)
        return (top, left, bottom, right) if top < bottom and left < right else None

    def still(self):
        """The photograph, and beside it what can be drawn of its changes; the rest in words."""
        height, width = photographs.SIZE
        photo = f'<image href="{photographs.address("coffee")}" width="{width}" height="{height}"/>'
        legend = wrap(self._legend(), LINE)
        before = [photo, _polygon(_around(photographs.CUP), "output", "none")]
        moved = f'<g transform="{self._transform()}">{photo}</g>'
        after = [f'<g style="filter:{self._filter()}">{moved}</g>', *self._changes()]
        parts = [
            _panel("input", "Photograph", before, 0),
            _panel("output", "After the chain", after, ZOOM * width + GAP),
            *(
                write(words, 0, TOP + ZOOM * height + 20 * line, 14, anchor="start")
                for line, words in enumerate(legend, 1)
            ),
        ]
        drawing = drawing_of(
            "".join(parts), 2 * ZOOM * width + GAP, TOP + ZOOM * height + 20 * len(legend) + 10
        )
        return image_of(drawing, self._alternative())

    def _corners(self):
        """The corners of the cup's box after all changes of place, list of (row, column)."""
        height, width = photographs.SIZE
        turn = radians(-self.angle)
        moved = []
        for row, column in _around(photographs.CUP):
            y = (height - row if self.flip == "vertical" else row) - height / 2
            x = (width - column if self.flip == "horizontal" else column) - width / 2
            moved.append((
                self.scale * (cos(turn) * y + sin(turn) * x) + height / 2 + self.down,
                self.scale * (cos(turn) * x - sin(turn) * y) + width / 2 + self.right,
            ))  # fmt: skip
        return moved

    def _transform(self):
        """The changes of place, as SVG writes them."""
        height, width = photographs.SIZE
        mirror = {"none": "1 1", "horizontal": "-1 1", "vertical": "1 -1"}[self.flip]
        return (
            f"translate({width / 2 + self.right:g} {height / 2 + self.down:g}) "
            f"rotate({-self.angle:g}) scale({self.scale:g}) scale({mirror}) "
            f"translate({-width / 2:g} {-height / 2:g})"
        )

    def _filter(self):
        """The changes of light and sharpness that styles know in the library's way."""
        blur = f" blur({self.blur:g}px)" if self.blur else ""
        return f"brightness({self.brightness:g}){blur}"

    def _changes(self):
        """A hole, a second photograph, and the target where it went."""
        height, width = photographs.SIZE
        parts = []
        if self.cutout:
            top, left = height // 2 - self.cutout // 2, width // 2 - self.cutout // 2
            parts.append(f'<rect x="{left}" y="{top}" width="{self.cutout}" '
                         f'height="{self.cutout}"/>')  # fmt: skip
        if self.mixup:
            parts.append(f'<image href="{photographs.address("chelsea")}" width="{width}" '
                         f'height="{height}" opacity="{self.mixup:g}"/>')  # fmt: skip
        if self.angle % 90:
            parts.append(_polygon(self._corners(), "output", "4 3"))
        if self.target is not None:
            parts.append(_polygon(_around(self.target), "output", "none"))
        return parts

    def _legend(self):
        """What was done and can be seen; then what was done and is not drawn."""
        drawn = ", ".join(self._drawn()) or "in its place"
        told = ", ".join(self._told())
        return f"{drawn[0].upper()}{drawn[1:]}." + (f" Not drawn here: {told}." if told else "")

    def _drawn(self):
        """What the picture shows of the changes, list of str."""
        mirrored = {"horizontal": "mirrored left to right", "vertical": "mirrored top to bottom"}
        way = "counter-clockwise" if self.angle > 0 else "clockwise"
        done = [
            mirrored.get(self.flip),
            self.angle and f"turned by {decimal(abs(self.angle))}° {way}",
            self.scale != 1 and f"scaled by {decimal(self.scale)}",
            self.right
            and f"moved {abs(self.right)} pixels {'right' if self.right > 0 else 'left'}",
            self.down and f"moved {abs(self.down)} pixels {'down' if self.down > 0 else 'up'}",
            self.brightness != 1 and f"brightness {decimal(self.brightness)}",
            self.blur and f"blurred by a bell {decimal(self.blur)} pixels wide",
            self.cutout and f"a hole of {self.cutout} pixels",
            self.mixup and f"mixed with {decimal(100 * self.mixup)} % of a cat",
        ]
        return [words for words in done if words]

    def _told(self):
        """What it leaves out, list of str."""
        names = ("contrast", "saturation")
        done = [
            *(getattr(self, n) != 1 and f"{n} {decimal(getattr(self, n))}" for n in names),
            self.hue and f"hue turned by {decimal(self.hue)}",
            self.noise and f"noise of {decimal(100 * self.noise)} % of the range",
        ]
        return [words for words in done if words]

    def _alternative(self):
        went = "left the picture"
        if self.target is not None:
            top, left, bottom, right = (int(edge + 0.5) for edge in self.target)
            went = f"gone to rows {top} to {bottom} and columns {left} to {right}"
        return (
            "A photograph of a cup of coffee on a wooden table, with a box around the cup as its "
            f"target; beside it the same after the chain. {self._legend()} The target has "
            f"{went}."
        )


def _around(box):
    top, left, bottom, right = box
    return [(top, left), (top, right), (bottom, right), (bottom, left)]


def _polygon(corners, role, dashes):
    """A closed line on a rim, as it crosses a photograph."""
    points = " ".join(f"{x:.4g},{y:.4g}" for y, x in corners)
    shape = f'<polygon points="{points}" fill="none"'
    return (
        f'{shape} stroke="{colour("panel")}" stroke-opacity=".85" stroke-width="2.5"/>'
        f'{shape} stroke="{colour(role)}" stroke-width="1.25" stroke-dasharray="{dashes}"/>'
    )


def _panel(role, title, parts, x):
    """A frame in which photographs and lines are cut off at the border."""
    height, width = photographs.SIZE
    field = (
        f'<svg y="{TOP}" width="{ZOOM * width}" height="{ZOOM * height}" '
        f'viewBox="0 0 {width} {height}"><rect width="{width}" height="{height}"/>'
        f"{''.join(parts)}</svg>"
    )
    frame = (
        f'<rect y="{TOP}" width="{ZOOM * width}" height="{ZOOM * height}" fill="none" '
        f'stroke="{colour(role)}" stroke-width="2"/>'
    )
    head = write(title, 0, 16, 15, anchor="start", fill=colour(role))
    return f'<g transform="translate({x} 0)">{head}{field}{frame}</g>'
