"""Parameters that do not fit are refused with the argument's name, what came, and the remedy."""

import numpy as np
import pytest
import torch

from coursecnn import augment

BYTES = torch.zeros(3, 3, 6, 8, dtype=torch.uint8)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: augment.flip(BYTES[0], [True]), r"must have shape \(N, C, H, W\).*images\[None\]"),
        (
            lambda: augment.brightness(BYTES, [1.0, 2.0]),
            r"`factors` must have shape \(3,\), one nu",
        ),
        (lambda: augment.brightness(BYTES, -0.1), r"`factors` must be finite and lie in 0…inf"),
        (lambda: augment.contrast(BYTES, float("nan")), r"`factors` must be finite"),
        (lambda: augment.hue(BYTES, 0.6), r"`turns` must be finite and lie in -0\.5…0\.5"),
        (lambda: augment.saturation(BYTES[:, :2], 1.0), r"1 or 3 channels, received 2"),
        (lambda: augment.affine(BYTES, scales=0.0), r"`scales` must be finite and lie in"),
        (lambda: augment.rotate(BYTES, 0, interpolation="cubic"), r"`interpolation` must be one"),
        (
            lambda: augment.crop(BYTES, [0, 3], padding=1),
            r"lie in \(0, 0\)…\(2, 2\).*received \[\[",
        ),
        (
            lambda: augment.crop(BYTES, [0, 0], padding_mode="wrap"),
            r"`padding_mode` must be one of",
        ),
        (lambda: augment.blur(BYTES, 1.0, kernel_size=4), r"`kernel_size` must be odd"),
        (lambda: augment.blur(BYTES, 1.0, kernel_size=13), r"reaches 6 pixels past the border"),
        (
            lambda: augment.noise(BYTES, 0.1, torch.zeros(3, 3, 8, 6)),
            r"`normal` must have the shape",
        ),
        (lambda: augment.mixup(BYTES, torch.zeros(3), [0, 1, 2], 0.5), r"`targets` must be prob"),
        (
            lambda: augment.mixup(BYTES, torch.eye(3), [0, 1, 3], 0.5),
            r"`partners` .* 0…2; received",
        ),
        (lambda: augment.mixup(BYTES, torch.eye(3), [0, 1, 2], 1.5), r"`shares` .* lie in 0…1"),
        (lambda: augment.random_flip(1.5), r"`p` must lie in 0…1, received 1\.5"),
        (lambda: augment.random_rotate(-1), r"`max_degrees` must be ≥ 0"),
        (lambda: augment.random_affine(scale=(1.2, 0.8)), r"`scale` must be two positive numbers"),
        (lambda: augment.random_color(hue=0.7), r"`hue` must lie in 0…0\.5; received 0\.7"),
        (lambda: augment.random_color(contrast=-1), r"`contrast` must lie in 0…inf"),
        (lambda: augment.random_blur(0.1, min_sigma=0.5), r"`min_sigma` and `max_sigma`"),
        (lambda: augment.random_noise(-0.1), r"`sigma` must be ≥ 0"),
        (lambda: augment.random_cutout(0), r"`size`"),
        (lambda: augment.random_mixup(0), r"`alpha` must be positive"),
        (lambda: augment.random_crop(0, size=9)(BYTES, torch.Generator()), r"exceeds the padded"),
        (lambda: augment.label_safe("dances"), r"`task` must be one of \"digits\", .*'dances'"),
    ],
)
def test_values_that_do_not_fit(call, message):
    with pytest.raises(ValueError, match=message):
        call()


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: augment.shift([[1]], [0, 0]), r"`images` must be a torch.Tensor, received list"),
        (lambda: augment.shift(BYTES, [0.5, 1.0]), r"`offsets` must be whole numbers of pixels"),
        (lambda: augment.hue(BYTES.float(), 0.1), r"must be uint8 .* before the pixels are scaled"),
        (lambda: augment.compose(augment.random_flip(), None), r"number 2 is None"),
    ],
)
def test_types_that_do_not_fit(call, message):
    with pytest.raises(TypeError, match=message):
        call()


def test_one_number_stands_for_all_images():
    images = torch.arange(3 * 3 * 6 * 8).reshape(3, 3, 6, 8).to(torch.uint8)
    assert torch.equal(augment.brightness(images, 0.7), augment.brightness(images, [0.7, 0.7, 0.7]))
    assert torch.equal(augment.shift(images, [1, -2]), augment.shift(images, [[1, -2]] * 3))


def test_floats_can_be_moved_as_well_as_bytes():
    images = torch.randn(2, 5, 6, 8, dtype=torch.float64)
    assert torch.allclose(augment.rotate(augment.rotate(images, 180), 180), images, atol=1e-9)
    assert torch.equal(augment.cutout(images, [0, 0], 2)[:, :, 2:], images[:, :, 2:])


def test_a_quarter_turn_is_counter_clockwise():
    image = torch.arange(9.0).reshape(1, 1, 3, 3)
    turned = augment.rotate(image, 90, interpolation="nearest")
    assert turned[0, 0].tolist() == [[2, 5, 8], [1, 4, 7], [0, 3, 6]]


def test_what_lies_outside_by_hand():
    row = torch.tensor([1, 2, 3, 4]).reshape(1, 1, 1, 4)
    for mode, padded in (("zeros", "00123400"), ("reflect", "32123432"), ("replicate", "11123444")):
        wide = augment.crop(row, [0, 0], (1, 8), padding=(0, 2), padding_mode=mode)
        assert "".join(map(str, wide.flatten().tolist())) == padded


@pytest.mark.parametrize(("size", "padding"), [(4, 9), (2, 5), (1, 3)])
def test_a_reflection_goes_to_and_fro_as_numpy_has_it(size, padding):
    row = np.arange(size)
    wide = augment.crop(
        torch.from_numpy(row).reshape(1, 1, 1, -1), [0, 0], (1, size + 2 * padding),
        padding=(0, padding), padding_mode="reflect",
    )  # fmt: skip
    assert wide.flatten().tolist() == np.pad(row, padding, mode="reflect").tolist()


def test_cutmix_by_hand():
    images = torch.stack([torch.zeros(1, 2, 4), torch.ones(1, 2, 4)])
    mixed, targets = augment.cutmix(images, torch.eye(2), [1, 0], [0, 1], [1, 2])
    assert mixed[0, 0].tolist() == [[0, 1, 1, 0], [0, 0, 0, 0]]
    assert targets.tolist() == [[0.75, 0.25], [0.25, 0.75]]
