"""Assignment 01, on pictures: how to get one back from its numbers."""

import numpy as np

from ..task import Misconception, Task
from .a01_axes import RESHAPE_HINT
from .a01_inputs import torn, vectors


def _repaired(wrong):
    channels, height, width = wrong.shape
    return wrong.reshape(height, width, channels).transpose(2, 0, 1)


def _repaired_by_slices(wrong):
    channels = wrong.shape[0]
    return [wrong.ravel()[c::channels].reshape(wrong.shape[1:]) for c in range(channels)]


def _repaired_by_loops(wrong):
    vector, right = wrong.ravel(), np.zeros(wrong.shape)
    channels, _, width = wrong.shape
    for c, i, j in np.ndindex(wrong.shape):
        right[c, i, j] = vector[(i * width + j) * channels + c]
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
            "rows-and-columns-exchanged",
            lambda wrong: np.swapaxes(_repaired(wrong), 1, 2),
            "The numbers are back in their pixels, but rows and columns have changed places.",
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


def _best_of(order):
    """The mistake of going through the widths in another order."""
    return lambda vector, widths: _choice(_mean_square)(vector, order(widths))


def _width_as_height(vector, widths):
    pictures = [vector.reshape(width, -1) for width in widths]
    return min(pictures, key=lambda picture: _mean_square(picture) if len(picture) > 1 else np.inf)


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
    alternatives=(_found_by_moving, _found_by_ranking, _found_by_loops),
)
