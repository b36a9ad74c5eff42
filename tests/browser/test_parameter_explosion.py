"""The parameter explosion by keyboard alone, to the eye, and beside a kernel."""

import pytest
from browser import wire
from browser.reader import Reader

from coursecnn.widgets import ParameterExplosion

pytestmark = pytest.mark.browser

PHOTO = (
    "10,000 dense units with 12,000,000 weights each: 120,000,000,000, or 480 GB as float32, the "
    "memory of 30 laptops with 16 GB. The convolution has 9, whatever the size of the image."
)


@pytest.fixture
def open_explosion(open_figure):
    """A function that opens the figure on a page of its own."""
    return lambda state=None, **look: Explosion(
        open_figure(ParameterExplosion(**(state or {})), **look)
    )


class Explosion(Reader):
    """What a reader sees of the figure."""

    def __init__(self, page):
        super().__init__(page)
        self.image = self.root.get_by_role("slider", name="Image")
        self.units = self.root.get_by_role("slider", name="Dense units")
        self.rows = self.root.locator(".explosion-row")

    def counts(self):
        """What stands behind the equals sign in each row."""
        sums = self.root.locator(".explosion-sum").all_inner_texts()
        return [text.partition(" = ")[2] for text in sums]

    def places(self):
        """Where the marks stand, in powers of ten."""
        middles = []
        for row in self.rows.all():
            box = row.locator(".explosion-mark").bounding_box()
            track = row.locator(".explosion-track").bounding_box()
            middle = box["x"] + box["width"] / 2 - track["x"]
            middles.append(18 * middle / track["width"])
        return middles

    def square(self, frame, layer):
        """Side of a layer's square, as a share of a frame."""
        picture = self.root.locator(".explosion-frames svg:not(.explosion-gap)").nth(frame)
        side = picture.locator(f".explosion-square.explosion-{layer}").get_attribute("width")
        return float(side) / 100


def test_tab_reaches_sliders_choice_numbers_and_reset(open_explosion):
    explosion = open_explosion()
    for name in ("Image", "Dense units", "Channels", "Kernel size", "Kernels", "Reset"):
        explosion.press("Tab")
        assert explosion.focused == name


def test_the_figure_begins_with_the_photograph_of_the_chapter(open_explosion):
    explosion = open_explosion()
    assert explosion.sentence == PHOTO
    assert explosion.counts() == ["9", "120,000,000,000", "144,000,000,000,000"]
    assert explosion.image.get_attribute("aria-valuetext") == "3000×4000 pixels, 12 megapixels"


def test_twice_the_side_moves_dense_marks_and_leaves_the_convolution(open_explosion):
    explosion = open_explosion({"height": 500, "width": 500})
    before = explosion.places()
    explosion.image.focus()
    while explosion.image.get_attribute("aria-valuetext") != "1000×1000 pixels":
        explosion.press("ArrowRight")
    after = explosion.places()
    moved = [10 ** (b - a) for a, b in zip(before, after, strict=True)]
    assert moved == pytest.approx([1, 4, 16], rel=0.12)  # half a pixel is a tenth of a factor
    assert explosion.counts()[2] == "1,000,000,000,000"


def test_home_and_end_lead_to_the_smallest_and_the_largest_image(open_explosion):
    explosion = open_explosion()
    explosion.image.focus()
    explosion.press("Home")
    assert explosion.image.get_attribute("aria-valuetext") == "8×8 pixels"
    assert explosion.sentence.startswith("10,000 dense units with 64 weights each: 640,000, ")
    explosion.press("End")
    assert explosion.image.get_attribute("aria-valuetext") == "4000×4000 pixels"


def test_known_images_are_marked_where_the_thumb_stands(open_explosion):
    explosion = open_explosion({"height": 28, "width": 28})
    box = explosion.image.bounding_box()
    mark = explosion.root.get_by_text("MNIST", exact=True).bounding_box()
    all_steps = float(explosion.image.get_attribute("max"))
    share = float(explosion.image.input_value()) / all_steps
    thumb = box["x"] + 12 + (box["width"] - 24) * share
    assert mark["x"] + mark["width"] == pytest.approx(thumb, abs=1.5)
    assert explosion.image.get_attribute("aria-valuetext") == "28×28 pixels, as in MNIST"


def test_a_known_image_is_one_click_away(open_explosion):
    explosion = open_explosion()
    explosion.root.get_by_role("button", name="CIFAR-10").click()
    assert explosion.image.get_attribute("aria-valuetext") == "32×32 pixels, as in CIFAR-10"
    assert explosion.counts()[1] == "10,240,000"


def test_units_kernels_and_channels_change_what_they_should(open_explosion):
    explosion = open_explosion({"height": 32, "width": 32, "out_features": 100})
    explosion.units.focus()
    explosion.press("ArrowRight")
    assert explosion.counts() == ["9", "204,800", "1,048,576"]
    explosion.root.get_by_role("spinbutton", name="Kernel size").press("ArrowUp")
    assert explosion.counts() == ["16", "204,800", "1,048,576"]
    explosion.root.get_by_role("spinbutton", name="Kernels").press("ArrowUp")
    assert explosion.counts() == ["32", "204,800", "2,097,152"]
    explosion.choose("Channels").select_option("3")
    assert explosion.counts() == ["96", "614,400", "6,291,456"]
    explosion.button("Reset").press("Enter")
    assert explosion.counts() == ["9", "102,400", "1,048,576"]


def test_a_number_out_of_range_changes_nothing_and_says_so(open_explosion):
    explosion = open_explosion()
    kernels = explosion.root.get_by_role("spinbutton", name="Kernels")
    kernels.fill("513")
    kernels.press("Enter")
    assert explosion.sentence == "Kernels must be a whole number from 1 to 512."
    assert explosion.counts()[0] == "9"


def test_squares_have_the_area_of_their_weights(open_explosion):
    explosion = open_explosion()
    assert explosion.square(0, "convolution") == pytest.approx(3 / 10)
    assert explosion.square(3, "units") == pytest.approx(346.41 / 10_000, rel=1e-4)
    assert explosion.square(2, "units") == 1  # the frame of 100 metres is full
    assert explosion.square(2, "laptop") == pytest.approx(63.246 / 100, rel=1e-4)


def test_the_layers_differ_in_more_than_colour(open_explosion):
    explosion = open_explosion()
    manner = "e => { const s = getComputedStyle(e); return s.borderStyle + s.backgroundImage; }"
    samples = explosion.root.locator(".explosion-words .explosion-sample")
    assert len({sample.evaluate(manner) for sample in samples.all()}) == 3


def test_an_image_between_the_stops_has_a_place_on_the_slider(open_explosion):
    explosion = open_explosion({"height": 20, "width": 300})
    explosion.image.focus()
    assert explosion.image.get_attribute("aria-valuetext") == "20×300 pixels"
    explosion.press("ArrowRight")
    assert explosion.image.get_attribute("aria-valuetext") == "80×80 pixels"


@pytest.mark.parametrize("screen", [(390, 844), (1280, 800)], ids=["phone", "desk"])
def test_the_largest_numbers_fit_the_screen(open_explosion, screen):
    most = {"height": 4000, "width": 4000, "in_channels": 3, "out_channels": 512,
            "out_features": 100_000, "kernel_size": 11}  # fmt: skip
    explosion = open_explosion(most, width=screen[0])
    frame = explosion.root.bounding_box()
    assert explosion.page.evaluate("document.documentElement.scrollWidth") <= screen[0]
    assert frame["height"] <= screen[1]
    for text in explosion.root.locator(".explosion-words > *, .explosion-power").all():
        box = text.bounding_box()
        assert box["x"] >= frame["x"]
        assert box["x"] + box["width"] <= frame["x"] + frame["width"]


def test_reader_and_python_hear_of_each_other(visit):
    figure, page = ParameterExplosion(), visit().page
    wire.connect(figure, page)
    page.get_by_role("slider", name="Image").press("ArrowRight")
    assert (figure.height, figure.width) == (4000, 4000)
    page.get_by_role("combobox", name="Channels").select_option("3")
    assert figure.in_channels == 3
    figure.height, figure.width = 28, 28
    sentence = page.get_by_role("status").inner_text()
    assert sentence.startswith("10,000 dense units with 2,352 weights each: 23,520,000, ")
