"""Pixels in other places: shuffled pictures, the twin network that reads them, moved pictures."""

import numpy as np

from coursecnn.grading.task import Misconception, Task

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


def _in_place(array, order):
    """The mistake of reading from the array into which is written."""
    flat = array.reshape(len(array), -1, len(order))
    for place, source in enumerate(order):
        flat[..., place] = flat[..., source]
    return flat.reshape(array.shape)


IN_PLACE_HINT = "Some entries were read after they had been overwritten: write into a new array."

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
            "The result must have the shape of the images again, not one long row for each "
            "channel.",
        ),
        Misconception(
            "height-for-width",
            lambda images, order: np.swapaxes(
                _shuffled(images, order).reshape(*images.shape[:2], *images.shape[:1:-1]), 2, 3
            ),
            "Height and width have changed places when the pixels were laid out again.",
        ),
        Misconception(
            "first-channel-only",
            lambda images, order: np.concatenate(
                [_shuffled(images[:, :1], order), images[:, 1:]], axis=1
            ),
            "Only channel 0 was shuffled; all channels follow the same order.",
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
            "overwritten", lambda weight, order: _in_place(weight.copy(), order), IN_PLACE_HINT
        ),
    ),
)


def _moved(images, down, right):
    return _taken(np.pad(images, _margins(images)), down, right)


def _margins(images):
    return [(0, 0), (0, 0), *((size, size) for size in images.shape[2:])]


def _taken(padded, down, right):
    """The window that shows the middle of an image with margins around it, moved by so much."""
    sizes = [size // 3 for size in padded.shape[2:]]
    starts = [
        min(max(size - step, 0), 2 * size) for size, step in zip(sizes, (down, right), strict=True)
    ]
    rows, columns = (slice(a, a + size) for a, size in zip(starts, sizes, strict=True))
    return padded[:, :, rows, columns]


def _moved_by_slices(images, down, right):
    out = np.zeros(images.shape)
    out[:, :, down:, right:] = images[:, :, :-down, :-right]
    return out


def _moved_where(images, down, right, exists):
    """The answer by loops, with a mistake in the question whether an old pixel exists."""
    out = np.zeros(images.shape)
    _, _, height, width = images.shape
    for i, j in np.ndindex(height, width):
        if exists(i - down, height) and exists(j - right, width):
            out[:, :, i, j] = images[:, :, i - down, j - right]
    return out


MOVE_IMAGES = Task(
    id="move_images",
    points=2,
    reference=_moved,
    arguments=("images", "down", "right"),
    inputs=images_with_moves,
    misconceptions=(
        Misconception(
            "wrapped-around",
            lambda images, down, right: np.roll(images, (down, right), (2, 3)),
            "`np.roll` brings back on the other side what leaves the image; it must be gone, and "
            "zeros come in.",
        ),
        Misconception(
            "opposite-direction",
            lambda images, down, right: _moved(images, -down, -right),
            "The images moved up and to the left for positive steps; `down` and `right` say where "
            "they must go.",
        ),
        Misconception(
            "axes-exchanged",
            lambda images, down, right: _moved(images, right, down),
            "Down and right have changed places: axis 2 counts rows, so it belongs to `down`.",
        ),
        Misconception(
            "edges-repeated",
            lambda images, down, right: _taken(
                np.pad(images, _margins(images), mode="edge"), down, right
            ),
            "What comes in from outside is 0, not a copy of the edge.",
        ),
        Misconception(
            "rows-only",
            lambda images, down, right: _moved(images, down, 0),
            "The rows have moved, the columns have not.",
        ),
        Misconception(
            "columns-only",
            lambda images, down, right: _moved(images, 0, right),
            "The columns have moved, the rows have not.",
        ),
        Misconception(
            "only-positive-steps",
            _moved_by_slices,
            "These slices fit positive steps only: `[:-0]` is empty, and a negative step needs its "
            "slices the other way round.",
        ),
        Misconception(
            "negative-steps-ignored",
            lambda images, down, right: _moved(images, max(down, 0), max(right, 0)),
            "Negative steps move up and to the left; here they do nothing.",
        ),
        Misconception(
            "negative-index",
            lambda *args: _moved_where(*args, lambda i, size: i < size),
            "Python takes an index of -1 for the last entry, without any error: ask, too, whether "
            "the old row and column are at least 0.",
        ),
        Misconception(
            "off-by-one",
            lambda *args: _moved_where(*args, lambda i, size: 0 < i < size),
            "Row 0 and column 0 of the old image exist, too: they pass `0 <=`, but not `0 <`.",
        ),
    ),
    forbidden=("scipy.ndimage", "torchvision"),
)
