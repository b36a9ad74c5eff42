"""Every test draws in the style of the book, without a window, and cleans up behind itself."""

import matplotlib as mpl
import pytest
from matplotlib import pyplot as plt

from coursecnn import plots


@pytest.fixture(autouse=True)
def _style():
    with mpl.rc_context():
        plt.switch_backend("agg")
        plots.use_style()
        yield
        plt.close("all")
