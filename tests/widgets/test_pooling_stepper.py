"""The pooling stepper as a Python object: its state, its errors, and what it gives to a page."""

import json

import numpy as np
import pytest
from bs4 import BeautifulSoup

from coursecnn import ops
from coursecnn.widgets import PoolingStepper


def test_it_starts_with_the_example_of_the_lecture_notes():
    windows = [[(8, 5, 1, 6), (2, 7, 0, 3)], [(2, 4, 5, 1), (7, 1, 8, 0)]]
    stepper = PoolingStepper()
    assert stepper.output.tolist() == [[max(window) for window in row] for row in windows]
    stepper.kind = "average"
    assert stepper.output.tolist() == [[sum(window) / 4 for window in row] for row in windows]


@pytest.mark.parametrize(("kind", "pool"), [("max", ops.max_pool2d), ("average", ops.avg_pool2d)])
def test_window_and_stride_reach_the_output(rng, kind, pool):
    image = rng.normal(size=(7, 5))
    stepper = PoolingStepper(image=image, kernel_size=3, stride=1, kind=kind)
    assert np.array_equal(stepper.output, pool(image[np.newaxis], 3, stride=1)[0])


@pytest.mark.parametrize(
    ("state", "message"),
    [
        ({"image": np.zeros((9, 3))}, r"`image` must have 1 channel of 1 to 8 .*\(1, 9, 3\)"),
        ({"image": np.zeros((3, 3, 3))}, "`image` must have 1 channel of"),
        ({"image": [[1, 2], [3]]}, "`image` must have rows of equal length"),
        ({"image": [[1, float("inf")]]}, "`image` must hold finite numbers"),
        ({"image": np.zeros((3, 5)), "kernel_size": 4},
         r"`kernel_size` \(=4\) does not fit into `image` of 3×5; choose a smaller window"),
        ({"kernel_size": 5}, "`kernel_size` must be 1 to 4 here; received 5"),
        ({"kernel_size": (2, 2)}, "`kernel_size` must be a whole number"),
        ({"stride": 0}, "`stride` must be 1 to 3 here; received 0"),
        ({"stride": 2.0}, "`stride` must be a whole number; received 2.0"),
        ({"kind": "min"}, "`kind` must be one of max, average; received 'min'"),
        ({"position": (2, 0)}, r"`position` must lie in the output of 2×2.*\(2, 0\)"),
    ],
    ids=str,
)  # fmt: skip
def test_what_cannot_be_shown_is_refused_by_name(state, message):
    with pytest.raises(ValueError, match=message):
        PoolingStepper(**state)


def test_an_unknown_argument_is_refused_by_name():
    with pytest.raises(TypeError, match="PoolingStepper has no `padding`; it takes image, kern"):
        PoolingStepper(padding=1)


def test_a_refused_change_leaves_the_state_as_it_was():
    stepper = PoolingStepper(image=np.eye(3))
    before = stepper.state()
    with pytest.raises(ValueError, match="`kernel_size`"):
        stepper.set_state({"stride": 1, "kernel_size": 4})
    assert stepper.state() == before


def test_values_that_fit_only_together_are_set_together():
    stepper = PoolingStepper(image=np.eye(3), kernel_size=3)
    with stepper.hold_trait_notifications():
        stepper.image, stepper.kernel_size = np.eye(5), 4
    assert stepper.output.shape == (1, 1)


def test_the_window_stays_on_a_shrinking_output():
    stepper = PoolingStepper(position=(1, 1))
    stepper.kernel_size = 3
    assert stepper.position == [0, 0]


@pytest.fixture
def page():
    """The figure as it stands on a page."""
    stepper = PoolingStepper(position=(1, 0))
    return stepper, BeautifulSoup(stepper.to_html(), "html.parser")


def test_the_page_holds_the_state(page):
    stepper, soup = page
    script = soup.select_one("pooling-stepper > script[type='application/json']")
    assert json.loads(script.string) == stepper.state()


def test_the_page_shows_a_picture_that_says_what_is_seen(page):
    _, soup = page
    picture = soup.select_one(".fig-still > svg[role=img]")
    said = "At row 2, column 1 the largest number of 2, 4, 5, 1 is 5."
    assert said in picture["aria-label"]
    assert "The output has the rows 8, 7; 5, 8." in picture["aria-label"]
    assert len(picture.select("text")) == 2 + 16 + 4 + 2  # titles, numbers, and signs between


@pytest.mark.parametrize(
    ("image", "centre"), [([[1, 2], [9, 3]], (20, 60)), ([[7, 7], [7, 7]], (20, 20))]
)
def test_a_ring_marks_the_first_largest_number(image, centre):
    rings = BeautifulSoup(PoolingStepper(image=image).still(), "html.parser").select("circle")
    assert [(int(ring["cx"]), int(ring["cy"])) for ring in rings] == [centre]


def test_a_mean_has_no_winner():
    picture = PoolingStepper(kind="average", image=[[1, 2], [-4, 3]]).still()
    assert "<circle" not in picture
    assert "the mean of 1, 2, −4, 3 is 0.5." in picture
