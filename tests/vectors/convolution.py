"""States of the convolution stepper, exact for whole numbers."""

import numpy as np

from coursecnn import ops, shapes


def vectors(rng):
    """Every second state holds whole numbers, every third three channels."""
    return [_vector(rng, index) for index in range(300)]


def _vector(rng, index):
    exact, channels = index % 2 == 0, 1 if index % 3 else 3
    kernel_size = rng.integers(1, 5, size=2)
    stride, padding = int(rng.integers(1, 4)), int(rng.integers(0, 3))
    size = [int(rng.integers(max(1, k - 2 * padding), 9)) for k in kernel_size]
    image = rng.integers(-9, 256, (channels, *size))
    kernel = rng.integers(-9, 10, (channels, *kernel_size))
    if not exact:
        image, kernel = image / 255, kernel + rng.normal(size=kernel.shape)
    flip = bool(rng.integers(2))
    used = np.flip(kernel, (1, 2)) if flip else kernel
    expected = ops.conv2d(image, used[np.newaxis], stride=stride, padding=padding)[0]
    state = {"image": image.tolist(), "kernel": kernel.tolist(), "position": [0, 0],
             "stride": stride, "padding": padding, "flip": flip}  # fmt: skip
    shape = [shapes.output_size(n, int(k), stride, padding)
             for n, k in zip(size, kernel_size, strict=True)]  # fmt: skip
    return {"state": state, "expected": expected.tolist(), "exact": exact, "shape": shape}
