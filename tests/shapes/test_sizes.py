"""Sizes: by hand, by counting the windows one at a time, and against torch over a whole grid."""

from itertools import product

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from strategies import steady

from coursecnn.shapes import output_size, same_padding, transposed_output_size

positive = st.integers(1, 12)


def windows_that_fit(size, kernel_size, stride, padding, dilation):
    """Put the window at every start in turn, as long as its last entry is inside."""
    last = size + 2 * padding - 1
    starts = range(0, size + 2 * padding, stride)
    return sum(start + dilation * (kernel_size - 1) <= last for start in starts)


def answer(function, *arguments, **options):
    """What a function returns, or None where it refuses."""
    try:
        return function(*arguments, **options)
    except (ValueError, RuntimeError):
        return None


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        ((6, 3), 6 - 3 + 1),
        ((32, 5), 32 - 5 + 1),
        ((28, 8), 28 - 8 + 1),
        ((5, 3, 1, 1), 5 + 2 * 1 - 3 + 1),
        ((5, 3, 2, 1), (5 + 2 * 1 - 3) // 2 + 1),
        ((224, 7, 2, 3), (224 + 2 * 3 - 7) // 2 + 1),
        ((227, 11, 4), (227 - 11) // 4 + 1),
        ((7, 3, 1, 0, 2), 7 - (2 * (3 - 1) + 1) + 1),
    ],
    ids=str,
)
def test_the_sizes_of_the_course_by_hand(arguments, expected):
    assert output_size(*arguments) == expected


@steady
@given(positive, positive, positive, st.integers(0, 6), positive)
def test_an_output_size_counts_the_windows_that_fit(size, kernel_size, stride, padding, dilation):
    count = windows_that_fit(size, kernel_size, stride, padding, dilation)
    assert (answer(output_size, size, kernel_size, stride, padding, dilation) or 0) == count


def test_convolution_sizes_agree_with_torch_on_a_whole_grid():
    for size, k, s, p, d in product(range(8), range(5), range(4), range(-1, 4), range(4)):
        x, weight = torch.zeros(1, 1, size), torch.zeros(1, 1, k)
        theirs = answer(torch.conv1d, x, weight, None, s, p, d)
        theirs = None if theirs is None else theirs.shape[-1]
        assert answer(output_size, size, k, s, p, d) == theirs, (size, k, s, p, d)


def test_pooling_sizes_agree_with_torch_on_a_whole_grid():
    pool = torch.nn.functional.max_pool1d
    for size, k, s, d, ceil in product(range(8), range(1, 5), range(1, 4), range(1, 4), (0, 1)):
        for p in range(k // 2 + 1):
            theirs = answer(pool, torch.zeros(1, 1, size), k, s, p, d, bool(ceil))
            theirs = None if theirs is None else theirs.shape[-1]
            ours = answer(output_size, size, k, s, p, d, ceil_mode=bool(ceil))
            assert ours == theirs, (size, k, s, p, d, ceil)


def test_transposed_sizes_agree_with_torch_on_a_whole_grid():
    for size, k, s, p, e, d in product(
        range(6), range(5), range(1, 4), range(3), range(4), range(1, 4)
    ):
        x, weight = torch.zeros(1, 1, size), torch.zeros(1, 1, k)
        theirs = answer(torch.conv_transpose1d, x, weight, None, s, p, e, 1, d)
        theirs = None if theirs is None else theirs.shape[-1]
        ours = answer(transposed_output_size, size, k, s, p, output_padding=e, dilation=d)
        assert ours == theirs, (size, k, s, p, e, d)


@steady
@given(positive, positive, positive, st.integers(0, 3), positive)
def test_a_transposed_convolution_leads_back_to_a_size_it_came_from(size, k, stride, padding, d):
    small = answer(output_size, size, k, stride, padding, d)
    if small is None:
        return
    remainder = (size + 2 * padding - d * (k - 1) - 1) % stride
    options = {"output_padding": remainder, "dilation": d}
    assert transposed_output_size(small, k, stride, padding, **options) == size


@steady
@given(positive, positive, positive)
def test_same_padding_keeps_the_size_and_splits_evenly(size, kernel_size, dilation):
    before, after = same_padding(kernel_size, dilation)
    assert output_size(size + before + after, kernel_size, dilation=dilation) == size
    assert after - before == dilation * (kernel_size - 1) % 2


def test_same_padding_by_hand():
    assert same_padding(5) == ((5 - 1) // 2, (5 - 1) // 2)
    assert same_padding(4) == (1, 2)
    assert same_padding(2, dilation=2) == (2 * (2 - 1) // 2, 2 * (2 - 1) // 2)


def test_whole_numbers_of_numpy_and_of_any_length_are_exact():
    size = output_size(np.int8(100), np.int8(3), padding=np.int8(100))
    assert (size, type(size)) == (100 + 2 * 100 - 3 + 1, int)
    assert output_size(10**30, 3) == 10**30 - 2


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"size": 0}, "`size` must be at least 1, not 0"),
        ({"kernel_size": 0}, "`kernel_size` must be at least 1, not 0"),
        ({"stride": 0}, "`stride` must be at least 1, not 0"),
        ({"padding": -1}, "`padding` must be at least 0, not -1"),
        ({"dilation": 0}, "`dilation` must be at least 1, not 0"),
        ({"kernel_size": 4, "dilation": 3}, "`kernel_size`=4 .*`dilation`=3 spans 10 .*`size`=9 "
         "with `padding`=0 offers 9; use a smaller kernel or more padding"),
        ({"kernel_size": 12, "padding": 1}, "`padding`=1 offers 11"),
    ],
)  # fmt: skip
def test_a_size_that_makes_no_sense_is_named(options, message):
    with pytest.raises(ValueError, match=message):
        output_size(**{"size": 9, "kernel_size": 3} | options)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"size": 0}, "`size` must be at least 1"),
        ({"stride": 0}, "`stride` must be at least 1"),
        ({"padding": -1}, "`padding` must be at least 0"),
        ({"output_padding": -1}, "`output_padding` must be at least 0"),
        ({"output_padding": 2, "stride": 2}, "`output_padding` must be smaller .* is 2 with "
         "`stride`=2 and `dilation`=1"),
        ({"padding": 3}, "`padding`=3 cuts off all of the 5 entries; use less padding"),
    ],
)  # fmt: skip
def test_a_transposed_size_that_makes_no_sense_is_named(options, message):
    with pytest.raises(ValueError, match=message):
        transposed_output_size(**{"size": 3, "kernel_size": 3} | options)


def test_what_is_left_out_changes_nothing():
    every = {"stride": 1, "padding": 0, "output_padding": 0, "dilation": 1}
    assert transposed_output_size(5, 3) == transposed_output_size(5, 3, **every) == 5 + 3 - 1
