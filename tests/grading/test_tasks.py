"""The tasks themselves: mistakes are caught and named, right answers of every kind are not."""

import re
from functools import cache

import numpy as np
import pytest
import torch
from alternatives import ALTERNATIVES
from classic_mistakes import CLASSIC

from coursecnn.grading.checking.check import verdict
from coursecnn.grading.judging.judge import judge
from coursecnn.grading.judging.test_cases import public_cases, secret_cases
from coursecnn.grading.running.child.session import reply
from coursecnn.grading.running.results import read
from coursecnn.grading.tasks import assignment, names

# A child of the grader warns of an overflow, too, and goes on.
pytestmark = pytest.mark.filterwarnings("ignore:.* encountered in:RuntimeWarning")

TASKS = [task for name in names() for task in assignment(name).automatic]
DRAWN = [task for task in TASKS if task.inputs]
MISTAKES = [(task, known) for task in TASKS for known in task.misconceptions]
SOLUTIONS = [(task, answer) for task in TASKS for answer in ALTERNATIVES.get(task.id, ())]


# To draw the cases of a task, and what each of its mistakes answers to them, takes longer than to
# judge an answer: it is done once for all answers.
public_once = cache(public_cases)


@cache
def secret(task):
    """The cases of the grader."""
    return secret_cases(task, seed=2**40 + 1)


@pytest.fixture(scope="module", autouse=True)
def drawn_once():
    """The student's check, too, draws the cases once, and goes by what an answer computes alone.

    What stands beside it in its file are the helpers of our own answers.
    """
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(verdict.__globals__, "public_cases", public_once)
        patch.setitem(verdict.__globals__, "written", lambda answer: [])
        yield


def graded(task, answer):
    """The verdict of the grader; where a value is asked for, on what `answer` returns."""
    exam, answer = secret(task), answer if task.inputs else answer()
    return judge(exam, [read(*reply(answer, case.fresh_args())) for case in exam.cases])


def checked(task, answer):
    """The verdict of the student's own check."""
    return verdict(task, answer if task.inputs else answer())


@cache
def right_answers(task):
    """What a right solution answers to each case of the grader."""
    answer = ALTERNATIVES[task.id][0]
    return [answer(*(case.fresh_args() or ())) for case in secret(task).cases]


def graded_in_another_form(task, form, places):
    """The verdict on right answers that are changed; of several results, those in these places."""

    def changed(answer):
        if not isinstance(answer, tuple):
            return form(answer)
        return tuple(form(part) if n in places else part for n, part in enumerate(answer))

    replies = [read(*reply(changed(answer), None)) for answer in right_answers(task)]
    return judge(secret(task), replies)


def as_nested_lists(array):
    return np.asarray(array).tolist()


def as_single_precision(array):
    return np.asarray(array, np.float32)


def as_tensor_with_gradient(array):
    return torch.tensor(np.asarray(array, float), requires_grad=True)


def as_list_of_tensors(array):
    tensor = torch.tensor(np.asarray(array, float), requires_grad=True)
    return list(tensor) if tensor.ndim else tensor


def test_task_names_are_unique_in_the_course():
    names = [task.id for task in TASKS]
    assert len(names) == len(set(names))


@pytest.mark.parametrize("task", TASKS, ids=lambda task: task.id)
def test_a_task_knows_at_least_four_mistakes_and_three_right_answers(task):
    assert len({known.wrong for known in task.misconceptions}) >= 4
    assert len(ALTERNATIVES.get(task.id, ())) >= 3


def test_right_answers_are_kept_for_automatic_tasks_alone():
    assert ALTERNATIVES.keys() == {task.id for task in TASKS}


@pytest.mark.parametrize("name", names())
def test_a_sheet_has_five_tasks_of_which_one_in_five_may_ask_for_a_value(name):
    tasks = assignment(name).automatic
    assert len(tasks) >= 5
    assert sum(task.inputs is None for task in tasks) <= len(tasks) / 5


@pytest.mark.parametrize(("task", "known"), MISTAKES, ids=lambda p: getattr(p, "slug", None))
def test_every_misconception_is_rejected_and_named(task, known):
    for outcome in (checked(task, known.wrong), graded(task, known.wrong)):
        assert (outcome.verdict, outcome.points) == ("wrong", 0)
        assert outcome.misconception == known.slug
        assert outcome.hint == known.hint


@pytest.mark.parametrize("task", TASKS, ids=lambda task: task.id)
def test_hints_are_marked_up_by_backticks_alone(task):
    for hint in {known.hint for known in task.misconceptions}:
        assert hint.count("`") % 2 == 0
        words = "".join(hint.split("`")[::2])
        assert not re.search(r"[*#]|\b_|_\b|\$", words), hint


@pytest.mark.parametrize(("task", "answer"), SOLUTIONS, ids=lambda p: getattr(p, "id", None))
def test_every_alternative_gets_all_points(task, answer):
    for outcome in (checked(task, answer), graded(task, answer)):
        assert (outcome.verdict, outcome.points) == ("correct", task.points), outcome.message


@pytest.mark.parametrize("task", TASKS, ids=lambda task: task.id)
@pytest.mark.parametrize(
    "form",
    [as_nested_lists, as_single_precision, as_tensor_with_gradient, as_list_of_tensors],
    ids=lambda form: form.__name__,
)
def test_the_form_of_a_right_answer_does_not_matter(task, form):
    found = graded_in_another_form(task, form, places=range(9))
    assert found.verdict == "correct", found.message


@pytest.mark.parametrize("task", TASKS, ids=lambda task: task.id)
@pytest.mark.parametrize(
    "spoil",
    [
        lambda array: array + 1e-3 * max(1, np.abs(array).max()),
        lambda array: np.where(np.arange(array.size).reshape(array.shape) == 0, np.nan, array),
        lambda array: array[np.newaxis],
        lambda array: array + 0j,
        lambda array: str(array),
    ],
    ids=["offset", "nan", "extra-axis", "complex", "text"],
)
def test_an_answer_that_is_nearly_right_earns_nothing(task, spoil):
    outcome = graded_in_another_form(task, lambda part: spoil(np.asarray(part, float)), places=[0])
    assert (outcome.verdict, outcome.points) == ("wrong", 0)


def same_orders(one, two):
    return list(map(bytes, one.orders)) == list(map(bytes, two.orders))


@pytest.mark.parametrize("task", DRAWN, ids=lambda task: task.id)
def test_the_same_seed_draws_the_same_cases_and_another_seed_others(task):
    first, again, other = (secret_cases(task, seed) for seed in (5, 5, 6))
    assert same_orders(first, again)
    assert not same_orders(first, other)


def test_no_public_case_of_random_numbers_is_a_secret_case():
    task = next(task for task in TASKS if task.id == "conv2d_valid")
    seen = {case.args[0].tobytes() for case in public_cases(task).cases}
    secret = {case.args[0].tobytes() for case in secret_cases(task, seed=9).cases}
    assert len(seen & secret) <= 1, "only the worked example of the sheet may be in both"


@pytest.mark.parametrize("judged", [graded, checked])
def test_a_function_may_change_its_inputs(judged):
    def in_place(kernel):
        kernel[...] = kernel[::-1, ::-1].copy()
        return kernel

    task = next(task for task in TASKS if task.id == "flip")
    assert judged(task, in_place).verdict == "correct"
    assert judged(task, task.reference).verdict == "correct", "the cases must be unharmed"


@pytest.mark.parametrize(("answer", "slug"), CLASSIC, ids=lambda p: getattr(p, "__name__", p))
def test_a_classic_mistake_as_students_write_it_is_named(answer, slug):
    asked = next(task for task in TASKS if task.id == answer.__name__)
    for outcome in (checked(asked, answer), graded(asked, answer)):
        assert (outcome.points, outcome.misconception) == (0, slug), outcome.message


def test_an_answer_that_is_no_number_anywhere_is_not_called_an_overflow():
    task = next(task for task in TASKS if task.id == "softmax")
    for outcome in (checked(task, np.log), graded(task, lambda z: z * np.nan)):
        assert (outcome.verdict, outcome.misconception) == ("wrong", "")
