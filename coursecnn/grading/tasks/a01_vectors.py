"""Assignment 01, on vectors: where a pixel lands, and how to get a picture back."""

import numpy as np

from ..task import Misconception, Task
from .a01_axes import RESHAPE_HINT
from .a01_inputs import entries, positions, torn, vectors

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
            "channel-as-slowest",
            lambda c, i, j, shape: (
                _position(c, i, j, shape)[0],
                c + (i + j * shape[1]) * shape[0],
            ),
            "With channels last the columns still run faster than the rows: "
            "one pixel to the right is `channels` entries away.",
        ),
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
    ),
    alternatives=(_pixel_by_counting, _pixel_by_subtracting, _pixel_by_search),
    forbidden=FORBIDDEN,
)


def _repaired(wrong):
    channels, height, width = wrong.shape
    return wrong.reshape(height, width, channels).transpose(2, 0, 1)


def _repaired_by_slices(wrong):
    channels = wrong.shape[0]
    return [wrong.ravel()[c::channels].reshape(wrong.shape[1:]) for c in range(channels)]


def _repaired_by_loops(wrong):
    vector, right = wrong.ravel(), np.zeros(wrong.shape)
    for c, i, j in np.ndindex(wrong.shape):
        right[c, i, j] = vector[_position(c, i, j, wrong.shape)[1]]
    return right


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
            "axes-turned",
            lambda wrong: np.moveaxis(wrong, 0, -1),
            "The axes were turned, but the numbers are still dealt out wrongly. Which call made "
            "the mistake? The same call undoes it.",
        ),
    ),
    alternatives=(
        _repaired_by_loops,
        _repaired_by_slices,
        lambda wrong: wrong.ravel().reshape(-1, wrong.shape[0]).T.reshape(wrong.shape),
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


def _found_by_loops(vector, widths):
    best = None
    for width in widths:
        pairs = [float(a) - float(b) for a, b in zip(vector, vector[width:], strict=False)]
        score = sum(pair * pair for pair in pairs) / len(pairs)
        if best is None or score < best[0]:
            best = score, width
    return [vector[i : i + best[1]].tolist() for i in range(0, len(vector), best[1])]


def _found_by_moving(vector, widths):
    """One row down is `width` places on, so the vector is compared with itself."""
    vector = np.asarray(vector, float)
    scores = [np.mean((vector[width:] - vector[:-width]) ** 2) for width in widths]
    return vector.reshape(-1, widths[scores.index(min(scores))])


def _found_by_ranking(vector, widths):
    pictures = [np.asarray(vector, np.float64).reshape(-1, width) for width in widths]
    return sorted(pictures, key=lambda x: np.square(x[1:] - x[:-1]).mean())[0]


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
        Misconception(
            "sum-not-mean",
            _choice(lambda picture: np.sum(_steps(picture) ** 2)),
            "A wide picture has fewer pairs of rows, so its sum is small anyway: take the mean.",
        ),
        Misconception(
            "bytes-overflow",
            _choice(lambda picture: np.mean(np.diff(picture, axis=0) ** 2)),
            "Bytes have no negative numbers: 3 - 5 becomes 254. Turn the vector into floats first.",
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
    ),
    alternatives=(_found_by_moving, _found_by_ranking, _found_by_loops),
)
