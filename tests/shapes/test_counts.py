"""Parameters and multiplications: the figures of the course, and torch's layers counted."""

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from strategies import steady

from coursecnn.shapes import conv_parameters, linear_parameters, macs

small = st.integers(1, 4)


def numbers_in(layer):
    """How many numbers a torch layer learns."""
    return sum(p.numel() for p in layer.parameters())


def test_the_counts_of_the_course_by_hand():
    assert conv_parameters(3, 10, 3) == 10 * (3 * 3 * 3 + 1) == 280
    assert conv_parameters(3, 5, (8, 8)) == 5 * 3 * 8 * 8 + 5 == 965
    assert conv_parameters(1, 1, 5, bias=False) == 5 * 5
    assert linear_parameters(12 * 1024**2, 10**4, bias=False) == 12 * 1024**2 * 10**4


def test_lenet_has_61706_parameters():
    convolutions = conv_parameters(1, 6, 5) + conv_parameters(6, 16, 5)
    dense = linear_parameters(400, 120) + linear_parameters(120, 84) + linear_parameters(84, 10)
    assert convolutions + dense == 61_706


@steady
@given(small, small, st.lists(small, min_size=1, max_size=3), small, st.booleans())
def test_convolution_parameters_agree_with_torch(c_in, c_out, kernel, groups, bias):
    layer = (torch.nn.Conv1d, torch.nn.Conv2d, torch.nn.Conv3d)[len(kernel) - 1]
    channels = c_in * groups, c_out * groups
    expected = numbers_in(layer(*channels, tuple(kernel), groups=groups, bias=bias))
    assert conv_parameters(*channels, tuple(kernel), groups=groups, bias=bias) == expected


@steady
@given(small, small, st.booleans())
def test_dense_parameters_agree_with_torch(inputs, outputs, bias):
    expected = numbers_in(torch.nn.Linear(inputs, outputs, bias=bias))
    assert linear_parameters(inputs, outputs, bias=bias) == expected


def test_multiplications_are_counted_one_window_at_a_time():
    per_output = 6 * 5 * 5
    assert macs(6, 16, 5, 10) == 16 * 10 * 10 * per_output
    assert macs(6, 16, (5, 5), (10, 10), groups=2) == 16 * 10 * 10 * per_output // 2
    assert macs(6, 16, (5,), (10,)) == 16 * 10 * 6 * 5
    assert macs(400, 120) == 400 * 120


def test_a_depthwise_layer_costs_a_part_of_the_full_one():
    assert conv_parameters(32, 32, 3, groups=32, bias=False) * 32 == 32 * 32 * 3 * 3


@pytest.mark.parametrize(
    ("arguments", "options", "message"),
    [
        ((0, 4, 3), {}, "`in_channels` must be at least 1, not 0"),
        ((4, 0, 3), {}, "`out_channels` must be at least 1, not 0"),
        ((4, 4, 0), {}, "`kernel_size` must be at least 1, not 0"),
        ((4, 4, (3, -1)), {}, "`kernel_size` must be at least 1, not -1"),
        ((4, 4, 3), {"groups": 0}, "`groups` must be at least 1, not 0"),
        ((4, 6, 3), {"groups": 4}, r"`out_channels` \(=6\) must be divisible by `groups` \(=4\)"),
        ((6, 4, 3), {"groups": 4}, r"`in_channels` \(=6\) must be divisible by `groups` \(=4\)"),
    ],
)
def test_a_layer_that_cannot_be_is_named(arguments, options, message):
    with pytest.raises(ValueError, match=message):
        conv_parameters(*arguments, **options)


def test_sizes_that_cannot_be_are_named():
    with pytest.raises(ValueError, match="`output_size` must be at least 1, not 0"):
        macs(1, 1, 3, (4, 0))
    with pytest.raises(ValueError, match="`in_features` must be at least 1, not 0"):
        linear_parameters(0, 1)
    with pytest.raises(ValueError, match="`out_features` must be at least 1, not -1"):
        linear_parameters(1, -1)
    with pytest.raises(TypeError, match=r"`kernel_size` must be an integer, not 3\.0"):
        conv_parameters(1, 1, 3.0)
