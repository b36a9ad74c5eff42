"""What hypothesis draws for the reference: arrays of whole numbers, and layers that fit them."""

import numpy as np
from hypothesis import settings
from hypothesis import strategies as st

steady = settings()  # the profile in conftest.py says how many examples are drawn
sparing = settings(max_examples=settings.default.max_examples // 3)  # where each draws a figure


def whole_numbers(*shape, least=-9, most=9):
    """Floats that are whole numbers: sums and products of them are exact.

    Only their seed is drawn, which is quick; what hypothesis makes small is the shape.
    """

    def fill(seed):
        return np.random.default_rng(seed).integers(least, most + 1, shape).astype(float)

    return st.integers(0, 2**32 - 1).map(fill)


@st.composite
def layers(draw, axes):
    """Shapes of images and kernels over so many axes, and options with which they fit."""
    batch, channels, kernels, groups = (draw(st.integers(1, 3)) for _ in range(4))
    kernel = draw(st.tuples(*[st.integers(1, 3)] * axes))
    dilation = draw(st.tuples(*[st.integers(1, 2)] * axes))
    stride = draw(st.tuples(*[st.integers(1, 3)] * axes))
    padding = draw(st.tuples(*[st.integers(0, 3)] * axes))
    spans = [d * (k - 1) + 1 for k, d in zip(kernel, dilation, strict=True)]
    size = [
        draw(st.integers(max(1, span - 2 * p), span + 4))
        for span, p in zip(spans, padding, strict=True)
    ]
    options = {"stride": stride, "padding": padding, "dilation": dilation, "groups": groups}
    x_shape = (batch, channels * groups, *size)
    return x_shape, (kernels * groups, channels, *kernel), options
