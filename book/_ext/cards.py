"""The pictures on the cards of the first page: what each chapter shows, drawn by the library.

They are SVG in the colours of the page, so that each is seen in both themes: inputs solid, kernels
dashed, outputs rounded. A chapter without a picture here has a card without one.
"""

import base64
import io
import itertools
from html import escape

import numpy as np
from PIL import Image

from coursecnn import data, ops

from . import opening

WIDTH, HEIGHT = 160, 96
PICTURES = {}


def picture(number):
    """The picture of a chapter, as SVG with a text alternative.

    Parameters
    ----------
    number : int
        Number of the chapter.

    Returns
    -------
    str
        Empty if the chapter has none.
    """
    if number not in PICTURES:
        return ""
    alternative, draw = PICTURES[number]
    return (
        f'<svg class="cc-card__picture" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" '
        f'aria-label="{escape(alternative)}">{draw()}</svg>'
    )


def _shows(number, alternative):
    def keep(draw):
        PICTURES[number] = alternative, draw
        return draw

    return keep


# --- parts ---


def _grid(x, y, shape, cell, role, texts=(), filled=()):
    """Cells in the manner of their role, with numbers and some of them filled."""
    rows, columns = shape
    manner = {"kernel": ' stroke-dasharray="4 3"', "output": ' rx="4"'}.get(role, "")
    ink = f"var(--cc-{role})"
    parts = [
        f'<rect x="{x + j * cell:g}" y="{y + i * cell:g}" width="{cell}" height="{cell}" '
        f'fill="{ink}" fill-opacity=".3"/>'
        for i, j in filled
    ]
    lines = [f"M{x} {y + i * cell:g}h{columns * cell:g}" for i in range(1, rows)]
    lines += [f"M{x + j * cell:g} {y}v{rows * cell:g}" for j in range(1, columns)]
    parts.append(f'<path d="{"".join(lines)}" stroke="{ink}" stroke-opacity=".35"/>')
    parts.append(
        f'<rect x="{x}" y="{y}" width="{columns * cell:g}" height="{rows * cell:g}" fill="none" '
        f'stroke="{ink}" stroke-width="2"{manner}/>'
    )
    for n, text in enumerate(texts):
        i, j = divmod(n, columns)
        parts.append(_write(text, x + (j + 0.5) * cell, y + (i + 0.5) * cell + 4))
    return "".join(parts)


def _write(text, x, y, role="text"):
    return (
        f'<text x="{x:g}" y="{y:g}" font-size="12" text-anchor="middle" '
        f'fill="var(--cc-{role})">{escape(str(text))}</text>'
    )


def _image(pixels, x, y, size, role="input"):
    """Pixels in a frame; their file is part of the page."""
    file = io.BytesIO()
    Image.fromarray(np.asarray(pixels, np.uint8)).save(file, "WEBP", quality=50, method=6)
    source = f"data:image/webp;base64,{base64.b64encode(file.getvalue()).decode()}"
    frame = f'x="{x}" y="{y}" width="{size}" height="{size}"'
    return (
        f'<image {frame} href="{source}" preserveAspectRatio="none"/>'
        f'<rect {frame} fill="none" stroke="var(--cc-{role})" stroke-width="2"/>'
    )


def _arrow(x, y, length=14):
    return (
        f'<path d="M{x} {y}h{length}m-4 -4l4 4l-4 4" fill="none" stroke="var(--cc-quiet)" '
        f'stroke-width="2"/>'
    )


def _photo(name, side):
    image = Image.fromarray(data.photo(name)).convert("L")
    return np.asarray(image.resize((side, side), Image.Resampling.LANCZOS))


def _digit():
    """The first 3 among the bundled digits; ndarray of uint8, shape (28, 28)."""
    digits = data.mnist(source="bundled")
    return digits.images[np.argmax(digits.labels == 3)][0]


# --- chapters ---


@_shows(1, "A photograph of a photographer, and the same pixels in random order: grey noise.")
def _neighbours():
    image = _photo("camera", 40)
    mixed = np.random.default_rng(0).permutation(image.ravel()).reshape(image.shape)
    return _image(image, 4, 14, 68) + _image(mixed, 88, 14, 68)


@_shows(2, "A photograph of a cup, and short strokes that follow its edges, cell by cell.")
def _histograms():
    image = opening.photograph()[:128, 8:136].astype(float)
    down, right = np.gradient(image)
    cells = (down + 1j * right).reshape(16, 8, 16, 8).transpose(0, 2, 1, 3).reshape(16, 16, -1)
    double = (cells**2).sum(axis=-1)  # the square has the same direction for either sign
    along = np.sqrt(double / np.abs(double).max())
    strokes = []
    for (i, j), way in np.ndenumerate(along):
        x, y = 88 + (j + 0.5) * 68 / 16, 14 + (i + 0.5) * 68 / 16
        across, up = 4.5 * way.real, -4.5 * way.imag
        strokes.append(f"M{x - across:.1f} {y - up:.1f}L{x + across:.1f} {y + up:.1f}")
    ink = f'<path d="{"".join(strokes)}" stroke="var(--cc-output)" stroke-width="1.5"/>'
    frame = '<rect x="88" y="14" width="68" height="68" fill="none" stroke="var(--cc-output)"/>'
    return _image(image[::2, ::2], 4, 14, 68) + ink + frame


@_shows(3, "The same handwritten 3 in two frames, once at the upper left, once at the lower right.")
def _places():
    digit = _digit()
    left, right = np.zeros((2, 44, 44), np.uint8)
    left[:28, :28], right[-28:, -28:] = digit, digit
    return _image(left, 4, 14, 68) + _image(right, 88, 14, 68)


@_shows(4, "Four patches of stripes, each at another angle and fading at its border.")
def _orientations():
    y, x = np.mgrid[-1:1:40j, -1:1:40j]
    parts = []
    for n in range(4):
        angle = n * np.pi / 4
        wave = np.cos(2 * np.pi * 1.5 * (x * np.cos(angle) + y * np.sin(angle)))
        patch = wave * np.exp(-(x**2 + y**2) / 0.3)
        coloured = opening.shades(patch, np.zeros((3, 3)))
        parts.append(_image(coloured, 3 + 39.5 * n, 30, 36, "kernel"))
    return "".join(parts)


@_shows(5, "A row of five numbers, below it a dashed kernel of three, below both three results.")
def _turned():
    row, kernel = ops.example.IMAGE[0].astype(int), np.array([1, 2, 3])
    sums = np.convolve(row, kernel, "valid")
    return (
        _grid(10, 4, (1, 5), 28, "input", row, [(0, 0), (0, 1), (0, 2)])
        + _grid(10, 35, (1, 3), 28, "kernel", kernel[::-1])
        + _grid(38, 66, (1, 3), 28, "output", sums, [(0, 0)])
    )


@_shows(6, "A photograph of a photographer, and its feature map with all upright edges in colour.")
def _edges():
    image, kernel = _photo("camera", 72), ops.kernels.GALLERY["sobel_left"]
    coloured = opening.shades(opening.feature_map(image, kernel), kernel)
    return _image(image, 2, 16, 64) + _arrow(71, 48) + _image(coloured, 94, 16, 64, "output")


@_shows(7, "A grid within a ring of zeros, a dashed window in its corner, and a smaller output.")
def _sizes():
    zeros = '<rect x="4" y="6" width="84" height="84" fill="none" stroke="var(--cc-quiet)" '
    return (
        f'{zeros} stroke-dasharray="1 3"/>'
        + _grid(16, 18, (5, 5), 12, "input")
        + _grid(4, 6, (3, 3), 12, "kernel", filled=np.ndindex(3, 3))
        + _arrow(96, 48)
        + _grid(118, 30, (3, 3), 12, "output", filled=[(0, 0)])
    )


@_shows(8, "Three grids, one behind the other, three dashed kernels, and one grid of outputs.")
def _channels():
    inputs = [_sheet(24 - 10 * n, 14 + 10 * n, 4, 12, "input") for n in range(3)]
    kernels = [_sheet(92 - 7 * n, 29 + 7 * n, 2, 12, "kernel") for n in range(3)]
    output = _sheet(134, 36, 2, 12, "output")
    return "".join([*inputs, *kernels, _arrow(120, 48, 10), output])


def _sheet(x, y, side, cell, role):
    size = f'x="{x}" y="{y}" width="{side * cell}" height="{side * cell}"'
    return f'<rect {size} fill="var(--cc-panel)"/>' + _grid(x, y, (side, side), cell, role)


@_shows(9, "A matrix with cells filled at random, and one with three diagonals filled.")
def _band():
    cells = np.random.default_rng(2).random((6, 6)) < 0.6
    near = [(i, j) for i, j in np.ndindex(6, 6) if abs(i - j) <= 1]
    return (
        _grid(4, 15, (6, 6), 11, "kernel", filled=np.argwhere(cells))
        + _arrow(77, 48)
        + _grid(90, 15, (6, 6), 11, "kernel", filled=near)
    )


@_shows(10, "Two curves, one bent at a corner and one S-shaped; dashed, a low hill: its slope.")
def _bends():
    x = np.linspace(-4, 4, 41)
    sigmoid = 1 / (1 + np.exp(-x))
    slope = sigmoid * (1 - sigmoid)
    return "".join([
        _curve([8, 40, 72], [76, 76, 16], "output"),
        _curve(88 + 8 * (x + 4), 76 - 60 * sigmoid, "output"),
        _curve(88 + 8 * (x + 4), 76 - 60 * slope, "gradient", ' stroke-dasharray="5 4"'),
        '<path d="M8 76.5h64m16 0h64" stroke="var(--cc-quiet)" stroke-opacity=".5"/>',
    ])  # fmt: skip


def _curve(xs, ys, role, manner=""):
    points = "L".join(f"{x:g} {y:.1f}" for x, y in zip(xs, ys, strict=True))
    return f'<path d="M{points}" fill="none" stroke="var(--cc-{role})" stroke-width="2.5"{manner}/>'


@_shows(11, "Four by four numbers, the largest of each quarter filled, and these four alone.")
def _pooled():
    image = np.array([[8, 5, 2, 7], [1, 6, 0, 3], [2, 4, 7, 1], [5, 1, 8, 0]])
    largest = [(0, 0), (0, 3), (3, 0), (3, 2)]
    maxima = ops.max_pool2d(image[None], 2)[0]
    return (
        _grid(8, 8, (4, 4), 20, "input", image.ravel(), largest)
        + '<path d="M48 8v80M8 48h80" stroke="var(--cc-input)" stroke-width="2"/>'
        + _arrow(95, 48)
        + _grid(116, 28, (2, 2), 20, "output", maxima.ravel())
    )


@_shows(12, "One unit, lines that fan out from it to three units, to five and to seven pixels.")
def _field():
    levels = [(14, range(3, 4)), (38, range(2, 5)), (62, range(1, 6)), (84, range(7))]
    lines, parts = [], []
    for (y, units), (below, _) in itertools.pairwise(levels):
        for n in units:
            lines += [f"M{17 + 21 * n} {y}L{17 + 21 * m} {below}" for m in (n - 1, n, n + 1)]
    parts.append(f'<path d="{"".join(lines)}" stroke="var(--cc-kernel)" stroke-opacity=".6"/>')
    for y, units in levels:
        role, round_corner = ("input", 0) if y == 84 else ("output", 4)
        for n in range(7):
            parts.append(
                f'<rect x="{11 + 21 * n}" y="{y - 6}" width="12" height="12" rx="{round_corner}" '
                f'fill="var(--cc-{role if n in units else "panel"})" stroke="var(--cc-{role})"/>'
            )
    return "".join(parts)


@_shows(13, "Four gradients of an output, an arrow to the left, and the nine pixels they reach.")
def _way_back():
    gradients, kernel = np.array([[1, -2], [2, -1]]), np.array([[1, 2], [3, -1]])
    pixels = ops.cross_correlate(np.pad(gradients, 1), kernel[::-1, ::-1])
    numbers = [f"{value:g}".replace("-", "−") for value in pixels.ravel()]
    back = '<path d="M114 48h-13m5-5l-5 5 5 5" fill="none" stroke="var(--cc-gradient)"/>'
    sent = [f"{value:g}".replace("-", "−") for value in gradients.ravel()]
    return (
        _grid(8, 6, (3, 3), 28, "gradient", numbers)
        + back
        + _grid(120, 30, (2, 2), 18, "gradient", sent)
    )


@_shows(14, "A handwritten 3, stacks of ever smaller feature maps, and ten outputs; one is filled.")
def _lenet():
    parts = [_image(_digit(), 2, 30, 36)]
    for x, count, side in [(48, 3, 28), (84, 3, 18), (112, 4, 10)]:
        for n in range(count):
            at = f'x="{x + 4 * n}" y="{48 - side / 2 - 6 + 4 * n:g}" width="{side}" height="{side}"'
            parts.append(f'<rect {at} rx="3" fill="var(--cc-panel)" stroke="var(--cc-output)"/>')
    for n in range(10):
        opacity = 1 if n == 3 else 0
        parts.append(f'<rect x="146" y="{4 + 9 * n}" width="7" height="7" rx="2" '
                     f'fill="var(--cc-output)" fill-opacity="{opacity}" '
                     f'stroke="var(--cc-output)"/>')  # fmt: skip
    return "".join(parts)


@_shows(15, "Two curves over a line: one dips in the middle, the other is low on the left.")
def _two_slopes():
    logit = np.linspace(-8, 8, 41)
    p = 1 / (1 + np.exp(-logit))
    x, slopes = 80 + 9 * logit, (p - 1, 2 * (p - 1) * p * (1 - p))
    level = '<path d="M8 14h144" stroke="var(--cc-quiet)" stroke-dasharray="2 4"/>'
    right, wrong = (14 - 66 * slope for slope in slopes)
    dashes = ' stroke-dasharray="6 3"'
    return level + _curve(x, right, "output") + _curve(x, wrong, "wrong", dashes)


@_shows(16, "Two flat ellipses, one in the other, and a path that zigzags to their centre.")
def _descent():
    valley = "".join(
        f'<ellipse cx="80" cy="48" rx="{rx}" ry="{ry}" fill="none" stroke="var(--cc-input)"/>'
        for rx, ry in [(74, 42), (44, 25), (16, 9)]
    )
    steps = np.arange(12)
    return valley + _curve(80 - 66 * 0.8**steps, 48 + 18 * (-0.8) ** steps, "kernel")


@_shows(17, "Two copies of a grid; a dark spot in one, and scattered dark cells in the other.")
def _evidence():
    y, x = np.mgrid[:6, :6]
    spot = np.exp(-((x - 3.4) ** 2 + (y - 1.8) ** 2) / 3)
    grain = np.random.default_rng(1).permutation(spot.ravel()).reshape(6, 6)
    cells = [
        f'<rect x="{left + 11 * i:g}" y="{15 + 11 * j:g}" width="10" height="10" rx="1.5" '
        f'fill-opacity="{0.08 + 0.92 * values[j, i]:.2f}"/>'
        for left, values in ((7, spot), (88, grain))
        for j in range(6)
        for i in range(6)
    ]
    return f'<g fill="var(--cc-output)">{"".join(cells)}</g>'


@_shows(18, "Eight bars, ever shorter. The first two are hollow, and the third is much lower.")
def _winners():
    errors = (28.2, 25.8, 16.4, 11.7, 6.7, 3.6, 3.0, 2.2)  # ILSVRC 2010 to 2017, top 5, in percent
    bars = []
    for n, error in enumerate(errors):
        role, opacity = ("wrong", 0) if n < 2 else ("output", 0.6)
        height = 2.8 * error
        bars.append(f'<rect x="{8 + 18.5 * n:g}" y="{86 - height:.1f}" width="13" '
                    f'height="{height:.1f}" rx="2" fill="var(--cc-{role})" '
                    f'fill-opacity="{opacity}" stroke="var(--cc-{role})"/>')  # fmt: skip
    return "".join(bars)


@_shows(19, "A square, four branches with kernels of several sizes, and a stack of maps.")
def _branches():
    parts = [_grid(6, 34, (4, 4), 7, "input")]
    for row, size in enumerate((0, 3, 5, 2)):
        y, side = 12 + 24 * row, 4 * size
        one, other = (88, 66) if row == 3 else (64, 88)  # the pooling comes before its 1×1
        parts.append(
            f'<path d="M36 48L58 {y}H102L122 48" fill="none" stroke="var(--cc-quiet)"/>'
            f'<rect x="{one - 3}" y="{y - 3}" width="6" height="6" fill="var(--cc-kernel)"/>'
        )
        if size:
            place, role = (other - side / 2, y - side / 2), "output" if row == 3 else "kernel"
            parts.append(f'<rect x="{place[0]:g}" y="{place[1]:g}" width="{side}" '
                         f'height="{side}" fill="var(--cc-panel)"/>')  # fmt: skip
            parts.append(_grid(*place, (size, size), 4, role))
    for n in range(4):
        parts.append(f'<rect x="{122 + 4 * n}" y="{31 + 4 * n}" width="22" height="22" rx="3" '
                     f'fill="var(--cc-panel)" stroke="var(--cc-output)"/>')  # fmt: skip
    return "".join(parts)


@_shows(20, "Two layers in a row, and an arc past them to a circle with a plus.")
def _shortcut():
    boxes = "".join(
        f'<rect x="{x}" y="44" width="30" height="30" fill="none" stroke="var(--cc-kernel)" '
        f'stroke-width="2" stroke-dasharray="4 3"/>'
        for x in (28, 76)
    )
    ink = 'fill="none" stroke="var(--cc-quiet)" stroke-width="2"'
    lines = f'<path d="M2 59h26m30 0h18m30 0h11m22 0h25m-5 -5l5 5l-5 5" {ink}/>'
    arc = (
        '<path d="M14 59C14 8 128 -6 128 46m-5 -5l5 5l5 -5" fill="none" '
        'stroke="var(--cc-input)" stroke-width="2.5"/>'
    )
    circle = (
        '<circle cx="128" cy="59" r="11" fill="none" stroke="var(--cc-output)" stroke-width="2"/>'
    )
    plus = '<path d="M122 59h12m-6 -6v12" stroke="var(--cc-output)" stroke-width="2"/>'
    return lines + boxes + arc + circle + plus


@_shows(21, "Two rising curves over a line, the upper one solid, the lower one dashed.")
def _fewer_labels():
    axes = '<path d="M18 8V84H152" fill="none" stroke="var(--cc-quiet)" stroke-width="2"/>'
    upper = (
        '<path d="M24 44C56 26 92 18 148 14" fill="none" stroke="var(--cc-output)" '
        'stroke-width="2.5"/>'
    )
    lower = (
        '<path d="M24 76C56 62 100 46 148 34" fill="none" stroke="var(--cc-input)" '
        'stroke-width="2.5" stroke-dasharray="5 4"/>'
    )
    return axes + upper + lower


@_shows(22, "A cat's face, the same mirrored, and the same with a square painted over.")
def _changed():
    image = _photo("chelsea", 32)
    hidden = image.copy()
    hidden[10:22, 12:24] = 0
    pictures = (image, image[:, ::-1], hidden)
    return "".join(_image(one, 4 + 53 * n, 24, 46) for n, one in enumerate(pictures))


@_shows(23, "Random dots, an arrow, a digit, and an arrow to a circle with a question mark.")
def _forged():
    places = np.random.default_rng(0).uniform((6, 24), (36, 72), (14, 2))
    dots = "".join(
        f'<circle cx="{x:.0f}" cy="{y:.0f}" r="2.5" fill="var(--cc-quiet)"/>' for x, y in places
    )
    judge = (
        '<circle cx="140" cy="48" r="15" fill="none" stroke="var(--cc-kernel)" stroke-width="2"/>'
    )
    return (
        dots
        + _arrow(42, 48)
        + _image(_digit(), 60, 24, 48, "output")
        + _arrow(111, 48, 11)
        + judge
        + _write("?", 140, 52)
    )
