"""Assignment 02: a dense network, its twin that reads shuffled pictures, and what moves."""

import numpy as np

from ..task import Misconception, Task
from .a02_inputs import (
    images_with_moves,
    images_with_orders,
    vectors_with_layers,
    weights_with_orders,
)


def _forward(x, layers, between=lambda sums, bias: np.maximum(sums + bias, 0), last=np.add):
    """The network; `between` and `last` put a mistake in the place of what is right."""
    for weight, bias in layers[:-1]:
        x = between(x @ weight.T, bias)
    weight, bias = layers[-1]
    return last(x @ weight.T, bias)


def _mistaken(**change):
    return lambda x, layers: _forward(x, layers, **change)


def _detected(sums, bias):
    return np.maximum(sums + bias, 0)


def _not_transposed(x, layers):
    return _forward(x, [(weight.T, bias) for weight, bias in layers])


def _forward_by_units(x, layers):
    out = []
    for vector in x:
        values = [float(value) for value in vector]
        for depth, (weight, bias) in enumerate(layers):
            sums = [
                sum(w * value for w, value in zip(row, values, strict=True)) + b
                for row, b in zip(weight, bias, strict=True)
            ]
            values = [max(0.0, s) for s in sums] if depth < len(layers) - 1 else sums
        out.append(values)
    return out


def _forward_by_columns(x, layers):
    columns = np.asarray(x, float).T
    for depth, (weight, bias) in enumerate(layers):
        columns = np.where((columns > 0) | (depth == 0), columns, 0)
        columns = weight @ columns + bias[:, None]
    return columns.T


def _forward_by_einsum(x, layers):
    (weight, bias), *rest = layers
    sums = np.einsum("ni,ui->nu", x, weight) + bias
    return _forward_by_einsum((sums + np.abs(sums)) / 2, rest) if rest else sums


MLP_FORWARD = Task(
    id="mlp_forward",
    points=2,
    reference=_forward,
    arguments=("x", "layers"),
    inputs=vectors_with_layers,
    misconceptions=(
        Misconception(
            "linear",
            _mistaken(between=np.add),
            "Between two layers negative sums become 0; without that, the network is one single "
            "matrix.",
        ),
        Misconception(
            "last-layer-detected",
            _mistaken(last=_detected),
            "The last layer keeps its negative sums: `np.maximum` stands between layers only.",
        ),
        Misconception(
            "bias-missing",
            _mistaken(between=lambda sums, bias: np.maximum(sums, 0), last=lambda sums, bias: sums),
            "The biases are missing: each unit adds its own to its sum.",
        ),
        Misconception(
            "bias-too-late",
            _mistaken(between=lambda sums, bias: np.maximum(sums, 0) + bias),
            "First add the bias, then set negative sums to 0.",
        ),
        Misconception(
            "not-transposed",
            _not_transposed,
            "A weight has the shape (units, inputs): each *row* belongs to a unit, so `x` must be "
            "multiplied with the transpose.",
        ),
        Misconception(
            "absolute-values",
            _mistaken(between=lambda sums, bias: np.abs(sums + bias)),
            "Negative sums become 0; they do not turn positive.",
        ),
        Misconception(
            "first-layer-only",
            lambda x, layers: _forward(x, layers[:1]),
            "What one layer gives is what the next one gets: keep it in the loop.",
        ),
    ),
    alternatives=(_forward_by_units, _forward_by_columns, _forward_by_einsum),
    forbidden=("coursecnn.models", "coursecnn.numpy_net", "torch.nn.Linear"),
)


def _shuffled(images, order):
    flat = images.reshape(*images.shape[:2], -1)
    return flat[..., order.astype(int)].reshape(images.shape)


def _shuffled_by_loops(images, order):
    out, width = np.zeros(images.shape), images.shape[3]
    for place, source in enumerate(order):
        out[:, :, place // width, place % width] = images[:, :, source // width, source % width]
    return out


def _shuffled_by_matrix(images, order):
    shuffle = np.eye(len(order))[order]
    return (images.reshape(-1, len(order)) @ shuffle.T).reshape(images.shape)


def _whole_images(images, order):
    """One order for the entries of all channels together, each channel taken for its own part."""
    count, channels, height, width = images.shape
    flat = images.reshape(count, height * width, channels)
    return flat[:, order].reshape(images.shape)


def _by_columns(images, order):
    """Pixels counted down the columns."""
    return np.swapaxes(_shuffled(np.swapaxes(images, 2, 3), order), 2, 3)


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
            "This sends pixel k *to* place order[k]. Asked is that place k gets the pixel *from* "
            "order[k].",
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
    ),
    alternatives=(
        _shuffled_by_loops,
        _shuffled_by_matrix,
        lambda images, order: np.take(images.reshape(*images.shape[:2], -1), order, 2).reshape(
            images.shape
        ),
    ),
)


def _twin(weight, order):
    per_channel = weight.reshape(len(weight), -1, len(order))
    return per_channel[..., order.astype(int)].reshape(weight.shape)


def _twin_by_columns(weight, order):
    channels = weight.shape[1] // len(order)
    return weight[:, [c * len(order) + k for c in range(channels) for k in order]]


def _twin_by_loops(weight, order):
    out, pixels = np.zeros(weight.shape), len(order)
    for unit, column in np.ndindex(weight.shape):
        channel, pixel = divmod(column, pixels)
        out[unit, column] = weight[unit, channel * pixels + order[pixel]]
    return out


def _twin_by_blocks(weight, order):
    blocks = np.split(weight, weight.shape[1] // len(order), axis=1)
    return np.hstack([block[:, order] for block in blocks])


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
    ),
    alternatives=(_twin_by_columns, _twin_by_loops, _twin_by_blocks),
)


def _moved(images, down, right):
    return _taken(np.pad(images, _room(images)), down, right)


def _room(images):
    return [(0, 0), (0, 0), *((size, size) for size in images.shape[2:])]


def _taken(padded, down, right):
    """The window that shows the middle of an image with room around it, moved by so much."""
    sizes = [size // 3 for size in padded.shape[2:]]
    starts = [
        min(max(size - step, 0), 2 * size) for size, step in zip(sizes, (down, right), strict=True)
    ]
    rows, columns = (slice(a, a + size) for a, size in zip(starts, sizes, strict=True))
    return padded[:, :, rows, columns]


def _moved_by_loops(images, down, right):
    out = np.zeros(images.shape)
    _, _, height, width = images.shape
    for i, j in np.ndindex(height, width):
        if 0 <= i + down < height and 0 <= j + right < width:
            out[:, :, i + down, j + right] = images[:, :, i, j]
    return out


def _moved_by_rolling(images, down, right):
    out = np.roll(images, (down, right), axis=(2, 3))
    for axis, step in ((2, down), (3, right)):
        places = np.arange(images.shape[axis]) - step
        outside = (places < 0) | (places >= images.shape[axis])
        out[(slice(None),) * axis + (outside,)] = 0
    return out


def _moved_by_matrices(images, down, right):
    _, _, height, width = images.shape
    return np.eye(height, k=-down) @ images @ np.eye(width, k=right)


def _moved_by_slices(images, down, right):
    out = np.zeros(images.shape)
    out[:, :, down:, right:] = images[:, :, :-down, :-right]
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
                np.pad(images, _room(images), mode="edge"), down, right
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
    ),
    alternatives=(_moved_by_loops, _moved_by_rolling, _moved_by_matrices),
    forbidden=("scipy.ndimage", "torchvision"),
)
