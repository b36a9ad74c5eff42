"""What convolutions do with unusual arrays, and what they say to arrays that do not fit."""

import numpy as np
import pytest
from numpy.testing import assert_array_equal

from coursecnn.ops import conv1d, conv2d, conv2d_backward, conv3d, conv_by_definition

X, WEIGHT = np.ones((2, 4, 7, 6)), np.ones((6, 4, 3, 2))


def test_float32_stays_float32_and_whole_numbers_become_float64():
    single = X.astype(np.float32), WEIGHT.astype(np.float32)
    out = conv2d(*single)
    assert out.dtype == np.float32
    assert [g.dtype for g in conv2d_backward(out, *single)] == [np.float32] * 3
    assert conv2d(X.astype(np.uint8), WEIGHT.astype(bool)).dtype == np.float64
    assert conv2d(single[0], WEIGHT).dtype == np.float64


def test_bytes_do_not_wrap_round():
    x = np.full((1, 2, 2), 255, np.uint8)
    assert conv2d(x, np.full((1, 1, 2, 2), 255, np.uint8)).item() == 4 * 255 * 255


def test_the_gradient_of_the_input_can_be_left_out(rng):
    grad = rng.normal(size=conv2d(X, WEIGHT).shape)
    _, *others = conv2d_backward(grad, X, WEIGHT)
    grad_x, *same = conv2d_backward(grad, X, WEIGHT, input_gradient=False)
    assert grad_x is None
    for one, other in zip(same, others, strict=True):
        assert_array_equal(one, other)


def test_an_empty_batch_gives_an_empty_batch_and_no_gradient():
    out = conv2d(X[:0], WEIGHT, np.ones(6), stride=2)
    assert out.shape == (0, 6, 3, 3)
    for stride in (1, 2):
        out = conv2d(X[:0], WEIGHT, stride=stride)
        grad_x, grad_weight, grad_bias = conv2d_backward(out, X[:0], WEIGHT, stride=stride)
        assert grad_x.shape == (0, 4, 7, 6)
        assert not grad_weight.any()
        assert not grad_bias.any()


def test_nan_spoils_the_windows_that_hold_it_and_no_others():
    x = X.copy()
    x[0, 1, 0, 0] = np.nan
    spoiled = np.isnan(conv2d(x, WEIGHT))
    assert spoiled[0, :, 0, 0].all()
    assert spoiled.sum() == 6


def test_arrays_in_any_memory_order_give_the_same_result(rng):
    x, weight = rng.integers(-9, 9, (2, 4, 7, 6)), rng.integers(-9, 9, (6, 4, 3, 2))
    expected = conv2d(x, weight)
    channels_last = np.ascontiguousarray(x.transpose(0, 2, 3, 1)).transpose(0, 3, 1, 2)
    assert_array_equal(conv2d(channels_last, np.asfortranarray(weight)), expected)
    assert_array_equal(conv2d(x[:, :, ::-1], weight[:, :, ::-1])[:, :, ::-1], expected)
    grads = conv2d_backward(expected, x, weight, stride=1)
    for a, b in zip(conv2d_backward(np.asfortranarray(expected), channels_last, weight), grads,
                    strict=True):  # fmt: skip
        assert_array_equal(a, b)


def test_arguments_are_left_alone_and_results_are_new(rng):
    x, weight, bias = rng.normal(size=X.shape), rng.normal(size=(6, 4, 1, 1)), np.ones(6)
    copies = [a.copy() for a in (x, weight, bias)]
    out = conv2d(x, weight, bias)
    gradients = conv2d_backward(out, x, weight)
    for given, copy in zip((x, weight, bias), copies, strict=True):
        assert_array_equal(given, copy)
        assert not any(np.shares_memory(given, made) for made in (out, *gradients))


BAD = [
    ({"x": np.ones((7, 6))}, r"`x` must have the axes \(N, C, H, W\) or \(C, H, W\).*\(7, 6\)"),
    ({"x": np.ones((2, 3, 7, 6))}, r"`weight` has 4 input channels but `x` has 3"),
    ({"weight": np.ones((3, 2))}, r"`weight` must have 4 axes.*\(3, 2\)"),
    ({"weight": np.ones((6, 4, 8, 2))}, r"`kernel_size`=8 .*spans 8 .*`size`=7 .*offers 7"),
    ({"weight": np.ones((6, 4, 0, 2))}, r"`kernel_size` must be at least 1, not 0"),
    ({"bias": np.ones(4)}, r"`bias` must have shape \(6,\), one per kernel, not \(4,\)"),
    ({"bias": np.ones((6, 1))}, r"`bias` must have shape \(6,\)"),
    ({"groups": 3}, r"`groups`=3"),
    ({"groups": 0}, r"`groups` must be at least 1, not 0"),
    ({"groups": 4, "weight": np.ones((6, 1, 3, 2))}, r"6 kernels, not divisible by `groups`=4"),
    ({"stride": 0}, r"`stride` must be at least 1, not 0"),
    ({"stride": (1, -2)}, r"`stride` must be at least 1, not -2"),
    ({"stride": (1, 2, 3)}, r"`stride` must be one integer or 2 of them, not \(1, 2, 3\)"),
    ({"dilation": 0}, r"`dilation` must be at least 1, not 0"),
    ({"dilation": 4}, r"`kernel_size`=3 with `dilation`=4 spans 9"),
    ({"padding": -1}, r"`padding` must be at least 0, not -1"),
    ({"padding": "full"}, r"`padding` must be whole numbers, 'valid' or 'same', not 'full'"),
    ({"padding": "same", "stride": 2}, r"`padding`='same' needs `stride`=1, not \(2, 2\)"),
    ({"padding_mode": "mirror"}, r"`padding_mode` must be one of zeros, .*, not 'mirror'"),
    ({"padding": 6, "padding_mode": "reflect"}, r"`padding`=6 .*'reflect' .*only 6 entries"),
    ({"padding": 7, "padding_mode": "circular"}, r"`padding`=7 .*'circular' .*only 6 entries"),
]


@pytest.mark.parametrize(("change", "message"), BAD, ids=[message for _, message in BAD])
def test_what_does_not_fit_is_named(change, message):
    arguments = {"x": X, "weight": WEIGHT, "bias": None} | change
    with pytest.raises(ValueError, match=message):
        conv2d(**arguments)
    if arguments["x"].ndim == 4:
        with pytest.raises(ValueError, match=message):
            conv_by_definition(**arguments)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"x": X.astype(str)}, r"`x` must hold real numbers, but its dtype is <U"),
        ({"x": X.astype(object)}, r"`x` must hold real numbers, but its dtype is object"),
        ({"weight": WEIGHT * 1j}, r"`weight` must hold real numbers, but its dtype is complex"),
        ({"stride": 1.5}, r"`stride` must be an integer, not 1.5"),
        ({"groups": 2.0}, r"`groups` must be an integer, not 2.0"),
        ({"padding": (1, None)}, r"`padding` must be an integer, not None"),
        ({"dilation": True}, r"`dilation` must be an integer, not True"),
    ],
    ids=str,
)
def test_what_is_not_a_number_is_named(change, message):
    with pytest.raises(TypeError, match=message):
        conv2d(**{"x": X, "weight": WEIGHT} | change)


def test_a_gradient_must_have_the_shape_of_the_output():
    with pytest.raises(
        ValueError, match=r"`grad` must have the shape of the output, \(2, 6, 5, 5\)"
    ):
        conv2d_backward(np.ones((2, 6, 5, 4)), X, WEIGHT)
    with pytest.raises(ValueError, match=r"`grad`.*\(6, 5, 5\), not \(1, 6, 5, 5\)"):
        conv2d_backward(np.ones((1, 6, 5, 5)), X[0], WEIGHT)
    with pytest.raises(ValueError, match="6 kernels, not divisible by `groups`=4"):
        conv2d_backward(np.ones((2, 6, 5, 5)), X, np.ones((6, 1, 3, 2)), groups=4)


def test_signals_and_volumes_name_their_axes():
    for axes in (2, 6):
        with pytest.raises(ValueError, match=r"`x` must have the axes \(N, C, …, W\), but.*\(3, 3"):
            conv_by_definition(np.ones((3,) * axes), np.ones((3,) * axes))
    with pytest.raises(ValueError, match=r"\(N, C, L\) or \(C, L\)"):
        conv1d(np.ones(5), np.ones((1, 1, 2)))
    with pytest.raises(ValueError, match=r"\(N, C, D, H, W\) or \(C, D, H, W\)"):
        conv3d(np.ones((5, 5, 5)), np.ones((1, 1, 2, 2, 2)))
