"""Move or turn a picture, and see what that does to the output of a layer."""

import numpy as np

from coursecnn.grading.task import Misconception, Task
from coursecnn.ops import cross_correlate

from ..common.mistakes import integer_output
from ..common.moves import MOVES, WRAPS_HINT, by_pixels, moved
from .inputs import images_to_turn, images_with_shifts, images_with_steps

FORBIDDEN = ("coursecnn.ops", "scipy.ndimage", "skimage.transform")

SHIFT_IMAGE = Task(
    id="shift_image",
    points=1,
    reference=moved,
    arguments=("image", "down", "right"),
    inputs=images_with_shifts,
    misconceptions=MOVES,
    forbidden=FORBIDDEN,
)


def _layer(image, kernel, stride):
    return cross_correlate(image, kernel)[::stride, ::stride]


def _difference(image, kernel, shift, stride=1, *, move=moved, divide=int.__floordiv__):
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
    return moved(image, -down, -right)


def _stride_first(image, kernel, shift, stride=1):
    first = moved(image, shift, shift)[::stride, ::stride]
    steps = shift // stride
    later = moved(cross_correlate(image[::stride, ::stride], kernel), steps, steps)
    return np.abs(cross_correlate(first, kernel) - later)


def _rows_only(image, kernel, shift, stride=1):
    first = cross_correlate(moved(image, shift, shift), kernel)[::stride]
    steps = shift // stride
    return np.abs(first - moved(cross_correlate(image, kernel)[::stride], steps, steps))


def _sizes_compared(image, kernel, shift, stride=1):
    first = _layer(moved(image, shift, shift), kernel, stride)
    last = moved(_layer(image, kernel, stride), shift // stride, shift // stride)
    return np.abs(first) - np.abs(last)


FLOAT_HINT = (
    "`shift / stride` is a float, and pictures move by whole places: `//` divides and rounds down."
)

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
            "signed",
            _sizes_compared,
            "Take the absolute value of the difference, not the difference of absolute values.",
        ),
        Misconception(
            "number-not-map",
            lambda *args: np.max(_gap(*args)),
            "Asked for is the difference at every place, not the largest of them.",
        ),
        Misconception(
            "squared",
            lambda image, kernel, shift, stride=1: _difference(image, kernel, shift, stride) ** 2,
            "Take the absolute value of the difference, not its square.",
        ),
        *integer_output(_gap, "image", "kernel"),
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
            FLOAT_HINT,
        ),
        Misconception(
            "not-rounded",
            _mistaken(move=by_pixels, divide=lambda shift, stride: shift / stride),
            FLOAT_HINT,
        ),
        Misconception(
            "one-axis-moved",
            _mistaken(move=lambda image, down, right: moved(image, down, 0)),
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


ABSOLUTE_HINT = (
    "A large negative difference counts as well: take absolute values first, then the largest."
)
NORM_HINT = (
    "For an array with two axes `np.linalg.norm` is another number: with `np.inf` the largest sum "
    "of a row, without it the root of the sum of all squares."
)

ROTATION_GAP = Task(
    id="rotation_gap",
    points=1,
    reference=_largest,
    arguments=("image", "kernel"),
    inputs=images_to_turn,
    misconceptions=(
        Misconception(
            "signed", lambda image, kernel: np.max(_turned(image, kernel)), ABSOLUTE_HINT
        ),
        Misconception(
            "signed", lambda image, kernel: np.abs(np.max(_turned(image, kernel))), ABSOLUTE_HINT
        ),
        Misconception(
            "norm-of-a-matrix",
            lambda image, kernel: np.linalg.norm(_turned(image, kernel), np.inf),
            NORM_HINT,
        ),
        Misconception(
            "norm-of-a-matrix",
            lambda image, kernel: np.linalg.norm(_turned(image, kernel)),
            NORM_HINT,
        ),
        Misconception(
            "integer-output",
            lambda image, kernel: int(_largest(image, kernel)),
            "The result was turned into a whole number and lost what stands behind the point.",
        ),
        Misconception(
            "where-not-how-large",
            lambda image, kernel: np.argmax(np.abs(_turned(image, kernel))),
            "This says where the largest difference stands; asked for is how large it is.",
        ),
        Misconception(
            "squared",
            lambda image, kernel: np.max(_turned(image, kernel) ** 2),
            "Take the absolute value of the difference, not its square.",
        ),
        Misconception(
            "one-axis",
            lambda image, kernel: np.max(np.abs(_turned(image, kernel)), axis=0),
            "This is the largest difference of each column; without `axis` it is the largest of "
            "all.",
        ),
        Misconception(
            "python-max",
            lambda image, kernel: max(np.abs(_turned(image, kernel))),
            "Python's own `max` compares whole rows; `np.max` finds the largest entry.",
        ),
        Misconception(
            "spread",
            lambda image, kernel: np.ptp(_turned(image, kernel)),
            "This is how far the largest and the smallest difference lie apart; asked for is the "
            "one farthest from 0.",
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
