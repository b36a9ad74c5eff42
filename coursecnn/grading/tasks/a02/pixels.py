"""Pixels in other places: shuffled pictures, the twin network that reads them, moved pictures."""

import numpy as np

from coursecnn.grading.task import Misconception, Task

from ..common.moves import MOVES, moved
from .inputs import images_with_moves, images_with_orders, weights_with_orders


def _shuffled(images, order):
    flat = images.reshape(*images.shape[:2], -1)
    return flat[..., order.astype(int)].reshape(images.shape)


def _whole_images(images, order):
    """One order for the entries of all channels together, each channel taken for its own part."""
    count, channels, height, width = images.shape
    flat = images.reshape(count, height * width, channels)
    return flat[:, order].reshape(images.shape)


def _by_columns(images, order):
    """Pixels counted down the columns."""
    return np.swapaxes(_shuffled(np.swapaxes(images, 2, 3), order), 2, 3)


def _rows_as_long_as_columns(images, order):
    """A pixel's row and column by the height, an error unless the picture is square."""
    out, height = np.zeros(images.shape), images.shape[2]
    for place, source in enumerate(order):
        pixel = images[:, :, source // height, source % height]
        out[:, :, place // height, place % height] = pixel
    return out


def _reshaped_back(images, order):
    """Channels put last by an exchange of axes, and in front again by a reshape."""
    last = np.moveaxis(_shuffled(images, order), 1, -1)
    return last.reshape(images.shape)


def _in_place(array, order):
    """The mistake of reading from the array into which is written."""
    flat = array.reshape(len(array), -1, len(order))
    for place, source in enumerate(order):
        flat[..., place] = flat[..., source]
    return flat.reshape(array.shape)


IN_PLACE_HINT = "Some entries were read after they had been overwritten: write into a new array."

ROW_HINT = "The result must have the shape of the images again, not one long row for each channel."
INTEGER_HINT = (
    "The result was made of whole numbers and lost what stands behind the point; `np.zeros` alone "
    "makes an array for any number."
)

SHUFFLE_PIXELS = Task(
    id="shuffle_pixels",
    points=2,
    reference=_shuffled,
    arguments=("images", "order"),
    inputs=images_with_orders,
    misconceptions=(
        Misconception(
            "inverse-order",
            lambda images, order: _shuffled(images, np.argsort(order)),
            "This sends pixel k to place order[k]. Asked is the other way: place k gets the "
            "pixel from order[k].",
        ),
        Misconception(
            "channels-mixed",
            _whole_images,
            "The colours of a pixel must travel together: with channels first, flatten rows and "
            "columns only, and keep the axis of the channels.",
        ),
        Misconception(
            "down-the-columns",
            _by_columns,
            "Pixels are counted row by row, not down the columns.",
        ),
        Misconception(
            "not-reshaped",
            lambda images, order: images.reshape(*images.shape[:2], -1)[..., order],
            ROW_HINT,
        ),
        Misconception(
            "not-reshaped",
            lambda images, order: images.reshape(-1, len(order))[:, order],
            ROW_HINT,
        ),
        Misconception(
            "height-for-width",
            lambda images, order: np.swapaxes(
                _shuffled(images, order).reshape(*images.shape[:2], *images.shape[:1:-1]), 2, 3
            ),
            "Height and width have changed places when the pixels were laid out again.",
        ),
        Misconception(
            "height-for-width",
            lambda images, order: _shuffled(images, order).reshape(
                *images.shape[:2], *images.shape[:1:-1]
            ),
            "Height and width have changed places when the pixels were laid out again.",
        ),
        Misconception(
            "height-for-width",
            _rows_as_long_as_columns,
            "A row is as long as the picture is wide: divide the number of a pixel by the width.",
        ),
        Misconception(
            "first-channel-only",
            lambda images, order: np.concatenate(
                [_shuffled(images[:, :1], order), images[:, 1:]], axis=1
            ),
            "Only channel 0 was shuffled; all channels follow the same order.",
        ),
        Misconception(
            "not-moved-back",
            _reshaped_back,
            "The pixels were shuffled with the channels last. `reshape` does not bring these to "
            "the front again, it deals the numbers out anew: exchange axes instead.",
        ),
        Misconception(
            "not-flattened",
            lambda images, order: images[..., order],
            "`order` counts the pixels of a whole picture, but the last axis is a single row: "
            "flatten rows and columns first.",
        ),
        Misconception(
            "integer-output",
            lambda images, order: _shuffled(images, order).astype(int),
            INTEGER_HINT,
        ),
        Misconception("unchanged", lambda images, order: images, "No pixel has moved."),
        Misconception(
            "channels-flattened",
            lambda images, order: images.reshape(len(images), -1)[:, order].reshape(images.shape),
            "All channels were flattened together, but `order` counts the pixels of a single one: "
            "keep an axis for the channels.",
        ),
        Misconception(
            "overwritten", lambda images, order: _in_place(images.copy(), order), IN_PLACE_HINT
        ),
    ),
)


def _twin(weight, order):
    per_channel = weight.reshape(len(weight), -1, len(order))
    return per_channel[..., order.astype(int)].reshape(weight.shape)


def _twin_channels_last(weight, order):
    per_pixel = weight.reshape(len(weight), len(order), -1)
    return per_pixel[:, order].reshape(weight.shape)


TWIN_WEIGHT = Task(
    id="twin_weight",
    points=2,
    reference=_twin,
    arguments=("weight", "order"),
    inputs=weights_with_orders,
    misconceptions=(
        Misconception(
            "inverse-order",
            lambda weight, order: _twin(weight, np.argsort(order)),
            "The weights were sent the other way. The pixel from order[k] stands at place k now, "
            "so place k needs the weight from order[k].",
        ),
        Misconception(
            "channels-last",
            _twin_channels_last,
            "The columns were grouped by pixel; images are flattened with channels first, so all "
            "columns of channel 0 come before those of channel 1.",
        ),
        Misconception(
            "first-channel-only",
            lambda weight, order: weight[:, order],
            "These are the columns of channel 0 alone; every channel has its own.",
        ),
        Misconception(
            "other-channels-kept",
            lambda weight, order: np.hstack([weight[:, order], weight[:, len(order) :]]),
            "Only the columns of channel 0 were moved; those of the others follow the same order.",
        ),
        Misconception(
            "channel-forgotten",
            lambda weight, order: weight[:, np.tile(order, weight.shape[1] // len(order))],
            "Channel 0 was repeated: the columns of channel c begin at c times the number of "
            "pixels.",
        ),
        Misconception(
            "not-reshaped",
            lambda weight, order: _twin(weight, order).reshape(len(weight), -1, len(order)),
            "The channels still have an axis of their own: give the result the shape of `weight`.",
        ),
        Misconception(
            "rows-moved",
            lambda weight, order: weight[order],
            "The rows belong to the units; it is the columns that belong to pixels.",
        ),
        Misconception(
            "unchanged",
            lambda weight, order: weight,
            "These are the weights of the original; it would find each pixel in another place.",
        ),
        Misconception(
            "integer-output", lambda weight, order: _twin(weight, order).astype(int), INTEGER_HINT
        ),
        Misconception(
            "overwritten", lambda weight, order: _in_place(weight.copy(), order), IN_PLACE_HINT
        ),
    ),
)


MOVE_IMAGES = Task(
    id="move_images",
    points=2,
    reference=moved,
    arguments=("images", "down", "right"),
    inputs=images_with_moves,
    misconceptions=MOVES,
    forbidden=("scipy.ndimage", "torchvision"),
)
