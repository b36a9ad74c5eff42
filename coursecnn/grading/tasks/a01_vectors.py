"""Assignment 01, on vectors: where a pixel lands, and which one stands where."""

import numpy as np

from ..task import Misconception, Task
from .a01_inputs import entries, positions

FORBIDDEN = ("numpy.ravel_multi_index", "numpy.unravel_index")


def _position(channel, row, column, shape):
    channels, height, width = shape
    return (channel * height + row) * width + column, (row * width + column) * channels + channel


def _position_by_steps(channel, row, column, shape):
    channels, height, width = shape
    first = channel * height * width + row * width + column
    return np.int64(first), np.int64(row * width * channels + column * channels + channel)


def _position_by_marking(channel, row, column, shape):
    image = np.zeros(shape)
    image[channel, row, column] = 1
    return [int(order.ravel().argmax()) for order in (image, image.transpose(1, 2, 0))]


def _position_by_counting(channel, row, column, shape):
    numbers = np.arange(np.prod(shape))
    last = numbers.reshape(*shape[1:], shape[0])
    return numbers.reshape(shape)[channel, row, column], last[row, column, channel]


def _other_size(channel, row, column, shape):
    """Rows counted where columns are meant."""
    channels, height, width = shape
    return (channel * width + row) * height + column, (row * height + column) * channels + channel


def _sizes_less_one(channel, row, column, shape):
    """The last index taken for the size."""
    return _position(channel, row, column, (shape[0], shape[1] - 1, shape[2] - 1))


LESS_ONE_HINT = (
    "A row is `width` entries long, not `width - 1`, though its last column has that number."
)
ONE_ONLY_HINT = (
    "This is the position with channels first alone; return a pair, with that of channels last."
)

FLAT_POSITION = Task(
    id="flat_position",
    points=2,
    reference=_position,
    arguments=("channel", "row", "column", "shape"),
    inputs=entries,
    misconceptions=(
        Misconception(
            "height-for-width",
            _other_size,
            "Height and width have changed places: one row down you pass a whole row, and that is "
            "`width` entries long.",
        ),
        Misconception(
            "row-and-column-exchanged",
            lambda c, i, j, shape: _position(c, j, i, (shape[0], shape[2], shape[1])),
            "This goes down the columns; a vector is written row by row.",
        ),
        Misconception(
            "orders-exchanged",
            lambda c, i, j, shape: _position(c, i, j, shape)[::-1],
            "Both numbers are right, but in the other order: channels first comes first.",
        ),
        Misconception(
            "counted-from-one",
            lambda c, i, j, shape: tuple(n + 1 for n in _position(c, i, j, shape)),
            "The entry [0, 0, 0] lands at position 0, not 1.",
        ),
        Misconception(
            "always-channels-first",
            lambda c, i, j, shape: _position(c, i, j, shape)[:1] * 2,
            "With channels last, all channels of a pixel stand side by side; the second number "
            "must be worked out anew.",
        ),
        Misconception(
            "columns-before-rows",
            lambda c, i, j, shape: (
                _position(c, i, j, shape)[0],
                c + (i + j * shape[1]) * shape[0],
            ),
            "With channels last the columns still run faster than the rows: "
            "one pixel to the right is `channels` entries away.",
        ),
        Misconception(
            "column-not-multiplied",
            lambda c, i, j, shape: (
                _position(c, i, j, shape)[0],
                i * shape[2] * shape[0] + j + c,
            ),
            "With channels last, every pixel before this one in the row has `channels` entries: "
            "the column counts that many times.",
        ),
        Misconception("sizes-less-one", _sizes_less_one, LESS_ONE_HINT),
        Misconception("channels-first-only", lambda *args: _position(*args)[0], ONE_ONLY_HINT),
    ),
    alternatives=(_position_by_steps, _position_by_marking, _position_by_counting),
    forbidden=FORBIDDEN,
)


def _pixel(position, shape):
    _, height, width = shape
    rest, column = divmod(position, width)
    return (*divmod(rest, height), column)


def _pixel_by_counting(position, shape):
    return np.argwhere(np.arange(np.prod(shape)).reshape(shape) == position)[0]


def _pixel_by_subtracting(position, shape):
    sizes, found = (shape[1] * shape[2], shape[2]), []
    for size in sizes:
        steps = 0
        while position >= size:
            position, steps = position - size, steps + 1
        found.append(steps)
    return [*found, position]


def _pixel_by_search(position, shape):
    for number, entry in enumerate(np.ndindex(shape)):
        if number == position:
            return entry


def _pixel_channels_last(position, shape):
    channels, _, width = shape
    pixel, channel = divmod(position, channels)
    return (channel, *divmod(pixel, width))


def _pixel_by_height(position, shape):
    channels, height, width = shape
    return _pixel(position, (channels, width, height))


def _fractions(position, shape):
    channel = position / (shape[1] * shape[2])
    rest = position % (shape[1] * shape[2])
    return channel, rest / shape[2], rest % shape[2]


def _without_brackets(position, shape):
    channel = position // shape[1] * shape[2]
    rest = position - channel * shape[1] * shape[2]
    return channel, rest // shape[2], rest % shape[2]


PIXEL_AT = Task(
    id="pixel_at",
    points=1,
    reference=_pixel,
    arguments=("position", "shape"),
    inputs=positions,
    misconceptions=(
        Misconception(
            "channels-last",
            _pixel_channels_last,
            "This vector was written with channels first: a whole channel comes before the next.",
        ),
        Misconception(
            "height-for-width",
            _pixel_by_height,
            "A row is `width` entries long, not `height`.",
        ),
        Misconception(
            "row-and-column-exchanged",
            lambda position, shape: tuple(np.array(_pixel(position, shape))[[0, 2, 1]]),
            "Row and column have changed places: the quotient is the row, the rest the column.",
        ),
        Misconception(
            "counted-from-one",
            lambda position, shape: _pixel(position - 1, shape),
            "Positions count from 0: position 0 is the entry [0, 0, 0].",
        ),
        Misconception(
            "channel-not-removed",
            lambda position, shape: (
                _pixel(position, shape)[0],
                position // shape[2],
                position % shape[2],
            ),
            "The row counts within its channel: take off the channels before it first.",
        ),
        Misconception(
            "row-not-divided",
            lambda position, shape: (
                _pixel(position, shape)[0],
                position % (shape[1] * shape[2]),
                position % shape[2],
            ),
            "The row is still the place within the channel. How many whole rows fit before it?",
        ),
        Misconception(
            "fractions",
            _fractions,
            "`/` gives fractions; `//` says how often something fits as a whole.",
        ),
        Misconception(
            "without-brackets",
            _without_brackets,
            "Python reads `a // b * c` from the left, as `(a // b) * c`: put brackets round the "
            "product.",
        ),
    ),
    alternatives=(_pixel_by_counting, _pixel_by_subtracting, _pixel_by_search),
    forbidden=FORBIDDEN,
)
