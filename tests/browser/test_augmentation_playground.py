"""The augmentation playground by keyboard alone, to the eye, and beside a kernel."""

import base64
import io

import numpy as np
import pytest
import torch
from browser import wire
from browser.reader import Reader
from PIL import Image

from coursecnn import augment
from coursecnn.widgets import AugmentationPlayground, photographs

pytestmark = pytest.mark.browser

PLAIN = {"flip": "none", "angle": 0, "brightness": 1, "step": "flip"}


@pytest.fixture
def open_playground(open_figure):
    """A function that opens the figure on a page of its own."""
    return lambda state=PLAIN, **look: Playground(
        open_figure(AugmentationPlayground(**state), **look)
    )


class Playground(Reader):
    """What a reader sees of the figure."""

    def __init__(self, page):
        super().__init__(page)
        page.wait_for_selector(".fig-frame[data-ready]")
        self.before, self.after = (
            self.root.locator("canvas").nth(0),
            self.root.locator("canvas").nth(1),
        )
        self.nine = self.root.locator(".playground-nine canvas")
        self.tasks = self.choose("If these were")

    def step(self, name):
        return self.root.get_by_role("radio", name=name)

    def slider(self, name):
        return self.root.get_by_role("slider", name=name)

    def bytes_of(self, canvas):
        """An image as the page shows it, shape (H, W, 3)."""
        file = canvas.evaluate("canvas => canvas.toDataURL()").partition(",")[2]
        return np.asarray(Image.open(io.BytesIO(base64.b64decode(file))).convert("RGB"))


def test_tab_reaches_the_chain_the_strength_and_the_buttons(open_playground):
    playground = open_playground(PLAIN | {"step": "rotate"})
    for name in ("rotate", "Angle", "If these were", "Draw nine", "Show one", "Reset"):
        playground.press("Tab")
        assert playground.focused == name


def test_it_opens_with_a_chain_at_work_and_reset_leads_back_to_it(open_playground):
    playground = open_playground({})
    said = "Mirrored left to right, turned by 15° counter-clockwise, brightness 1.2. "
    assert playground.sentence.startswith(said)
    for name in ("target", "turned", "old"):
        line = playground.root.locator(f".playground-stage.playground-output .playground-{name}")
        assert line.first.is_visible()
    playground.slider("Angle").press("Home")
    playground.button("Reset").press("Enter")
    assert playground.sentence.startswith(said)


def test_arrow_keys_walk_along_the_chain_and_show_each_steps_strength(open_playground):
    playground = open_playground()
    playground.step("flip").focus()
    assert playground.choose("Mirror").is_visible()
    playground.press("ArrowRight")
    assert playground.step("rotate").is_checked()
    assert playground.slider("Angle").is_visible()
    assert not playground.choose("Mirror").is_visible()
    playground.press("ArrowRight", "ArrowRight")
    assert playground.root.get_by_role("slider").count() == 2  # to the right, and downwards
    playground.press("ArrowLeft", "ArrowLeft", "ArrowLeft", "ArrowLeft")
    assert playground.slider("Share of the cat").is_visible()


def test_the_photograph_is_the_stored_one(open_playground):
    playground = open_playground()
    shown = playground.bytes_of(playground.before).astype(int)
    assert np.abs(shown - photographs.photograph("coffee")).max() <= 2  # another decoder of WebP


def test_the_page_changes_the_photograph_as_the_library_does(open_playground):
    playground = open_playground({"flip": "horizontal", "angle": 15, "scale": 1.2, "right": 8,
                                  "brightness": 1.2, "saturation": 0.5})  # fmt: skip
    pixels = playground.bytes_of(playground.before).transpose(2, 0, 1).copy()
    image = augment.flip(torch.from_numpy(pixels)[None], True)
    image = augment.affine(image, 15.0, torch.tensor([[0.0, 8.0]]), 1.2)
    image = augment.saturation(augment.brightness(image, 1.2), 0.5)
    shown = playground.bytes_of(playground.after).transpose(2, 0, 1).astype(int)
    gaps = np.abs(shown - image[0].numpy())
    assert gaps.max() <= 2  # three steps that round
    assert np.mean(gaps > 0) < 0.02


def test_the_target_follows_and_the_sentence_says_where(open_playground):
    playground = open_playground(PLAIN | {"step": "shift"})
    line = playground.root.locator(".playground-output .playground-target").first
    before = line.bounding_box()
    playground.slider("Move right").focus()
    playground.press(*["ArrowRight"] * 3)
    after = line.bounding_box()
    scale = playground.after.bounding_box()["width"] / 144
    assert after["x"] - before["x"] == pytest.approx(12 * scale, abs=0.5)
    assert "The target goes along, to rows 4 to 74 and columns 53 to 110." in playground.sentence
    label = playground.after.get_attribute("aria-label")
    assert label.endswith(
        "moved 12 pixels right. Its target is in rows 4 to 74 and columns 53 to 110."
    )


def test_a_six_turned_round_is_a_nine_and_the_figure_says_so(open_playground):
    playground = open_playground(PLAIN | {"step": "rotate"})
    playground.slider("Angle").focus()
    playground.press("Home")
    assert playground.sentence.endswith("Turning is not safe for digits: 6 and 9 change places.")
    tiles = playground.root.locator(".playground-glyphs canvas")
    six, nine = (playground.bytes_of(tile) for tile in tiles.all())
    assert six.max() == 255
    assert np.array_equal(nine, np.rot90(six, 2))
    playground.tasks.select_option("from above")
    assert playground.sentence.endswith("Labels of views from above stay true.")
    assert not playground.root.locator(".playground-glyphs").is_visible()


def test_nine_draws_come_from_their_seed(open_playground):
    playground = open_playground({"angle": 30, "noise": 0.1, "seed": 3})
    playground.button("Draw nine").press("Enter")
    assert "from seed 3" in playground.sentence
    first = [playground.bytes_of(canvas) for canvas in playground.nine.all()]
    assert len({image.tobytes() for image in first}) == 9
    assert playground.nine.nth(4).get_attribute("aria-label").startswith("Draw 5: ")
    playground.button("Draw again").press("Enter")
    assert "from seed 4" in playground.sentence
    assert (playground.bytes_of(playground.nine.first) != first[0]).any()
    playground.button("Show one").press("Enter")
    assert playground.after.is_visible()
    playground.button("Reset").press("Enter")
    playground.button("Draw nine").press("Enter")
    again = [playground.bytes_of(canvas) for canvas in playground.nine.all()]
    assert all(np.array_equal(a, b) for a, b in zip(first, again, strict=True))


def test_steps_in_use_are_marked_in_more_than_colour(open_playground):
    playground = open_playground(PLAIN | {"hue": 0.1})
    weight = "e => getComputedStyle(e).fontWeight + getComputedStyle(e).textDecorationLine"
    words = playground.root.locator(".playground-step")
    assert words.nth(7).evaluate(weight) == "700underline"
    assert words.nth(6).evaluate(weight) == "400none"
    assert playground.step("hue, in use").count() == 1


@pytest.mark.parametrize("view", ["one", "nine"])
def test_the_longest_words_fit_a_phone(open_playground, view):
    everything = {"flip": "horizontal", "angle": 35, "scale": 1.2, "right": 8, "down": 4,
                  "hue": 0.1, "brightness": 1.2, "contrast": 1.2, "saturation": 0.6, "blur": 1,
                  "noise": 0.1, "cutout": 24, "mixup": 0.3, "step": "shift", "view": view,
                 }  # fmt: skip
    playground = open_playground(everything, width=390)
    assert playground.page.evaluate("document.documentElement.scrollWidth") <= 390
    chain = playground.root.locator(".playground-chain")
    assert chain.evaluate("e => e.scrollWidth <= e.clientWidth")
    assert playground.root.bounding_box()["height"] <= 844 - 56  # the bar of the book


def test_reader_and_python_hear_of_each_other(visit):
    figure, page = AugmentationPlayground(**PLAIN | {"step": "rotate"}), visit().page
    wire.connect(figure, page)
    page.get_by_role("slider", name="Angle").press("ArrowRight")
    assert figure.angle == 5
    page.get_by_role("button", name="Draw nine").click()
    assert figure.view == "nine"
    figure.view, figure.flip = "one", "vertical"
    assert (
        page.get_by_role("status").inner_text().startswith("Mirrored top to bottom, turned by 5°")
    )
