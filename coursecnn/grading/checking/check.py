"""The student's side: try an answer within a second, offline, and say what was found."""

import contextlib
import io
import os
import traceback
import warnings

from coursecnn.grading.checking.display import as_text, show, waiting
from coursecnn.grading.checking.written import cells, written
from coursecnn.grading.judging.judge import judge
from coursecnn.grading.judging.lint import Code
from coursecnn.grading.judging.test_cases import public_cases, secret_cases
from coursecnn.grading.judging.verdict import outcome, reviewed
from coursecnn.grading.running.child.cells import CELL
from coursecnn.grading.running.child.session import reply
from coursecnn.grading.running.child.stub import shut
from coursecnn.grading.running.results import read
from coursecnn.grading.task import ManualTask
from coursecnn.grading.tasks import assignment
from coursecnn.grading.tasks import names as assignments
from coursecnn.grading.tasks import task as find_task

CALL_ME = (
    "`check` wants the function itself, without brackets behind its name: "
    'check("{id}", {id}), not check("{id}", {id}(…)).'
)
NO_QUOTES = '`check` wants the function itself, without quotation marks: check("{id}", {id}).'


def check(task_id, answer):
    """Try an answer on a few cases and show what is right, what is wrong, and a hint.

    Parameters
    ----------
    task_id : str
        Name of the task, which is the name of the function or value that it asks for.
    answer : object
        The function itself (it is called), or the value.

    Raises
    ------
    ValueError
        If there is no such task.
    AssertionError
        Where nbgrader validates the notebook, if the answer is not right: a cell that raises
        nothing is right to nbgrader.

    Examples
    --------
    >>> check("flip", lambda kernel: kernel[::-1, ::-1])
    ✔ flip: right – 1 of 1 points
      Right in all 10 cases.
    """
    task = find_task(task_id)
    try:
        found = verdict(task, answer)
    except KeyboardInterrupt as stop:
        found = _stopped(task, stop)
    show(found)
    if os.environ.get("NBGRADER_EXECUTION") == "validate":
        _demand(found)


def require(task_id, answer, *, seed=None):
    """Raise unless an answer is right: for graders that go by what a cell raises.

    The answer runs in this process, unguarded, as everything does in such a grader. An answer that
    leans on a forbidden helper raises nothing if it is right: such a grader knows no third verdict,
    and `coursecnn grade` gives the points, too, until a person has decided.

    Parameters
    ----------
    task_id : str
        Name of the task.
    answer : object
        The function itself, or the value.
    seed : int, optional
        Tries the cases that `coursecnn grade --seed` tries, so that both give the same points;
        by default the few that `check` tries.

    Raises
    ------
    AssertionError
        If the answer is not right in every case; the message says what `check` would say.
    ValueError
        If there is no such task.

    Examples
    --------
    >>> require("flip", lambda kernel: kernel[::-1, ::-1], seed=1)
    """
    _demand(verdict(find_task(task_id), answer, seed))


def verdict(task, answer, seed=None):
    """Judge an answer in this process.

    Parameters
    ----------
    task : Task or ManualTask
        What is asked.
    answer : object
        The function or value.
    seed : int, optional
        Of secret cases, which the message does not show; by default the cases are the public ones.

    Returns
    -------
    Verdict
        Its message may show public inputs, never the right answer.
    """
    if isinstance(task, ManualTask):
        return outcome(task, "manual", "A person will read this answer: there is nothing to try.")
    if answer is None or answer is Ellipsis:
        return outcome(task, "not_attempted", f"`{task.id}` has no value yet.")
    if task.inputs is not None and not callable(answer):
        explained = NO_QUOTES if isinstance(answer, str) else CALL_ME
        return outcome(task, "error", explained.format(id=task.id))
    exam = public_cases(task) if seed is None else secret_cases(task, seed)
    code, closed = Code(written(answer)), _closed(task)
    doubt = code.open_use(task, closed)
    names = (*task.forbidden, *closed)
    kept_away = (names, code.absent([task])) if cells() and not doubt else ()
    with warnings.catch_warnings(), contextlib.redirect_stderr(io.StringIO()):
        warnings.simplefilter("ignore")
        with shut(*kept_away):  # as a child of the grader does
            results = [read(*reply(answer, case.fresh_args())) for case in exam.cases]
        found = judge(exam, results, show_inputs=seed is None)
    if found.verdict == "correct" and not doubt:
        doubt = code.hidden_use(task, closed)
    return reviewed(found, doubt) if doubt else found


def _closed(task):
    """Modules that no answer to the sheet of a task may use."""
    sheets = map(assignment, assignments())
    return next((one.hidden for one in sheets if task.id in {t.id for t in one.tasks}), ())


def _stopped(task, stop):
    """What to say when the stop button of a notebook has ended a student's function."""
    lines = [at for at in traceback.extract_tb(stop.__traceback__) if CELL.search(at.filename)]
    if not lines or "NBGRADER_EXECUTION" in os.environ:  # nbgrader stops what takes too long
        raise stop
    where = f"line {lines[-1].lineno}, `{lines[-1].line}`"
    message = f"`{task.id}` was stopped in {where}. Does every loop come to an end?"
    return outcome(task, "timeout", message)


def _demand(found):
    """Raise unless the answer has its points; one that a person will look at keeps them."""
    if found.verdict not in ("correct", "review"):
        raise AssertionError(as_text(found))


@contextlib.contextmanager
def when_written():
    """Run a block that shows a function, and wait quietly while that function is not written yet.

    Examples
    --------
    >>> with when_written():
    ...     raise NotImplementedError("task flip")
    The output of this cell appears once task flip is written.
    """
    try:
        yield
    except NotImplementedError as error:
        waiting(str(error))
