"""The stepper as a Python object: its state, its errors, and what it gives to a page."""

import json

import numpy as np
import pytest
import traitlets
from bs4 import BeautifulSoup

from coursecnn import ops
from coursecnn.widgets import ConvStepper

RGB = np.arange(3 * 4 * 5).reshape(3, 4, 5)


def test_it_starts_with_the_worked_example():
    window = 0 * 2 + 0 * 9 + 1 * 11 + 1 * 12 + 0 * 43 + 0 * 2 + 0 * 9 + 0 * 87 + 1 * 65
    output = ConvStepper().output
    assert output[0, 0] == window
    assert output.tolist() == [[88, 67, 134], [55, 94, 132], [107, 25, 134]]


def test_grids_are_kept_channels_first():
    stepper = ConvStepper(image=RGB, kernel=np.ones((3, 2, 2)))
    assert stepper.image == RGB.tolist()
    assert np.shape(ConvStepper(kernel=[[1, 2]]).kernel) == (1, 1, 2)


def test_flip_padding_and_stride_reach_the_output(rng):
    image, kernel = rng.integers(-9, 9, (5, 6)), rng.integers(-9, 9, (3, 2))
    stepper = ConvStepper(image=image, kernel=kernel, flip=True, padding=1, stride=2)
    expected = ops.convolve(np.pad(image, 1), kernel, mode="valid")[::2, ::2]
    assert np.array_equal(stepper.output, expected)


@pytest.mark.parametrize(
    ("state", "message"),
    [
        ({"image": np.zeros((9, 3))}, r"`image` must have 1 or 3 channels of 1 to 8 .*\(1, 9, 3\)"),
        ({"image": np.zeros((2, 3, 3))}, r"`image` must have 1 or 3 channels"),
        ({"image": [[1, 2], [3]]}, "`image` must have rows of equal length"),
        ({"image": []}, "`image` must have"),
        ({"kernel": [[1, float("nan")]]}, "`kernel` must hold finite numbers"),
        ({"kernel": [["1"]]}, "`kernel` must hold finite numbers"),
        ({"kernel": 3}, "`kernel` must have"),
        ({"image": RGB}, "`image` has 3 channels but `kernel` has 1"),
        ({"kernel": np.ones((6, 2))}, "`kernel` does not fit into `image`"),
        ({"stride": 0}, "`stride` must be 1 to 3 here; received 0"),
        ({"stride": 1.5}, "`stride` must be a whole number; received 1.5"),
        ({"stride": True}, "`stride` must be a whole number"),
        ({"padding": 3}, "`padding` must be 0 to 2"),
        ({"position": (3, 0)}, r"`position` must lie in the output of 3×3.*\(3, 0\)"),
        ({"position": (-1, 0)}, r"`position` must be \(row, column\)"),
        ({"position": 4}, r"`position` must be \(row, column\)"),
        ({"flip": 1}, "`flip` must be True or False"),
        ({"controls": ["zoom"]}, "`controls` must be a list of kernel, stride"),
        ({"controls": "kernel"}, "`controls` must be a list"),
        ({"kernels": {"mine": [[float("inf")]]}}, "`kernels` must hold finite numbers"),
    ],
    ids=str,
)
def test_what_cannot_be_shown_is_refused_by_name(state, message):
    with pytest.raises(ValueError, match=message):
        ConvStepper(**state)


def test_a_refused_change_leaves_the_state_as_it_was():
    stepper = ConvStepper()
    before = stepper.state()
    with pytest.raises(ValueError, match="`kernel`"):
        stepper.set_state({"stride": 2, "kernel": np.ones((6, 6)).tolist()})
    assert stepper.state() == before


def test_values_that_fit_only_together_are_set_together():
    stepper = ConvStepper()
    with stepper.hold_trait_notifications():
        stepper.image, stepper.kernel = RGB, np.ones((3, 2, 2))
    assert stepper.output.shape == (3, 4)


def test_the_window_stays_on_a_shrinking_output():
    stepper = ConvStepper(position=(2, 2))
    stepper.stride = 2
    assert stepper.position == [1, 1]


def test_two_figures_share_no_lists():
    first, second = ConvStepper(), ConvStepper()
    first.image[0][0][0] = -1
    assert second.image[0][0][0] == 2


def test_what_the_browser_sends_arrives_whole_and_is_checked():
    stepper = ConvStepper()
    stepper.set_state({"image": RGB.tolist(), "kernel": np.ones((3, 2, 2)).tolist()})
    assert stepper.output.shape == (3, 4)
    with pytest.raises(traitlets.TraitError, match="`stride`"):
        stepper.set_state({"stride": 7})


def test_the_browser_hears_of_a_change_in_python(monkeypatch):
    stepper, sent = ConvStepper(), []
    monkeypatch.setattr(stepper.comm, "send", lambda data, **_: sent.append(data["state"]))
    stepper.kernel = [[1, 2]]
    assert {"kernel": [[[1, 2]]]} in sent


@pytest.fixture
def page():
    """The figure as it stands on a page."""
    stepper = ConvStepper(image=RGB, kernel=np.ones((3, 2, 2)), position=(1, 2), padding=1)
    return stepper, BeautifulSoup(stepper.to_html(), "html.parser")


def test_the_page_holds_the_state(page):
    stepper, soup = page
    state = json.loads(soup.select_one("conv-stepper > script[type='application/json']").string)
    assert state == json.loads(json.dumps(stepper.state()))
    assert set(state) == {"image", "kernel", "kernels", "position", "stride", "padding", "flip",
                          "controls"}  # fmt: skip


def test_the_page_shows_a_picture_that_says_what_is_seen(page):
    stepper, soup = page
    picture = soup.select_one(".fig-still > svg[role=img]")
    answer = f"{stepper.output[1, 2]:g}"
    assert f"At row 2, column 3 the products under it add up to {answer}." in picture["aria-label"]
    texts = [text.string for text in picture.select("text")]
    for number in stepper.output.flat:
        assert f"{number:g}" in texts


def test_text_in_the_state_cannot_leave_its_script():
    html = ConvStepper(kernels={"</script><b>": [[1]]}).to_html()
    assert html.count("</script>") == 1
    assert "<b>" not in html


def test_presets_are_the_gallery_of_the_library():
    kernels = ConvStepper().kernels
    assert kernels["sobel left"] == ops.kernels.SOBEL_LEFT.tolist()
    assert len(kernels) == 1 + len(ops.kernels.GALLERY)


def test_the_picture_writes_numbers_as_the_script_does():
    kernel = [[1 / 9, -0.125, 0.25], [0, -3, 1 / 3]]
    soup = BeautifulSoup(ConvStepper(kernel=kernel).still(), "html.parser")
    texts = {text.string for text in soup.select("text")}
    assert {"1/9", "−1/8", "0.25", "0", "−3", "1/3"} <= texts
    first = 2 / 9 - 9 / 8 + 11 / 4 + 0 * 12 - 3 * 43 + 2 / 3
    assert f"{first:.2f}".replace("-", "−") in texts


def test_the_picture_has_the_sign_of_the_rule():
    assert ">⊗<" in ConvStepper().still()
    assert ">∗<" in ConvStepper(flip=True).still()
