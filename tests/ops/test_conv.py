"""Convolution over one, two and three axes: by hand, against torch, and by its laws."""

from contextlib import contextmanager
from itertools import product

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_array_equal
from oracles import assert_agrees_with_differences, assert_agrees_with_torch, assert_same
from strategies import layers, steady, whole_numbers

from coursecnn import ops
from coursecnn.ops import _im2col, conv1d, conv2d, conv3d, conv_by_definition, example
from coursecnn.ops._arguments import PADDING_MODES, Geometry

FORWARD = {1: ops.conv1d, 2: ops.conv2d, 3: ops.conv3d}
BACKWARD = {1: ops.conv1d_backward, 2: ops.conv2d_backward, 3: ops.conv3d_backward}
TORCH = {n: getattr(torch.nn.functional, f"conv{n}d") for n in (1, 2, 3)}
MODULE = {n: getattr(torch.nn, f"Conv{n}d") for n in (1, 2, 3)}
SIZES = {1: (7,), 2: (7, 6), 3: (5, 7, 6)}
KERNELS = {1: (3,), 2: (3, 2), 3: (2, 3, 2)}


def arrays(rng, axes, groups=1, dtype=np.float64):
    """A batch, kernels and biases in which no two sizes are alike that could be swapped."""
    shapes = (2, 4, *SIZES[axes]), (6, 4 // groups, *KERNELS[axes]), (6,)
    return [rng.normal(size=shape).astype(dtype) for shape in shapes]


# By hand


@pytest.mark.parametrize("conv", [conv1d, conv_by_definition])
def test_a_signal_is_filtered_entry_by_entry(conv):
    out = conv([[[0, 1, 2, 3]]], [[[1, 2, 3]]], [10])
    assert out.tolist() == [[[0 * 1 + 1 * 2 + 2 * 3 + 10, 1 * 1 + 2 * 2 + 3 * 3 + 10]]]


def test_the_worked_example_of_the_course_with_its_border_and_its_stride():
    image, kernel = example.IMAGE[None], example.KERNEL[None, None]
    bare = [[88, 67, 134], [55, 94, 132], [107, 25, 134]]
    assert bare[0][0] == 11 * 1 + 12 * 1 + 65 * 1
    assert conv2d(image, kernel)[0].tolist() == bare
    padded = [
        [43, 4, 9, 76, 22],
        [96, 88, 67, 134, 0],
        [64, 55, 94, 132, 2],
        [89, 107, 25, 134, 7],
        [21, 89, 9, 23, 2],
    ]
    assert padded[0][0] == 0 * 1 + 0 * 1 + 43 * 1
    assert conv2d(image, kernel, padding=1)[0].tolist() == padded
    strided = conv2d(image, kernel, padding=1, stride=2)[0]
    assert strided.tolist() == [[43, 9, 22], [64, 94, 2], [21, 9, 2]]


def test_channels_are_added_and_kernels_stacked():
    x = np.array([[[1, 2]], [[3, 4]]])  # two channels of 1×2 pixels
    weight = np.array([[[[1, 0]], [[0, 1]]], [[[5, 5]], [[0, 0]]]])  # two kernels
    out = conv2d(x, weight, [0, 100])
    assert out[0].tolist() == [[1 * 1 + 2 * 0 + 3 * 0 + 4 * 1]]
    assert out[1].tolist() == [[1 * 5 + 2 * 5 + 3 * 0 + 4 * 0 + 100]]


def test_a_volume_is_filtered_along_depth_too():
    x = np.arange(8).reshape(1, 2, 2, 2)
    weight = np.zeros((1, 1, 2, 1, 1))
    weight[0, 0, :, 0, 0] = -1, 1  # what changes from one slice to the next
    assert conv3d(x, weight)[0].tolist() == [[[4 - 0, 5 - 1], [6 - 2, 7 - 3]]]


def test_the_gradients_of_a_two_entry_kernel_follow_the_chain_rule():
    x, weight, grad = np.array([[1.0, 2, 3]]), np.array([[[10.0, 20]]]), np.array([[5.0, 7]])
    grad_x, grad_weight, grad_bias = ops.conv1d_backward(grad, x, weight)
    assert grad_x.tolist() == [[5 * 10, 5 * 20 + 7 * 10, 7 * 20]]
    assert grad_weight.tolist() == [[[5 * 1 + 7 * 2, 5 * 2 + 7 * 3]]]
    assert grad_bias.tolist() == [5 + 7]


def test_the_only_pixel_is_repeated_beyond_both_borders():
    out = conv1d([[5.0]], [[[1.0, 2, 4]]], padding=1, padding_mode="replicate")
    assert out.tolist() == [[5 * 1 + 5 * 2 + 5 * 4]]


# Against torch

GEOMETRIES = {
    1: [{}, {"stride": 2, "padding": 3}, {"dilation": 2, "groups": 2}, {"padding": "same"}],
    2: [
        {},
        {"stride": (2, 1), "padding": (0, 2)},
        {"stride": (2, 3), "padding": (1, 0), "dilation": (1, 2)},
        {"padding": (4, 5)},  # more than the kernel reaches: the border sees nothing but zeros
        {"dilation": 2, "groups": 2, "padding": 1},
        {"stride": 2, "groups": 2},
        {"padding": "valid"},
        {"padding": "same"},
        {"padding": "same", "dilation": (2, 3)},
    ],
    3: [{}, {"stride": (1, 2, 3), "padding": (1, 0, 2), "groups": 2}, {"dilation": (3, 1, 2)}],
}
CASES = [(axes, options) for axes, each in GEOMETRIES.items() for options in each]


@pytest.mark.filterwarnings("ignore:Using padding='same' with even kernel:UserWarning")
@pytest.mark.parametrize("dtype", [np.float64, np.float32])
@pytest.mark.parametrize(("axes", "options"), CASES, ids=str)
def test_convolutions_and_their_gradients_agree_with_torch(rng, axes, options, dtype):
    assert_agrees_with_torch(
        lambda x, w, b: FORWARD[axes](x, w, b, **options),
        lambda g, x, w, b: BACKWARD[axes](g, x, w, **options),
        lambda x, w, b: TORCH[axes](x, w, b, **options),
        arrays(rng, axes, options.get("groups", 1), dtype),
        rng,
    )


@pytest.mark.filterwarnings("ignore:Using padding='same' with even kernel:UserWarning")
@pytest.mark.parametrize(("axes", "options"), CASES, ids=str)
def test_the_definition_agrees_with_torch(rng, axes, options):
    layer = arrays(rng, axes, options.get("groups", 1))
    expected = TORCH[axes](*map(torch.tensor, layer), **options)
    assert_same(conv_by_definition(*layer, **options), expected, "the definition")


@pytest.mark.filterwarnings("ignore:Using padding='same' with even kernel:UserWarning")
@pytest.mark.parametrize("mode", ["zeros", "reflect", "replicate", "circular"])
@pytest.mark.parametrize("padding", [2, "same"])
@pytest.mark.parametrize("axes", [1, 2, 3])
def test_every_padding_mode_agrees_with_torch(rng, axes, padding, mode):
    options = {"padding": padding, "padding_mode": mode}
    layer = MODULE[axes](4, 6, KERNELS[axes], dtype=torch.float64, **options)

    def reference(x, weight, bias):
        parameters = {"weight": weight, "bias": bias}
        return torch.func.functional_call(layer, parameters, (x,))

    assert_agrees_with_torch(
        lambda x, w, b: FORWARD[axes](x, w, b, **options),
        lambda g, x, w, b: BACKWARD[axes](g, x, w, **options),
        reference,
        arrays(rng, axes),
        rng,
    )


@pytest.mark.parametrize("axes", [1, 2, 3])
def test_one_image_is_a_batch_of_one_without_its_axis(rng, axes):
    x, weight, bias = arrays(rng, axes)
    assert_agrees_with_torch(FORWARD[axes], lambda g, x, w, b: BACKWARD[axes](g, x, w),
                             TORCH[axes], [x[0], weight, bias], rng)  # fmt: skip


@pytest.mark.parametrize("axes", [1, 2, 3])
@pytest.mark.parametrize("defined", [False, True])
def test_gradients_agree_with_finite_differences(rng, axes, defined):
    options = {"stride": 2, "padding": 1, "groups": 2, "padding_mode": "reflect"}
    forward = conv_by_definition if defined else FORWARD[axes]
    assert_agrees_with_differences(
        lambda x, w, b: forward(x, w, b, **options),
        lambda g, x, w, b: BACKWARD[axes](g, x, w, **options),
        arrays(rng, axes, groups=2),
        rng,
    )


# By law


@steady
@given(st.sampled_from([1, 2, 3]).flatmap(layers), st.data())
def test_the_quick_way_equals_the_definition(layer, data):
    x_shape, weight_shape, options = layer
    x, weight = (data.draw(whole_numbers(*shape)) for shape in (x_shape, weight_shape))
    out = FORWARD[x.ndim - 2](x, weight, **options)
    assert_array_equal(out, conv_by_definition(x, weight, **options))


@steady
@given(st.sampled_from([1, 2, 3]).flatmap(layers), st.sampled_from([*PADDING_MODES]), st.data())
def test_what_numpy_pads_needs_no_padding(layer, mode, data):
    (batch, channels, *size), weight_shape, options = layer
    dilated = zip(options["dilation"], weight_shape[2:], strict=True)
    size = [max(n, d * (k - 1) + 1) for n, (d, k) in zip(size, dilated, strict=True)]
    padding = tuple(min(p, min(size) - 1) for p in options.pop("padding"))
    shapes = (batch, channels, *size), weight_shape, weight_shape[:1]
    x, *parameters = (data.draw(whole_numbers(*shape)) for shape in shapes)
    padded = np.pad(x, [(0, 0), (0, 0), *((p, p) for p in padding)], PADDING_MODES[mode])
    expected = conv_by_definition(padded, *parameters, **options)
    options |= {"padding": padding, "padding_mode": mode}
    assert_array_equal(conv_by_definition(x, *parameters, **options), expected)
    assert_array_equal(FORWARD[x.ndim - 2](x, *parameters, **options), expected)


@steady
@given(st.sampled_from([1, 2, 3]).flatmap(layers), st.data())
def test_backward_is_the_adjoint_of_forward(layer, data):
    x_shape, weight_shape, options = layer
    x, weight = (data.draw(whole_numbers(*shape)) for shape in (x_shape, weight_shape))
    out = FORWARD[x.ndim - 2](x, weight, **options)
    grad = data.draw(whole_numbers(*out.shape))
    grad_x, grad_weight, grad_bias = BACKWARD[x.ndim - 2](grad, x, weight, **options)
    assert grad_x.shape == x.shape
    assert grad_weight.shape == weight.shape
    assert np.sum(out * grad) == np.sum(x * grad_x) == np.sum(weight * grad_weight)
    assert_array_equal(grad_bias, np.moveaxis(grad, 1, 0).reshape(len(weight), -1).sum(axis=1))


@steady
@given(whole_numbers(2, 3, 5, 6), whole_numbers(4, 3, 3, 2), st.integers(-4, 4), st.integers(-5, 5))
def test_convolving_commutes_with_shifting(x, weight, down, right):
    def around(x):
        return conv2d(x, weight, padding="same", padding_mode="circular")

    shifted = around(np.roll(x, (down, right), axis=(2, 3)))
    assert_array_equal(shifted, np.roll(around(x), (down, right), axis=(2, 3)))


@steady
@given(whole_numbers(2, 3, 7, 6), st.integers(1, 3), st.integers(1, 3))
def test_a_stride_keeps_every_so_manyth_output(x, down, right):
    weight = np.arange(4 * 3 * 3 * 2.0).reshape(4, 3, 3, 2)
    everywhere = conv2d(x, weight, padding=1)
    assert_array_equal(
        conv2d(x, weight, padding=1, stride=(down, right)), everywhere[..., ::down, ::right]
    )


@pytest.mark.parametrize("padding", [0, 1])
def test_a_kernel_of_one_pixel_mixes_channels_at_each_pixel(rng, padding):
    x, weight = rng.integers(-9, 9, (2, 3, 5, 4)), rng.integers(-9, 9, (6, 3, 1, 1))
    out = conv2d(x, weight, padding=padding, stride=1 + padding)
    padded = np.pad(x, [(0, 0), (0, 0), (padding,) * 2, (padding,) * 2])
    steps = padded[:, :, :: 1 + padding, :: 1 + padding]
    assert_array_equal(out, np.einsum("nchw,kc->nkhw", steps, weight[:, :, 0, 0]))


# Every way to the same numbers


@contextmanager
def only(turned, many, lone, tile_bytes):
    """Leave the cost model no choice."""

    def plan(count, channels, kernels, groups, geometry):
        return _im2col.Plan(max(1, min(count, many)), lone and groups == channels == kernels, 0, 0)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(_im2col, "_plan", plan)
        patch.setattr(_im2col, "_turning_pays", lambda *_: turned)
        patch.setattr(_im2col, "_lines", _im2col._lines.__wrapped__)  # without its memory
        patch.setattr(_im2col, "TILE_BYTES", tile_bytes)
        patch.setattr(_im2col, "LANE_BYTES", tile_bytes)
        patch.setattr(_im2col, "LANES", many)
        patch.setattr(_im2col, "FEW", 0)
        yield


ways = st.tuples(
    st.booleans(), st.integers(1, 3), st.booleans(), st.sampled_from([0, 100, 400, 2**20])
)


@settings(steady, max_examples=150)
@given(st.sampled_from([1, 2, 2, 3]).flatmap(layers), ways, st.data())
def test_every_way_equals_the_definition_and_its_gradients_are_the_adjoint(layer, way, data):
    x_shape, weight_shape, options = layer
    if way[2]:  # lone channels: as many as groups
        x_shape, weight_shape = (
            (shape[0], channels, *shape[2:])
            for shape, channels in ((x_shape, options["groups"]), (weight_shape, 1))
        )
        weight_shape = options["groups"], *weight_shape[1:]
    x, weight = (data.draw(whole_numbers(*shape)) for shape in (x_shape, weight_shape))
    expected = conv_by_definition(x, weight, **options)
    grad = data.draw(whole_numbers(*expected.shape))
    axes = x.ndim - 2
    with only(*way):
        assert_array_equal(FORWARD[axes](x, weight, **options), expected)
        grad_x, grad_weight, _ = BACKWARD[axes](grad, x, weight, **options)
    assert np.sum(expected * grad) == np.sum(x * grad_x) == np.sum(weight * grad_weight)


@pytest.mark.parametrize("way", [*product([False, True], [1, 2, 3], [False], [0, 2**20])], ids=str)
def test_every_way_leaves_out_nothing_and_counts_nothing_twice(way):
    """Each gradient entry by entry, with three images, so that tiles of two leave a rest."""
    rng = np.random.default_rng(0)
    options = {"stride": (2, 3), "padding": (2, 1), "dilation": (2, 1), "groups": 2}
    x, weight, grad = (
        rng.integers(-9, 10, shape).astype(float)
        for shape in ((3, 4, 9, 8), (6, 2, 3, 2), (3, 6, 5, 3))
    )
    tensors = [torch.tensor(array, requires_grad=True) for array in (x, weight)]
    torch.conv2d(*tensors, **options).backward(torch.tensor(grad))
    with only(*way):
        grad_x, grad_weight, _ = ops.conv2d_backward(grad, x, weight, **options)
    assert_array_equal(grad_x, tensors[0].grad)
    assert_array_equal(grad_weight, tensors[1].grad)


@pytest.mark.parametrize("many", [1, 2, 5])
@pytest.mark.parametrize("tile_bytes", [0, 2**20])
def test_lone_channels_are_the_same_in_tiles_of_any_number_of_images(rng, many, tile_bytes):
    options = {"stride": 2, "padding": 1, "groups": 4}
    x, weight = rng.integers(-9, 10, (5, 4, 6, 7)), rng.integers(-9, 10, (4, 1, 3, 2))
    whole = conv2d(x, weight, **options)
    with only(False, many * 4, True, tile_bytes):
        assert_array_equal(conv2d(x, weight, **options), whole)


@pytest.mark.parametrize("fitting", [1, 4, 7, 15, 99])
def test_tiles_cover_every_output_once_and_stay_small(fitting):
    geometry = Geometry.read((17, 5), (3, 2), stride=1, padding=0)  # 15 lines of 4 outputs
    line_bytes = 4 * (3 * 2) * 8
    with only(False, 1, False, fitting * line_bytes + 1):
        tiles = _im2col._lines(geometry, 1, 1, 8)
    assert [line for cut in tiles for line in range(cut.start, cut.stop)] == list(range(15))
    assert all(cut.stop - cut.start <= fitting for cut in tiles)
    assert len(tiles) == -(-15 // fitting)


# What the cost model chooses, where no doubt is possible


def chosen(x_shape, weight_shape, groups=1, **options):
    """Its plan for the images, and whether it unrolls the outputs, for each of three products."""
    geometry = Geometry.read(x_shape[2:], weight_shape[2:], **{"stride": 1, "padding": 0} | options)
    sizes = *x_shape[:2], weight_shape[0], groups, geometry
    costs = ("read", "write"), ("write", "read"), ("read", "read")
    return _im2col._plan(*sizes), [_im2col._turning_pays(*sizes, *each) for each in costs]


def test_small_images_share_a_tile_and_large_ones_do_not():
    small, _ = chosen((64, 16, 7, 7), (16, 16, 3, 3), stride=2)
    assert small.many > 8
    assert chosen((1, 16, 7, 7), (16, 16, 3, 3))[0].many == 1
    assert chosen((8, 16, 128, 128), (16, 16, 3, 3))[0].many == 1


@pytest.mark.parametrize("stride", [1, 3])
def test_the_side_with_fewer_channels_is_unrolled(stride):
    assert chosen((4, 256, 64, 64), (3, 256, 7, 7), stride=stride)[1] == [True, True, True]
    assert chosen((4, 3, 64, 64), (256, 3, 7, 7), stride=stride)[1] == [False, False, False]


def test_single_entries_are_not_unrolled_at_all():
    plan, turned = chosen((4, 64, 28, 28), (3, 64, 1, 1))
    assert plan[:3] == (1, False, _im2col.CALLS)
    assert turned == [False, True, False]


def test_only_lone_channels_are_left_alone():
    assert chosen((8, 64, 14, 14), (64, 1, 5, 5), groups=64)[0].lone
    assert not chosen((8, 64, 14, 14), (64, 2, 5, 5), groups=32)[0].lone
