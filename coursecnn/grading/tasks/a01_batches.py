"""Assignment 01, on batches: one array from images of different sizes."""

import numpy as np

from ..task import Misconception, Task
from .a01_inputs import collections


def _frame(images, of=max):
    return [of(image.shape[axis] for image in images) for axis in (1, 2)]


def _batch(images):
    return _laid(images, _frame(images), lambda room: 0)


def _laid(images, frame, before):
    """Lay each image into a frame, with some of the room that is left over before it."""
    batch = np.zeros((len(images), images[0].shape[0], *frame))
    for place, image in zip(batch, images, strict=True):
        _, rows, columns = image.shape
        top, left = before(frame[0] - rows), before(frame[1] - columns)
        place[:, top : top + rows, left : left + columns] = image
    return batch


def _padded(images, **how):
    height, width = _frame(images)
    return np.stack(
        [
            np.pad(x, [(0, 0), (0, height - x.shape[1]), (0, width - x.shape[2])], **how)
            for x in images
        ]
    )


def _cropped(images):
    height, width = _frame(images, min)
    return np.stack([image[:, :height, :width] for image in images])


def _refilled(images):
    """Every image begins anew where its numbers are used up."""
    return np.stack([np.resize(x, (x.shape[0], *_frame(images))) for x in images])


def _batch_by_lists(images):
    height, width = _frame(images)
    return [
        [
            [[*row, *([0] * (width - len(row)))] for row in channel]
            + [[0] * width] * (height - len(channel))
            for channel in image
        ]
        for image in images
    ]


def _batch_by_blocks(images):
    height, width = _frame(images)
    whole = []
    for image in images:
        channels, rows, columns = image.shape
        image = np.concatenate([image, np.zeros((channels, rows, width - columns))], axis=2)
        image = np.concatenate([image, np.zeros((channels, height - rows, width))], axis=1)
        whole.append(image)
    return np.array(whole)


def _as_large_as(key):
    """The mistake of taking both sizes from the image that is largest by `key`."""
    return lambda images: _laid(images, max(images, key=key).shape[1:], lambda room: 0)


ONE_IMAGE_HINT = (
    "Both sizes were taken from one image; the highest image need not be the widest. Find each "
    "over all images."
)

MAKE_BATCH = Task(
    id="make_batch",
    points=2,
    reference=_batch,
    arguments=("images",),
    inputs=collections,
    misconceptions=(
        Misconception(
            "cropped",
            _cropped,
            "The images were cut down to the smallest. Nothing may be lost: the batch is as high "
            "as the highest image and as wide as the widest.",
        ),
        Misconception(
            "stacked-as-they-are",
            np.stack,
            "`np.stack` wants images of one size: fill them up with zeros first.",
        ),
        Misconception(
            "size-of-the-first",
            lambda images: _laid(images, images[0].shape[1:], lambda room: 0),
            "The first image need not be the largest: look at all of them.",
        ),
        Misconception("size-of-one-image", _as_large_as(np.size), ONE_IMAGE_HINT),
        Misconception("size-of-one-image", _as_large_as(np.shape), ONE_IMAGE_HINT),
        Misconception(
            "first-image-only",
            lambda images: _batch([images[0], *(0 * image for image in images[1:])]),
            "Only the first image has arrived. Does `return` stand in the loop? It belongs behind "
            "it.",
        ),
        Misconception(
            "order-changed",
            lambda images: _batch(sorted(images, key=np.size)),
            "The images come in another order; sorting is not asked for.",
        ),
        Misconception(
            "integer-output",
            lambda images: _batch(images).astype(int),
            "The zeros were made of an integer type and cut off what stands behind the point.",
        ),
        Misconception(
            "centred",
            lambda images: _laid(images, _frame(images), lambda room: room // 2),
            "The images were centred; each must begin at row 0 and column 0.",
        ),
        Misconception(
            "padded-in-front",
            lambda images: _laid(images, _frame(images), lambda room: room),
            "The zeros stand above and on the left; they belong below and on the right.",
        ),
        Misconception(
            "edges-repeated",
            lambda images: _padded(images, mode="edge"),
            "The room that is left over was filled with the last row and column; fill it with "
            "zeros.",
        ),
        Misconception(
            "refilled",
            _refilled,
            "`np.resize` deals the numbers out anew and tears the rows apart; lay each image into "
            "zeros instead.",
        ),
        Misconception(
            "square",
            lambda images: _laid(images, [max(_frame(images))] * 2, lambda room: 0),
            "Height and width are found separately; the batch need not hold squares.",
        ),
        Misconception(
            "no-axis-of-its-own",
            lambda images: np.concatenate(_batch(images)),
            "The images were strung together along the channels; a batch has a new axis in front, "
            "as `np.stack` makes it.",
        ),
    ),
    alternatives=(_batch_by_blocks, _padded, _batch_by_lists),
    forbidden=("torch.nn.utils.rnn.pad_sequence",),
)
