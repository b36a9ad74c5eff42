"""From the answers of a student's function to a verdict, with the mistake named if known."""

import re

import numpy as np

from coursecnn.grading.judging.compare import difference, same, single_precision
from coursecnn.grading.judging.verdict import outcome
from coursecnn.grading.running.results import Lost, Raised, Value

NO_RETURN = "The function computes something, but its last line must hand it out with `return`."
SELDOM_RETURN = (
    "In some cases the function ends without a result: does every path through it come to a "
    "`return`?"
)

TINY = 6  # numbers: so few show little


def judge(cases, results, *, show_inputs=False):
    """Compare the answers with what is right.

    Parameters
    ----------
    cases : Cases
        The task and what it is tried on.
    results : list of Value, Raised or Lost
        One per case; a `Lost` may be the last of fewer.
    show_inputs : bool, default False
        Whether the message may show the numbers that the function was called with.

    Returns
    -------
    Verdict
        All points if every answer is right, else none.
    """
    if isinstance(results[-1], Lost):
        return outcome(cases.task, results[-1].verdict, _sentence(results[-1].message))
    if all(_blank(result) for result in results):
        return _still_blank(cases.task, results[0])
    failures = [
        (case, result, complaint)
        for case, result in zip(cases.cases, results, strict=True)
        if (complaint := _complaint(result, case))
    ]
    if not failures:
        return outcome(cases.task, "correct", f"Right in all {len(results)} cases.")
    return _explain(cases, results, failures, show_inputs)


def _sentence(clause):
    return f"{clause[:1].upper()}{clause[1:]}."


def _blank(result):
    """Whether the answer is what the empty sheet gives."""
    return isinstance(result, Raised) and result.type == "NotImplementedError"


def _still_blank(task, result):
    """The stub that raises may be that of an earlier task, whose function this one calls."""
    where = result.message if result.message.startswith("task ") else f"task {task.id}"
    todo = f"The line `raise NotImplementedError` is still in {where}: put yours in its place."
    return outcome(task, "not_attempted", todo)


def _complaint(result, case):
    """A clause on what is wrong with one result, or None."""
    if isinstance(result, Raised):
        return f"raised {result}"
    if result.value is None:
        return "returned None"
    return difference(result.value, case.expected, single_precision(case.args))


def _explain(cases, results, failures, show_inputs):
    task = cases.task
    known = _recognise(cases, results, failures)
    silent = [] if known else [failure for failure in failures if _silent(failure[1])]
    case, _, complaint = min(silent or failures, key=lambda failure: _telling(failure[0]))
    found = f"`{task.id}` {complaint}{_situation(task, case, show_inputs)}."
    tally = f" Wrong in {len(failures)} of {len(results)} cases." if len(results) > 1 else ""
    if known:
        return outcome(task, "wrong", found + tally, known.slug, known.hint)
    if len(silent) == len(results):
        return outcome(task, "wrong", f"`{task.id}` returned None.", "no-return", NO_RETURN)
    if silent:
        never = all(isinstance(result, Raised) or _silent(result) for result in results)
        hint = NO_RETURN if never else SELDOM_RETURN
        return outcome(task, "wrong", found + tally, "no-return", hint)
    verdict = "error" if all(isinstance(result, Raised) for _, result, _ in failures) else "wrong"
    return outcome(task, verdict, found + tally)


def _silent(result):
    """Whether a call came to its end without a result."""
    return isinstance(result, Value) and result.value is None


def _recognise(cases, results, failures):
    """The misconception that gives the same answers in every case."""
    alike = (
        _same_type if any(isinstance(result, Value) for _, result, _ in failures) else _same_words
    )
    for known, mistakes in cases.mistakes:
        triples = zip(results, mistakes, cases.cases, strict=True)
        if all(_same_mistake(*triple, alike) for triple in triples):
            return known
    return None


def _same_mistake(result, mistake, case, alike):
    if isinstance(mistake, Exception):
        return isinstance(result, Raised) and alike(result, mistake)
    return isinstance(result, Value) and same(result.value, mistake, single_precision(case.args))


def _same_type(result, mistake):
    return result.type == type(mistake).__name__


def _same_words(result, mistake):
    """Whether two exceptions differ at most in numbers: alone, their type says too little."""
    words = [re.findall(r"[^\W\d]+", text[:500]) for text in (result.message, str(mistake))]
    return _same_type(result, mistake) and words[0] == words[1]


def _telling(case):
    """Order of the cases by how much they teach: the small before the large, the tiny last."""
    return _size(case) < TINY, _size(case)


def _size(case):
    return sum(map(_entries, case.args or ()))


def _entries(arg):
    """How many numbers an argument holds; the arrays in a list may be of unequal shapes."""
    return sum(map(_entries, arg)) if isinstance(arg, (list, tuple)) else np.size(arg)


def _situation(task, case, show_inputs):
    """For which call the complaint is: the shapes, or the numbers where these may be shown."""
    if case.args is None:
        return ""
    arrays = list(zip(task.arguments, case.args, strict=False))  # the last may be left out
    if show_inputs and _size(case) <= 40:
        return " for " + " and ".join(f"{name} = {_digits(arg)}" for name, arg in arrays)
    return " for " + " and ".join(f"{name} {_shape(arg)}" for name, arg in arrays)


def _digits(arg):
    if _holds_arrays(arg):
        return f"[{', '.join(map(_digits, arg))}]"
    if isinstance(arg, np.ndarray):
        exact = arg.astype(np.float64) if arg.dtype.kind == "f" else arg  # 1.3, not 1.29999995
        return str(np.round(exact, 3).tolist())
    return repr(arg)


def _shape(arg):
    if isinstance(arg, np.ndarray):
        return f"of shape {arg.shape}"
    return f"of shapes {_shapes(arg)}" if _holds_arrays(arg) else f"= {arg!r}"


def _shapes(arg):
    return arg.shape if isinstance(arg, np.ndarray) else [_shapes(item) for item in arg]


def _holds_arrays(arg):
    return isinstance(arg, (list, tuple)) and any(
        isinstance(item, np.ndarray) or _holds_arrays(item) for item in arg
    )
