"""Assignment 04, the plan of a network: what each layer costs."""

import numpy as np

from coursecnn import shapes

from ..task import Misconception, Task
from .a04_counts import FORBIDDEN
from .a04_inputs import networks


def _weights(in_channels, out_channels, kernel_size):
    return shapes.conv_parameters(in_channels, out_channels, kernel_size, bias=False)


def _table(shape, layers, *, count=None, follow=None, row=None):
    """The rows of all layers; the others put a mistake in the place of what is right."""
    rows = []
    for layer in layers:
        out_channels, kernel_size, stride, padding = layer
        sizes = [shapes.output_size(n, kernel_size, stride, padding) for n in shape[1:]]
        after = (out_channels, *sizes)
        sight = (row or _behind)(shape, after)
        rows.append([*sight, *(count or _cost)(shape, after, kernel_size)])
        shape = (follow or _behind)(shape, after)
    return np.stack(rows)


def _cost(before, after, kernel_size):
    weights = _weights(before[0], after[0], kernel_size)
    return weights + after[0], weights * after[1] * after[2]


def _behind(before, after):
    return after


def _mistaken(**change):
    return lambda shape, layers: _table(shape, layers, **change)


def _without_bias(before, after, kernel_size):
    weights = _weights(before[0], after[0], kernel_size)
    return weights, weights * after[1] * after[2]


def _work_on_input(before, after, kernel_size):
    weights = _weights(before[0], after[0], kernel_size)
    return weights + after[0], weights * before[1] * before[2]


def _biases_multiplied(before, after, kernel_size):
    parameters = _weights(before[0], after[0], kernel_size) + after[0]
    return parameters, parameters * after[1] * after[2]


def _one_map(before, after, kernel_size):
    parameters, products = _cost(before, after, kernel_size)
    return parameters, products // after[0]


def _reads_its_own(before, after, kernel_size):
    return _cost(after, after, kernel_size)


def _channels_of_the_input(shape, layers):
    table = _table(shape, layers)
    table[:, 0] = [shape[0], *table[:-1, 0]]
    return table


def _exchanged(shape, layers):
    return _table(shape, layers)[:, [0, 2, 1, 3, 4]]


def _by_recursion(shape, layers):
    if not layers:
        return []
    channels, *sizes = shape
    out_channels, kernel_size, stride, padding = layers[0]
    height, width = ((n + 2 * padding - kernel_size) // stride + 1 for n in sizes)
    weights = channels * out_channels * kernel_size * kernel_size
    row = [out_channels, height, width, weights + out_channels, weights * height * width]
    return [row, *_by_recursion((out_channels, height, width), layers[1:])]


def _by_columns(shape, layers):
    outs, kernel_sizes, _, _ = np.array(layers).T
    ins = np.array([shape[0], *outs[:-1]])
    sizes = np.array(shape[1:])
    maps = []
    for _, kernel_size, stride, padding in layers:
        sizes = (sizes + 2 * padding - kernel_size) // stride + 1
        maps.append(sizes)
    heights, widths = np.array(maps).T
    weights = ins * outs * kernel_sizes**2
    return np.stack([outs, heights, widths, weights + outs, weights * heights * widths], axis=1)


LAYER_TABLE = Task(
    id="layer_table",
    points=3,
    reference=_table,
    arguments=("shape", "layers"),
    inputs=networks,
    misconceptions=(
        Misconception(
            "channels-not-followed",
            _mistaken(follow=lambda before, after: (before[0], *after[1:])),
            "The next layer reads the channels that this one has made, not those of the image.",
        ),
        Misconception(
            "size-not-followed",
            _mistaken(follow=lambda before, after: (after[0], *before[1:])),
            "The next layer reads maps of the new height and width, not the image.",
        ),
        Misconception(
            "bias-missing",
            _mistaken(count=_without_bias),
            "The parameters include one bias for each kernel.",
        ),
        Misconception(
            "work-on-the-input",
            _mistaken(count=_work_on_input),
            "Each weight is multiplied once at every place of the output.",
        ),
        Misconception(
            "biases-multiplied",
            _mistaken(count=_biases_multiplied),
            "A bias is added, not multiplied: only the weights count for the multiplications.",
        ),
        Misconception(
            "channels-changed-too-early",
            _mistaken(count=_reads_its_own),
            "The layer reads the channels that came in: let the new number take their place only "
            "after the row is complete.",
        ),
        Misconception(
            "same-height-and-width",
            lambda shape, layers: _table((*shape[:2], shape[1]), layers),
            "Height and width need not be equal: compute each from its own number.",
        ),
        Misconception(
            "channels-of-the-input",
            _channels_of_the_input,
            "The first column holds the channels that the layer makes, not those that it reads.",
        ),
        Misconception(
            "row-of-the-input",
            _mistaken(row=lambda before, after: (after[0], *before[1:]), count=_work_on_input),
            "Height and width are those behind the layer: compute them before the row is written.",
        ),
        Misconception(
            "last-layer-only",
            lambda shape, layers: _table(shape, layers)[-1:],
            "Only the last layer has a row: the list of rows must be made once, before the loop.",
        ),
        Misconception(
            "last-layer-only",
            lambda shape, layers: _table(shape, layers)[-1],
            "Only the last layer is left: collect the rows in a list, with `append`.",
        ),
        Misconception(
            "one-long-row",
            lambda shape, layers: _table(shape, layers).ravel(),
            "All numbers stand in one row: append each layer as a list of five.",
        ),
        Misconception(
            "one-map-only",
            _mistaken(count=_one_map),
            "These are the multiplications of one kernel; the layer has `out_channels` of them.",
        ),
        Misconception(
            "transposed",
            _exchanged,
            "Height and width have changed places: each row is channels, height, width, "
            "parameters, multiplications.",
        ),
    ),
    alternatives=(
        _by_recursion,
        _by_columns,
        lambda shape, layers: [tuple(row) for row in _by_recursion(shape, layers)],
    ),
    forbidden=FORBIDDEN,
)
