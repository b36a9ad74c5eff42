"""Assignment 04, what one unit sees of the image."""

import numpy as np

from coursecnn import shapes

from ..task import Misconception, Task
from .a04_inputs import chains
from .a04_sizes import FORBIDDEN


def _field(layers):
    return shapes.receptive_field(layers).size


def _field_from_above(layers):
    size = 1
    for kernel_size, stride in reversed(layers):
        size = stride * (size - 1) + kernel_size
    return size


def _field_by_products(layers):
    kernel_sizes, steps = np.array(layers, int).reshape(-1, 2).T
    jumps = np.cumprod([1, *steps])[:-1]
    return 1 + np.sum((kernel_sizes - 1) * jumps)


def _field_by_following(layers):
    units = {0}
    for kernel_size, stride in reversed(layers):
        units = {unit * stride + tap for unit in units for tap in range(kernel_size)}
    return max(units) - min(units) + 1


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
            "A kernel of k adds k − 1 neighbours to the pixel that is there already.",
        ),
        Misconception(
            "kernels-added",
            lambda layers: _walk(layers, lambda size, jump, k, s: (size + k * jump, jump * s)),
            "A kernel of k adds k − 1 neighbours to the pixel that is there already.",
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
    alternatives=(_field_from_above, _field_by_products, _field_by_following),
    forbidden=FORBIDDEN,
)
