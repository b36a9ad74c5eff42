"""The softmax figure by keyboard alone, to the eye, and beside a kernel."""

import pytest
from browser import alone, wire
from browser.reader import Reader

from coursecnn.widgets import SoftmaxTemperature

pytestmark = pytest.mark.browser


@pytest.fixture
def open_softmax(open_figure):
    """A function that opens the figure on a page of its own."""
    return lambda width=1280, **state: Softmax(
        open_figure(SoftmaxTemperature(**state), width=width)
    )


class Softmax(Reader):
    """What a reader sees of the figure."""

    def __init__(self, page):
        super().__init__(page)
        self.temperature = self.root.get_by_role("slider", name="Temperature")

    def number(self, name):
        return self.root.get_by_role("textbox", name=f"Logit of {name}", exact=True)

    def slider(self, name):
        return self.root.get_by_role("slider", name=f"Logit of {name}, slider")

    def texts_of(self, column):
        """The numbers beside the bars of a column."""
        return (
            self.root.get_by_role("list", name=column).locator(".softmax-number").all_inner_texts()
        )

    def lengths(self, column):
        """How long the bars of a column are, as shares of their tracks."""
        bars = self.root.get_by_role("list", name=column).locator(".softmax-fill")
        return bars.evaluate_all("""bars => bars.map((bar) =>
            bar.getBoundingClientRect().width / bar.parentNode.getBoundingClientRect().width)""")


def test_tab_reaches_one_number_one_slider_and_the_controls(open_softmax):
    softmax = open_softmax()
    order = []
    for _ in range(6):
        softmax.press("Tab")
        order.append(softmax.focused)
    assert order == [
        "Logit of cat", "Logit of cat, slider", "Temperature", "True class",
        "Add 1 to all logits", "Reset",
    ]  # fmt: skip


def test_arrow_keys_lead_from_class_to_class_and_move_sliders_sideways(open_softmax):
    softmax = open_softmax()
    softmax.press("Tab", "ArrowDown", "ArrowDown")
    assert softmax.focused == "Logit of deer"
    softmax.press("Tab", "ArrowDown")
    assert softmax.focused == "Logit of dog, slider"
    softmax.press("ArrowRight", "ArrowRight")
    assert softmax.number("dog").input_value() == "2.2"
    softmax.press("End")
    assert softmax.sentence.startswith("dog has the largest probability, ")
    softmax.press("ArrowDown", "ArrowLeft")
    assert softmax.number("deer").input_value() == "0.4"


def test_a_typed_logit_counts_and_another_text_is_refused(open_softmax):
    softmax = open_softmax()
    softmax.number("ship").fill("1000")
    softmax.press("Enter")
    assert softmax.texts_of("Probabilities") == ["<0.001"] * 4 + [">0.999"]
    for text in ("many", "1001"):
        softmax.number("ship").fill(text)
        softmax.press("Enter")
        assert softmax.sentence == "A logit must be a number from −1000 to 1000."
        assert softmax.number("ship").get_attribute("aria-invalid") == "true"
    assert softmax.texts_of("Probabilities")[-1] == ">0.999"


def test_a_slider_says_when_its_number_lies_beyond_its_end(open_softmax):
    softmax = open_softmax()
    said = "e => getComputedStyle(e.parentNode, '::after').content"
    for text, words in (("6", "none"), ("25", '"beyond 6"'), ("-25", '"beyond −6"')):
        softmax.number("cat").fill(text)
        softmax.press("Enter")
        assert softmax.slider("cat").evaluate(said) == words
    assert softmax.slider("cat").get_attribute("aria-valuetext") == "−25, beyond −6"


def test_the_temperature_sharpens_and_flattens_in_equal_factors(open_softmax):
    softmax = open_softmax()
    softmax.temperature.focus()
    softmax.press("Home")
    assert softmax.temperature.get_attribute("aria-valuetext") == "T = 0.1"
    assert softmax.texts_of("Probabilities")[0] == ">0.999"
    spoken = softmax.sentence.replace("\u00a0", " ")
    assert "exp((3 − 2) / 0.1) ≈ 22,026 times that of dog" in spoken
    softmax.press("End")
    assert softmax.temperature.get_attribute("aria-valuetext") == "T = 10"
    assert softmax.texts_of("Probabilities")[0].startswith("0.2")
    entropy = SoftmaxTemperature(temperature=10).entropy
    assert softmax.root.get_by_text(f"Entropy {entropy:.2f} nats").is_visible()


def test_bars_are_as_long_as_their_numbers_say(open_softmax):
    softmax = open_softmax(target=1)
    shares = [float(text) for text in softmax.texts_of("Probabilities")]
    assert softmax.lengths("Probabilities")[:3] == pytest.approx(shares[:3], abs=0.02)
    slopes = [abs(float(text.replace("−", "-"))) / 2 for text in softmax.texts_of("Gradient")]
    assert softmax.lengths("Gradient")[:3] == pytest.approx(slopes[:3], abs=0.02)


def test_adding_one_to_all_logits_moves_no_bar(open_softmax):
    softmax = open_softmax()
    before = softmax.texts_of("Probabilities")
    softmax.button("Add 1 to all logits").press("Enter")
    assert softmax.number("car").input_value() == "0"
    assert softmax.texts_of("Probabilities") == before
    assert softmax.sentence.startswith("Every logit is 1 larger, and no probability has changed")
    softmax.button("Reset").press("Enter")
    assert softmax.number("car").input_value() == "−1"


def test_the_button_says_when_there_is_no_room_above(open_softmax):
    softmax = open_softmax(logits=[1000, 0], labels=["a", "b"])
    assert softmax.button("Add 1 to all logits").get_attribute("aria-disabled") == "true"
    softmax.button("Add 1 to all logits").press("Enter")
    assert softmax.number("a").input_value() == "1000"


def test_a_true_class_brings_loss_and_gradient(open_softmax):
    softmax = open_softmax()
    gradient = softmax.root.get_by_role("list", name="Gradient")
    assert not gradient.is_visible()
    softmax.choose("True class").select_option("dog")
    assert gradient.is_visible()
    assert [text[0] for text in softmax.texts_of("Gradient")] == ["+", "−", "+", "+", "+"]
    assert "If dog is true, the loss is −ln" in softmax.sentence
    softmax.choose("True class").select_option("none")
    assert not gradient.is_visible()


def test_the_largest_and_the_true_class_are_marked_by_more_than_colour(open_softmax):
    softmax = open_softmax(target=1)
    weights = "es => es.map((e) => getComputedStyle(e).fontWeight)"
    lines = "es => es.map((e) => getComputedStyle(e).textDecorationLine)"
    names = softmax.root.locator(".softmax-name")
    assert names.evaluate_all(weights) == ["700", "400", "400", "400", "400"]
    assert names.evaluate_all(lines) == ["none", "underline", "none", "none", "none"]
    item = softmax.root.get_by_role("list", name="Probabilities").get_by_role("listitem").first
    assert item.get_attribute("aria-label").endswith(", the largest")


@pytest.mark.parametrize("screen", [(1280, 800), (390, 844)], ids=["desk", "phone"])
def test_six_classes_with_their_gradient_fit_on_a_screen(open_softmax, screen):
    softmax = open_softmax(
        screen[0], logits=[900, -3, 3, 3, 0, 1], labels=[*"abcd", "elephants", "f"], target=4
    )
    assert softmax.root.bounding_box()["height"] <= screen[1]
    assert softmax.page.evaluate("document.documentElement.scrollWidth") <= screen[0]
    assert alone.barriers_in_all_colours(softmax.page) == []


def test_reader_and_python_hear_of_each_other(visit):
    live, page = SoftmaxTemperature(), visit().page
    wire.connect(live, page)
    softmax = Softmax(page)
    softmax.slider("cat").press("ArrowLeft")
    assert live.logits[0] == 2.9
    softmax.temperature.press("ArrowLeft")
    assert live.temperature == 0.89
    softmax.choose("True class").select_option("ship")
    assert live.target == 4
    assert live.loss > 1
    live.logits = [0, 0, 0, 0, 0]
    live.target = None
    assert softmax.sentence.endswith("at every temperature, the probability 1/5.")


def test_another_number_of_classes_comes_in_two_parts(visit):
    live, page = SoftmaxTemperature(target=4), visit().page
    wire.connect(live, page)
    with live.hold_trait_notifications():
        live.logits, live.labels = [1, 0], ["yes", "no"]
    softmax = Softmax(page)
    assert softmax.texts_of("Probabilities") == ["0.731", "0.269"]
    assert live.target is None
    softmax.choose("True class").select_option("no")
    assert live.target == 1
