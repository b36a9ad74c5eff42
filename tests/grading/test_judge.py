"""What is said of answers that raise, return nothing, or are of another kind than asked for."""

import numpy as np
import pytest

from coursecnn.grading.checking.check import verdict
from coursecnn.grading.judging.compare import difference
from coursecnn.grading.task import Misconception, Task
from coursecnn.grading.tasks import task


def doubled(x):
    return 2 * x


def doubled_by_entries(x):
    """Raises where there are fewer than three entries, and is right elsewhere."""
    return 2 * x if len(x) > 2 else 2 * x[[0, 1, 2]]


def added_by_entries(x):
    """Raises where there are fewer than three entries, and is wrong elsewhere."""
    return doubled_by_entries(x) + 1


def double(*misconceptions, dtype=float):
    """A task that asks for an array, on arrays of one to five entries."""

    def inputs(rng):
        while True:
            yield from ((rng.random(size).astype(dtype),) for size in range(1, 6))

    known = [Misconception(wrong.__name__.replace("_", "-"), wrong, "") for wrong in misconceptions]
    return Task("double", 1, doubled, ("x",), inputs, tuple(known))


def two():
    """A task that asks for two results."""
    return Task("two", 1, lambda x: (x, x.sum()), ("x",), lambda rng: iter([(np.arange(1, 4),)]))


def counted():
    """A task that asks for an array in which no place holds its own number."""
    return Task("counted", 1, lambda x: x, ("x",), lambda rng: iter([(np.arange(1, 4),)]))


def total():
    """A task that asks for one number."""
    return Task("total", 1, np.sum, ("x",), lambda rng: iter([(np.array([1, 2, 3]),)]))


def test_numbers_in_single_precision_are_shown_without_noise():
    cases = iter([(np.array([1.301, 0.177, 100.123], np.float32),)])
    outcome = verdict(Task("double", 1, doubled, ("x",), lambda rng: cases), lambda x: x)
    assert "for x = [1.301, 0.177, 100.123]." in outcome.message


@pytest.mark.parametrize(
    ("asked", "answer", "said"),
    [
        (total(), {}, "is an object of type dict, but it must be one number for x = [1, 2, 3]."),
        (total(), [1, 2], "has shape (2,), but it must be one number for x = [1, 2, 3]."),
        (task("flip"), "text", "is a text, but it must be an array of shape (2, 3) for kernel of "),
        (task("flip"), 3, "is one number, but it must be an array of shape (2, 3) for kernel "),
        (task("flip"), np.float32(3), "is one number, but it must be an array of shape (2, 3)"),
        (task("flip"), ([1], [2, 3]), "is a list of 2 parts that differ in shape, but it must be "),
        (task("flip"), (np.eye(2, 3), 0 * np.eye(2, 3)), "is a list of 2 arrays, but it must be "),
        (task("edge_map"), [[1]], "has the one entry 1, which is not right for image of shape "),
        (task("output_size"), 9, "is 9, which is not right for size = 5 and kernel_size = 3. "),
        (task("move_images"), 3, "for images of shape (1, 1, 2, 3), down = 1 and right = 1. "),
        (task("flip"), np.array([["a"]]), "is an object of type ndarray with entries of type str_"),
        (total(), np.nan, "is nan, which is not right for x = [1, 2, 3]."),
        (two(), 3, "is one number, but it must give 2 results for x = [1, 2, 3]."),
        (two(), np.arange(3), "is one array of shape (3,), but it must give 2 results for x "),
        (two(), np.ones((2, 1)), "is one array of shape (2, 1), but it must give 2 results for"),
        (two(), (1, 2, 3), "gives 3 results, but it must give 2 results for x = "),
        (two(), ([1], [2]), "gives a first result that has shape (1,), but it must be (3,) for x "),
        (two(), (np.arange(1, 4), 0), "gives a second result that is 0, which is not right for x "),
        (two(), (np.arange(1, 4), "6"), "gives a second result that is a text, but it must be on"),
        (counted(), np.arange(3), "is wrong in 3 of 3 entries; the first of them is at index [0] "),
    ],
    ids=range(20),
)
def test_the_message_says_what_the_result_must_be(asked, answer, said):
    message = verdict(asked, lambda *args: answer).message
    assert message.startswith(f"`{asked.id}` ")
    assert said in message


@pytest.mark.parametrize(
    ("dtype", "relative", "absolute"), [(np.float64, 1e-6, 1e-8), (np.float32, 1e-4, 1e-5)]
)
def test_an_answer_may_be_off_by_the_noise_of_its_precision_and_not_by_more(
    dtype, relative, absolute
):
    right = np.array([0.0, 1.0, -100.0])  # where 0 is due, the largest entry sets the scale
    for share, accepted in ((0.5, True), (5, False)):
        for off in (right * relative * share, [100 * absolute * share, 0, 0]):
            assert (difference((right + off).astype(dtype), right) is None) == accepted


def test_another_type_of_exception_is_another_mistake():
    def unwritten_name(x):
        return doubled(x) + 1 if len(x) > 2 else nothing  # noqa: F821

    asked = double(added_by_entries)
    assert verdict(asked, added_by_entries).misconception == "added-by-entries"
    assert verdict(asked, unwritten_name).misconception == ""


def test_an_exception_in_other_cases_is_another_mistake():
    def one_entry_more(x):
        return 2 * x + 1 if len(x) > 3 else 2 * x[[0, 1, 2, 3]]

    assert verdict(double(added_by_entries), one_entry_more).misconception == ""


def test_the_same_wrong_values_are_the_same_mistake_whatever_the_exception_says():
    def written_otherwise(x):
        if len(x) < 3:
            raise IndexError("too short")
        return [1 + 2 * entry for entry in x]

    assert verdict(double(added_by_entries), written_otherwise).misconception == "added-by-entries"


def test_where_only_the_exceptions_are_wrong_their_words_count():
    def same_words(x):
        return 2 * x if len(x) > 2 else 2 * x[[0, 1, 4]]  # another number in the message

    def other_words(x):
        return 2 * x if len(x) > 2 else x[0, 0]

    asked = double(doubled_by_entries)
    assert verdict(asked, same_words).misconception == "doubled-by-entries"
    assert verdict(asked, other_words).misconception == ""


def test_a_call_that_fails_everywhere_is_not_called_a_mistake_that_fails_everywhere():
    outcome = verdict(task("equivariance_map"), lambda image: image)
    assert (outcome.verdict, outcome.misconception) == ("error", "")
    assert "takes 1 positional argument" in outcome.message


def test_the_words_of_an_exception_end_before_the_call_is_described():
    message = verdict(double(), lambda x: x[9]).message
    assert "is out of bounds for axis 0 with size 1, for x = [" in message


def test_a_result_that_is_never_handed_out_is_named_where_some_calls_fail():
    def silent(x):
        doubled_by_entries(x)

    outcome = verdict(double(), silent)
    assert (outcome.verdict, outcome.misconception) == ("wrong", "no-return")
    assert outcome.message.startswith("`double` returned None for x = ")
    assert "its last line must hand it out" in outcome.hint


def test_a_path_without_a_return_is_named():
    def silent_if_long(x):
        if len(x) < 4:
            return 2 * x

    outcome = verdict(double(), silent_if_long)
    assert (outcome.verdict, outcome.misconception) == ("wrong", "no-return")
    assert outcome.message.startswith("`double` returned None for x = ")
    assert outcome.message.endswith("Wrong in 4 of 10 cases.")
    assert "does every path through it come to a `return`?" in outcome.hint


def sums(n=5):
    """A task that asks for a sum at each place of a window of two entries."""

    def inputs(rng):
        for size in range(2, 2 + n):
            yield (rng.integers(1, 9, size),)

    return Task("sums", 1, lambda x: x[:-1] + x[1:], ("x",), inputs)


def first_round_in_zeros(x):
    out = np.zeros(len(x) - 1)
    for i in range(len(x) - 1):
        out[i] = x[i] + x[i + 1]
        return out  # in the loop


def first_round_in_a_list(x):
    out = []
    for i in range(len(x) - 1):
        out.append(x[i] + x[i + 1])
        return out  # in the loop


def first_round_as_a_number(x):
    for i in range(len(x) - 2):  # no round at all for two entries
        return x[i] + x[i + 1]


@pytest.mark.parametrize(
    "answer", [first_round_in_zeros, first_round_in_a_list, first_round_as_a_number]
)
def test_a_return_inside_a_loop_is_named(answer):
    outcome = verdict(sums(), answer)
    assert (outcome.verdict, outcome.misconception) == ("wrong", "returned-too-early")
    assert not outcome.message.startswith("`sums` returned None")
    assert "`return` stands inside a loop" in outcome.hint


def test_a_loop_that_ends_early_did_not_return_too_early():
    def one_place_less(x):
        out = np.zeros(len(x) - 1)
        for i in range(len(x) - 2):
            out[i] = x[i] + x[i + 1]
        return out

    assert verdict(sums(), one_place_less).misconception == ""


def test_wrong_results_beside_missing_ones_are_told_first():
    outcome = verdict(sums(), lambda x: None if len(x) == 2 else -x)
    assert (outcome.verdict, outcome.misconception) == ("wrong", "")
    assert "`sums` has shape (6,), but it must be (5,) for x = [" in outcome.message
    assert "Wrong in 5 of 5 cases; in 1 it returned None." in outcome.message


def test_an_exception_is_known_by_what_it_is_a_kind_of():
    def adds_in_place(x):
        out = 2 * x
        out += 0.5 if len(x) > 1 else 0
        return out

    def raises_type_error(x):
        if len(x) > 1:
            raise TypeError("cannot add")
        return 2 * x + 1

    def inputs(rng):
        return iter([(np.arange(size),) for size in range(1, 4)])

    known = Misconception("kind", raises_type_error, "")
    asked = Task("double", 1, doubled, ("x",), inputs, (known,))
    assert verdict(asked, lambda x: adds_in_place(x) + 1).misconception == "kind"


def says_pass(x):
    """Double."""
    pass


def says_dots(x): ...


@pytest.mark.parametrize("answer", [says_pass, says_dots])
def test_an_empty_body_is_not_said_to_compute(answer):
    outcome = verdict(double(), answer)
    assert (outcome.verdict, outcome.misconception) == ("wrong", "empty-body")
    assert outcome.message == "`double` returned None: its body is still empty."
    assert "put your code in its place" in outcome.hint


@pytest.mark.parametrize("name", ["flip", "edge_map"])
def test_a_blank_answer_is_told_which_line_waits(name):
    def calls_another_stub(*args):
        raise NotImplementedError("task flip")

    outcome = verdict(task(name), calls_another_stub)
    assert outcome.verdict == "not_attempted"
    assert "`raise NotImplementedError` is still in task flip: " in outcome.message
