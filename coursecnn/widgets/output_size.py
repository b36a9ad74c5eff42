"""The output-size calculator: the windows that fit along one axis, drawn and counted."""

from coursecnn import shapes
from coursecnn.widgets.figure import Figure, Whole
from coursecnn.widgets.still import colour, drawing_of, image_of, write

WIDTH, TALLEST, TITLE, ROW, TAP, RESULT = 660, 36, 26, 24, 16, 38
ALL_NUMBERED = 16
# Keeps a number readable where its cell is crossed out.
HALO = f'stroke="{colour("panel")}" stroke-width="6" paint-order="stroke"'
NO_OUTPUT = "Output: none, the kernel does not fit"


class OutputSizeCalculator(Figure):
    """Set the geometry of a layer along one axis; see every window, and what none of them reads.

    Parameters
    ----------
    size : int, default 7
        Pixels along the axis, 1 to 32.
    kernel_size : int, default 3
        Pixels that one window reads, 1 to 9.
    stride : int, default 1
        Step between neighbouring windows, 1 to 8.
    padding : int, default 0
        Zeros on each of the two sides, 0 to 12.
    dilation : int, default 1
        Step between neighbouring pixels of one window, 1 to 3.

    Raises
    ------
    ValueError
        If a number is out of the range that can be drawn.
    TypeError
        If an argument is none of these.

    Notes
    -----
    All parameters are traits that follow the reader. A kernel that does not fit is no error
    here: the figure shows it and says what would help.
    """

    tag = "output-size"

    size = Whole(7, least=1, most=32).tag(sync=True)
    kernel_size = Whole(3, least=1, most=9).tag(sync=True)
    stride = Whole(1, least=1, most=8).tag(sync=True)
    padding = Whole(0, least=0, most=12).tag(sync=True)
    dilation = Whole(1, least=1, most=3).tag(sync=True)

    @property
    def output_size(self):
        """How many windows fit, by `shapes.output_size`; None where there is no output."""
        try:
            return shapes.output_size(**self.state())
        except ValueError:
            return None

    @property
    def same_padding(self):
        """The padding of both sides that keeps the size at stride 1; None if they must differ."""
        before, after = shapes.same_padding(self.kernel_size, self.dilation)
        return before if before == after else None

    @property
    def windows(self):
        """Places on the padded axis that each window reads, list of list of int, from 0."""
        reach = range(0, self.dilation * self.kernel_size, self.dilation)
        starts = [index * self.stride for index in range(self.output_size or 0)]
        return [[start + tap for tap in reach] for start in starts]

    @property
    def unread(self):
        """The pixels that no window reads, list of int, counted from 1."""
        read = {place - self.padding + 1 for window in self.windows for place in window}
        return [pixel for pixel in range(1, self.size + 1) if pixel not in read]

    def still(self):
        """The axis, every window under it with what it reads, and the formula."""
        unread = self.unread if self.windows else []
        drawing = _picture(self.size, self.padding, self.windows, unread, self._formula())
        return image_of(drawing, self._alternative())

    def _formula(self):
        """The formula of the output size with its numbers."""
        numbers = f"{self.size} + 2·{self.padding} − {self.dilation}·({self.kernel_size} − 1) − 1"
        span = self.dilation * (self.kernel_size - 1) + 1
        result = (self.size + 2 * self.padding - span) // self.stride + 1
        return f"⌊({numbers}) / {self.stride}⌋ + 1 = {result}".replace("-", "−")

    def _alternative(self):
        geometry = (
            f"A row of {self.size} pixels with {self.padding} zeros on each side. A window reads "
            f"{self.kernel_size} of them, one in every {self.dilation}, and moves in steps of "
            f"{self.stride}. "
        )
        if self.output_size is None:
            return f"{geometry}It does not fit: there is no output."
        unread = ", ".join(map(str, self.unread)) or "none"
        return f"{geometry}It fits {self.output_size} times. Pixels that are never read: {unread}."


def _picture(size, padding, windows, unread, formula):
    """An axis with its zeros, the places that each window reads, and crosses on unread pixels."""
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
