"""Move or turn a picture, and see what that does to the output of a layer."""

import numpy as np

from coursecnn.grading.task import Misconception, Task
from coursecnn.ops import cross_correlate

from .inputs import images_to_turn, images_with_shifts, images_with_steps

FORBIDDEN = ("coursecnn.ops", "scipy.ndimage", "skimage.transform")
FORWARDS_HINT = (
    "These slices fit moves down and to the right only: negative numbers count from the end, and "
    "`image[:-0]` is empty."
)
NEGATIVE_HINT = (
    "A negative index is no error in Python, it counts from the end: ask for `0 <=` as well."
)
WRAPS_HINT = "What leaves on one side must not come back on the other: zeros come in instead."


def shifted(image, down, right):
    """The picture moved, also up and to the left by negative steps; zeros come in."""
    height, width = image.shape
    return np.eye(height, k=-down) @ image @ np.eye(width, k=right)


def _repeated(image, down, right):
    height, width = image.shape
    rows = np.clip(np.arange(height) - down, 0, height - 1)
    return image[rows][:, np.clip(np.arange(width) - right, 0, width - 1)]


def _forwards_only(image, down, right):
    out = np.zeros_like(image)
    out[down:, right:] = image[:-down, :-right]
    return out


def _slices_to_the_end(image, down, right):
    out = np.zeros_like(image)
    out[down:, right:] = image[: len(image) - down, : image.shape[1] - right]
    return out


def _pushed_to_negative_places(image, down, right):
    (height, width), out = image.shape, np.zeros(image.shape)
    for i, j in np.ndindex(image.shape):
        if i + down < height and j + right < width:
            out[i + down, j + right] = image[i, j]
    return out


def _fetched_from_negative_places(image, down, right):
    (height, width), out = image.shape, np.zeros(image.shape)
    for i, j in np.ndindex(image.shape):
        if i - down < height and j - right < width:
            out[i, j] = image[i - down, j - right]
    return out


def _in_its_place(image, down, right):
    out, (height, width) = image.copy(), image.shape
    for i, j in np.ndindex(image.shape):
        inside = 0 <= i - down < height and 0 <= j - right < width
        out[i, j] = out[i - down, j - right] if inside else 0
    return out


def _first_row_lost(image, down, right):
    image = image.copy()
    image[0] = image[:, 0] = 0
    return shifted(image, down, right)


def _cropped(image, down, right):
    height, width = image.shape
    return image[max(0, -down) : height - max(0, down), max(0, -right) : width - max(0, right)]


SHIFT_IMAGE = Task(
    id="shift_image",
    points=1,
    reference=shifted,
    arguments=("image", "down", "right"),
    inputs=images_with_shifts,
    misconceptions=(
        Misconception(
            "wraps-around",
            lambda image, down, right: np.roll(image, (down, right), axis=(0, 1)),
            WRAPS_HINT,
        ),
        Misconception(
            "wrong-direction",
            lambda image, down, right: shifted(image, -down, -right),
            "The picture went the other way: the pixel at (i, j) comes from (i − down, j − right).",
        ),
        Misconception(
            "upside-down",
            lambda image, down, right: shifted(image, -down, right),
            "Rows are counted from the top: a positive `down` makes the row number larger.",
        ),
        Misconception(
            "axes-swapped",
            lambda image, down, right: shifted(image, right, down),
            "`down` moves the rows, and rows are the first axis.",
        ),
        Misconception(
            "border-repeated",
            _repeated,
            "The new pixels are zeros; here the border was repeated.",
        ),
        Misconception(
            "forwards-only",
            _forwards_only,
            FORWARDS_HINT,
        ),
        Misconception("forwards-only", _slices_to_the_end, FORWARDS_HINT),
        Misconception("negative-index", _pushed_to_negative_places, NEGATIVE_HINT),
        Misconception("negative-index", _fetched_from_negative_places, NEGATIVE_HINT),
        Misconception(
            "overwritten",
            _in_its_place,
            "Pixels are overwritten before they have moved: write into a new array, and leave "
            "`image` as it is.",
        ),
        Misconception(
            "first-row-lost",
            _first_row_lost,
            "Row 0 and column 0 are part of the image: compare by `0 <=`, not `0 <`.",
        ),
        Misconception(
            "cropped",
            _cropped,
            "The result has the size of the image, with zeros where nothing came in.",
        ),
    ),
    forbidden=FORBIDDEN,
)


def _layer(image, kernel, stride):
    return cross_correlate(image, kernel)[::stride, ::stride]


def _difference(image, kernel, shift, stride=1, *, move=shifted, divide=int.__floordiv__):
    """What a shift before the layer makes different; `move` and `divide` may be mistaken."""
    moved_first = _layer(move(image, shift, shift), kernel, stride)
    steps = divide(shift, stride)
    return moved_first - move(_layer(image, kernel, stride), steps, steps)


def _gap(image, kernel, shift, stride=1):
    return np.abs(_difference(image, kernel, shift, stride))


def _mistaken(**change):
    return lambda image, kernel, shift, stride=1: np.abs(
        _difference(image, kernel, shift, stride, **change)
    )


def _roll(image, down, right):
    return np.roll(image, (down, right), axis=(0, 1))


def _back(image, down, right):
    return shifted(image, -down, -right)


def _stride_first(image, kernel, shift, stride=1):
    moved = shifted(image, shift, shift)[::stride, ::stride]
    steps = shift // stride
    later = shifted(cross_correlate(image[::stride, ::stride], kernel), steps, steps)
    return np.abs(cross_correlate(moved, kernel) - later)


def _rows_only(image, kernel, shift, stride=1):
    first = cross_correlate(shifted(image, shift, shift), kernel)[::stride]
    steps = shift // stride
    return np.abs(first - shifted(cross_correlate(image, kernel)[::stride], steps, steps))


EQUIVARIANCE_MAP = Task(
    id="equivariance_map",
    points=2,
    reference=_gap,
    arguments=("image", "kernel", "shift", "stride"),
    inputs=images_with_steps,
    misconceptions=(
        Misconception(
            "signed",
            _difference,
            "Both signs are there: take the absolute value of the difference.",
        ),
        Misconception(
            "squared",
            lambda image, kernel, shift, stride=1: _difference(image, kernel, shift, stride) ** 2,
            "Take the absolute value of the difference, not its square.",
        ),
        Misconception(
            "shift-not-divided",
            _mistaken(divide=lambda shift, stride: shift),
            "With a stride the output has fewer places: `shift` pixels of the image are "
            "`shift // stride` places of the output.",
        ),
        Misconception(
            "rounded-up",
            _mistaken(divide=lambda shift, stride: -(-shift // stride)),
            "Where the stride does not divide the shift, round down.",
        ),
        Misconception(
            "rounded-to-nearest",
            _mistaken(divide=lambda shift, stride: round(shift / stride)),
            "Where the stride does not divide the shift, round down: `//` does it.",
        ),
        Misconception(
            "not-rounded",
            _mistaken(divide=lambda shift, stride: shift / stride),
            "`shift / stride` is a float, and pictures move by whole places: `//` divides and "
            "rounds down.",
        ),
        Misconception(
            "one-axis-moved",
            _mistaken(move=lambda image, down, right: shifted(image, down, 0)),
            "The picture moves along both axes, down and to the right, and so does the output.",
        ),
        Misconception(
            "yes-or-no",
            lambda *args: _gap(*args) != 0,
            "Asked for is how large the difference is, not whether there is one.",
        ),
        Misconception(
            "stride-last",
            lambda image, kernel, shift, stride=1: _gap(image, kernel, shift)[::stride, ::stride],
            "The stride belongs to the layer: its output has fewer places even before it moves.",
        ),
        Misconception(
            "output-not-moved",
            _mistaken(divide=lambda shift, stride: 0),
            "The output of the unmoved image must be moved, too, before you compare. Equal "
            "outputs would be invariance.",
        ),
        Misconception("wraps-around", _mistaken(move=_roll), WRAPS_HINT),
        Misconception(
            "wrong-direction",
            _mistaken(move=_back),
            "Both shifts go down and to the right.",
        ),
        Misconception(
            "stride-ignored",
            lambda image, kernel, shift, stride=1: _gap(image, kernel, shift),
            "The layer takes a step of `stride` places: keep every stride-th row and column.",
        ),
        Misconception(
            "stride-of-rows-only",
            _rows_only,
            "The stride holds for both axes: keep every stride-th row and every stride-th column.",
        ),
        Misconception(
            "stride-first",
            _stride_first,
            "The stride skips places of the window, not pixels of the image: first slide the "
            "kernel, then leave places out.",
        ),
    ),
    forbidden=FORBIDDEN,
)


def _turned(image, kernel, turn=np.rot90):
    return cross_correlate(turn(image), kernel) - turn(cross_correlate(image, kernel))


def _largest(image, kernel):
    return np.max(np.abs(_turned(image, kernel)))


ROTATION_GAP = Task(
    id="rotation_gap",
    points=1,
    reference=_largest,
    arguments=("image", "kernel"),
    inputs=images_to_turn,
    misconceptions=(
        Misconception(
            "signed",
            lambda image, kernel: np.max(_turned(image, kernel)),
            "A large negative difference counts as well: take absolute values first.",
        ),
        Misconception(
            "map-not-number",
            lambda image, kernel: np.abs(_turned(image, kernel)),
            "These are all differences; asked for is one number, the largest of them.",
        ),
        Misconception(
            "mean-not-largest",
            lambda image, kernel: np.mean(np.abs(_turned(image, kernel))),
            "Asked for is the largest difference, not the mean.",
        ),
        Misconception(
            "sum-not-largest",
            lambda image, kernel: np.sum(np.abs(_turned(image, kernel))),
            "Asked for is the largest difference, not the sum.",
        ),
        Misconception(
            "largest-first",
            lambda image, kernel: np.abs(
                np.max(cross_correlate(np.rot90(image), kernel))
                - np.max(cross_correlate(image, kernel))
            ),
            "Subtract entry by entry first; the largest of the differences comes last.",
        ),
        Misconception(
            "kernel-turned-too",
            lambda image, kernel: np.max(
                np.abs(
                    cross_correlate(np.rot90(image), np.rot90(kernel))
                    - np.rot90(cross_correlate(image, kernel))
                )
            ),
            "Only the picture is turned. A layer has the same kernel for every picture.",
        ),
        Misconception(
            "clockwise",
            lambda image, kernel: np.max(
                np.abs(_turned(image, kernel, lambda picture: np.rot90(picture, -1)))
            ),
            "Both turns go counterclockwise, as `np.rot90` turns.",
        ),
        Misconception(
            "turned-back",
            lambda image, kernel: np.max(
                np.abs(
                    cross_correlate(np.rot90(image), kernel)
                    - np.rot90(cross_correlate(image, kernel), -1)
                )
            ),
            "Image and output turn the same way.",
        ),
        Misconception(
            "half-turn",
            lambda image, kernel: np.max(
                np.abs(_turned(image, kernel, lambda picture: np.rot90(picture, 2)))
            ),
            "That is a turn by 180°; asked for is a quarter turn.",
        ),
        Misconception(
            "transposed",
            lambda image, kernel: np.max(np.abs(_turned(image, kernel, np.transpose))),
            "Transposing mirrors at the diagonal; a quarter turn also reverses the rows.",
        ),
        Misconception(
            "output-not-turned",
            lambda image, kernel: np.max(
                np.abs(cross_correlate(np.rot90(image), kernel) - cross_correlate(image, kernel))
            ),
            "The output of the image that was not turned must be turned before you compare.",
        ),
    ),
    forbidden=FORBIDDEN,
)
