"""The student's side: try an answer within a second, offline, and say what was found."""

import contextlib
import io
import warnings

from .cases import public
from .display import show, waiting
from .inside.session import reply
from .judge import judge, outcome
from .replies import read
from .tasks import task as find_task

CALL_ME = (
    "`check` wants the function itself, without brackets behind its name: "
    'check("{id}", {id}), not check("{id}", {id}(…)).'
)


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

    Examples
    --------
    >>> check("flip", lambda kernel: kernel[::-1, ::-1])
    ✔ flip: right – 1 of 1 points
      Right in all 10 cases.
    """
    show(verdict(find_task(task_id), answer))


def verdict(task, answer):
    """Judge an answer by the public cases, in this process.

    Parameters
    ----------
    task : Task
        What is asked.
    answer : object
        The function or value.

    Returns
    -------
    Verdict
        Its message may show the inputs, never the right answer.
    """
    if answer is None or answer is Ellipsis:
        return outcome(task, "not_attempted", "Not attempted yet.")
    if task.inputs is not None and not callable(answer):
        return outcome(task, "error", CALL_ME.format(id=task.id))
    examination = public(task)
    with warnings.catch_warnings(), contextlib.redirect_stderr(io.StringIO()):
        warnings.simplefilter("ignore")
        replies = [read(*reply(answer, case.fresh_args())) for case in examination.cases]
    return judge(examination, replies, show_inputs=True)


@contextlib.contextmanager
def when_written():
    """Run a block that shows a function, and wait quietly while that function is not written yet.

    Examples
    --------
    >>> with when_written():
    ...     raise NotImplementedError("task flip")
    This picture appears once task flip is written.
    """
    try:
        yield
    except NotImplementedError as error:
        waiting(str(error))
