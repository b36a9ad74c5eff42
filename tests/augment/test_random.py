"""A random augmentation draws from its generator alone, anew for each image, within its limits."""

import pytest
import torch

from coursecnn import augment

EVERY = {
    "shift": augment.random_shift(2),
    "crop": augment.random_crop(2, padding_mode="reflect"),
    "flip": augment.random_flip(),
    "vertical flip": augment.random_flip(vertical=True),
    "rotate": augment.random_rotate(20),
    "affine": augment.random_affine(10, max_shift=1, scale=(0.8, 1.2), max_shear=10),
    "color": augment.random_color(0.4, 0.4, 0.4, 0.1),
    "grayscale": augment.random_grayscale(0.5),
    "blur": augment.random_blur(2.0),
    "noise": augment.random_noise(0.1),
    "cutout": augment.random_cutout(3),
}
MIXERS = {"mixup": augment.random_mixup(1.0), "cutmix": augment.random_cutmix(1.0)}
each = pytest.mark.parametrize("change", EVERY.values(), ids=EVERY.keys())
each_mixer = pytest.mark.parametrize("mix", MIXERS.values(), ids=MIXERS.keys())


def seeded(seed):
    return torch.Generator().manual_seed(seed)


def one_picture(n, height=11, width=9):
    """The same colourful noise n times: what differs afterwards was drawn."""
    picture = torch.randint(1, 256, (1, 3, height, width), generator=seeded(3), dtype=torch.uint8)
    return picture.expand(n, -1, -1, -1)


@each
def test_the_generator_alone_decides(change):
    images = one_picture(20)
    torch.manual_seed(0)
    first = change(images, seeded(1))
    torch.manual_seed(1)
    assert torch.equal(first, change(images, seeded(1)))
    assert not torch.equal(first, change(images, seeded(2)))


@each
def test_each_image_gets_its_own_change(change):
    changed = change(one_picture(40), seeded(0))
    assert len(changed.flatten(1).unique(dim=0)) > 1
    assert changed.dtype == torch.uint8
    assert changed.shape == (40, 3, 11, 9)


@each
def test_the_batch_that_goes_in_is_left_alone(change):
    images = one_picture(5).clone()
    before = images.clone()
    change(images, seeded(0)).zero_()
    change(images[:, :1], seeded(0))
    assert torch.equal(images, before)


@each
def test_an_empty_batch_stays_empty(change):
    assert change(torch.zeros(0, 3, 8, 6, dtype=torch.uint8), seeded(0)).shape == (0, 3, 8, 6)


@each
def test_grey_images_have_one_channel_before_and_after(change):
    assert change(one_picture(4)[:, :1], seeded(0)).shape == (4, 1, 11, 9)


@pytest.mark.parametrize("name", sorted({*EVERY} - {"noise"}))  # whose numbers need a real device
def test_a_batch_stays_on_its_device_and_is_not_asked_for_its_pixels(name):
    """On torch's device without memory, pixels that were fetched or moved would be an error."""
    images = torch.empty(4, 3, 11, 9, dtype=torch.uint8, device="meta")
    changed = EVERY[name](images, seeded(0))
    assert (changed.device, changed.shape) == (images.device, images.shape)


@each_mixer
def test_mixed_targets_stay_on_their_device_too(mix):
    images = torch.empty(4, 3, 11, 9, dtype=torch.uint8, device="meta")
    mixed, targets = mix(images, torch.empty(4, 7, device="meta"), seeded(0))
    assert mixed.device == targets.device == images.device


@each_mixer
def test_mixing_is_decided_by_the_generator_and_keeps_probabilities(mix):
    images, targets = one_picture(6).clone(), torch.eye(6)
    images[::2] = 0
    first, again, other = (mix(images, targets, seeded(seed)) for seed in (1, 1, 2))
    assert torch.equal(first[0], again[0])
    assert torch.equal(first[1], again[1])
    assert not torch.equal(first[1], other[1])
    assert torch.allclose(first[1].sum(1), torch.ones(6))
    assert (first[1] >= 0).all()


@each_mixer
def test_targets_say_how_many_pixels_are_whose(mix):
    """White images of class 1 among black ones of class 0: the mean grey is the target."""
    labels = torch.arange(40) % 2
    images = (labels * 255).to(torch.uint8).view(-1, 1, 1, 1).repeat(1, 1, 8, 6)
    mixed, targets = mix(images, torch.eye(2)[labels], seeded(0))
    assert torch.allclose(mixed.float().mean((1, 2, 3)) / 255, targets[:, 1], atol=0.002)
    assert ((targets > 0.01) & (targets < 0.99)).any()


def test_flips_occur_as_often_as_asked():
    flipped = augment.random_flip(0.25)(one_picture(4000), seeded(0))
    share = (flipped != one_picture(1)).flatten(1).any(1).float().mean()
    assert abs(share - 0.25) < 0.03


@pytest.mark.parametrize("p", [0.0, 1.0])
def test_never_and_always_are_kept_to(p):
    images = one_picture(50)
    assert torch.equal(
        augment.random_flip(p)(images, seeded(0)), images if p == 0 else images.flip(3)
    )
    grey = augment.grayscale(images) if p else images
    assert torch.equal(augment.random_grayscale(p)(images, seeded(0)), grey)


def test_every_window_is_equally_likely():
    dot = torch.zeros(9000, 1, 3, 5)
    dot[:, :, 1, 2] = 1
    where = augment.random_crop(1)(dot, seeded(0)).mean(0)[0]
    assert torch.allclose(where[:, 1:4], torch.full((3, 3), 1 / 9), atol=0.012)
    assert where[:, [0, 4]].sum() == 0


def test_crops_of_another_size():
    assert augment.random_crop(0, size=(4, 7))(one_picture(3), seeded(0)).shape == (3, 3, 4, 7)


def test_brightness_is_drawn_between_its_limits():
    flat = torch.full((3000, 1, 1, 1), 100, dtype=torch.uint8)
    levels = augment.random_color(brightness=0.3)(flat, seeded(0)).flatten().float()
    assert (levels.min(), levels.max()) == (70, 129)  # bytes are cut off below, as torchvision does
    assert abs(levels.mean() - 99.5) < 1


def test_a_strength_above_one_never_asks_for_negative_light():
    dark = augment.random_color(brightness=3.0)(one_picture(100), seeded(0))
    assert dark.float().mean((1, 2, 3)).min() < 5


def test_turning_stays_within_its_limit():
    """A dot ten pixels from the centre moves by less than two when turned by 10 degrees."""
    images = torch.zeros(500, 1, 21, 21)
    images[:, :, 10, 20] = 1
    turned = augment.random_rotate(10, interpolation="nearest")(images, seeded(0))
    rows = turned.sum((0, 1, 3)).nonzero().flatten()
    assert (rows.min(), rows.max()) == (8, 12)


def test_a_hole_has_the_size_asked_for_and_may_be_cut_by_the_border():
    images = torch.ones(2000, 1, 12, 10)
    holes = (augment.random_cutout((4, 3))(images, seeded(0)) == 0).sum((1, 2, 3))
    assert holes.max() == 12
    assert 0 < holes.min() < 12
    seen = augment.random_cutout(1)(images, seeded(0)).mean(0)
    assert ((seen > 0.98) & (seen < 1)).all()  # every pixel can be hit


def test_noise_has_the_strength_asked_for():
    flat = torch.full((50, 1, 40, 30), 128, dtype=torch.uint8)
    noisy = augment.random_noise(0.1)(flat, seeded(0)).float() - 128
    assert abs(noisy.std() - 25.5) < 0.5
    assert abs(noisy.mean()) < 0.5


def test_composing_applies_one_after_the_other_with_one_stream():
    both = augment.compose(augment.random_shift(2), augment.random_flip())
    generator = seeded(4)
    expected = augment.random_shift(2)(one_picture(9), generator)
    expected = augment.random_flip()(expected, generator)
    assert torch.equal(both(one_picture(9), seeded(4)), expected)
    assert torch.equal(augment.compose()(one_picture(2), generator), one_picture(2))
