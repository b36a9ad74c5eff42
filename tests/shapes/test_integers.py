"""Reading whole numbers: what is accepted, and how the rest is named."""

import numpy as np
import pytest

from coursecnn.shapes import ntuple, pair


def test_one_number_stands_for_every_axis():
    assert pair(3) == (3, 3)
    assert ntuple(2, 3) == (2, 2, 2)


@pytest.mark.parametrize("value", [(2, 1), [2, 1], np.array([2, 1]), iter((2, 1))])
def test_a_sequence_gives_each_axis_its_number_in_python_integers(value):
    numbers = pair(value)
    assert numbers == (2, 1)
    assert [type(n) for n in numbers] == [int, int]


@pytest.mark.parametrize("value", [1.0, "3", None, True, np.bool_(True), (1, 2.0), (True, 1)])
def test_what_is_not_a_whole_number_is_named(value):
    with pytest.raises((TypeError, ValueError), match="`stride` must be"):
        pair(value, name="stride")


@pytest.mark.parametrize("value", [(), (1,), (1, 2, 3), "12"])
def test_too_many_or_too_few_numbers_are_named(value):
    with pytest.raises(ValueError, match="`padding` must be one integer or 2 of them, not"):
        pair(value, name="padding")


def test_the_smallest_number_is_allowed_and_no_smaller_one():
    assert pair((0, 1), minimum=0) == (0, 1)
    with pytest.raises(ValueError, match="`value` must be at least 0, not -1"):
        pair((0, -1), minimum=0)
    assert pair(-5) == (-5, -5)
