"""The parameter explosion as a Python object: its counts, its errors and its picture."""

import json
import re

import pytest
import torch
from bs4 import BeautifulSoup

from coursecnn import models
from coursecnn.widgets import ParameterExplosion
from coursecnn.widgets.figure import Whole
from coursecnn.widgets.parameter_explosion import REFERENCES, _length, memory

JS_LIMITS = re.compile(r"const LIMITS = (\{.*?\});", re.DOTALL)
JS_REFERENCES = re.compile(r'\["([^"]+)", ([\d_]+)n, \d\]')


def test_the_photograph_of_chapter_3_by_hand():
    assert ParameterExplosion().weights == {
        "convolution": 3 * 3 * 1 * 1,
        "units": 3000 * 4000 * 10_000,
        "maps": (3000 * 4000) * (3000 * 4000),
    }


def test_counts_are_those_of_torchs_layers():
    figure = ParameterExplosion(
        height=8, width=9, in_channels=3, out_features=7, kernel_size=5, out_channels=2
    )
    image = torch.zeros(1, 3, 8, 9)
    convolution = torch.nn.Conv2d(3, 2, 5, padding="same", bias=False)
    units = torch.nn.Linear(image.numel(), 7, bias=False)
    maps = torch.nn.Linear(image.numel(), convolution(image).numel(), bias=False)
    assert figure.weights == {
        "convolution": convolution.weight.numel(),
        "units": units.weight.numel(),
        "maps": maps.weight.numel(),
    }


@pytest.mark.parametrize("name", ["lenet5", "alexnet"])
def test_networks_to_compare_with_have_so_many_parameters(name):
    with torch.device("meta"):
        counted = models.count_parameters(models.build(name))
    by_name = {label.lower().replace("-", ""): count for label, count in REFERENCES.items()}
    assert by_name[name] == counted


def test_a_laptop_is_full_at_four_bytes_a_weight():
    assert 4 * REFERENCES["laptop, 16 GB"] == 16e9


@pytest.mark.parametrize(
    ("state", "message"),
    [
        ({"height": 7}, "`height` must be 8 to 4000 here; received 7"),
        ({"width": 4001}, "`width` must be 8 to 4000 here; received 4001"),
        ({"in_channels": 2}, "`in_channels` must be 1 or 3 here; received 2"),
        ({"in_channels": 4}, "`in_channels` must be 1 to 3 here; received 4"),
        ({"out_features": 0}, "`out_features` must be 1 to 100000 here; received 0"),
        ({"kernel_size": 2.5}, "`kernel_size` must be a whole number; received 2.5"),
        ({"out_channels": True}, "`out_channels` must be a whole number; received True"),
    ],
    ids=str,
)
def test_what_cannot_be_drawn_is_refused_by_name(state, message):
    with pytest.raises(ValueError, match=message):
        ParameterExplosion(**state)


def test_script_and_traits_have_the_same_limits():
    figure = ParameterExplosion()
    written = re.sub(r"(\w+):", r'"\1":', JS_LIMITS.search(figure._esm)[1])
    limits = json.loads(re.sub(r",\s*\}", "}", written))
    traits = {name: trait for name, trait in figure.traits().items() if isinstance(trait, Whole)}
    del traits["in_channels"]  # a choice of two
    assert limits == {name: [trait.least, trait.most] for name, trait in traits.items()}


def test_script_and_library_compare_with_the_same():
    script = JS_REFERENCES.findall(ParameterExplosion()._esm)
    written = {name: int(count.replace("_", "")) for name, count in script}
    assert written == {k: v for k, v in REFERENCES.items() if k != "laptop, 16 GB"}


@pytest.mark.parametrize(
    ("count", "text"),
    [(9, "36 bytes"), (250, "1 kB"), (249_999, "≈ 1 MB"), (61_100_840, "≈ 244 MB"),
     (120 * 10**9, "480 GB"), (10**18, "4 EB"), (10**21, "4,000 EB")],
)  # fmt: skip
def test_memory_has_three_digits_and_says_when_they_are_rounded(count, text):
    assert memory(count) == text


def test_a_side_has_the_unit_that_suits_it():
    counts = [9, 61_706, 120 * 10**9, 16 * 10**11, 144 * 10**12, 393_216 * 10**12]
    lengths = ["3 mm", "24.8 cm", "346 m", "1.26 km", "12 km", "627 km"]
    assert [_length(count) for count in counts] == lengths


def test_the_picture_places_each_layer_by_its_powers_of_ten():
    figure = ParameterExplosion(height=1000, width=1000, out_features=1000)
    picture = BeautifulSoup(figure.still(), "html.parser").svg
    marks = [float(each["x"]) + 7 for each in picture.select('rect[width="14"][stroke]')]
    left, right = 12, 660 - 12
    powers = [18 * (x - left) / (right - left) for x in marks]
    assert powers == pytest.approx([0.954, 9, 12], abs=0.02)
    texts = [text.string for text in picture.select("text")]
    assert "1,000,000,000,000 weights, 4 TB" in texts
    assert picture["aria-label"].endswith("they are 3 mm, 31.6 m and 1 km wide.")


def test_the_squares_are_to_scale():
    figure = ParameterExplosion(height=10, width=10, out_features=4, out_channels=64)
    picture = BeautifulSoup(figure.still(), "html.parser").svg
    assert figure.weights == {"convolution": 576, "units": 400, "maps": 640_000}
    in_a_metre = [
        float(rect["width"]) / 112
        for rect in picture.select("rect")
        if rect["x"] == "137" and rect.get("stroke-dasharray", "2 3") != "2 3"
    ]
    assert in_a_metre == pytest.approx([0.8, 0.024, 0.02], abs=1e-3)
