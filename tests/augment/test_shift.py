"""A shift moves pixels and invents none."""

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from torchvision.transforms.v2 import functional as reference

from coursecnn.augment import random_shift, shift


def batch(n=3, channels=2, height=5, width=7):
    return torch.arange(1, n * channels * height * width + 1).reshape(n, channels, height, width)


def test_a_shift_by_hand():
    image = torch.tensor([[[[1, 2, 3], [4, 5, 6]]]])
    moved = shift(image, torch.tensor([[1, -1]]))  # down by one, left by one
    assert moved.tolist() == [[[[0, 0, 0], [2, 3, 0]]]]


@given(st.lists(st.tuples(st.integers(-8, 8), st.integers(-8, 8)), min_size=3, max_size=3))
def test_each_image_moves_as_torchvision_moves_it(offsets):
    images = batch().to(torch.uint8)
    moved = shift(images, torch.tensor(offsets))
    for image, result, (down, right) in zip(images, moved, offsets, strict=True):
        expected = reference.affine(image, 0.0, [right, down], 1.0, [0.0, 0.0])
        assert torch.equal(result, expected)


@given(st.integers(-2, 2), st.integers(-2, 2))
def test_there_and_back_again_loses_only_the_border(down, right):
    images = torch.nn.functional.pad(batch(), (2, 2, 2, 2))
    offsets = torch.tensor([[down, right]] * 3)
    assert torch.equal(shift(shift(images, offsets), -offsets), images)


def test_the_numbers_drawn_are_those_that_the_committed_experiments_drew():
    offsets = torch.randint(-2, 3, (20, 2), generator=torch.Generator().manual_seed(7))
    generator = torch.Generator().manual_seed(7)
    assert torch.equal(random_shift(2)(batch(n=20), generator), shift(batch(n=20), offsets))
    assert offsets[:4].tolist() == [[-2, 0], [-1, -1], [1, 0], [0, 2]]


def test_every_offset_up_to_the_largest_occurs_equally_often():
    dot = torch.zeros(9000, 1, 3, 3)
    dot[:, :, 1, 1] = 1
    where = random_shift(1)(dot, torch.Generator().manual_seed(0)).mean(0)
    assert torch.allclose(where, torch.full((1, 3, 3), 1 / 9), atol=0.012)


def test_offsets_that_do_not_fit_are_refused():
    with pytest.raises(ValueError, match=r"`offsets` must have shape \(3, 2\).*received \(2, 2\)"):
        shift(batch(), torch.zeros(2, 2, dtype=int))
    with pytest.raises(ValueError, match=r"`max_shift` must be ≥ 0; received -1"):
        random_shift(-1)
