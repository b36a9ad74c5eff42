"""Images on demand: which classes, by which seed, and with which label on the tin."""

import numpy as np
import pytest
import torch
from gan.conftest import pair

from coursecnn import gan
from coursecnn.training import to_input


@pytest.fixture(scope="module")
def generator():
    """One whose images differ: fresh weights are too small for that."""
    drawing = pair()[0].train()
    for weight in drawing.parameters():
        weight.data.mul_(20)
    return drawing


def test_the_classes_take_turns_unless_labels_are_given(generator):
    assert gan.synthesise(generator, 5).labels.tolist() == [0, 1, 0, 1, 0]
    assert gan.synthesise(generator, 3, 1).labels.tolist() == [1, 1, 1]
    assert gan.synthesise(generator, 3, [1, 0, 0]).labels.tolist() == [1, 0, 0]


def test_the_set_says_that_it_is_synthetic(generator):
    samples = gan.synthesise(generator, 4, class_names=("left", "right"))
    assert samples.split == "synthetic"
    assert samples.provenance.startswith("Synthetic: drawn by a generator")
    assert samples.class_names == ("left", "right")
    assert (samples.images.dtype, samples.labels.dtype) == (np.uint8, np.int64)
    assert "synthetic: 4 images of 1×8×8, 2 classes" in repr(samples)


def test_seeds_repeat_and_neither_batches_nor_other_images_matter(generator):
    first = gan.synthesise(generator, 9, seed=4).images
    assert np.array_equal(gan.synthesise(generator, 9, seed=4).images, first)
    assert not np.array_equal(gan.synthesise(generator, 9, seed=5).images, first)
    latents, labels = gan.draw_latents(9, 6, seed=4), np.arange(9) % 2
    assert np.array_equal(gan.generate(generator, latents, labels, batch_size=2), first)
    assert np.array_equal(gan.generate(generator, latents[3:4], labels[3:4]), first[3:4])


def test_the_generator_stays_in_its_mode(generator):
    gan.synthesise(generator, 2)
    assert generator.training


def test_bytes_are_the_way_back_from_a_networks_input():
    every = np.arange(256, dtype=np.uint8).reshape(1, 1, 16, 16)
    assert np.array_equal(gan.to_pixels(to_input(every)), every)
    beyond = gan.to_pixels(torch.tensor([-1.5, -1, 0.0, 1, 1.5]))
    assert beyond.tolist() == [0, 0, 128, 255, 255]


@pytest.mark.parametrize(
    ("options", "error", "message"),
    [
        ({"n": 0}, ValueError, "`n` must be at least 1, not 0"),
        ({"n": 2.5}, TypeError, "`n` must"),
        ({"labels": 2}, ValueError, r"`labels` must lie in 0…1, the classes .* received 2…2"),
        ({"labels": [0, -1, 1]}, ValueError, "`labels` must lie in 0…1"),
        ({"labels": [0, 1]}, ValueError, r"one for each of the 3 images; .* shape \(2,\)"),
        ({"labels": 0.5}, TypeError, "`labels` must be whole numbers; received float64"),
        ({"class_names": ["a"]}, ValueError, "`class_names` must be 2 names, .* received 1"),
    ],
    ids=str,
)
def test_what_cannot_be_drawn_is_refused(generator, options, error, message):
    with pytest.raises(error, match=message):
        gan.synthesise(generator, **({"n": 3} | options))
