"""What the reference may cost: memory of a call, and time and baggage of the import."""

import subprocess
import sys
import tracemalloc

import numpy as np
import pytest

from coursecnn.ops import _im2col, conv2d, conv2d_backward

FRESH = """
import sys, time
import numpy
started = time.process_time()
import coursecnn.ops
print(time.process_time() - started)
print([name for name in ("torch", "matplotlib", "scipy") if name in sys.modules])
"""


def peak_of(call):
    """Bytes that a call held at its worst, its result included."""
    call()
    tracemalloc.start()
    try:
        call()
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize(
    ("x_shape", "weight_shape", "options"),
    [
        ((8, 3, 32, 32), (16, 3, 3, 3), {"padding": 1}),
        ((1, 3, 224, 224), (64, 3, 7, 7), {"stride": 2, "padding": 3}),
        ((4, 16, 64, 64), (16, 16, 3, 3), {"padding": 2, "dilation": 2}),
        ((2, 4, 300, 280), (4, 4, 5, 5), {"padding": 2}),
    ],
    ids=str,
)
def test_no_more_is_held_than_input_output_and_one_unrolled_image(x_shape, weight_shape, options):
    x, weight = np.ones(x_shape, np.float32), np.ones(weight_shape, np.float32)
    out = conv2d(x, weight, **options)
    columns = np.prod(weight_shape[1:]) * np.prod(out.shape[2:]) * x.itemsize
    bound = x.nbytes + out.nbytes + columns
    assert peak_of(lambda: conv2d(x, weight, **options)) <= bound
    # The unrolled image of the backward pass is that of the gradient; `out` stands for it.
    columns = len(weight) * np.prod(weight_shape[2:]) * np.prod(x_shape[2:]) * x.itemsize
    bound = x.nbytes + out.nbytes + x.nbytes + weight.nbytes + columns
    assert peak_of(lambda: conv2d_backward(out, x, weight, **options)) <= bound


def test_a_large_image_is_im2coled_in_tiles():
    x, weight = np.ones((1, 4, 400, 400), np.float32), np.ones((2, 4, 5, 5), np.float32)
    peak = peak_of(lambda: conv2d(x, weight))
    assert peak < 396 * 396 * 2 * 4 + 6 * x.nbytes + 1.1 * _im2col.TILE_BYTES
    assert peak < 396 * 396 * 100 * 4 / 2  # half of what its columns would take


@pytest.mark.parametrize("groups", [1, 16])
def test_many_small_images_are_unrolled_together_but_not_all_at_once(groups):
    x, weight = np.ones((512, 16, 9, 9), np.float32), np.ones((16, 16 // groups, 3, 3), np.float32)
    out = conv2d(x, weight, groups=groups)
    assert out.nbytes * 9 * 16 // groups > 2 * _im2col.TILE_BYTES
    peak = peak_of(lambda: conv2d(x, weight, groups=groups))
    assert peak < x.nbytes + out.nbytes + _im2col.LANE_BYTES


def test_the_import_is_quick_and_brings_nothing_heavy():
    runs = [
        subprocess.run([sys.executable, "-c", FRESH], capture_output=True, text=True, check=True)
        for _ in range(2)
    ]
    seconds = [float(run.stdout.splitlines()[0]) for run in runs]
    assert min(seconds) <= 0.2
    assert runs[0].stdout.splitlines()[1] == "[]"
