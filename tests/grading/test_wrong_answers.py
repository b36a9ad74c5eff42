"""Wrong answers written without the known mistakes in mind: no points, and mostly a name."""

from functools import cache

import numpy as np
import pytest
from test_mutants import scope_of
from wrong_answers import WRONG

from coursecnn.grading.judging.judge import judge
from coursecnn.grading.judging.test_cases import public_cases, secret_cases
from coursecnn.grading.running.child.session import reply
from coursecnn.grading.running.results import read
from coursecnn.grading.tasks import assignment, names, task

pytestmark = pytest.mark.filterwarnings("ignore:.* encountered in:RuntimeWarning")


@cache
def exams(asked):
    """The cases of the student's check and of the grader."""
    return public_cases(task(asked)), secret_cases(task(asked), seed=2**40 + 1)


def verdicts(asked, answer):
    """What the check says, and what the grader says."""
    return [
        judge(exam, [read(*reply(answer, case.fresh_args())) for case in exam.cases])
        for exam in exams(asked)
    ]


def written(asked, source):
    """A function of a notebook that has the right answers to everything else."""
    name = next(n for n in names() if task(asked) in assignment(n).automatic)
    scope = scope_of(name)
    exec(source, scope)
    return scope[asked]


@pytest.mark.parametrize("sheet", WRONG)
def test_a_wrong_answer_earns_nothing_and_four_in_five_have_a_name(sheet):
    unnamed = []
    for asked, mistake, source in WRONG[sheet]:
        found = verdicts(asked, written(asked, source))
        assert [one.points for one in found] == [0, 0], f"{asked}: {mistake}"
        if not all(one.misconception for one in found):
            unnamed.append(f"{asked}: {mistake}")
    assert len(unnamed) <= 0.2 * len(WRONG[sheet]), "\n".join(unnamed)


def in_32_bits(asked):
    """The right answer, in whole numbers that begin anew behind 2**31."""

    def wrong(*args):
        right = task(asked).reference(*args)
        parts = right if isinstance(right, tuple) else (right,)
        small = tuple(np.asarray(part).astype(np.int32) for part in parts)
        return small if isinstance(right, tuple) else small[0]

    return wrong


@pytest.mark.parametrize(
    "asked", ["mlp_parameters", "layer_weights", "conv_parameters", "layer_table", "layer_budget"]
)
def test_what_is_counted_in_32_bits_earns_nothing(asked):
    for found in verdicts(asked, in_32_bits(asked)):
        assert (found.points, found.misconception) == (0, "too-large-for-the-type")


@pytest.mark.parametrize("place", [0, -1])
def test_a_batch_in_the_number_type_of_one_image_earns_nothing(place):
    def wrong(images):
        return task("make_batch").reference(images).astype(images[place].dtype)

    assert not any(found.points for found in verdicts("make_batch", wrong))


@pytest.mark.parametrize("part", [0, 1], ids=["weight", "bias"])
def test_a_layer_in_the_number_type_of_its_weights_earns_nothing(part):
    def wrong(x, layers):
        return task("mlp_forward").reference(x, layers).astype(layers[-1][part].dtype)

    assert not any(found.points for found in verdicts("mlp_forward", wrong))


def test_a_mean_over_too_many_differences_is_not_told_to_take_the_mean():
    def wrong(vector, widths):
        pictures = [vector.reshape(-1, width).astype(float) for width in widths]
        return min(pictures, key=lambda x: np.sum((x[1:] - x[:-1]) ** 2) / x.size)

    for found in verdicts("unflatten", wrong):
        assert found.misconception == "divided-otherwise"
        assert "h · w" in found.hint
        assert "take the mean" not in found.hint
