"""A reliability diagram: dots where the parts are, each as large as its number of images."""

import numpy as np
import pandas as pd
import pytest
from matplotlib import pyplot as plt
from numpy.testing import assert_allclose

from coursecnn import plots

SURE = pd.DataFrame({"confidence": [0.5, 0.9], "accuracy": [0.4, 0.7], "count": [100, 300]})
MODEST = pd.DataFrame({"confidence": [0.4, 0.6], "accuracy": [0.5, 0.6], "count": [10, 10]})


def test_dots_stand_at_confidence_and_accuracy_and_grow_with_the_count():
    ax = plots.reliability({"sure": SURE, "modest": MODEST})
    first, second = ax.collections
    assert_allclose(first.get_offsets(), [[0.5, 0.4], [0.9, 0.7]])
    assert_allclose(second.get_offsets(), [[0.4, 0.5], [0.6, 0.6]])
    sizes = first.get_sizes()
    assert_allclose(sizes[1] / sizes[0], 3)
    assert len(set(second.get_sizes())) == 1
    assert [text.get_text() for text in ax.texts] == ["sure", "modest"]


def test_both_axes_are_the_same_and_the_diagonal_is_drawn():
    ax = plots.reliability({"a": SURE})
    assert ax.get_xlim() == ax.get_ylim() == (0, 1)
    assert ax.get_aspect() == 1
    assert np.array_equal(ax.lines[0].get_xydata(), [[0, 0], [1, 1]])


def test_it_is_told_with_what_lies_below_the_diagonal_and_by_how_much():
    ax = plots.reliability({"sure": SURE, "modest": MODEST}, ax=plt.figure().gca())
    assert plots.alt_text(ax) == (
        "Scatter chart of share that is right against probability given, both from 0 to 1, with "
        "2 models and a dotted diagonal. sure has 2 of 2 dots below the diagonal; on average it is "
        "17.5 points surer than right. modest has 0 of 2 dots below the diagonal; on average it is "
        "5 points less sure than right."
    )


def test_a_table_without_its_columns_is_refused():
    with pytest.raises(ValueError, match=r"`tables\['a'\]` must have the columns .* 'count' is"):
        plots.reliability({"a": SURE.drop(columns="count")})


def test_shares_in_percent_are_refused():
    with pytest.raises(ValueError, match=r"`tables\['a'\]` must hold shares from 0 to 1; received"):
        plots.reliability({"a": SURE * 100})


def test_no_table_is_refused():
    with pytest.raises(ValueError, match="`tables` must map names"):
        plots.reliability({})
