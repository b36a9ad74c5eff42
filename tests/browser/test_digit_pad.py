"""The digit pad by keyboard alone, by mouse and finger, to the eye, and beside a kernel."""

import numpy as np
import pytest
from browser import wire
from browser.reader import Reader

from coursecnn.widgets import DigitPad, digits, lenet

pytestmark = pytest.mark.browser

EMPTY = np.zeros((28, 28), int)
BYTES = """canvas => {
  const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
  return [...data].filter((_, n) => n % 4 === 0);
}"""


@pytest.fixture
def open_pad(open_figure):
    """A function that opens a pad on a page of its own."""

    def start(width=1280, **state):
        return Pad(open_figure(DigitPad(**state), width=width))

    return start


class Pad(Reader):
    """What a reader sees of the figure."""

    @property
    def pad(self):
        return self.root.get_by_role("application", name="Drawing pad")

    def layer(self, name):
        return self.root.get_by_role("application", name=f"{name}, ")

    @property
    def classes(self):
        return self.root.get_by_role("listbox", name="Output")

    @property
    def best(self):
        return self.root.locator(".digit-best").get_attribute("aria-label")

    @property
    def sum(self):
        return self.root.locator(".digit-sum").inner_text()

    def drawn(self):
        """The bytes of the pad, shape (28, 28)."""
        return np.reshape(self.pad.evaluate(BYTES), (28, 28))

    def seen(self):
        """The bytes that the network sees."""
        canvas = self.root.get_by_role("img", name="What the network sees")
        return np.reshape(canvas.evaluate(BYTES), (28, 28))

    def stroke(self, *points):
        """Draw with the mouse from point to point, each (row, column) in pixels of the pad."""
        box = self.pad.bounding_box()
        mouse, scale = self.page.mouse, box["width"] / 28
        for index, (row, column) in enumerate(points):
            mouse.move(box["x"] + (column + 0.5) * scale, box["y"] + (row + 0.5) * scale, steps=4)
            if index == 0:
                mouse.down()
        mouse.up()


def words(text):
    return text.replace("\u00a0", " ")


def test_tab_leads_from_the_pad_to_the_classes_through_the_layers_to_the_controls(open_pad):
    pad, order = open_pad(), []
    for _ in range(12):
        pad.press("Tab")
        order.append(pad.focused.split(":")[0].split(",")[0])
    assert order[:2] == ["Drawing pad of 28×28 pixels", "Output"]
    assert order[2:8] == ["C1", "S2", "C3", "S4", "F5", "F6"]
    assert order[8:] == ["Load a test digit", "Class", "Clear", "Centre and resize as MNIST"]


def test_a_digit_is_drawn_with_the_keyboard_alone(open_pad):
    pad = open_pad()
    pad.press("Tab", "Delete")
    assert words(pad.sentence).startswith("Nothing is drawn, yet the network reads ")
    assert pad.root.locator(".digit-note").inner_text().startswith("The border shines")
    pad.press(*["ArrowUp"] * 9)
    assert pad.sentence.strip() == "Pen up at row 6, column 15."
    assert pad.drawn().sum() == 0
    pad.press("Space", *["ArrowDown"] * 18, "Space")
    assert words(pad.sentence).startswith("Pen up at row 24, column 15. The network reads 1 (")
    assert pad.best.startswith("1: ")
    inked = np.argwhere(pad.drawn() > 127)
    assert inked.min(axis=0).tolist() == [4, 13]
    assert inked.max(axis=0).tolist() == [24, 15]
    assert pad.page.evaluate("scrollY") == 0


def test_a_stroke_of_the_mouse_is_a_line_from_point_to_point(open_pad):
    pad = open_pad(pixels=EMPTY)
    pad.stroke((4, 6), (4, 21), (24, 12))
    assert words(pad.sentence).startswith("The network reads 7 (")
    ink = pad.drawn()
    assert (ink[4, 6:22] == 255).all()
    assert ink[14, 16] > 0
    assert ink[14, 6] == 0
    before = ink.sum()
    box = pad.pad.bounding_box()
    pad.page.mouse.move(box["x"] + 20, box["y"] + 200)  # without a button nothing is drawn
    assert pad.drawn().sum() == before


def test_what_the_network_sees_is_what_python_sees(open_pad):
    drawn = EMPTY.copy()
    drawn[1:9, 2:5] = 255
    pad = open_pad(pixels=drawn)
    np.testing.assert_allclose(pad.seen(), DigitPad(pixels=drawn).seen, atol=0.5 + 1e-9)
    switch = pad.root.get_by_role("checkbox", name="Centre and resize")
    switch.press("Space")
    np.testing.assert_array_equal(pad.seen(), drawn)
    raw = lenet.probabilities(lenet.forward(drawn))
    assert pad.best.startswith(f"{raw.argmax()}: ")


def test_test_digits_come_one_after_the_other_or_of_one_class(open_pad):
    pad, (images, _) = open_pad(), digits.digits()
    pad.button("Load a test digit").press("Enter")
    assert words(pad.sentence).startswith("A test digit, a 4: the network reads 4 (")
    np.testing.assert_array_equal(pad.drawn(), images[4])
    pad.choose("Class").select_option("3")
    np.testing.assert_array_equal(pad.drawn(), images[13])
    for index in (3, 13):
        pad.button("Load a test digit").press("Enter")
        np.testing.assert_array_equal(pad.drawn(), images[index])
    pad.button("Clear").press("Enter")
    assert pad.drawn().sum() == 0


def test_a_misread_test_digit_is_called_misread(open_pad):
    images, labels = digits.digits()
    read = lenet.probabilities(lenet.forward(images)).argmax(axis=1)
    wrong = next(index for index in range(10, 20) if read[index] != labels[index])
    pad = open_pad()
    pad.choose("Class").select_option(str(labels[wrong]))
    if not np.array_equal(pad.drawn(), images[wrong]):
        pad.button("Load a test digit").click()
    assert f"a {labels[wrong]}: the network reads {read[wrong]} (" in words(pad.sentence)
    assert pad.sentence.endswith("It is wrong.")


def test_arrow_keys_choose_a_number_and_frame_its_field(open_pad):
    pad = open_pad()
    pad.layer("C3").focus()
    pad.press("Enter")
    assert pad.sum.startswith("C3, map 5, row 7, column 5: ")
    pad.press("ArrowRight", "ArrowDown", "ArrowDown", "ArrowDown", "ArrowDown")
    assert pad.sum.startswith("C3, map 9, row 1, column 6: ")
    assert pad.sentence.endswith("depends on rows 1 to 12 and columns 9 to 22 of the image.")
    seen = pad.root.get_by_role("img", name="What the network sees")
    assert seen.get_attribute("aria-label").endswith("rows 1 to 12 and columns 9 to 22")
    assert pad.root.locator("[data-layer=S2] .digit-read").count() == 6
    assert pad.root.locator("[data-layer=S4] .digit-read").count() == 0


def test_the_value_and_the_sum_are_those_of_python(open_pad):
    pad, value = open_pad(unit=("S4", 4, 3, 2)), DigitPad().maps["S4"][4, 3, 2]
    assert pad.sum.startswith("S4, map 5, row 4, column 3: The largest of ")
    assert pad.sum.endswith(f" is {value:.2f}.")
    assert pad.root.locator("[data-layer=C3] .digit-read").count() == 1


def test_each_layer_says_what_its_brightest_number_is(open_pad):
    pad, maps = open_pad(), DigitPad().maps
    scales = pad.root.locator(".digit-scale").all_inner_texts()
    tops = [f"{maps[name].max():.3g}" for name in ("C1", "S2", "C3", "S4", "F5", "F6")]
    assert [float(text.removeprefix("0 to ")) for text in scales] == [float(top) for top in tops]


def test_a_click_chooses_the_number_under_it(open_pad):
    pad = open_pad()
    canvas = pad.layer("C1")
    box = canvas.bounding_box()
    scale = box["width"] / 57  # two maps of 28 and a line between them
    canvas.click(position={"x": (29 + 10.5) * scale, "y": (29 + 3.5) * scale})
    assert pad.sum.startswith("C1, map 4, row 4, column 11: ")
    chosen = pad.root.locator("[data-layer=C1] .digit-chosen").bounding_box()
    assert abs(chosen["x"] + chosen["width"] / 2 - box["x"] - (29 + 10.5) * scale) < 1
    assert abs(chosen["y"] + chosen["height"] / 2 - box["y"] - (29 + 3.5) * scale) < 1


def test_a_mouse_is_drawn_across_the_maps(open_pad):
    pad = open_pad()
    box, mouse = pad.layer("S2").bounding_box(), pad.page.mouse
    mouse.move(box["x"] + 1, box["y"] + 1)
    mouse.down()
    assert pad.sum.startswith("C3, map 5, ")
    for across in (4, 7):  # each number is 3 pixels wide
        mouse.move(box["x"] + across, box["y"] + 1)
        assert pad.sum.startswith(f"S2, map 1, row 1, column {across // 3 + 1}: ")
    mouse.up()


def test_the_classes_can_be_chosen_and_say_so(open_pad):
    pad = open_pad()
    pad.classes.focus()
    pad.press("ArrowDown")
    chosen = pad.classes.get_by_role("option", selected=True)
    assert words(chosen.get_attribute("aria-label")) == "4: < 1 %"
    assert pad.classes.get_attribute("aria-activedescendant") == chosen.get_attribute("id")
    assert pad.sum.startswith("The output for 4: ")
    assert pad.sum.endswith("the logit that the softmax takes.")


@pytest.fixture
def finger(open_pad):
    """A pad without ink on a phone, and a finger that goes from point to point of a canvas."""
    pad = open_pad(width=390, pixels=EMPTY)
    pad.page.set_viewport_size({"width": 390, "height": 600})
    devices = pad.page.context.new_cdp_session(pad.page)
    devices.send("Emulation.setTouchEmulationEnabled", {"enabled": True})

    def touch(canvas, *points):
        box = canvas.bounding_box()
        places = [{"x": box["x"] + x, "y": box["y"] + y} for y, x in points]
        for kind, place in [("touchStart", places[0]), *(("touchMove", p) for p in places[1:])]:
            devices.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [place]})
        devices.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})

    yield pad, touch
    devices.send("Emulation.setTouchEmulationEnabled", {"enabled": False})
    devices.detach()


def test_a_finger_draws_on_the_pad_and_scrolls_elsewhere(finger):
    pad, touch = finger
    touch(pad.pad, *((y, 80) for y in range(25, 140, 5)))
    assert words(pad.sentence).startswith("The network reads 1 (")
    assert pad.page.evaluate("scrollY") == 0
    before = pad.drawn()
    touch(pad.layer("C3"), *((y, 40) for y in range(60, -60, -6)))
    pad.page.wait_for_function("scrollY > 0")
    np.testing.assert_array_equal(pad.drawn(), before)


def test_the_longest_sum_leaves_the_figure_on_the_screen(open_pad):
    for width, height in ((390, 844), (1280, 800)):
        pad = open_pad(width=width, unit=("C3", 14, 9, 9))
        assert pad.root.bounding_box()["height"] <= height - 56


def test_reader_and_python_hear_of_each_other(visit):
    live, page = DigitPad(pixels=EMPTY), visit().page
    wire.connect(live, page)
    pad = Pad(page)
    pad.stroke((5, 14), (23, 14))
    drawn = pad.drawn()  # by then Python has heard of it
    assert np.array_equal(live.pixels, drawn)
    assert live.probabilities.argmax() == 1
    pad.layer("S2").focus()
    pad.press("Home")
    assert live.unit[0] == "S2"
    pad.root.get_by_role("checkbox", name="Centre").click()
    assert live.normalise is False
    live.pixels = digits.digits()[0][8]
    assert words(pad.sentence).startswith("The network reads 8 (")
    live.unit = ("output", 8, 0, 0)
    assert pad.sum.startswith("The output for 8: ")
    assert pad.sentence.endswith("it depends on the whole image.")
