"""Still pictures in SVG, in the colour roles of the book, and numbers as figures write them."""

import base64
import io
from fractions import Fraction
from html import escape
from math import ceil, log10

import numpy as np
from PIL import Image

from coursecnn._palette import LIGHT

CELL, GAP, TITLE, COLUMN_GAP = 40, 44, 26, 14
STEPS = 32  # colours of numbers that are drawn as an image: fewer make smaller pictures

_FRAMES = {"input": "", "kernel": ' stroke-dasharray="5 4"', "output": ' rx="8"'}


def colour(role):
    """The colour of a role: of the page's theme in the book, of the light one elsewhere."""
    return f"var(--cc-{role}, {LIGHT[role]})"


def image_of(svg, alternative):
    """An SVG drawing as one image that is read aloud as its text alternative."""
    label = escape(alternative, quote=True)
    return svg.replace("<svg ", f'<svg role="img" aria-label="{label}" ', 1)


def row_of(panels, signs):
    """Panels side by side, as `panel` returns them; `signs` has a character for each gap."""
    height = max(height for _, _, height in panels)
    x, parts = 2, []
    for (drawing, width, own), sign in zip(panels, f"{signs} ", strict=True):
        parts.append(f'<g transform="translate({x} {(height - own) / 2:g})">{drawing}</g>')
        parts.append(write(sign, x + width + GAP / 2, TITLE + (height - TITLE) / 2, 24))
        x += width + GAP
    return drawing_of("".join(parts), x - GAP + 2, height + 2)


def column_of(rows):
    """Panels one below the other; `rows` says by how many columns each is moved to the right."""
    y, parts = 0, []
    for (drawing, _, height), columns in rows:
        parts.append(f'<g transform="translate({2 + columns * CELL} {y:g})">{drawing}</g>')
        y += height + COLUMN_GAP
    # A title may be wider than its panel; four cells hold it.
    width = max(columns * CELL + max(width, 4 * CELL) for (_, width, _), columns in rows)
    return drawing_of("".join(parts), width + 4, y - COLUMN_GAP + 4)


def drawing_of(content, width, height):
    """An ``<svg>`` element of a size in pixels, which shrinks where there is less room."""
    return (
        f'<svg viewBox="0 0 {width} {height}" width="{width}" '
        f'xmlns="http://www.w3.org/2000/svg" style="max-width:100%;height:auto;'
        f'font-family:var(--cc-sans, sans-serif)">{content}</svg>'
    )


def panel(role, title, grids, *, window=None, filled=None, ringed=None):
    """Grids of numbers one below the other, framed in the manner of their role.

    Parameters
    ----------
    role : {'input', 'kernel', 'output'}
        Gives colour and frame.
    title : str
        Stands above.
    grids : list of list of list of str
        One grid for each channel, as rows of texts.
    window : (int, int, int, int), optional
        Row, column, height and width of a dashed frame in the kernel's colour.
    filled : (int, int), optional
        Row and column of a cell filled with the role's colour.
    ringed : (int, int), optional
        Row and column of a cell with a ring in the output's colour.

    Returns
    -------
    tuple of (str, float, float)
        Drawing, width and height.
    """
    rows, columns = len(grids[0]), len(grids[0][0])
    width, step = columns * CELL, rows * CELL + 10
    parts = [write(title, 0, 16, 15, anchor="start", fill=colour(role))]
    for index, grid in enumerate(grids):
        cells = _cells(grid, role, filled)
        frame = _frame(0, 0, rows, columns, role, _FRAMES[role])
        mark = _frame(*window, "kernel", _FRAMES["kernel"], 4) if window else ""
        ring = _ring(*ringed) if ringed else ""
        inside = f"{cells}{frame}{mark}{ring}"
        parts.append(f'<g transform="translate(0 {TITLE + index * step})">{inside}</g>')
    return "".join(parts), width, TITLE + len(grids) * step - 10


def _cells(grid, role, filled):
    rows, columns = len(grid), len(grid[0])
    lines = [f"M0 {i * CELL}h{columns * CELL}" for i in range(1, rows)]
    lines += [f"M{j * CELL} 0v{rows * CELL}" for j in range(1, columns)]
    parts = [f'<path d="{"".join(lines)}" stroke="currentColor" stroke-opacity=".25"/>']
    if filled:
        x, y = filled[1] * CELL, filled[0] * CELL
        shape = f'x="{x}" y="{y}" width="{CELL}" height="{CELL}"'
        parts.append(f'<rect {shape} fill="{colour(role)}"{_FRAMES[role]}/>')
    for i, row in enumerate(grid):
        for j, text in enumerate(row):
            ink = colour("page") if (i, j) == filled else "currentColor"
            height = min(15, 64 // len(text))
            parts.append(write(text, (j + 0.5) * CELL, (i + 0.5) * CELL + 5, height, fill=ink))
    return "".join(parts)


def _frame(row, column, rows, columns, role, manner, thickness=2):
    return (
        f'<rect x="{column * CELL}" y="{row * CELL}" width="{columns * CELL}" '
        f'height="{rows * CELL}" fill="none" stroke="{colour(role)}" '
        f'stroke-width="{thickness}"{manner}/>'
    )


def _ring(row, column):
    return (
        f'<circle cx="{(column + 0.5) * CELL:g}" cy="{(row + 0.5) * CELL:g}" r="{CELL * 0.38:g}" '
        f'fill="none" stroke="{colour("output")}" stroke-width="3"/>'
    )


def pixels(shares, stops, side):
    """Numbers as an image, a square for each.

    Parameters
    ----------
    shares : ndarray, shape (H, W)
        From 0, the first of the colours, to 1, the last; NaN is left out.
    stops : sequence of str
        The colours, such as ``"#440154"``, at equal distances.
    side : int
        Of a square, in pixels.

    Returns
    -------
    tuple of (str, int, int)
        Drawing, width and height.
    """
    colours = np.array([[int(stop[n : n + 2], 16) for n in (1, 3, 5)] for stop in stops])
    at = np.linspace(0, len(stops) - 1, STEPS)
    mixed = np.transpose([np.interp(at, range(len(stops)), channel) for channel in colours.T])
    steps = np.where(np.isnan(shares), STEPS, np.rint(np.nan_to_num(shares) * (STEPS - 1)))
    image = Image.fromarray(steps.astype(np.uint8), "P")
    image.putpalette([*np.rint(mixed).astype(int).ravel().tolist(), 0, 0, 0])
    file = io.BytesIO()
    image.save(file, "PNG", optimize=True, transparency=STEPS)
    source = f"data:image/png;base64,{base64.b64encode(file.getvalue()).decode('ascii')}"
    height, width = (side * count for count in shares.shape)
    size = f'width="{width}" height="{height}" style="image-rendering:pixelated"'
    return f'<image {size} href="{source}"/>', width, height


def write(text, x, y, height, *, anchor="middle", fill="currentColor"):
    """A text in letters of a height in pixels, with its base line at `y`."""
    return (
        f'<text x="{x:g}" y="{y:g}" font-size="{height}" text-anchor="{anchor}" '
        f'fill="{fill}">{escape(text)}</text>'
    )


def decimal(number):
    """At most two decimals and a true minus sign, as the script writes results."""
    text = f"{number:.2f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text.replace("-", "−")


def precise(number):
    """Three decimals, or the first digit where that stands further behind."""
    if abs(number) < 5e-6:
        return "0"
    digits = max(3, ceil(-log10(abs(number))))
    return f"{number:.{digits}f}".rstrip("0").rstrip(".").replace("-", "−")


def exact(number):
    """A short fraction where two decimals would not do, as the script writes what is edited."""
    near = Fraction(number).limit_denominator(16)
    if round(number, 2) == number or not near or abs(near - Fraction(number)) > 1e-9:
        return decimal(number)
    return str(near).replace("-", "−")


def size(grid):
    """Rows × columns of a grid of numbers, or of those of several channels."""
    *_, rows, columns = np.shape(grid)
    return f"{rows}×{columns}"
