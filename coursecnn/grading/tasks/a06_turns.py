"""Assignment 06, what turning a picture does to the answer of a layer."""

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from coursecnn.ops import cross_correlate

from ..task import Misconception, Task
from .a06_inputs import images_to_turn

FORBIDDEN = ("coursecnn.ops", "scipy.ndimage", "skimage.transform")


def _turned(image, kernel, turn=np.rot90):
    return cross_correlate(turn(image), kernel) - turn(cross_correlate(image, kernel))


def _largest(image, kernel):
    return np.max(np.abs(_turned(image, kernel)))


def _largest_by_turned_kernel(image, kernel):
    """Turning the image is the same as turning the kernel back, and then the output."""
    difference = cross_correlate(image, np.rot90(kernel, -1)) - cross_correlate(image, kernel)
    return max(abs(float(value)) for value in difference.flat)


def _largest_by_indices(image, kernel):
    def answers(picture):
        windows = sliding_window_view(picture, kernel.shape)
        return np.einsum("hwij,ij->hw", windows, np.asarray(kernel, float))

    first, last = answers(image.T[::-1]), answers(image).T[::-1]
    return np.linalg.norm((first - last).ravel(), np.inf)


def _largest_by_sorting(image, kernel):
    difference = np.sort(_turned(image, kernel), axis=None)
    return max(-difference[0], difference[-1])


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
    alternatives=(_largest_by_turned_kernel, _largest_by_indices, _largest_by_sorting),
    forbidden=FORBIDDEN,
)
