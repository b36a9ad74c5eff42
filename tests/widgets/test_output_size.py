"""The output-size calculator as a Python object: its numbers, its errors and its picture."""

import json
import re

import pytest
from bs4 import BeautifulSoup

from coursecnn import shapes
from coursecnn.widgets import OutputSizeCalculator
from coursecnn.widgets.figure import Whole

JS_LIMITS = re.compile(r"const LIMITS = (\{.*?\});", re.DOTALL)


def test_it_counts_the_windows_as_shapes_does():
    assert OutputSizeCalculator().output_size == 7 - 3 + 1
    numbers = {"size": 32, "kernel_size": 5, "stride": 3, "padding": 2, "dilation": 2}
    assert OutputSizeCalculator(**numbers).output_size == shapes.output_size(**numbers)


def test_windows_and_what_they_leave_out_are_listed():
    figure = OutputSizeCalculator(size=8, kernel_size=2, stride=3, padding=1, dilation=2)
    assert figure.windows == [[0, 2], [3, 5], [6, 8]]
    assert figure.unread == [1, 4, 7]
    assert OutputSizeCalculator(size=8, stride=2).unread == [8]


def test_same_padding_is_given_where_both_sides_can_be_equal():
    assert OutputSizeCalculator(kernel_size=5).same_padding == 2
    assert OutputSizeCalculator(kernel_size=2, dilation=2).same_padding == 1
    assert OutputSizeCalculator(kernel_size=4).same_padding is None


def test_a_kernel_that_does_not_fit_is_shown_and_no_error():
    figure = OutputSizeCalculator(size=3, kernel_size=5)
    assert figure.output_size is None
    assert figure.windows == []
    assert "It does not fit: there is no output." in figure.still()


@pytest.mark.parametrize(
    ("state", "message"),
    [
        ({"size": 33}, "`size` must be 1 to 32 here; received 33"),
        ({"kernel_size": 0}, "`kernel_size` must be 1 to 9 here; received 0"),
        ({"stride": 1.5}, "`stride` must be a whole number; received 1.5"),
        ({"padding": -1}, "`padding` must be 0 to 12 here; received -1"),
        ({"dilation": True}, "`dilation` must be a whole number; received True"),
    ],
    ids=str,
)
def test_what_cannot_be_drawn_is_refused_by_name(state, message):
    with pytest.raises(ValueError, match=message):
        OutputSizeCalculator(**state)


def test_script_and_traits_have_the_same_limits():
    figure = OutputSizeCalculator()
    written = re.sub(r"(\w+):", r'"\1":', JS_LIMITS.search(figure._esm)[1])
    limits = json.loads(re.sub(r",\s*\}", "}", written))
    traits = {name: trait for name, trait in figure.traits().items() if isinstance(trait, Whole)}
    assert limits == {name: [trait.least, trait.most] for name, trait in traits.items()}


def test_the_picture_has_a_row_for_each_window_and_crosses_out_what_none_reads():
    figure = OutputSizeCalculator(size=8, stride=2)
    picture = BeautifulSoup(figure.still(), "html.parser").svg
    dashed = picture.select('rect[stroke-dasharray="4 3"]')
    assert len(dashed) == 3 * 3
    texts = [text.string for text in picture.select("text")]
    assert texts[-1] == "⌊(8 + 2·0 − 1·(3 − 1) − 1) / 2⌋ + 1 = 3"
    assert len(picture.select('path[d*="l-"]')) == 1
    assert picture["aria-label"].endswith("It fits 3 times. Pixels that are never read: 8.")


def test_a_negative_count_is_written_with_a_true_minus():
    assert OutputSizeCalculator(size=1, kernel_size=4)._formula().endswith(" = −2")
