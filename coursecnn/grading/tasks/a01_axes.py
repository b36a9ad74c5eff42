"""Assignment 01, on axes: channels last and first, grey from colour."""

import numpy as np

from ..task import Misconception, Task
from .a01_inputs import batches, colour_images

RESHAPE_HINT = (
    "The shape is right, but `reshape` deals the numbers out in the order in which they are "
    "stored: the picture is torn into stripes. Exchange axes instead."
)
GREY = np.array([0.299, 0.587, 0.114])


def _first(images):
    return np.moveaxis(images, -1, 1)


def _first_by_loops(images):
    count, height, width, channels = images.shape
    out = np.zeros((count, channels, height, width))
    for n, i, j, c in np.ndindex(images.shape):
        out[n, c, i, j] = images[n, i, j, c]
    return out


TO_CHANNELS_FIRST = Task(
    id="to_channels_first",
    points=1,
    reference=_first,
    arguments=("images",),
    inputs=batches,
    misconceptions=(
        Misconception(
            "reshaped",
            lambda images: images.reshape(_first(images).shape),
            RESHAPE_HINT,
        ),
        Misconception(
            "rows-and-columns-exchanged",
            lambda images: np.swapaxes(images, 1, 3),
            "Rows and columns have changed places: every picture lies on its side, mirrored. "
            "The channels move to axis 1, and the rows still come before the columns.",
        ),
        Misconception(
            "all-axes-reversed",
            np.transpose,
            "`.T` reverses all axes, that of the images, too. Say for each axis where it goes.",
        ),
        Misconception(
            "one-axis-short-of-it",
            lambda images: np.swapaxes(images, 2, 3),
            "The channels stand on axis 2 now, behind the rows; they must come before the rows.",
        ),
        Misconception(
            "channels-before-images",
            lambda images: np.moveaxis(images, -1, 0),
            "The channels stand before the images. Axis 0 keeps counting the images.",
        ),
        Misconception(
            "colours-reversed",
            lambda images: _first(images)[:, ::-1],
            "The axes are right, but the channels come in reverse order: blue has become red.",
        ),
    ),
    alternatives=(
        _first_by_loops,
        lambda images: np.einsum("nhwc->nchw", images),
        lambda images: [[image[..., c] for c in range(image.shape[-1])] for image in images],
        lambda images: np.swapaxes(np.swapaxes(images, 2, 3), 1, 2),
    ),
)


def _grey(image):
    return np.tensordot(GREY, image, 1)


def _grey_of_columns(image):
    red, green, blue = (image[..., colour] for colour in range(3))
    return 0.299 * red + 0.587 * green + 0.114 * blue


def _weighted(weights):
    return lambda image: np.tensordot(weights, image, 1)


AXIS_HINT = (
    "The weights were laid on the last axis, which counts columns; the channels are axis 0 here."
)
MEAN_HINT = (
    "All three colours have the same weight here. To the eye green is much brighter than blue: use "
    "the weights of the formula."
)

TO_GREY = Task(
    id="to_grey",
    points=1,
    reference=_grey,
    arguments=("image",),
    inputs=colour_images,
    misconceptions=(
        Misconception("plain-mean", lambda image: image.mean(axis=0), MEAN_HINT),
        Misconception("plain-mean", lambda image: (image[0] + image[1] + image[2]) / 3, MEAN_HINT),
        Misconception("wrong-axis", lambda image: image @ GREY, AXIS_HINT),
        Misconception("wrong-axis", _grey_of_columns, AXIS_HINT),
        Misconception(
            "colours-reversed",
            _weighted(GREY[::-1]),
            "The weights of red and blue have changed places: channel 0 is red.",
        ),
        Misconception(
            "integer-output",
            lambda image: _grey(image).astype(image.dtype),
            "The result took the number type of the image and lost what stands behind the point.",
        ),
        Misconception(
            "rounded",
            lambda image: np.round(_grey(image)),
            "The result was rounded; keep what stands behind the point.",
        ),
        Misconception(
            "divided-by-255",
            lambda image: _grey(image / 255),
            "The range of the numbers has changed: a pixel that is grey already keeps its number. "
            "Nothing is divided by 255 here.",
        ),
        Misconception(
            "not-weighted",
            lambda image: image.sum(axis=0),
            "The three channels were added as they are; multiply each by its weight first.",
        ),
        Misconception(
            "other-weights",
            _weighted([0.2126, 0.7152, 0.0722]),
            "These weights are a later standard (Rec. 709); use those of the formula.",
        ),
        Misconception(
            "one-channel",
            lambda image: image[1],
            "This is the green channel alone; red and blue count, too.",
        ),
        Misconception(
            "brightest-channel",
            lambda image: image.max(axis=0),
            "This takes the largest of the three; they are weighted and added.",
        ),
    ),
    alternatives=(
        lambda image: np.einsum("c,chw->hw", GREY, image),
        lambda image: (GREY[:, None, None] * image).sum(axis=0),
        lambda image: np.moveaxis(image, 0, -1) @ GREY,
        lambda image: [
            [
                sum(float(w) * float(value) for w, value in zip(GREY, pixel, strict=True))
                for pixel in zip(*rows, strict=True)
            ]
            for rows in zip(*image, strict=True)
        ],
    ),
    forbidden=("PIL.Image", "cv2", "matplotlib.image", "skimage.color", "torchvision"),
)
