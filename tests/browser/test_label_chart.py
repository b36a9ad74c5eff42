"""The chart of labels by keyboard alone, by pointer, to the eye, and beside a kernel."""

import re

import numpy as np
import pytest
from browser import wire
from browser.reader import SIZES, Reader
from label_table import ARMS, LABELS, table

from coursecnn.widgets import LabelChart
from coursecnn.widgets.label_results import of_table

pytestmark = pytest.mark.browser

LEFT, TOP, WIDE, TALL = 52, 22, 296, 176  # of the field, in units of the drawing
NUMBER = r"-?[\d.]+"
RESULTS = of_table(table())


@pytest.fixture
def open_chart(open_figure):
    """A function that opens the figure on a page of its own."""
    return lambda state=None, **look: Chart(open_figure(chart(**(state or {})), **look))


def chart(**state):
    return LabelChart(**{"results": RESULTS, **state})


class Chart(Reader):
    """What a reader sees of the figure."""

    def __init__(self, page):
        super().__init__(page)
        self.handle = self.root.get_by_role("slider", name="Number of labels")
        self.picture = self.root.locator(".labels-picture")

    @property
    def words(self):
        return self.sentence.replace("\u00a0", " ")

    def switch(self, arm):
        return self.root.get_by_role("checkbox", name=re.compile(f"^{re.escape(arm)}"))

    def values(self):
        """What stands behind each arm."""
        texts = self.root.locator(".labels-row span:last-child").all_inner_texts()
        return [text.replace("\u00a0", " ") for text in texts]

    def drawn(self):
        """Points of the curves that are drawn, arm by arm, in units of the drawing."""
        paths = self.picture.locator(".labels-line").all()
        found = [re.findall(NUMBER, path.get_attribute("d")) for path in paths]
        return [np.array(numbers, float).reshape(-1, 2) for numbers in found]

    def press_at(self, x, y):
        """Point at a place of the drawing."""
        box = self.picture.bounding_box()
        scale = box["width"] / 360
        self.page.mouse.click(box["x"] + scale * x, box["y"] + scale * y)


def means(arm, target="boats"):
    """Of the arm with each number of labels, in percent."""
    shown = chart(target=target)
    return np.array([100 * shown.band(arm, n)[0] for n in LABELS])


def test_tab_reaches_the_chart_the_arms_and_all_choices(open_chart):
    figure = open_chart()
    names = ["Number of labels", *ARMS, "Arm to match", "Matched by", "Target", "Across",
             "Guess first", "Reset"]  # fmt: skip
    for name in names:
        figure.press("Tab")
        assert figure.focused.startswith(name)


def test_arrow_keys_walk_along_the_labels(open_chart):
    figure = open_chart()
    assert figure.handle.get_attribute("aria-valuetext") == "20\u00a0labels"
    figure.press("Tab", "ArrowRight")
    assert figure.words.startswith(("With 50 labels", "Undecided with 50 labels"))
    assert figure.values() == [f"{means(arm)[2]:.1f} %" for arm in ARMS]
    figure.press("End", "ArrowRight")
    assert figure.handle.get_attribute("aria-valuetext") == "200\u00a0labels"
    assert figure.values() == [f"{means(arm)[-1]:.1f} %" for arm in ARMS]
    figure.press("Home")
    box, picture = figure.handle.bounding_box(), figure.picture.bounding_box()
    middle = (box["x"] + box["width"] / 2 - picture["x"]) * 360 / picture["width"]
    assert middle == pytest.approx(figure.drawn()[0][0, 0], abs=0.5)


def test_the_curves_are_drawn_where_the_library_has_their_means(open_chart):
    figure = open_chart()
    curves = figure.drawn()
    assert len(curves) == len(ARMS)
    first, last = np.log(10 / 1.15), np.log(200 * 1.15)
    for arm, curve in zip(ARMS, curves, strict=True):
        assert curve[:, 0] == pytest.approx(
            LEFT + WIDE * (np.log(LABELS) - first) / (last - first), abs=0.06
        )
        assert curve[:, 1] == pytest.approx(TOP + TALL * (90 - means(arm)) / 40, abs=0.06)


def test_the_sentence_says_what_the_library_computes(open_chart):
    figure = open_chart({"labels": 100})
    shown = chart(labels=100)
    first, others = shown.lead()
    opens = [arm for arm, over in others.items() if over.is_open]
    second = (opens or [*others])[0]
    low, high = (f"{100 * end:.1f}".replace("-", "−") for end in
                 (others[second].low, others[second].high))  # fmt: skip
    assert (
        f"points {'more than' if opens else 'above'} {second} (95 % interval {low} to {high})"
        in (figure.words)
    )
    assert figure.words.startswith("Undecided" if opens else f"With 100 labels {first} is ahead")
    needed = shown.needed()
    assert needed.labels is None
    assert "scratch does not get there with 200 labels" in figure.words


def test_an_arm_can_be_switched_off_and_on(open_chart):
    figure = open_chart()
    figure.switch("fine-tuned, all").focus()
    figure.press("Space")
    assert len(figure.drawn()) == 3
    assert "fine-tuned" not in figure.words
    figure.switch("scratch").focus()
    figure.press("Space")
    assert "To match" not in figure.words
    figure.press("Space")
    assert "To match frozen + linear here, scratch needs about" in figure.words


def test_the_read_out_leads_to_where_the_other_curve_is_as_high(open_chart):
    figure = open_chart()
    line = figure.picture.locator(".labels-needed").get_attribute("d")
    from_x, y, x, foot = map(float, re.findall(NUMBER, line))
    frozen, scratch = figure.drawn()[1], figure.drawn()[0]
    assert [from_x, y] == pytest.approx(frozen[1].tolist())
    assert np.interp(x, *scratch.T) == pytest.approx(y, abs=0.2)
    assert foot == TOP + TALL
    needed = chart().needed()
    number = figure.picture.locator(".labels-number").text_content()
    assert number == f"≈\u00a0{float(f'{needed.labels:.2g}'):.0f}"
    figure.choose("Matched by").select_option("frozen + linear")  # the two change places
    assert figure.choose("Arm to match").input_value() == "scratch"
    assert "To match scratch here, frozen + linear needs 10 labels or fewer" in figure.words


def test_a_curve_is_guessed_by_keyboard_before_it_is_shown(open_chart):
    figure = open_chart()
    figure.choose("Guess first").select_option("scratch")
    show = figure.button("Show the curve")
    assert show.get_attribute("aria-disabled") == "true"
    show.press("Enter")
    assert (len(figure.drawn()), figure.values()[0]) == (3, "?")
    assert figure.words.startswith("How good is scratch with 20 labels? Set your guess")
    figure.handle.focus()
    figure.press("ArrowUp", "ArrowUp", "PageDown", "ArrowRight", "ArrowDown")
    assert figure.handle.get_attribute("aria-valuetext") == "50\u00a0labels, your guess 66\u00a0%"
    assert "Your guess: 66 %." in figure.words
    assert "scratch" not in figure.picture.get_attribute("aria-label").partition("; the curve")[0]
    show.press("Enter")
    assert not show.is_visible()
    assert figure.handle.evaluate("e => e === document.activeElement")
    assert len(figure.drawn()) == 4
    measured = means("scratch")
    off = np.mean([abs(67 - measured[1]), abs(66 - measured[2])])
    assert figure.words.startswith(
        f"scratch with 50 labels: you guessed 66 %, measured were {measured[2]:.1f} % ± "
    )
    assert f"Your 2 guesses are {off:.1f} points off on average." in figure.words
    figure.choose("Target").select_option("deer")  # the guess was for boats
    assert figure.picture.locator(".labels-guess[d='']").count() == 1
    assert figure.choose("Guess first").input_value() == "nothing"


def test_a_pointer_draws_the_guess_and_walks_without_one(open_chart):
    figure = open_chart({"guessed": "scratch"})
    curve = figure.drawn()[0]
    for x, _ in curve:
        figure.press_at(x + 3, TOP + TALL / 2)
    guesses = figure.picture.locator("circle.labels-guess")
    places = [(float(g.get_attribute("cx")), float(g.get_attribute("cy"))) for g in guesses.all()]
    assert [x for x, _ in places] == pytest.approx(curve[:, 0].tolist(), abs=0.06)
    assert [y for _, y in places] == pytest.approx([TOP + TALL / 2] * 5, abs=2.3)  # whole percent
    figure.choose("Guess first").select_option("nothing")
    figure.press_at(curve[0, 0], TOP + 5)
    assert figure.handle.get_attribute("aria-valuetext") == "10\u00a0labels"
    assert len(figure.drawn()) == 4


def test_over_seconds_each_arm_stands_where_its_training_ends(open_chart):
    figure = open_chart()
    figure.choose("Across").select_option("seconds")
    ends = [curve[1, 0] for curve in figure.drawn()]
    assert ends[1] < ends[2] < ends[0] < ends[3]  # 0.5, 1.2, 6 and 40 s
    rings = figure.picture.locator(".labels-ring")
    assert [float(ring.get_attribute("cx")) for ring in rings.all()] == pytest.approx(
        ends, abs=0.06
    )
    assert re.search(r", and \d+(\.\d)? s of training in place of 0\.\d+ s\.$", figure.words)
    figure.press_at(*figure.drawn()[3][4])
    assert figure.handle.get_attribute("aria-valuetext") == "200\u00a0labels"


def test_what_was_not_measured_is_left_out_and_said(open_chart):
    figure = open_chart({"target": "deer", "labels": 50})
    assert figure.values()[3] == "–"
    assert len(figure.drawn()[3]) == 2
    assert "fine-tuned" not in figure.words


def test_arms_differ_in_more_than_colour(open_chart):
    figure = open_chart()
    dashes = "es => es.map((e) => e.getAttribute('stroke-dasharray'))"
    marks = "es => es.map((e) => e.getAttribute('d'))"
    samples = figure.root.locator(".labels-row svg")
    assert len({*samples.locator(".labels-line").evaluate_all(dashes)}) == 4
    assert len({*samples.locator(".labels-mark").evaluate_all(marks)}) == 4


@pytest.mark.parametrize("width", [390, 1280])
def test_the_numbers_of_the_axes_can_be_read(open_chart, width):
    figure = open_chart(width=width)
    heights = [height for _, height in figure.picture.locator("text").evaluate_all(SIZES)]
    assert len(heights) == 5 + 5 + 2 + 1
    assert min(heights) >= 12


def test_reader_and_python_hear_of_each_other(visit):
    live, page = chart(), visit().page
    wire.connect(live, page)
    figure = Chart(page)
    figure.handle.press("ArrowRight")
    figure.switch("scratch").press("Space")
    figure.choose("Target").select_option("deer")
    figure.choose("Guess first").select_option("frozen + MLP")
    figure.handle.press("ArrowUp")
    assert (live.labels, live.shown, live.target) == (50, [*ARMS[1:]], "deer")
    assert (live.guessed, live.guess) == ("frozen + MLP", [None, None, 0.71, None, None])
    live.guessed = None
    live.across = "seconds"
    assert "seconds of training" in figure.picture.get_attribute("aria-label")
    live.results = table().query("target == 'boats' and labels > 10 and arm != 'frozen + MLP'")
    assert live.target == figure.choose("Target").input_value() == "boats"
    assert figure.values() == [f"{means(arm)[2]:.1f} %" for arm in ARMS if arm != ARMS[2]]
