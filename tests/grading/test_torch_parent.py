"""A warm parent that has imported torch: children are forked from it as from any other."""

import pytest
from parts import torch_class
from parts.torch_sheet import ASSIGNMENT

from coursecnn.grading.judging.mark import mark
from coursecnn.grading.judging.test_cases import secret_cases
from coursecnn.grading.running.notebook import Notebook, read

LOADED = "import sys\nassert 'torch' in sys.modules\nimport torch"
SLOPE = """
def slope(x):
    t = torch.tensor(x, requires_grad=True)
    t.tanh().square().sum().backward()
    return t.grad
"""


@pytest.fixture(scope="module")
def verdicts(warm_with_torch):
    """A function that marks a notebook."""
    cases = [secret_cases(task, seed=7) for task in ASSIGNMENT.tasks]

    def marked(notebook):
        found = mark(notebook, ASSIGNMENT, cases, warm_with_torch, timeout=10)
        return {one.task: one for one in found}

    return marked


def test_the_sheet_asks_for_a_parent_with_torch():
    assert ASSIGNMENT.preload == ("torch",)


@pytest.mark.parametrize(
    "submission", torch_class.compose(9), ids=lambda submission: submission.name
)
def test_layers_and_gradients_are_graded(submission, verdicts):
    found = verdicts(read(submission.text.encode()))
    said = {task: f"{one.verdict}:{one.misconception}".rstrip(":") for task, one in found.items()}
    assert said == submission.expected


def test_a_child_need_not_import_torch_again(verdicts):
    assert verdicts(Notebook((f"{LOADED}\n{SLOPE}",)))["slope"].verdict == "correct"


def test_the_limit_of_memory_holds_for_tensors(verdicts):
    hog = f"{LOADED}\ndef feature_maps(x, weight): return torch.ones(2**30)\n{SLOPE}"
    found = verdicts(Notebook((hog,)))
    assert found["feature_maps"].points == 0
    assert "memory" in found["feature_maps"].message
    assert found["slope"].verdict == "correct"


def test_many_threads_of_torch_stay_within_the_limits(verdicts):
    several = f"{LOADED}\ntorch.set_num_threads(8)\ntorch.ones(999, 999) @ torch.ones(999, 999)"
    assert verdicts(Notebook((f"{several}\n{SLOPE}",)))["slope"].verdict == "correct"
