"""The figure that opens the book: its first frame, and where its script is loaded."""

import base64
import io
import json

import numpy as np
import pytest
from _ext import cards, opening
from PIL import Image

from coursecnn import ops

PAGES = {"first": "# First\n\n```{opening}\n```\n", "other": "# Other\n\nThe class `cc-hero`.\n"}


@pytest.fixture(scope="module")
def figure(site):
    return site.soup("first").select_one(".cc-hero")


def pixels_of(image):
    """The pixels of a picture that is part of the page."""
    _, _, text = image["src"].partition("base64,")
    return np.asarray(Image.open(io.BytesIO(base64.b64decode(text))).convert("RGB"))


def test_the_first_frame_shows_the_librarys_feature_map(site, figure):
    assert site.warnings_of("first") == []
    kernel = ops.kernels.GALLERY[opening.PRESETS[0]]
    photo, shown = map(pixels_of, figure.select("img"))
    assert photo.shape == (opening.SIDE, opening.SIDE, 3)
    expected = opening.shades(opening.feature_map(opening.photograph(), kernel), kernel)
    assert shown.shape == expected.shape
    assert np.abs(shown - expected).mean() < 12  # the file is compressed
    typed = [cell["value"].replace("−", "-") for cell in figure.select(".cc-hero__cells input")]
    assert [*map(float, typed)] == kernel.ravel().tolist()


def test_six_kernels_can_be_chosen_and_are_those_of_the_library(figure):
    names = [button.text for button in figure.select(".cc-hero__presets button")]
    kernels = json.loads(figure.script.string)["kernels"]
    assert len(names) == 6
    assert [*kernels] == names
    for name, weights in kernels.items():
        assert weights == ops.kernels.GALLERY[name.replace(" ", "_")].ravel().tolist()


def test_only_the_page_with_the_figure_loads_its_script_and_styles(site):
    assert "opening.js" in str(site.soup("first").head)
    assert "opening.css" in str(site.soup("first").head)
    assert "opening" not in str(site.soup("other").head)


def test_the_figure_weighs_little_with_all_that_it_needs(site, figure):
    files = [site.folder / "_static" / name for name in ("js/opening.js", "css/opening.css")]
    weight = len(str(figure).encode()) + sum(file.stat().st_size for file in files)
    assert weight <= 30_000


def test_a_positive_sum_leaves_a_grey_picture_and_others_have_signs():
    values = np.array([[-300.0, 0.0, 100.0, 400.0]])
    grey = opening.shades(values, ops.kernels.GALLERY["blur"])
    assert grey[0].tolist() == [[0] * 3, [0] * 3, [100] * 3, [255] * 3]
    signed = opening.shades(values, ops.kernels.GALLERY["outline"])
    low, zero, _, high = signed[0].tolist()
    assert [low, zero, high] == opening.stops()[[0, opening.STOPS // 2, -1]].tolist()


@pytest.mark.parametrize("number", cards.PICTURES)
def test_a_cards_picture_has_a_text_and_the_colours_of_the_page(number):
    drawn = cards.picture(number)
    assert len(cards.PICTURES[number][0]) > 40
    assert drawn.count("<svg") == drawn.count('role="img"') == 1
    assert "var(--cc-" in drawn
    assert len(drawn) < 8000


def test_a_card_may_have_no_picture():
    assert cards.picture(99) == ""
