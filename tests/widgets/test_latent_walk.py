"""The latent walk as a Python object, and the images that it carries."""

import base64
import io
import json
import re

import numpy as np
import pytest
from bs4 import BeautifulSoup
from numpy.testing import assert_allclose
from PIL import Image

from coursecnn import evidence, gan
from coursecnn.widgets import LatentWalk, bundle, lenet, stored
from coursecnn.widgets.latent_walk import STEPS, frames

MOST_TEXT = 90_000  # bytes that a page may carry for it


def test_the_middle_by_hand():
    walk = LatentWalk()
    assert_allclose(walk.weights, [1 / 2] * 4)
    assert walk.image.shape == (28, 28)
    walk.position = (0, 1)  # a quarter of a right angle
    assert_allclose(walk.weights, [np.cos(np.pi / 8), np.sin(np.pi / 8), 0, 0], atol=1e-12)


def test_the_weights_are_those_of_the_latents():
    corners = gan.orthogonal_latents(4, 54, seed=0)
    weights = gan.latent_grid(corners, 5) @ corners.T / 54
    for row in range(5):
        for column in range(5):
            shown = LatentWalk(position=(row, column)).weights
            assert_allclose(shown, weights[row, column], atol=1e-12)


def test_the_reading_is_that_of_the_digit_pads_network():
    for state in ({}, {"digit": 8, "step": 50}, {"digit": 5, "position": (4, 0), "step": 200}):
        walk = LatentWalk(**state)
        chances = lenet.probabilities(lenet.forward(walk.image))
        assert walk.reading == (chances.argmax(), round(100 * chances.max()))


def test_what_is_stored_fits_the_figure():
    kept = stored.read("digit-gan")
    assert tuple(kept["steps"]) == STEPS
    assert frames().shape == (5, 10, 5, 5, 28, 28)
    assert kept["read"].shape == kept["percent"].shape == (5, 10, 25)
    assert kept["read"].max() <= 9
    assert kept["percent"].max() <= 100
    assert len(np.unique(frames())) == 5  # levels of grey
    assert len(bundle.stored_script("digit-gan.stored.js").encode()) <= MOST_TEXT


def test_the_last_stage_shows_what_the_trained_generator_draws():
    generator = gan.trained_generator()
    latents = gan.latent_grid(gan.orthogonal_latents(4, 54, seed=0), 5).reshape(25, 54)
    for digit in (0, 7):
        drawn = gan.generate(generator, latents, np.full(25, digit)).reshape(5, 5, 28, 28)
        away = np.abs(LatentWalk(digit=digit).images.astype(int) - drawn)
        # Half a level of grey is 32, and weights in half precision move few pixels to another.
        assert (away <= 34).mean() > 0.995


def test_the_figure_shows_the_stages_that_were_measured():
    table = evidence.load("digit_gan")
    assert set(STEPS) <= set(table["step"])
    # By another LeNet-5, at other latents; before there are digits, no two networks agree.
    measured = table.groupby("step")["recognised"].mean()
    right = stored.read("digit-gan")["read"] == np.arange(10)[:, np.newaxis]
    shown = right.mean((1, 2))
    assert shown[2:] == pytest.approx([measured[step] for step in STEPS[2:]], abs=0.05)
    assert shown == pytest.approx([0.1, 0.108, 0.636, 0.98, 1])  # the caption has two of them


@pytest.mark.parametrize(
    ("state", "message"),
    [
        ({"digit": 10}, "`digit` must be 0 to 9 here; received 10"),
        ({"digit": 2.5}, "`digit` must be a whole number; received 2.5"),
        ({"position": (0, 5)}, r"`position` must lie in the 5 rows and columns.*received \(0, 5\)"),
        ({"position": 3}, r"`position` must be \(row, column\), counted from 0; received 3"),
        ({"step": 300}, "`step` must be one of 0, 50, 200, 1000, 3000; received 300"),
    ],
    ids=str,
)
def test_what_cannot_be_shown_is_refused_by_name(state, message):
    with pytest.raises(ValueError, match=message):
        LatentWalk(**state)


def pictures(soup):
    """The images in a still picture, as arrays."""
    sources = [image["href"].partition("base64,")[2] for image in soup.select("image")]
    return [np.asarray(Image.open(io.BytesIO(base64.b64decode(each)))) for each in sources]


def test_the_page_shows_all_places_and_the_chosen_one_enlarged():
    walk = LatentWalk(digit=8, position=(1, 3))
    soup = BeautifulSoup(walk.to_html(), "html.parser")
    sheet, large = pictures(soup)
    assert np.array_equal(large, walk.image)
    assert np.array_equal(sheet[30:58, 90:118], walk.image)  # two black pixels lie between
    ring = soup.select_one("rect[stroke-width='4']")
    assert (float(ring["x"]), float(ring["width"])) == (3 * 60 - 1, 58)


def test_the_page_says_what_is_seen():
    walk = LatentWalk(digit=8, step=0, position=(0, 4))
    soup = BeautifulSoup(walk.to_html(), "html.parser")
    alternative = soup.select_one("svg[role=img]")["aria-label"]
    assert "of the digit 8, before training, at latents between four corners" in alternative
    assert "Row 1, column 5 is enlarged: the latent 1 B. A LeNet-5" in alternative
    digit, percent = walk.reading
    assert f"reads {digit} there, with a probability of {percent}\u00a0%" in alternative
    assert "before training" in soup.select_one("svg").get_text()


def test_pages_hold_the_state_and_not_the_images():
    page = LatentWalk(position=(4, 1)).to_html()
    state = json.loads(re.search(r"<script[^>]*>(.*?)</script>", page)[1])
    assert state == {"digit": 3, "position": [4, 1], "step": 3000}
    assert len(page) < 12_000
