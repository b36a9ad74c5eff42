"""The still picture of an axis: pixels and zeros in a row, and every window under them."""

from coursecnn.widgets.still import colour, drawing_of, write

WIDTH, TALLEST, TITLE, ROW, TAP, RESULT = 660, 36, 26, 24, 16, 38
ALL_NUMBERED = 16
# Keeps a number readable where its cell is crossed out.
HALO = f'stroke="{colour("panel")}" stroke-width="6" paint-order="stroke"'
NO_OUTPUT = "Output: none, the kernel does not fit"


def picture(size, padding, windows, unread, formula):
    """Draw an axis with its windows.

    Parameters
    ----------
    size, padding : int
        Pixels of the axis, and zeros on each of its two sides.
    windows : list of list of int
        Places that each window reads, counted from 0 on the axis with its zeros.
    unread : list of int
        Pixels that are crossed out, counted from 1.
    formula : str
        Stands below.

    Returns
    -------
    str
        An ``<svg>`` element.
    """
    entries = size + 2 * padding
    cell = min(TALLEST, (WIDTH - RESULT) / entries)
    top = TITLE + TALLEST + 40
    foot = top + len(windows) * ROW
    parts = [
        _title("input", f"Input {size}" + f", padding {padding}" * (padding > 0), 16),
        *(_entry(place, size, padding, cell, unread) for place in range(entries)),
        _title("output", f"Output {len(windows)}" if windows else NO_OUTPUT, top - 14),
        *(_window(taps, top + i * ROW, cell) for i, taps in enumerate(windows)),
        *(_result(i + 1, entries * cell + 4, top + i * ROW) for i in range(len(windows))),
        write(formula, 0, foot + 18, 15, anchor="start"),
    ]
    content = f'<g transform="translate(2 0)">{"".join(parts)}</g>'
    return drawing_of(content, WIDTH, foot + 28)


def _title(role, text, y):
    return write(text, 0, y, 15, anchor="start", fill=colour(role))


def _entry(place, size, padding, cell, unread):
    """A pixel in a solid frame or a zero in a dotted one, crossed out if no window reads it."""
    pixel = place - padding + 1
    is_pixel = 1 <= pixel <= size
    manner = "" if is_pixel else ' stroke-dasharray="2 3"'
    role = "input" if is_pixel else "quiet"
    parts = [_box(place * cell, TITLE, cell, TALLEST, role, manner)]
    if pixel in unread:
        x, y = place * cell, TITLE
        cross = f"M{x:g} {y}l{cell:g} {TALLEST}m0 {-TALLEST}l{-cell:g} {TALLEST}"
        parts.append(f'<path d="{cross}" stroke="{colour("wrong")}" stroke-width="2"/>')
    if size + 2 * padding <= ALL_NUMBERED or pixel == 1 or (is_pixel and pixel % 5 == 0):
        text = str(pixel) if is_pixel else "0"
        number = write(text, (place + 0.5) * cell, TITLE + TALLEST / 2 + 5, 14)
        parts.append(f"<g {HALO}>{number}</g>" if pixel in unread else number)
    return "".join(parts)


def _window(taps, y, cell):
    """A line over the window's reach, and a dashed square for each entry that it reads."""
    middles = [(place + 0.5) * cell for place in taps]
    line = f"M{middles[0]:g} {y + TAP / 2:g}H{middles[-1]:g}"
    parts = [f'<path d="{line}" stroke="{colour("kernel")}" stroke-width="2"/>']
    width = 0.8 * cell
    manner = ' stroke-dasharray="4 3"'
    parts += [_box(x - width / 2, y, width, TAP, "kernel", manner) for x in middles]
    return "".join(parts)


def _result(number, x, y):
    text = write(str(number), x + 14, y + 13, 13, fill=colour("output"))
    return _box(x, y, 28, TAP, "output", ' rx="6"') + text


def _box(x, y, width, height, role, manner):
    return (
        f'<rect x="{x:g}" y="{y:g}" width="{width:g}" height="{height}" '
        f'fill="{colour("panel")}" stroke="{colour(role)}" stroke-width="1.5"{manner}/>'
    )
