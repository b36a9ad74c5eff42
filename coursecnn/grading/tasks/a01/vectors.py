"""Images as vectors: where a pixel lands, and how to get a picture back from its numbers."""

import numpy as np

from coursecnn.grading.task import Misconception, Task

from .images import RESHAPE_HINT
from .inputs import entries, positions, torn, vectors

FORBIDDEN = ("numpy.ravel_multi_index", "numpy.unravel_index")


def _position(channel, row, column, shape):
    channels, height, width = shape
    return (channel * height + row) * width + column, (row * width + column) * channels + channel


def _other_size(channel, row, column, shape):
    """Rows counted where columns are meant."""
    channels, height, width = shape
    return (channel * width + row) * height + column, (row * height + column) * channels + channel


def _half(wrong, half):
    """A mistake in one of the two numbers; the other is right."""

    def function(channel, row, column, shape):
        both = list(_position(channel, row, column, shape))
        both[half] = wrong(channel, row, column, shape)
        return tuple(both)

    return function


def _sizes_less_one(channel, row, column, shape):
    """The last index taken for the size."""
    return _position(channel, row, column, (shape[0], shape[1] - 1, shape[2] - 1))


ROW_HINT = (
    "Height and width have changed places: one row down you pass a whole row, and that is `width` "
    "entries long."
)
CHANNEL_HINT = (
    "With channels first a whole channel comes before the next one: that is `height * width` "
    "entries for each."
)
SHAPE_HINT = "The shape is (C, H, W): the channels come first."
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
        Misconception("height-for-width", _other_size, ROW_HINT),
        Misconception(
            "height-for-width",
            _half(lambda c, i, j, shape: (c * shape[2] + i) * shape[1] + j, 0),
            ROW_HINT,
        ),
        Misconception(
            "height-for-width",
            _half(lambda c, i, j, shape: (i * shape[1] + j) * shape[0] + c, 1),
            ROW_HINT,
        ),
        Misconception(
            "size-of-a-channel",
            _half(lambda c, i, j, shape: c + i * shape[2] + j, 0),
            CHANNEL_HINT,
        ),
        Misconception(
            "size-of-a-channel",
            _half(lambda c, i, j, shape: c * shape[0] + i * shape[2] + j, 0),
            CHANNEL_HINT,
        ),
        Misconception(
            "shape-misread",
            lambda c, i, j, shape: _position(c, i, j, (shape[2], *shape[:2])),
            SHAPE_HINT,
        ),
        Misconception(
            "brackets-missing",
            _half(lambda c, i, j, shape: i * shape[2] + j * shape[0] + c, 1),
            "The number of the whole pixel is multiplied by `channels`, the rows in it, too: put "
            "brackets around it.",
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
            _half(lambda c, i, j, shape: c + (i + j * shape[1]) * shape[0], 1),
            "With channels last the columns still run faster than the rows: "
            "one pixel to the right is `channels` entries away.",
        ),
        Misconception(
            "column-not-multiplied",
            _half(lambda c, i, j, shape: i * shape[2] * shape[0] + j + c, 1),
            "With channels last, every pixel before this one in the row has `channels` entries: "
            "the column counts that many times.",
        ),
        Misconception(
            "channels-between-rows",
            _half(lambda c, i, j, shape: (i * shape[0] + c) * shape[2] + j, 1),
            "Here a whole row of one channel is written, then that of the next. With channels last "
            "the channels change before the column does.",
        ),
        Misconception(
            "always-three-channels",
            _half(lambda c, i, j, shape: (i * shape[2] + j) * 3 + c, 1),
            "A picture may have any number of channels, not always three: `shape` begins with it.",
        ),
        Misconception("sizes-less-one", _sizes_less_one, LESS_ONE_HINT),
        Misconception("channels-first-only", lambda *args: _position(*args)[0], ONE_ONLY_HINT),
        Misconception(
            "channels-last-only",
            lambda *args: _position(*args)[1],
            "This is the position with channels last alone; return a pair, with that of channels "
            "first in front.",
        ),
    ),
    forbidden=FORBIDDEN,
)


def _pixel(position, shape):
    _, height, width = shape
    rest, column = divmod(position, width)
    return (*divmod(rest, height), column)


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
            "height-for-width",
            lambda position, shape: (*_pixel(position, shape)[:2], position % shape[1]),
            "A row is `width` entries long, not `height`.",
        ),
        Misconception(
            "size-of-a-channel",
            lambda position, shape: (
                position // shape[0],
                *divmod(position % shape[0], shape[2]),
            ),
            "A channel has `height * width` entries; `channels` is how many channels there are.",
        ),
        Misconception(
            "shape-misread",
            lambda position, shape: _pixel(position, (shape[2], *shape[:2])),
            SHAPE_HINT,
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
            "channel-returned-last",
            lambda position, shape: (*_pixel(position, shape)[1:], _pixel(position, shape)[0]),
            "The three numbers are right, but in another order: channel, row, column.",
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
    forbidden=FORBIDDEN,
)


def _repaired(wrong):
    channels, height, width = wrong.shape
    return wrong.reshape(height, width, channels).transpose(2, 0, 1)


REPAIR_RESHAPE = Task(
    id="repair_reshape",
    points=2,
    reference=_repaired,
    arguments=("wrong",),
    inputs=torn,
    misconceptions=(
        Misconception(
            "unchanged",
            lambda wrong: wrong,
            "Nothing has changed. Undo the wrong step first, then take the right one.",
        ),
        Misconception(
            "reshaped-only",
            lambda wrong: wrong.reshape(*wrong.shape[1:], wrong.shape[0]),
            "This is the photograph again, with its channels last; bring them to the front.",
        ),
        Misconception(
            "reshaped-twice",
            lambda wrong: np.moveaxis(wrong, 0, -1).reshape(wrong.shape),
            RESHAPE_HINT,
        ),
        Misconception(
            "height-for-width",
            lambda wrong: wrong.reshape(wrong.shape[::-1]).transpose(2, 1, 0),
            "The photograph had its rows first: its shape was (H, W, C), not (W, H, C).",
        ),
        Misconception(
            "rows-and-columns-exchanged",
            lambda wrong: np.swapaxes(_repaired(wrong), 1, 2),
            "The numbers are back in their pixels, but rows and columns have changed places.",
        ),
        Misconception(
            "channels-stay",
            lambda wrong: np.swapaxes(wrong.reshape(len(wrong), wrong.shape[2], -1), 1, 2),
            "Each channel was rearranged by itself, but each holds numbers of all colours: deal "
            "them out together.",
        ),
        Misconception(
            "axes-turned",
            lambda wrong: np.moveaxis(wrong, -1, 0),
            "The axes were turned, but the numbers are still dealt out wrongly. If you have "
            "unpacked `wrong.shape`: its order is channels, height, width.",
        ),
        Misconception(
            "axes-turned",
            lambda wrong: np.moveaxis(wrong, 0, -1),
            "The axes were turned, but the numbers are still dealt out wrongly. Which call made "
            "the mistake? The same call undoes it.",
        ),
    ),
)


def _choice(roughness, pick=np.argmin):
    """A way to find the picture, by what is measured of the rows and whether it shall be small."""

    def found(vector, widths):
        pictures = [vector.reshape(-1, width) for width in widths]
        return pictures[int(pick([roughness(picture) for picture in pictures]))]

    return found


def _steps(picture, axis=0):
    return np.diff(picture.astype(float), axis=axis)


def _mean_square(picture):
    return np.mean(_steps(picture) ** 2)


def _mean_square_in_a_circle(picture):
    rows = picture.astype(float)
    return np.mean((rows - np.roll(rows, 1, axis=0)) ** 2)


def _best_of(order):
    """The mistake of going through the widths in another order."""
    return lambda vector, widths: _choice(_mean_square)(vector, order(widths))


def _width_as_height(vector, widths):
    pictures = [vector.reshape(width, -1) for width in widths]
    return min(pictures, key=lambda picture: _mean_square(picture) if len(picture) > 1 else np.inf)


BYTES_HINT = "Bytes have no negative numbers: 3 - 5 becomes 254. Turn the vector into floats first."
CUT_OFF_HINT = "The vector was turned into whole numbers and lost what stands behind the point."
EQUALS_HINT = (
    "Of widths that are equally good, the one that comes first in the list counts; here another "
    "one has won."
)

UNFLATTEN = Task(
    id="unflatten",
    points=3,
    reference=_choice(_mean_square),
    arguments=("vector", "widths"),
    inputs=vectors,
    misconceptions=(
        Misconception(
            "largest-difference",
            _choice(_mean_square, np.argmax),
            "This takes the width at which the rows differ most; they should resemble each other.",
        ),
        *(
            Misconception(
                "divided-otherwise",
                _choice(wrong),
                "D is the mean of all differences, and how many there are depends on the width: "
                "divide their sum by (h − 1) · w. The sum alone favours wide pictures, and h · w "
                "is n for any width.",
            )
            for wrong in (
                lambda picture: np.sum(_steps(picture) ** 2),
                lambda picture: np.sum(_steps(picture) ** 2) / (len(picture) - 1),
                lambda picture: np.sum(_steps(picture) ** 2) / picture.shape[1],
            )
        ),
        Misconception(
            "bytes-overflow",
            _choice(lambda picture: np.mean(np.diff(picture, axis=0) ** 2)),
            BYTES_HINT,
        ),
        Misconception(
            "bytes-overflow",
            _choice(lambda picture: np.mean(np.abs(np.diff(picture, axis=0)))),
            f"{BYTES_HINT} And square the differences.",
        ),
        Misconception(
            "integer-output",
            lambda vector, widths: _choice(_mean_square)(vector, widths).astype(int),
            CUT_OFF_HINT,
        ),
        Misconception(
            "integer-output",
            lambda vector, widths: _choice(_mean_square)(vector.astype(int), widths),
            CUT_OFF_HINT,
        ),
        Misconception(
            "last-row-beside-the-first",
            _choice(_mean_square_in_a_circle),
            "`np.roll` also compares the last row with the first; these are no neighbours.",
        ),
        Misconception(
            "signs-cancel",
            _choice(lambda picture: np.abs(np.mean(_steps(picture)))),
            "Differences of opposite sign cancel when they are averaged; square them first.",
        ),
        Misconception(
            "absolute-differences",
            _choice(lambda picture: np.mean(np.abs(_steps(picture)))),
            "These are absolute differences; the definition squares them, which weighs large ones "
            "more and may choose another width.",
        ),
        Misconception(
            "columns-compared",
            _choice(lambda picture: np.mean(_steps(picture, axis=1) ** 2)),
            "Neighbours in a row stay neighbours at every width. Compare each row with the next.",
        ),
        Misconception(
            "transposed",
            lambda vector, widths: _choice(_mean_square)(vector, widths).T,
            "Rows and columns have changed places: the picture has `width` columns.",
        ),
        Misconception(
            "first-rows-only",
            _choice(lambda picture: np.mean(_steps(picture[:2]) ** 2)),
            "Two rows may resemble each other by chance: compare all neighbouring rows.",
        ),
        Misconception("another-of-equals", _best_of(lambda widths: widths[::-1]), EQUALS_HINT),
        Misconception("another-of-equals", _best_of(sorted), EQUALS_HINT),
        Misconception(
            "another-of-equals", _best_of(lambda w: sorted(w, reverse=True)), EQUALS_HINT
        ),
        Misconception(
            "width-as-height",
            _width_as_height,
            "`reshape` takes the number of rows first: the width is how many columns there are.",
        ),
        Misconception(
            "width-only",
            lambda vector, widths: _choice(_mean_square)(vector, widths).shape[1],
            "This is the width alone; the picture of this width is asked for.",
        ),
        Misconception(
            "difference-only",
            lambda vector, widths: min(_mean_square(vector.reshape(-1, w)) for w in widths),
            "This is the smallest D; the picture that has it is asked for.",
        ),
        Misconception(
            "last-width",
            lambda vector, widths: vector.reshape(-1, widths[-1]),
            "This is the picture of the last width in the list, whatever its rows are like.",
        ),
        Misconception(
            "first-width",
            lambda vector, widths: vector.reshape(-1, widths[0]),
            "This is the picture of the first width in the list, whatever its rows are like. Does "
            "`return` stand in the loop?",
        ),
    ),
)
