"""Receptive fields: the published ones, and those that a gradient lights up."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import steady

from coursecnn.ops import conv1d, conv1d_backward
from coursecnn.shapes import ReceptiveField, receptive_field, receptive_intervals

ALEXNET = [(11, 4), (3, 2), (5, 1), (3, 2), (3, 1), (3, 1), (3, 1), (3, 2)]
VGG16 = [layer for convs in (2, 2, 3, 3, 3) for layer in [(3, 1)] * convs + [(2, 2)]]


def resnet(*blocks, stride_in_first):
    """The chain of a bottleneck ResNet: 7×7, pooling, and blocks of 1×1, 3×3, 1×1."""
    layers = [(7, 2), (3, 2)]
    for stage, count in enumerate(blocks):
        for block in range(count):
            step = 2 if stage > 0 and block == 0 else 1
            layers += [(1, step), (3, 1)] if stride_in_first else [(1, 1), (3, step)]
            layers += [(1, 1)]
    return layers


@pytest.mark.parametrize(
    ("layers", "size"),
    [
        ([], 1),
        ([(3, 1)], 3),
        ([(3, 1), (3, 1)], 3 + (3 - 1)),
        ([(5, 1), (2, 2), (5, 1), (2, 2)], 5 + 1 + 4 * 2 + 1 * 2),  # LeNet-5
        (ALEXNET, 195),
        (VGG16, 212),
        (resnet(3, 4, 6, 3, stride_in_first=True), 483),
        (resnet(3, 8, 36, 3, stride_in_first=True), 1507),
        (resnet(3, 4, 6, 3, stride_in_first=False), 427),
        (resnet(3, 8, 36, 3, stride_in_first=False), 1451),
    ],
    ids=["none", "3", "3-3", "lenet5", "alexnet", "vgg16", "50", "152", "50-v1.5", "152-v1.5"],
)
def test_the_published_sizes_come_out(layers, size):
    assert receptive_field(layers).size == size


def test_jump_and_start_by_hand():
    field = receptive_field([(3, 2, 1), (3, 1, 1, 2)])
    assert field == ReceptiveField(size=3 + 2 * 2 * 2, jump=2 * 1, start=-1 - 1 * 2)


layer = st.tuples(*(st.integers(*ends) for ends in ((1, 3), (1, 2), (0, 2), (1, 2))))


@steady
@given(st.lists(layer, max_size=4), st.integers(0, 9))
def test_the_stretch_of_input_is_the_field_that_the_recurrence_gives(layers, unit):
    for depth in range(len(layers) + 1):
        size, jump, start = receptive_field(layers[:depth])
        first, last = receptive_intervals(layers[:depth], unit)[0]
        assert (first, last) == (start + unit * jump, start + unit * jump + size - 1)


def test_the_stretches_by_hand():
    pixels = (2 * 2 - 1, 2 * 2 - 1 + (3 - 1))
    assert receptive_intervals([(3, 2, 1)], 2) == [pixels, (2, 2)]
    lenet = [(5, 1), (2, 2), (5, 1), (2, 2)]
    assert receptive_intervals(lenet, 1) == [(4, 19), (4, 15), (2, 7), (2, 3), (1, 1)]
    assert receptive_intervals([], 3) == [(3, 3)]


@pytest.mark.parametrize(("unit", "error"), [(-1, ValueError), (1.5, TypeError)])
def test_a_unit_that_cannot_be_is_named(unit, error):
    with pytest.raises(error, match="`unit`"):
        receptive_intervals([(3, 1)], unit)


@steady
@given(st.lists(layer, min_size=1, max_size=3))
def test_a_unit_is_moved_by_the_pixels_of_its_field_and_no_others(layers):
    size, jump, start = receptive_field(layers)
    signals = [np.ones((1, 4 * size + 20))]
    for k, stride, padding, dilation in layers:
        options = {"stride": stride, "padding": padding, "dilation": dilation}
        signals.append(conv1d(signals[-1], np.ones((1, 1, k)), **options))
    unit = signals[-1].shape[-1] // 2  # far from the border
    grad = np.zeros(signals[-1].shape)
    grad[0, unit] = 1
    moved = [(unit, unit)]
    for (k, stride, padding, dilation), x in zip(layers[::-1], signals[-2::-1], strict=True):
        options = {"stride": stride, "padding": padding, "dilation": dilation}
        grad = conv1d_backward(grad, x, np.ones((1, 1, k)), **options)[0]
        moved.insert(0, tuple(np.flatnonzero(grad)[[0, -1]]))
    first = start + unit * jump
    assert moved[0] == (first, first + size - 1)
    assert moved == receptive_intervals(layers, unit)


@pytest.mark.parametrize("layer", [(3,), (3, 1, 0, 1, 1), ()])
def test_a_layer_with_too_few_or_too_many_numbers_is_named(layer):
    with pytest.raises(ValueError, match=r"`layers` must be \(kernel_size, stride\), optionally"):
        receptive_field([(3, 1), layer])


@pytest.mark.parametrize(
    ("layer", "message"),
    [
        ((0, 1), "`kernel_size` must be at least 1, not 0"),
        ((3, 0), "`stride` must be at least 1, not 0"),
        ((3, 1, -1), "`padding` must be at least 0, not -1"),
        ((3, 1, 0, 0), "`dilation` must be at least 1, not 0"),
    ],
)
def test_a_layer_that_cannot_be_is_named(layer, message):
    with pytest.raises(ValueError, match=message):
        receptive_field([layer])


def test_the_first_unit_is_meant_where_none_is_named():
    assert receptive_intervals([(3, 2, 1)]) == receptive_intervals([(3, 2, 1)], 0)
