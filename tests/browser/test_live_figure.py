"""The live figure: what changes in the browser reaches Python, and the other way round."""

import numpy as np
import pytest
from browser import wire

from coursecnn.widgets import ConvStepper

pytestmark = pytest.mark.browser


@pytest.fixture
def live(visit):
    """A stepper in Python and the page on which its browser side runs."""
    stepper, page = ConvStepper(), visit().page
    wire.connect(stepper, page)
    return stepper, page


def sentence(page):
    return page.get_by_role("status").inner_text()


def test_what_the_reader_does_reaches_python(live):
    stepper, page = live
    page.get_by_role("button", name="Step").click()
    assert stepper.position == [0, 1]
    page.locator("input").first.fill("102")
    page.locator("input").first.press("Enter")
    assert stepper.image[0][0][0] == 102
    page.get_by_role("combobox", name="Kernel").select_option("sobel left")
    assert stepper.kernel == [stepper.kernels["sobel left"]]
    first = 102 + 2 * 12 + 9 - (11 + 2 * 2 + 65)
    assert stepper.output[0, 0] == first


def test_what_python_sets_reaches_the_reader(live):
    stepper, page = live
    stepper.position = (2, 2)
    assert sentence(page).endswith(" = 134")
    with stepper.hold_trait_notifications():
        stepper.image, stepper.kernel = np.arange(12).reshape(3, 2, 2), np.ones((3, 1, 2))
    last = page.get_by_role("gridcell", name="Row 2, column 1: ")
    assert last.inner_text() == str(2 + 3 + 6 + 7 + 10 + 11)
    assert page.get_by_text("Output 2×1").is_visible()


def test_a_figure_that_is_removed_stops_listening(live):
    stepper, page = live
    page.evaluate("stop()")
    stepper.stride = 2
    assert page.evaluate("model.listeners.size") == 0
    assert page.get_by_role("status").count() == 0
