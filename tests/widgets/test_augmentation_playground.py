"""The augmentation playground as a Python object: its target, its errors, its photographs."""

import importlib.util
import json
import re
from pathlib import Path

import numpy as np
import pytest
import torch
from bs4 import BeautifulSoup

from coursecnn import augment
from coursecnn.widgets import AugmentationPlayground, photographs
from coursecnn.widgets.augmentation_playground import STEPS, TASKS
from coursecnn.widgets.figure import Real, Whole

NEUTRAL = {"scale": 1, "brightness": 1, "contrast": 1, "saturation": 1}
PLAIN = {"flip": "none", "angle": 0, "brightness": 1}
JS = Path(__file__).parents[2] / "coursecnn" / "widgets" / "js"


def test_the_target_by_hand():
    top, left, bottom, right = photographs.CUP
    height, width = photographs.SIZE
    assert AugmentationPlayground(**PLAIN).target == (top, left, bottom, right)
    mirrored = AugmentationPlayground(**PLAIN | {"flip": "horizontal"}, down=10)
    assert mirrored.target == (top + 10, width - right, bottom + 10, width - left)
    upside_down = AugmentationPlayground(**PLAIN | {"angle": 180})
    assert upside_down.target == pytest.approx(
        (height - bottom, width - right, height - top, width - left)
    )
    at_the_end = AugmentationPlayground(**PLAIN, right=width - left - 1)
    assert at_the_end.target == (top, width - 1, bottom, width)
    assert AugmentationPlayground(**PLAIN, right=width - left).target is None


def test_it_opens_with_a_chain_at_work_and_none_of_it_is_needed():
    opened = AugmentationPlayground()
    assert (opened.flip, opened.angle, opened.brightness) == ("horizontal", 15, 1.2)
    assert "In its place." in AugmentationPlayground(**PLAIN).still()


@pytest.mark.parametrize("flip", ["none", "horizontal", "vertical"])
def test_the_target_surrounds_what_the_library_makes_of_it(flip, rng):
    for _ in range(5):
        angle, scale = rng.uniform(-30, 30), rng.uniform(0.7, 1.1)
        right, down = (int(n) for n in rng.integers(-9, 10, 2))
        figure = AugmentationPlayground(flip=flip, angle=angle, scale=scale, right=right, down=down)
        height, width = photographs.SIZE
        top, left, bottom, beside = photographs.CUP
        inside = torch.zeros(1, 1, height, width)
        inside[..., top:bottom, left:beside] = 1
        inside = augment.flip(inside, flip != "none", vertical=flip == "vertical")
        moved = augment.affine(inside, angle, torch.tensor([[down, right]]).double(), scale)[0, 0]
        rows, columns = (moved.amax(axis).nonzero().flatten() for axis in (1, 0))
        seen = (rows[0], columns[0], rows[-1] + 1, columns[-1] + 1)
        assert figure.target == pytest.approx([float(n) for n in seen], abs=1.5)


def test_numbers_in_python_and_in_the_script_are_the_same():
    figure = AugmentationPlayground()
    written = re.sub(
        r"(\w+):", r'"\1":', re.search(r"const LIMITS = (\{.*?\});", figure._esm, re.S)[1]
    )
    limits = json.loads(re.sub(r",\s*\}", "}", written))
    traits = {
        n: t for n, t in figure.traits().items() if isinstance(t, Whole | Real) and n != "seed"
    }
    assert {name: ends[:2] for name, ends in limits.items()} == {
        name: [trait.least, trait.most] for name, trait in traits.items()
    }
    for name, (least, most, step) in limits.items():
        at_start = (NEUTRAL.get(name, 0) - least) / step
        assert at_start == pytest.approx(round(at_start)), f"{name} cannot be set back by keys"
        assert (most - least) / step == pytest.approx(round((most - least) / step))
    steps = re.search(r"const STEPS = \[(.*?)\];", figure._esm, re.S)[1]
    assert tuple(re.findall(r'"(\w+)"', steps)) == STEPS
    cup = re.search(r"const CUP = (\[.*?\]);", figure._esm)[1]
    assert tuple(json.loads(cup)) == photographs.CUP
    assert json.loads(re.search(r"const SIZE = (\[96.*?\]);", figure._esm)[1]) == [
        *photographs.SIZE
    ]


def test_the_reasons_are_those_of_the_library():
    source = (JS / "safety.js").read_text("utf-8")
    written = json.loads(re.search(r"const REASONS = (\{.*?\n\});", source, re.S)[1].rstrip(";"))
    assert written == augment.TASKS
    assert tuple(augment.TASKS) == TASKS
    assert set(re.findall(r'"(random_\w+\([^"]*\))", (?:state|Math)', source)) <= {
        call for reasons in augment.TASKS.values() for call in reasons
    }


@pytest.mark.parametrize(
    ("state", "message"),
    [
        ({"flip": "left"}, "`flip` must be one of none, horizontal, vertical; received 'left'"),
        ({"angle": 181}, "`angle` must be -180 to 180 here; received 181"),
        ({"scale": 0}, "`scale` must be 0.5 to 1.5 here; received 0"),
        ({"right": 1.5}, "`right` must be a whole number; received 1.5"),
        ({"brightness": -0.1}, "`brightness` must be 0 to 2 here; received -0.1"),
        ({"mixup": 0.6}, "`mixup` must be 0 to 0.5 here; received 0.6"),
        ({"step": "crop"}, "`step` must be one of flip, rotate, .*; received 'crop'"),
        ({"task": "cats"}, "`task` must be one of digits, .*; received 'cats'"),
        ({"seed": -1}, "`seed` must be 0 to 9999 here; received -1"),
    ],
    ids=str,
)
def test_what_cannot_be_shown_is_refused_by_name(state, message):
    with pytest.raises(ValueError, match=message):
        AugmentationPlayground(**state)


def test_the_picture_moves_the_photograph_as_the_target():
    figure = AugmentationPlayground(
        flip="vertical", angle=30, brightness=0.8, blur=2, cutout=20, mixup=0.25
    )
    picture = BeautifulSoup(figure.still(), "html.parser").svg
    transform = picture.select("g > image")[-1].parent["transform"]
    assert transform == ("translate(72 48) rotate(-30) scale(1) scale(1 -1) translate(-72 -48)")
    assert picture.select('image[opacity="0.25"]')
    assert picture.select('rect[width="20"]')
    assert "filter:brightness(0.8) blur(2px)" in figure.still()
    done = "Mirrored top to bottom, turned by 30° counter-clockwise, brightness 0.8, blurred"
    assert done in picture["aria-label"]
    assert "The target has gone to rows" in picture["aria-label"]


def test_the_picture_says_what_it_leaves_out():
    picture = BeautifulSoup(
        AugmentationPlayground(**PLAIN, hue=-0.1, noise=0.05).still(), "html.parser"
    ).svg
    said = "In its place. Not drawn here: hue turned by −0.1, noise of 5 % of the range."
    assert picture.select("text")[-1].string == said
    assert (
        f"{said} The target has gone to rows 4 to 74 and columns 41 to 98."
        in (picture["aria-label"])
    )
    assert "The target has left the picture." in AugmentationPlayground(**PLAIN, right=112).still()


def test_the_stored_photographs_are_those_of_the_library_and_light():
    path = JS.parents[2] / "book" / "playground_photographs.py"
    spec = importlib.util.spec_from_file_location("playground_photographs", path)
    script = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(script)
    for name in photographs.NAMES:
        kept = photographs.photograph(name)
        assert kept.shape == (*photographs.SIZE, 3)
        error = kept.astype(float) - script.small(name)
        assert np.sqrt(np.mean(error**2)) < 8  # what WebP leaves out
    assert (JS / "photographs.stored.js").stat().st_size < 16_000
