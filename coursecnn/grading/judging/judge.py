"""From the answers of a student's function to a verdict, with the mistake named if known."""

import re

import numpy as np

from coursecnn.grading.judging.compare import beginning, difference, same, single_precision
from coursecnn.grading.judging.verdict import outcome
from coursecnn.grading.running.results import Lost, Raised, Value

NO_RETURN = "The function computes something, but its last line must hand it out with `return`."
SELDOM_RETURN = (
    "In some cases the function ends without a result: does every path through it come to a "
    "`return`?"
)
RETURNED_EARLY = (
    "Only the beginning of the result is there. When a `return` stands inside a loop, it ends the "
    "function in the first round: move it to the left, behind the loop."
)
EMPTY_BODY = (
    "Where `pass` or `...` stands, put your code in its place; its last line hands the result out "
    "with `return`."
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
    single = single_precision(case.args)
    return difference(result.value, case.expected, single, result.sequence)


def _explain(cases, results, failures, show_inputs):
    task = cases.task
    silent = [failure for failure in failures if _silent(failure[1])]
    known = _recognise(cases, results, failures)
    name, hint = (known.slug, known.hint) if known else _habit(results, failures, silent)
    if len(silent) == len(results) and not known:
        empty = ": its body is still empty" if name == "empty-body" else ""
        return outcome(task, "wrong", f"`{task.id}` returned None{empty}.", name, hint)
    loud = [failure for failure in failures if not _silent(failure[1])]
    told = silent if name == "no-return" else loud
    case, result, complaint = min(told or failures, key=lambda failure: _telling(failure[0]))
    pause = "," if case.args and (isinstance(result, Raised) or ";" in complaint) else ""
    found = f"`{task.id}` {complaint}{pause}{_situation(task, case, show_inputs)}."
    if len(results) > 1:
        beside = f"; in {len(silent)} it returned None" if silent and told is not silent else ""
        found += f" Wrong in {len(failures)} of {len(results)} cases{beside}."
    failed = all(isinstance(result, Raised) for _, result, _ in failures)
    verdict = "error" if failed and not known else "wrong"
    return outcome(task, verdict, found, name, hint, inputs=_grids(task, case, show_inputs))


def _habit(results, failures, silent):
    """Name and hint of a mistake that any function may make, or two empty texts."""
    others = [result for result in results if not _silent(result)]
    if not others:
        empty = all(result.empty for result in results)
        return ("empty-body", EMPTY_BODY) if empty else ("no-return", NO_RETURN)
    if silent and all(isinstance(result, Raised) for result in others):
        return "no-return", NO_RETURN
    ends = [_ends_early(case, result) for case, result, _ in failures if not _silent(result)]
    if ends and all(ends) and any(np.size(case.expected) > 1 for case, *_ in failures):
        return "returned-too-early", RETURNED_EARLY
    if silent and not ends:
        return "no-return", SELDOM_RETURN
    return "", SELDOM_RETURN if silent else ""


def _ends_early(case, result):
    single = single_precision(case.args)
    return isinstance(result, Value) and beginning(result.value, case.expected, single)


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
    """Whether an exception is of the class of the mistake's, or of one that is made from it."""
    return type(mistake).__name__ in (result.type, *result.bases)


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
    shown = _digits if show_inputs and _is_short(case) and not _has_grids(case) else _shape
    named = zip(task.arguments, case.args, strict=False)  # the last may be left out
    *others, last = [f"{name} {shown(arg)}" for name, arg in named]
    return f" for {', '.join(others)} and {last}" if others else f" for {last}"


def _is_short(case):
    return _size(case) <= 40


def _has_grids(case):
    return any(_holds_arrays(arg) or np.ndim(arg) > 1 for arg in case.args)


def _grids(task, case, show_inputs):
    """The arrays of a call as rows below each other, where one of them has rows."""
    if case.args is None or not (show_inputs and _is_short(case) and _has_grids(case)):
        return ""
    named = zip(task.arguments, case.args, strict=False)
    return "\n".join(line for name, arg in named for line in _grid(name, arg))


def _grid(name, arg):
    """Lines with the numbers of an array; each array in a list, or slice of many, has its own."""
    if _holds_arrays(arg) or (isinstance(arg, np.ndarray) and arg.ndim > 2):
        return [line for i, part in enumerate(arg) for line in _grid(f"{name}[{i}]", part)]
    if not isinstance(arg, np.ndarray) or not arg.size:
        return []  # the message has it
    numbers = _rounded(np.atleast_2d(arg))
    places = max(len(f"{number:g}".partition(".")[2]) for number in numbers.flat)
    rows = [[f"{n:.{places}f}" if abs(n) < 1e6 else f"{n:g}" for n in row] for row in numbers]
    width = max(len(number) for row in rows for number in row)
    return [f"{name} =", *("  " + "  ".join(n.rjust(width) for n in row) for row in rows)]


def _digits(arg):
    if isinstance(arg, np.ndarray):
        return f"= {_rounded(arg).tolist()}"
    return f"= {arg!r}"


def _rounded(array):
    exact = array.astype(np.float64) if array.dtype.kind == "f" else array  # 1.3, not 1.29999995
    return np.round(exact, 3)


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
