"""The figure that opens the book: a photograph, a kernel to change, and its feature map.

    ```{opening}
    ```

draws its first frame, which stays as it is in print and without JavaScript. `opening.js` lets the
window slide and the reader take over. Photograph and feature map are part of the page: a script may
not read the pixels of a file on a disk.
"""

import base64
import io
import json
from fractions import Fraction

import matplotlib as mpl
import numpy as np
from docutils import nodes
from PIL import Image
from sphinx.util.docutils import SphinxDirective

from coursecnn import data, ops
from coursecnn.plots.colours import SIGNED

from .elements import make

PRESETS = ("sobel_left", "sobel_top", "outline", "blur", "sharpen", "identity")
SIDE = 144  # pixels of the photograph
STOPS = 9  # colours of the signed map, which the script and this module interpolate

PHOTO = (
    "A photograph in grey: a cup of coffee on its saucer, seen from above, with a spoon beside it."
)
MAP = (
    "The feature map of the photograph: the left edges of cup, saucer and table stand out in one "
    "colour, the right edges in another; even areas are blank."
)
FIRST = (
    "The kernel slides over the photograph. At each place its nine weights are multiplied by the "
    "nine pixels below them, and the sum is one number of the feature map."
)
HINT = (
    "Drag the dashed frame, which is drawn larger than its 3×3 pixels, or move it with the arrow "
    "keys. Drag a weight up or down, use its arrow keys, or type a number."
)


def photograph():
    """The photograph in grey, cut square; ndarray of uint8, shape (SIDE, SIDE)."""
    picture = Image.fromarray(data.photo("coffee")).convert("L")
    left = (picture.width - picture.height) // 2
    square = picture.crop((left, 0, left + picture.height, picture.height))
    return np.asarray(square.resize((SIDE, SIDE), Image.Resampling.LANCZOS))


def feature_map(image, kernel):
    """What the kernel makes of an image.

    Parameters
    ----------
    image : ndarray, shape (H, W)
    kernel : ndarray, shape (3, 3)

    Returns
    -------
    ndarray, shape (H - 2, W - 2)
    """
    return ops.conv2d(image[np.newaxis].astype(float), kernel[np.newaxis, np.newaxis])[0]


def stops():
    """Colours from the lowest to the highest signed value; ndarray of int, shape (STOPS, 3)."""
    colours = mpl.colormaps[SIGNED](np.linspace(0, 1, STOPS))[:, :3]
    return (255 * colours).round().astype(int)


def shades(values, kernel):
    """Colours of a feature map.

    A kernel whose weights add up to a positive number leaves a picture, which stays grey; values
    beyond black and white are clipped. Else the values have signs: half of the largest has the full
    colour, as few come near the largest.

    Parameters
    ----------
    values : ndarray, shape (H, W)
    kernel : ndarray, shape (3, 3)

    Returns
    -------
    ndarray, shape (H, W, 3)
        Red, green and blue from 0 to 255, not yet rounded.
    """
    if kernel.sum() > 1e-9:
        return np.repeat(np.clip(values, 0, 255)[..., np.newaxis], 3, axis=-1)
    most = np.abs(values).max() / 2 or 1
    at = (np.clip(values / most, -1, 1) + 1) / 2 * (STOPS - 1)
    return np.stack([np.interp(at, np.arange(STOPS), c) for c in stops().T], axis=-1)


def weight(number):
    """A weight as the script writes it: a fraction where two decimals would not do."""
    near = Fraction(number).limit_denominator(16)
    text = f"{number:g}" if round(number, 2) == number else str(near)
    return text.replace("-", "−")


class Opening(SphinxDirective):
    """The first frame of the figure."""

    def run(self):
        """One element."""
        self.env.note_dependency(ops.kernels.__file__)
        image = photograph()
        kernels = {name.replace("_", " "): ops.kernels.GALLERY[name] for name in PRESETS}
        first, kernel = next(iter(kernels.items()))
        weights = {name: each.ravel().tolist() for name, each in kernels.items()}
        state = json.dumps({"kernels": weights, "stops": stops().tolist()})
        frame = make("button", type="button", class_="cc-hero__window",
                     aria_label="Window on the photograph: arrow keys move it")  # fmt: skip
        hint = make("div", HINT, class_="cc-hero__hint")
        hint["ids"] = ["cc-hero-hint"]  # named by the weights
        coloured = shades(feature_map(image, kernel), kernel).round().astype(np.uint8)
        return [
            make(
                "div",
                nodes.raw("", f'<script type="application/json">{state}</script>', format="html"),
                _part("input", "input", _picture(image, PHOTO, 75), frame),
                make("span", "⊗", class_="cc-hero__sign", aria_hidden="true"),
                make("div", make("div", "kernel", class_="cc-hero__title"), _cells(kernel),
                     class_="cc-hero__part cc-hero__part--kernel"),
                make("span", "→", class_="cc-hero__sign", aria_hidden="true"),
                _part("output", "feature map", _picture(coloured, MAP, 45),
                      make("canvas", hidden=""), make("i", class_="cc-hero__ring", hidden="")),
                _presets(kernels, first),
                make("div", FIRST, class_="cc-hero__said", role="status", aria_live="polite"),
                hint,
                class_="cc-hero", role="group", aria_label="A kernel on a photograph",
            )
        ]  # fmt: skip


def _part(role, title, *parts):
    return make(
        "div",
        make("div", title, class_="cc-hero__title"),
        make("div", *parts, class_="cc-hero__stage"),
        class_=f"cc-hero__part cc-hero__part--{role}",
    )


def _picture(pixels, alternative, quality):
    """An image whose file is part of the page."""
    file = io.BytesIO()
    Image.fromarray(pixels).save(file, "WEBP", quality=quality, method=6)
    source = f"data:image/webp;base64,{base64.b64encode(file.getvalue()).decode()}"
    height, width = pixels.shape[:2]
    return make("img", src=source, alt=alternative, width=str(width), height=str(height))


def _cells(kernel):
    cells = [
        make(
            "input",
            type="text",
            inputmode="decimal",
            autocomplete="off",
            readonly="",
            value=weight(number),
            aria_describedby="cc-hero-hint",
            aria_label=f"Weight in row {row + 1}, column {column + 1}",
        )
        for (row, column), number in np.ndenumerate(kernel)
    ]
    return make("div", *cells, class_="cc-hero__cells", role="group", aria_label="The nine weights")


def _presets(kernels, first):
    buttons = [
        make("button", name, type="button", aria_pressed=str(name == first).lower())
        for name in kernels
    ]
    attributes = {"class_": "cc-hero__presets", "role": "group", "aria_label": "Kernels"}
    return make("div", *buttons, **attributes)


def drop_mathjax(app, pagename, templatename, context, doctree):
    """Load MathJax, the heaviest of all scripts, only where a formula stands."""
    if 'class="math' in context.get("body", ""):
        return
    context["script_files"] = [
        script
        for script in context.get("script_files", [])
        if "mathjax" not in f"{script} {getattr(script, 'attributes', '')}".lower()
    ]
