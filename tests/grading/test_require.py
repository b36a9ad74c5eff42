"""For graders that go by what a cell raises: silence for a right answer, and for no other."""

import warnings

import numpy as np
import pytest

from coursecnn.grading import check, require
from coursecnn.grading.judging.test_cases import PUBLIC_SEED, public_cases
from coursecnn.grading.tasks import task


def right(kernel):
    return kernel[::-1, ::-1]


def blank(kernel):
    raise NotImplementedError("task flip")


def leave(kernel):
    raise SystemExit


def noisy(kernel):
    warnings.warn("look at me", stacklevel=1)
    return right(kernel)


def learnt_by_heart(kernel):
    """Right in the public cases only."""
    known = [case.args[0] for case in public_cases(task("flip")).cases]
    return right(kernel) if any(np.array_equal(kernel, one) for one in known) else kernel


@pytest.mark.parametrize("seed", [None, 5])
@pytest.mark.parametrize("answer", [right, noisy, lambda kernel: right(kernel).tolist()])
def test_a_right_answer_raises_nothing_and_is_silent(answer, seed, capsys):
    assert require("flip", answer, seed=seed) is None
    assert capsys.readouterr() == ("", "")


@pytest.mark.parametrize("seed", [None, 5])
@pytest.mark.parametrize("answer", [blank, leave, np.flipud, None, 3, right(np.eye(2))])
def test_any_other_answer_raises(answer, seed):
    with pytest.raises(AssertionError, match=r"flip: .* – 0 of 1 points"):
        require("flip", answer, seed=seed)


def test_the_message_names_the_mistake_and_helps():
    with pytest.raises(AssertionError, match=r"wrong \(flipped-one-axis\)[\s\S]*Hint: The rows"):
        require("flip", np.flipud)


def test_the_secret_cases_find_what_was_learnt_by_heart_and_stay_secret():
    require("flip", learnt_by_heart)
    with pytest.raises(AssertionError, match="for kernel of shape") as caught:
        require("flip", learnt_by_heart, seed=PUBLIC_SEED + 1)
    assert "[[" not in str(caught.value)


def test_an_unknown_task_is_named():
    with pytest.raises(ValueError, match="received 'flop'"):
        require("flop", right)


@pytest.mark.parametrize("execution", [None, "autograde"])
def test_a_check_raises_nothing_outside_of_a_validation(execution, monkeypatch, capsys):
    if execution:
        monkeypatch.setenv("NBGRADER_EXECUTION", execution)
    assert check("flip", np.flipud) is None
    assert "flip: wrong" in capsys.readouterr().out


def test_a_check_raises_while_nbgrader_validates(monkeypatch, capsys):
    monkeypatch.setenv("NBGRADER_EXECUTION", "validate")
    check("flip", right)
    with pytest.raises(AssertionError, match="flip: not attempted"):
        check("flip", blank)
    assert "not attempted" in capsys.readouterr().out
