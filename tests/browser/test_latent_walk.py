"""The latent walk by keyboard alone, to the eye, and beside a kernel."""

import io

import numpy as np
import pytest
from browser import wire
from browser.reader import Reader
from PIL import Image

from coursecnn.widgets import LatentWalk
from coursecnn.widgets.latent_walk import STEPS

pytestmark = pytest.mark.browser

LOADED = """() => new Promise((done) => {
  const image = new Image();
  image.onload = () => done(image.naturalWidth);
  const board = document.querySelector(".latent-board");
  image.src = getComputedStyle(board).getPropertyValue("--sheet").trim().slice(5, -2);
})"""


@pytest.fixture
def open_walk(open_figure):
    """A function that opens the figure on a page of its own."""
    return lambda width=1280, **state: Walk(open_figure(LatentWalk(**state), width=width))


class Walk(Reader):
    """What a reader sees of the figure."""

    def __init__(self, page):
        super().__init__(page)
        self.training = self.root.get_by_role("slider", name="Training")
        self.chosen = self.root.locator(".latent-cell[aria-current]")
        self.image = self.root.locator(".latent-image")

    def digit(self, number):
        return self.root.get_by_role("radio", name=f"Digit {number}")

    def seen(self):
        """The large image as it is on the screen, a pixel for each of its own."""
        self.page.evaluate(LOADED)
        shot = Image.open(io.BytesIO(self.image.screenshot())).convert("L")
        side = shot.width // 28
        return np.asarray(shot)[side // 2 :: side, side // 2 :: side][:28, :28].astype(int)


def test_tab_reaches_digits_latents_time_and_buttons(open_walk):
    walk = open_walk()
    order = []
    for _ in range(5):
        walk.press("Tab")
        order.append(walk.focused)
    middle = "Row 3, column 3: 0.5\u00a0A + 0.5\u00a0B + 0.5\u00a0C + 0.5\u00a0D"
    assert order == ["Digit 3", middle, "Training", "Back", "Step"]


def test_arrow_keys_move_between_the_corners(open_walk):
    walk = open_walk()
    walk.press("Tab", "Tab", "ArrowUp", "ArrowUp")
    assert " from the latent 0.71\u00a0A + 0.71\u00a0B. " in walk.sentence
    walk.press("ArrowRight")
    assert " from the latent 0.38\u00a0A + 0.92\u00a0B. " in walk.sentence
    walk.press("End")
    assert " from the latent B. " in walk.sentence
    assert walk.chosen.count() == 1
    assert walk.chosen.get_attribute("aria-label") == "Row 1, column 5: B"
    walk.press("Control+Home")
    assert " from the latent A. " in walk.sentence


def test_another_digit_keeps_the_latent_and_the_stage(open_walk):
    walk = open_walk(position=(0, 1), step=1000)
    walk.press("Tab", "ArrowRight")
    assert walk.focused == "Digit 4"
    assert walk.digit(4).is_checked()
    assert walk.sentence.startswith(
        "A 4 drawn after 1,000 of 3,000 steps, from the latent 0.92\u00a0A + 0.38\u00a0B. "
    )
    assert walk.image.get_attribute("aria-label") == "Generated image, asked to be a 4"


def test_the_slider_leads_back_to_the_first_step_of_training(open_walk):
    walk = open_walk()
    walk.training.focus()
    assert walk.training.get_attribute("aria-valuetext") == "after 3,000 of 3,000 steps"
    walk.press("ArrowLeft")
    assert walk.sentence.startswith("A 3 drawn after 1,000 of 3,000 steps")
    walk.press("Home")
    assert walk.sentence.startswith("A 3 before training, from the latent ")
    assert walk.training.get_attribute("aria-valuetext") == "before training"


def test_the_numbers_of_the_scale_stand_below_the_stops_of_the_slider(open_walk):
    walk = open_walk()
    track = walk.training.bounding_box()
    for index, number in enumerate(walk.root.locator(".latent-scale span").all()):
        box = number.bounding_box()
        stop = track["x"] + 12 + (track["width"] - 24) * index / (len(STEPS) - 1)
        assert box["x"] + box["width"] / 2 == pytest.approx(stop, abs=1)


def test_the_image_on_the_screen_is_the_stored_one(open_walk):
    walk = open_walk(digit=8, position=(3, 0), step=1000)
    expected = LatentWalk(digit=8, position=(3, 0), step=1000).image
    inner = np.s_[1:-1, 1:-1]  # the corners of the frame are round
    assert np.abs(walk.seen()[inner] - expected[inner]).max() <= 2
    walk.digit(0).check()
    expected = LatentWalk(digit=0, position=(3, 0), step=1000).image
    assert np.abs(walk.seen()[inner] - expected[inner]).max() <= 2


def test_the_bars_are_as_long_as_the_weights(open_walk):
    walk = open_walk(position=(1, 0))
    widths = walk.root.locator(".latent-mix .latent-fill").evaluate_all(
        """bars => bars.map((bar) =>
             bar.getBoundingClientRect().width / bar.parentNode.clientWidth)"""
    )
    assert widths == pytest.approx(LatentWalk(position=(1, 0)).weights.tolist(), abs=0.01)
    numbers = walk.root.locator(".latent-number").all_inner_texts()
    assert numbers == ["0.92", "0", "0.38", "0"]


def test_a_wrong_reading_is_hatched_and_said(open_walk):
    state = next(
        {"digit": digit, "step": 0}
        for digit in range(10)
        if LatentWalk(digit=digit, step=0).reading[0] != digit
    )
    walk = open_walk(**state)
    assert walk.sentence.endswith(f"not {state['digit']}: it has no answer “no digit”.")
    fill = walk.root.locator(".latent-reading .latent-fill")
    assert "repeating-linear-gradient" in fill.evaluate("e => getComputedStyle(e).backgroundImage")
    read = LatentWalk(**state).reading[0]
    text = walk.root.locator(".latent-text").inner_text()
    assert text.startswith(f"LeNet-5 reads {read}, ")


def test_it_plays_the_training_from_its_first_step(open_walk):
    walk = open_walk(position=(0, 3))
    walk.stop_the_clock()
    walk.button("Play").press("Enter")
    begun = [walk.sentence.partition(",")[0]]
    for _ in range(4):
        walk.wait(1)
        begun.append(walk.sentence.partition(", from")[0])
    assert begun == ["A 3 before training"] + [
        f"A 3 drawn after {step:,} of 3,000 steps" for step in STEPS[1:]
    ]
    walk.wait(1)
    assert walk.button("Play").count() == 1  # it rests at the last step
    walk.button("Back").press("Enter")
    assert walk.sentence.startswith("A 3 drawn after 1,000 of")
    assert walk.training.input_value() == "3"
    walk.button("Reset").press("Enter")
    assert walk.sentence.startswith("A 3 drawn after 3,000 of")
    assert walk.button("Step").get_attribute("aria-disabled") == "true"


def test_the_reader_may_click(open_walk):
    walk = open_walk()
    walk.root.locator(".latent-cell").nth(24).click()
    assert " from the latent D. " in walk.sentence
    walk.digit(9).click()
    assert walk.sentence.startswith("A 9 ")


@pytest.mark.parametrize("width", [390, 1280])
def test_the_image_stands_beside_the_latents(open_walk, width):
    walk = open_walk(width)
    sheet = walk.root.locator(".latent-sheet").bounding_box()
    image = walk.image.bounding_box()
    assert image["x"] > sheet["x"] + sheet["width"]
    assert image["y"] < sheet["y"] + sheet["height"] / 2


def test_reader_and_python_hear_of_each_other(visit):
    walk, page = LatentWalk(), visit().page
    wire.connect(walk, page)
    page.get_by_role("slider").press("ArrowLeft")
    assert walk.step == 1000
    page.locator(".latent-cell").nth(7).click()
    assert walk.position == [1, 2]
    page.get_by_role("radio", name="Digit 6").check()
    assert walk.digit == 6
    walk.digit, walk.step, walk.position = 2, 50, (4, 4)
    sentence = page.get_by_role("status").inner_text()
    assert sentence.startswith("A 2 drawn after 50 of 3,000 steps, from the latent D.")
