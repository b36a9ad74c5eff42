"""Whole layers: their parameters, what one unit sees of the image, the plan of a network."""

import numpy as np

from coursecnn import shapes
from coursecnn.grading.task import Misconception, Task

from ..common.mistakes import (
    BIASES_MULTIPLIED_HINT,
    COUNTING,
    ONE_BIAS_HINT,
    TOO_LARGE_HINT,
)
from .inputs import chains, layers, networks
from .sizes import FORBIDDEN


def _parameters(in_channels, out_channels, kernel_size, bias=True):
    return shapes.conv_parameters(in_channels, out_channels, kernel_size, bias=bias)


def _weights(in_channels, out_channels, kernel_size):
    return shapes.conv_parameters(in_channels, out_channels, kernel_size, bias=False)


def _with_area(area):
    """The right number for kernels whose area is computed in a way that may fail."""

    def wrong(in_channels, out_channels, kernel_size, bias=True):
        return out_channels * (in_channels * area(kernel_size) + bias)

    return wrong


def _area_of_parts(pair):
    height, width = pair
    return height * width


def _both_sides(kernel_size):
    return (kernel_size, kernel_size) if isinstance(kernel_size, int) else kernel_size


def _side_by_one(kernel_size):
    return kernel_size if isinstance(kernel_size, tuple) else (kernel_size, 1)


SIDES_HINT = "A kernel may have different height and width: multiply the two."

CONV_PARAMETERS = Task(
    id="conv_parameters",
    points=1,
    reference=_parameters,
    arguments=("in_channels", "out_channels", "kernel_size", "bias"),
    inputs=layers,
    misconceptions=(
        Misconception(
            "bias-missing",
            lambda in_channels, out_channels, kernel_size, bias=True: _weights(
                in_channels, out_channels, kernel_size
            ),
            "Each kernel has one bias, unless `bias` is False.",
        ),
        Misconception(
            "bias-inverted",
            lambda in_channels, out_channels, kernel_size, bias=True: _parameters(
                in_channels, out_channels, kernel_size, not bias
            ),
            "The biases are counted where `bias` is False, and left out where it is True.",
        ),
        Misconception(
            "one-kernel",
            lambda in_channels, out_channels, kernel_size, bias=True: _parameters(
                in_channels, 1, kernel_size, bias
            ),
            "This is one kernel; the layer has `out_channels` of them.",
        ),
        Misconception(
            "bias-always",
            lambda in_channels, out_channels, kernel_size, bias=True: _parameters(
                in_channels, out_channels, kernel_size
            ),
            "With `bias=False` the layer has weights only.",
        ),
        Misconception(
            "one-bias",
            lambda in_channels, out_channels, kernel_size, bias=True: (
                _weights(in_channels, out_channels, kernel_size) + bias
            ),
            ONE_BIAS_HINT,
        ),
        Misconception(
            "bias-per-slice",
            lambda in_channels, out_channels, kernel_size, bias=True: (
                _weights(in_channels, out_channels, kernel_size) + bias * in_channels * out_channels
            ),
            "The slices of a kernel are added up before its bias: one bias for each kernel.",
        ),
        Misconception(
            "one-slice",
            lambda in_channels, out_channels, kernel_size, bias=True: _parameters(
                1, out_channels, kernel_size, bias
            ),
            "A kernel has a slice for each channel of its input.",
        ),
        Misconception(
            "always-square",
            lambda in_channels, out_channels, kernel_size, bias=True: _parameters(
                in_channels, out_channels, _both_sides(kernel_size)[0], bias
            ),
            SIDES_HINT,
        ),
        Misconception(
            "always-square",
            lambda in_channels, out_channels, kernel_size, bias=True: _parameters(
                in_channels, out_channels, _both_sides(kernel_size)[1], bias
            ),
            SIDES_HINT,
        ),
        *(
            Misconception(
                "pair-forgotten",
                _with_area(area),
                "`kernel_size` may also be a pair (height, width): ask which of the two it is.",
            )
            for area in (lambda k: (k + 0) ** 2, lambda k: k**2, lambda k: k * k)
        ),
        *(
            Misconception(
                "number-forgotten",
                _with_area(area),
                "`kernel_size` may also be one whole number, which has no parts and no length: ask "
                "which of the two it is.",
            )
            for area in (
                lambda pair: np.prod(tuple(pair)),
                lambda pair: pair[0] * pair[1],
                lambda pair: len(pair) and pair[0] * pair[1],
                _area_of_parts,
            )
        ),
        Misconception(
            "not-squared",
            lambda in_channels, out_channels, kernel_size, bias=True: _parameters(
                in_channels, out_channels, _side_by_one(kernel_size), bias
            ),
            "A square kernel of size k has k rows of k weights.",
        ),
        Misconception(
            "bias-per-channel",
            lambda in_channels, out_channels, kernel_size, bias=True: (
                _weights(in_channels, out_channels, kernel_size) + bias * in_channels
            ),
            "Here each channel of the input has a bias; it is the kernels that have one each.",
        ),
        Misconception(
            "sides-added",
            lambda in_channels, out_channels, kernel_size, bias=True: _parameters(
                in_channels, out_channels, (sum(_both_sides(kernel_size)), 1), bias
            ),
            "A slice has height times width weights, not height plus width.",
        ),
        Misconception(
            "too-large-for-the-type",
            lambda *args: np.array(_parameters(*args)).astype(np.int32),
            TOO_LARGE_HINT,
        ),
        Misconception(
            "channels-added",
            lambda in_channels, out_channels, kernel_size, bias=True: (
                _weights(1, in_channels + out_channels, kernel_size) + bias * out_channels
            ),
            "Each of the `out_channels` kernels has `in_channels` slices: multiply the two.",
        ),
    ),
    forbidden=COUNTING,
)


def _field(layers):
    return shapes.receptive_field(layers).size


def _field_of_late_jumps(layers):
    size, jump = 1, 1
    for kernel_size, stride in layers:
        jump *= stride
        size += (kernel_size - 1) * jump
    return size


def _walk(layers, step):
    """Field and jump through all layers; `step` makes the mistake."""
    size, jump = 1, 1
    for kernel_size, stride in layers:
        size, jump = step(size, jump, kernel_size, stride)
    return size


NEIGHBOURS_HINT = "A kernel of k adds k − 1 neighbours to the pixel that is there already."

RECEPTIVE_FIELD = Task(
    id="receptive_field",
    points=2,
    reference=_field,
    arguments=("layers",),
    inputs=chains,
    misconceptions=(
        Misconception(
            "stride-ignored",
            lambda layers: 1 + sum(kernel_size - 1 for kernel_size, _ in layers),
            "Behind a layer with stride 2, one step is two pixels of the image: count the jump.",
        ),
        Misconception(
            "own-stride-too-early",
            _field_of_late_jumps,
            "The stride of a layer spreads the layers behind it; its own kernel still looks at "
            "neighbours. First add, then multiply.",
        ),
        Misconception(
            "kernels-added",
            lambda layers: sum(kernel_size for kernel_size, _ in layers),
            NEIGHBOURS_HINT,
        ),
        Misconception(
            "kernels-added",
            lambda layers: _walk(layers, lambda size, jump, k, s: (size + k * jump, jump * s)),
            NEIGHBOURS_HINT,
        ),
        Misconception(
            "own-stride",
            lambda layers: _walk(layers, lambda size, jump, k, s: (size + (k - 1) * s, jump)),
            "Not its own stride spreads what a layer sees, but those of all layers before it, "
            "multiplied: that is the jump.",
        ),
        Misconception(
            "not-added",
            lambda layers: _walk(layers, lambda size, jump, k, s: (1 + (k - 1) * jump, jump * s)),
            "Each layer adds to what is seen already: let the field grow, do not begin anew.",
        ),
        Misconception(
            "half-the-kernel",
            lambda layers: _walk(layers, lambda size, jump, k, s: (size + k // 2 * jump, jump * s)),
            "A kernel of k adds k − 1 neighbours, on both sides together.",
        ),
        Misconception(
            "jump-replaced",
            lambda layers: _walk(layers, lambda size, jump, k, s: (size + (k - 1) * jump, s)),
            "The jump grows with every stride: multiply it, do not replace it by the last one.",
        ),
        Misconception(
            "jump-added",
            lambda layers: _walk(
                layers, lambda size, jump, k, s: (size + (k - 1) * jump, jump + s)
            ),
            "Each stride multiplies the jump: two layers with stride 2 make 4, and stride 1 "
            "changes nothing.",
        ),
        Misconception(
            "pairs-exchanged",
            lambda layers: _walk(
                layers, lambda size, jump, k, s: (size + (s - 1) * jump, jump * k)
            ),
            "Each pair holds the kernel size first, then the stride.",
        ),
        Misconception(
            "jump-returned",
            lambda layers: (_field(layers), int(np.prod([s for _, s in layers], dtype=int))),
            "One number is asked for, the size of the field, without the jump.",
        ),
        Misconception(
            "kernels-multiplied",
            lambda layers: int(np.prod([kernel_size for kernel_size, _ in layers], dtype=int)),
            "Windows overlap, so sizes do not multiply: two kernels of 3 see 5 pixels, not 9.",
        ),
        Misconception(
            "off-by-one",
            lambda layers: _field(layers) - 1,
            "Without any layer a unit sees itself: begin with 1, not with 0.",
        ),
        Misconception(
            "order-reversed",
            lambda layers: _field(list(reversed(layers))),
            "The layers are listed from the image on; here they were gone through the other way.",
        ),
    ),
    forbidden=FORBIDDEN,
)


def _table(shape, layers, *, size=None, count=None, follow=None, row=None):
    """The rows of all layers; the others put a mistake in the place of what is right."""
    rows = []
    for layer in layers:
        out_channels, kernel_size, *steps = layer
        sizes = [(size or shapes.output_size)(n, kernel_size, *steps) for n in shape[1:]]
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


def _once_each(before, after, kernel_size):
    weights = _weights(before[0], after[0], kernel_size)
    return weights + after[0], weights


def _size(n, kernel_size, stride, padding):
    """The size of an output, as a formula that does not ask whether the kernel fits."""
    return (n + 2 * padding - kernel_size) // stride + 1


def _padding_for_stride(n, kernel_size, stride, padding):
    return _size(n, kernel_size, padding, stride)


def _width_from_the_height(shape, layers):
    """The height takes the place of the old one before the width is computed, and from it."""
    rows, (channels, height, _) = [], shape
    for out_channels, kernel_size, *steps in layers:
        height = _size(height, kernel_size, *steps)
        after = out_channels, height, _size(height, kernel_size, *steps)
        rows.append([*after, *_cost((channels,), after, kernel_size)])
        channels = out_channels
    return np.array(rows)


def _running_totals(shape, layers):
    table = _table(shape, layers)
    table[:, 3:] = np.cumsum(table[:, 3:], axis=0)
    return table


def _channels_of_the_input(shape, layers):
    table = _table(shape, layers)
    table[:, 0] = [shape[0], *table[:-1, 0]]
    return table


def _exchanged(shape, layers):
    return _table(shape, layers)[:, [0, 2, 1, 3, 4]]


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
            "stride-and-padding-ignored",
            _mistaken(size=lambda n, kernel_size, *_: shapes.output_size(n, kernel_size)),
            "Height and width depend on stride and padding of the layer, too.",
        ),
        Misconception(
            "stride-and-padding-ignored",
            _mistaken(size=lambda n, k, stride, padding: shapes.output_size(n, k, stride)),
            "Height and width depend on the padding of the layer, too.",
        ),
        Misconception(
            "stride-and-padding-exchanged",
            _mistaken(size=_padding_for_stride),
            "The stride comes before the padding, in a layer and in `output_size`.",
        ),
        Misconception(
            "places-forgotten",
            _mistaken(count=_once_each),
            "Each weight is multiplied at every place of the output, not once.",
        ),
        Misconception(
            "width-from-the-height",
            _width_from_the_height,
            "The width was computed from a height: it needs the width of the input.",
        ),
        Misconception(
            "shape-misread",
            lambda shape, layers: _table((shape[2], *shape[:2]), layers, size=_size),
            "The shape is (channels, height, width): the channels come first.",
        ),
        Misconception(
            "columns-exchanged",
            lambda shape, layers: _table(shape, layers)[:, [0, 1, 2, 4, 3]],
            "The parameters stand before the multiplications.",
        ),
        Misconception(
            "running-totals",
            _running_totals,
            "Each row contains the layers before it: count each layer for itself.",
        ),
        Misconception(
            "rows-and-columns-exchanged",
            lambda shape, layers: _table(shape, layers).T,
            "There is one row for each layer, and a column for each of the five numbers.",
        ),
        Misconception(
            "work-on-the-input",
            _mistaken(count=_work_on_input),
            "Each weight is multiplied once at every place of the output.",
        ),
        Misconception(
            "biases-multiplied",
            _mistaken(count=_biases_multiplied),
            BIASES_MULTIPLIED_HINT,
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
            "too-large-for-the-type",
            lambda shape, layers: _table(shape, layers).astype(np.int32),
            TOO_LARGE_HINT,
        ),
        Misconception(
            "too-large-for-the-type",
            lambda shape, layers: np.array(_table(shape, layers).tolist(), np.int32),
            TOO_LARGE_HINT,
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
    forbidden=COUNTING,
)
