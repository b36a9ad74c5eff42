"""With the same parameters, a batch gets the pixels that torchvision gives image by image."""

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from strategies import steady
from torchvision.transforms import v2
from torchvision.transforms.v2 import functional as reference

from coursecnn import augment

MODES = {mode: reference.InterpolationMode(mode) for mode in ("nearest", "bilinear")}


def draw(seed, low, high, *shape):
    """Numbers between two bounds, in double precision."""
    generator = torch.Generator().manual_seed(seed)
    return low + (high - low) * torch.rand(shape, generator=generator, dtype=torch.float64)


@st.composite
def batches(draw):
    """Bytes of shape (N, 1 or 3, H, W); height and width differ more often than not."""
    n, channels = draw(st.integers(1, 6)), draw(st.sampled_from([1, 3]))
    height, width = draw(st.integers(5, 40)), draw(st.integers(5, 40))
    generator = torch.Generator().manual_seed(draw(st.integers(0, 2**32)))
    shape = (n, channels, height, width)
    return torch.randint(256, shape, generator=generator, dtype=torch.uint8)


def same(result, images, apply, *parameters):
    """Whether `result` is what `apply` gives for each image and its own parameters."""
    columns = [column.tolist() for column in parameters]
    expected = [apply(image, *own) for image, *own in zip(images, *columns, strict=True)]
    return torch.equal(result, torch.stack(expected))


seeds = st.integers(0, 2**32)


@pytest.mark.parametrize("change", ["brightness", "contrast", "saturation"])
@steady
@given(batches(), seeds)
def test_light_and_colour(change, images, seed):
    factors = draw(seed, 0, 2.5, len(images))
    result = getattr(augment, change)(images, factors)
    assert same(result, images, getattr(reference, f"adjust_{change}"), factors)


@steady
@given(batches(), seeds, st.sampled_from([0.5, -0.5, 0.0, 1 / 3]))
def test_hue(images, seed, special):
    turns = draw(seed, -0.5, 0.5, len(images))
    turns[0] = special
    assert same(augment.hue(images, turns), images, reference.adjust_hue, turns)


def test_hue_of_every_kind_of_colour():
    levels = torch.tensor([0, 1, 2, 63, 127, 128, 254, 255], dtype=torch.uint8)
    colours = torch.cartesian_prod(levels, levels, levels).T.reshape(1, 3, 32, 16)
    for turn in torch.linspace(-0.5, 0.5, 25, dtype=torch.float64):
        assert same(augment.hue(colours, turn), colours, reference.adjust_hue, turn[None])


@steady
@given(batches())
def test_grayscale(images):
    expected = reference.rgb_to_grayscale(images, images.shape[1])
    assert torch.equal(augment.grayscale(images), expected)


@steady
@given(batches(), seeds, st.sampled_from([1, 3, 5]))
def test_blur(images, seed, kernel_size):
    sigmas = draw(seed, 0.1, 3, len(images))
    result = augment.blur(images, sigmas, kernel_size=kernel_size)
    assert same(result, images, lambda x, s: reference.gaussian_blur(x, kernel_size, s), sigmas)


@steady
@given(batches(), seeds)
def test_noise(images, seed):
    torch.manual_seed(seed)
    normal = torch.stack([torch.randn_like(image, dtype=torch.float32) for image in images])
    sigmas = draw(seed, 0, 0.3, len(images))
    torch.manual_seed(seed)
    apply = lambda image, sigma: reference.gaussian_noise(image, 0.0, sigma)  # noqa: E731
    assert same(augment.noise(images, sigmas, normal), images, apply, sigmas)


@pytest.mark.parametrize("vertical", [False, True])
@steady
@given(batches(), seeds)
def test_flip(vertical, images, seed):
    mirror = reference.vertical_flip if vertical else reference.horizontal_flip
    chosen = draw(seed, 0, 1, len(images)) < 0.5
    result = augment.flip(images, chosen, vertical=vertical)
    assert same(result, images, lambda image, own: mirror(image) if own else image, chosen)


@pytest.mark.parametrize(
    ("mode", "name"), [("zeros", "constant"), ("reflect", "reflect"), ("replicate", "edge")]
)
@steady
@given(batches(), seeds, st.integers(0, 4), st.integers(0, 4))
def test_pad_and_crop(mode, name, images, seed, above, left):
    height, width = images.shape[2] - 3, images.shape[3] - 2
    corners = draw(seed, 0, 1, len(images), 2)
    corners = (corners * torch.tensor([2 * above + 4, 2 * left + 3])).long()
    result = augment.crop(
        images, corners, (height, width), padding=(above, left), padding_mode=mode
    )

    def apply(image, corner):
        padded = reference.pad(image, [left, above, left, above], padding_mode=name)
        return reference.crop(padded, *corner, height, width)

    assert same(result, images, apply, corners)


@pytest.mark.parametrize("mode", MODES)
@steady
@given(batches(), seeds, st.sampled_from([0, 30, 45, 90, -90, 180, 270, 360]))
def test_rotate(mode, images, seed, special):
    angles = draw(seed, -400, 400, len(images))
    angles[0] = special
    result = augment.rotate(images, angles, interpolation=mode)
    assert same(result, images, lambda x, a: reference.rotate(x, a, MODES[mode]), angles)


@pytest.mark.parametrize("mode", MODES)
@steady
@given(batches(), seeds)
def test_affine(mode, images, seed):
    angles, scales = draw(seed, -180, 180, len(images)), draw(seed + 1, 0.4, 2, len(images))
    offsets = draw(seed + 2, -6, 6, len(images), 2)
    shears = draw(seed + 3, -40, 40, len(images), 2)
    result = augment.affine(images, angles, offsets, scales, shears, interpolation=mode)

    def apply(image, angle, offset, scale, shear):  # torchvision turns clockwise, moves (x, y)
        return reference.affine(image, -angle, offset[::-1], scale, shear, MODES[mode])

    assert same(result, images, apply, angles, offsets, scales, shears)


@steady
@given(batches(), seeds, st.integers(0, 9), st.integers(1, 9))
def test_cutout(images, seed, tall, wide):
    corners = (draw(seed, 0, 1, len(images), 2) * torch.tensor(images.shape[2:])).long()
    result = augment.cutout(images, corners, (tall, wide), value=7)
    paint = torch.tensor(7, dtype=torch.uint8)
    assert same(result, images, lambda x, c: reference.erase(x, *c, tall, wide, paint), corners)


@steady
@given(batches(), seeds)
def test_mixup(images, seed):
    share = float(draw(seed, 0, 1))
    pixels = images.float()
    n = len(images)
    targets, parameters = torch.eye(n), {"lam": share, "batch_size": n, "labels": torch.arange(n)}
    partners = torch.arange(n).roll(1)
    mixed, mixed_targets = augment.mixup(pixels, targets, partners, share)
    rule = v2.MixUp(num_classes=n)
    assert torch.equal(mixed, rule.transform(pixels, parameters))
    assert torch.equal(mixed_targets, rule.transform(parameters["labels"], parameters))
    assert torch.equal(
        augment.mixup(images, targets, partners, share)[0], mixed.round().to(torch.uint8)
    )


@steady
@given(batches(), seeds)
def test_cutmix(images, seed):
    n, _, height, width = images.shape
    first = (draw(seed, 0, 1, 2) * torch.tensor([height, width])).long()
    last = first + (draw(seed + 1, 0, 1, 2) * (torch.tensor([height, width]) - first)).long()
    (top, left), (bottom, right) = first.tolist(), last.tolist()
    kept = 1 - (bottom - top) * (right - left) / (height * width)
    labels = torch.arange(n)
    parameters = {"box": (left, top, right, bottom), "lam_adjusted": kept, "batch_size": n,
                  "labels": labels}  # fmt: skip
    mixed, targets = augment.cutmix(images, torch.eye(n), labels.roll(1), first, last - first)
    rule = v2.CutMix(num_classes=n)
    assert torch.equal(mixed, rule.transform(images, parameters))
    assert torch.equal(targets, rule.transform(labels, parameters))
