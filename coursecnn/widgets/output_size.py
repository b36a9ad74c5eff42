"""The output-size calculator: the windows that fit along one axis, drawn and counted."""

from coursecnn import shapes
from coursecnn.widgets.axis import picture
from coursecnn.widgets.figure import Figure, image_of
from coursecnn.widgets.traits import Whole


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
        drawing = picture(self.size, self.padding, self.windows, unread, self._formula())
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
