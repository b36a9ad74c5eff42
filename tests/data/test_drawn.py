"""Sets that are drawn on demand: the same everywhere, and only the class tells the class."""

import subprocess
import sys
from hashlib import sha256
from importlib import import_module

import numpy as np
import pytest

from coursecnn import data
from coursecnn.data.geometric_shapes import OUTLINES

DRAWN = {
    "glyphs": data.glyphs,
    "geometric_shapes": data.geometric_shapes,
    "moving_digits": data.moving_digits,
    "tones": data.tones,
}
each = pytest.mark.parametrize("draw", DRAWN.values(), ids=DRAWN.keys())


@each
def test_the_seed_decides_and_splits_differ(draw):
    first, again, other = (draw(n=40, seed=seed).images for seed in (3, 3, 4))
    assert np.array_equal(first, again)
    assert not np.array_equal(first, other)
    assert not np.array_equal(first, draw("test", n=40, seed=3).images)


@each
def test_classes_take_turns_and_the_card_goes_along(draw):
    drawn = draw("val", n=43)
    counts = np.bincount(drawn.labels, minlength=len(drawn.class_names))
    assert counts.sum() == 43
    assert np.ptp(counts) <= 1
    assert "seed 0" in drawn.provenance
    assert drawn.split == "val"


@each
def test_arguments_out_of_range_are_refused(draw):
    with pytest.raises(ValueError, match=r"`split` must be one of \"train\", .*'dev'"):
        draw("dev")
    with pytest.raises(ValueError, match=r"`n` must be at least 1; received 0"):
        draw(n=0)
    with pytest.raises(ValueError, match=r"`seed` must be ≥ 0; received -1"):
        draw(n=1, seed=-1)


def test_another_process_draws_the_same_bytes():
    code = """
import hashlib
from coursecnn import data
for draw in (data.glyphs, data.geometric_shapes, data.moving_digits, data.tones):
    print(hashlib.sha256(draw(n=60, seed=5).images).hexdigest())
"""
    done = subprocess.run(
        [sys.executable, "-c", code], env={"PYTHONHASHSEED": "1"}, text=True,
        capture_output=True, check=True,
    )  # fmt: skip
    here = [sha256(draw(n=60, seed=5).images).hexdigest() for draw in DRAWN.values()]
    assert done.stdout.split() == here
    assert len(set(here)) == 4


@pytest.mark.parametrize(
    ("draw", "mean", "deviation"),
    [
        (data.glyphs, 36.86, 64.33),
        (data.geometric_shapes, 126.11, 75.19),
        (data.moving_digits, 6.47, 34.06),
        (data.tones, 128.01, 47.36),
    ],
)
def test_the_sets_are_still_those_that_the_committed_experiments_were_run_on(draw, mean, deviation):
    """When this fails on purpose, run the experiments that use the set again."""
    images = draw(n=400).images.astype(float)
    assert images.mean() == pytest.approx(mean, abs=0.03)
    assert images.std() == pytest.approx(deviation, abs=0.03)


def test_how_many_there_are_by_default(usual):
    assert [len(usual("glyphs")), len(usual("glyphs", "unseen"))] == [4000, 1000]
    assert [len(usual("tones", *split)) for split in ((), ("val",), ("test",))] == [1600, 400, 400]
    assert len(usual("moving_digits")) == len(usual("geometric_shapes")) == 2000


# glyphs


def test_the_fonts_of_unseen_occur_in_no_other_split(monkeypatch):
    glyphs, used = import_module("coursecnn.data.glyphs"), {}
    plain = glyphs._font
    for split in glyphs.USUAL:
        names = used[split] = set()
        monkeypatch.setattr(glyphs, "_font", lambda name, n=names: n.add(name) or plain(name))
        data.glyphs(split, n=10)
    assert used["train"] == used["val"] == used["test"]
    assert len(used["train"]) == 11
    assert len(used["unseen"]) == 3
    assert not used["train"] & used["unseen"]


def test_glyphs_show_what_their_label_says():
    """Without noise, the nearest of 3,000 others has the same label, far above chance."""
    known, asked = data.glyphs(n=3000, noise=0), data.glyphs("test", n=200, noise=0)
    a, b = (part.images.reshape(len(part), -1).astype(float) for part in (asked, known))
    nearest = (b**2).sum(1) - 2 * a @ b.T
    assert (known.labels[nearest.argmin(1)] == asked.labels).mean() > 0.75


def test_glyphs_of_any_characters_and_size():
    drawn = data.glyphs(n=9, characters="aQ7", size=48)
    assert drawn.class_names == ("a", "Q", "7")
    assert drawn.images.shape == (9, 1, 48, 48)
    small, large = (data.glyphs(n=200, size=size, noise=0).images for size in (16, 48))
    assert abs(small.mean() - large.mean()) < 3  # the same share of the frame is ink


def test_noise_is_as_strong_as_asked():
    plain, noisy = (data.glyphs(n=300, noise=noise).images.astype(float) for noise in (0, 0.2))
    grey = (plain > 100) & (plain < 150)  # nothing is cut off there
    assert abs((noisy - plain)[grey].std() - 51) < 2


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"characters": "a猫"}, r"letters a…z, A…Z and digits, at least one; received 'a猫'"),
        ({"characters": "aba"}, r"`characters` must be different letters"),
        ({"characters": ""}, r"at least one; received ''"),
        ({"size": 7}, r"`size` must be ≥ 8 and `noise` ≥ 0; received 7 and"),
        ({"noise": -1}, r"`noise` ≥ 0; received 32 and -1"),
    ],
)
def test_glyphs_that_cannot_be_drawn(options, message):
    with pytest.raises(ValueError, match=message):
        data.glyphs(n=4, **options)


# geometric shapes


@pytest.fixture(scope="module")
def shapes():
    """A thousand shapes without noise."""
    return data.geometric_shapes(n=1000, noise=0)


def test_masks_divide_an_image_into_two_colours(shapes):
    inside = shapes.masks[:, None].astype(bool)
    for picture, mask in zip(shapes.images[:50], inside[:50], strict=True):
        paint = np.median(picture[:, mask[0]], axis=1)
        ground = np.median(picture[:, ~mask[0]], axis=1)
        assert np.abs(paint - ground).max() > 60
        nearer = np.abs(picture - paint[:, None, None]) < np.abs(picture - ground[:, None, None])
        assert (nearer[np.abs(paint - ground).argmax()] == mask[0]).mean() > 0.99


@pytest.mark.parametrize(("name", "share"), [("circle", np.pi), ("square", 2.0), ("ring", None)])
def test_shapes_have_the_area_and_the_frame_of_their_name(shapes, name, share):
    masks = shapes.masks[shapes.labels == list(OUTLINES).index(name)].astype(bool)
    tall, wide = (masks.any(axis).sum(1) for axis in (2, 1))
    area = masks.sum((1, 2))
    if name == "square":  # turned by any angle; half the diagonal is the radius, 6.4 to 12.8
        assert 2 * 6.0**2 < area.min() < area.max() < 2 * 13.2**2
    else:
        assert np.abs(tall - wide).max() <= 1  # round, and not cut off by the frame
        whole = share or np.pi * (1 - 0.6**2)
        assert np.allclose(area / (tall * wide / 4), whole, rtol=0.12)


def test_the_place_says_nothing_of_the_class(shapes):
    y, x = np.mgrid[:32, :32]
    area = shapes.masks.sum((1, 2))
    for where in ((shapes.masks * y).sum((1, 2)) / area, (shapes.masks * x).sum((1, 2)) / area):
        means = [where[shapes.labels == label].mean() for label in range(5)]
        assert np.abs(np.array(means) - 15.5).max() < 1.2


def test_subsets_keep_images_and_masks_together(shapes):
    part = shapes.subset(10)
    brightest = [np.argmax((shapes.images == image).all((1, 2, 3))) for image in part.images]
    assert np.array_equal(part.masks, shapes.masks[brightest])
    assert repr(part) == "MaskedSet(train: 10 images of 3×32×32, 5 classes)"


# moving digits


def test_each_frame_is_the_one_before_moved_in_the_direction_of_the_class():
    steps = {"right": (0, 1), "down": (1, 0), "left": (0, -1), "up": (-1, 0)}
    drawn = data.moving_digits(n=60, frames=5, max_speed=3, size=30)
    speeds = set()
    for (video,), label in zip(drawn.images, drawn.labels, strict=True):
        down, right = steps[drawn.class_names[label]]
        fits = [
            speed for speed in (1, 2, 3)
            if np.array_equal(np.roll(video[:-1], (speed * down, speed * right), (1, 2)), video[1:])
        ]  # fmt: skip
        assert len(fits) == 1
        speeds.update(fits)
    assert speeds == {1, 2, 3}


@pytest.mark.parametrize("frame", [0, 7])
def test_a_single_frame_does_not_tell_the_direction(frame):
    """Ink falls on every column and row equally often, whatever the class."""
    drawn = data.moving_digits(n=4000)
    pictures = drawn.images[:, 0, frame].astype(float)
    for axis in (1, 2):
        ink = pictures.sum(axis)
        for label in range(4):
            own = ink[drawn.labels == label]
            error = own.std(0) / np.sqrt(len(own))
            assert (np.abs(own.mean(0) - ink.mean()) / error).max() < 4.5


def test_digits_of_one_split_move_only_there():
    halves = data.mnist("val").images[:, 0].reshape(-1, 14, 2, 14, 2).mean((2, 4))
    known = {np.floor(half + 0.5).astype(np.uint8).tobytes() for half in halves}
    drawn = data.moving_digits("val", n=20, size=14, frames=1).images[:, 0, 0]
    for frame in drawn:  # the digit fills the frame, rolled by any distance
        rolls = (np.roll(frame, (a, b), (0, 1)).tobytes() for a in range(14) for b in range(14))
        assert known.intersection(rolls)


def test_impossible_videos_are_refused():
    with pytest.raises(ValueError, match=r"`size` ≥ 14 .* received 8, 13 and 2"):
        data.moving_digits(n=1, size=13)


# tones


def middle_pitch(signals, rate):
    """Hertz around which the power of each signal lies, below 3 kHz."""
    power = np.abs(np.fft.rfft(signals - 128.0)) ** 2
    hertz = np.fft.rfftfreq(signals.shape[-1], 1 / rate)
    power[..., (hertz < 250) | (hertz > 3000)] = 0
    return (power * hertz).sum(-1) / power.sum(-1)


def test_tones_rise_fall_and_stay_as_their_class_says():
    drawn = data.tones(n=800, noise=0)
    thirds = drawn.images[:, 0, :2046].reshape(800, 3, 682)
    first, _, last = middle_pitch(thirds, drawn.rate).T
    change = {name: np.log(last / first)[drawn.labels == label]
              for label, name in enumerate(drawn.class_names)}  # fmt: skip
    assert np.mean(change["rising"] > 0.1) > 0.97
    assert np.mean(change["falling"] < -0.1) > 0.97
    assert np.abs(change["steady"]).max() < 0.02
    assert abs(change["warbling"].mean()) < 0.05


def test_rising_and_falling_tones_have_one_spectrum():
    drawn = data.tones(n=2000)
    rising, falling = (
        middle_pitch(drawn.images[drawn.labels == label, 0], drawn.rate) for label in (1, 2)
    )
    spread = np.hypot(rising.std(), falling.std()) / np.sqrt(500)
    assert abs(rising.mean() - falling.mean()) < 3 * spread


def test_silence_is_128_and_signals_know_their_rate():
    drawn = data.tones(n=100, length=500)
    assert abs(drawn.images.mean() - 128) < 1
    assert repr(drawn) == "SignalSet(train: 100 signals of 1×500, 4 classes)"
    assert drawn.take([1, 2]).rate == 8000
    with pytest.raises(ValueError, match=r"`length` must be ≥ 64 and `noise` ≥ 0; received 63"):
        data.tones(n=1, length=63)
