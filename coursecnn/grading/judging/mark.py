"""One notebook: read for forbidden helpers, run on the cases of its tasks, judged task by task."""

from dataclasses import replace

from coursecnn.grading.judging.free_text import read_later, shortened
from coursecnn.grading.judging.judge import judge
from coursecnn.grading.judging.lint import Code
from coursecnn.grading.judging.verdict import outcome, reviewed
from coursecnn.grading.running.results import Lost, Raised
from coursecnn.grading.running.run_notebook import run_notebook
from coursecnn.grading.task import ManualTask


def mark(notebook, assignment, cases, launcher, *, timeout, show_inputs=False):
    """Mark one notebook.

    Parameters
    ----------
    notebook : Notebook
        The submission.
    assignment : Assignment
        What the notebook answers.
    cases : sequence of Cases
        Its automatic tasks and what they are tried on.
    launcher : OneShot or ForkServer
        Opens children to run the notebook in.
    timeout : float
        Seconds for one cell or one call.
    show_inputs : bool, default False
        Whether messages may show the numbers that functions were called with.

    Returns
    -------
    list of Verdict
        One per task, in the order of the assignment.
    """
    code = Code(notebook.trees)
    doubts = {one.task.id: code.open_use(one.task, assignment.hidden) for one in cases}
    # Who is caught by reading shall also be seen running; who hides it shall not find it.
    caught = [one for one in cases if doubts[one.task.id]]
    others = [one for one in cases if not doubts[one.task.id]]
    closed = {
        "hidden": assignment.hidden,
        "absent": code.absent(one.task for one in others),
        "shut": {one.task.id: one.task.forbidden for one in others},
    }
    found = {}
    for group, kept_away in ((others, closed), (caught, {})):
        evidence = run_notebook(notebook, group, launcher, timeout=timeout, **kept_away)
        unread = _unread(notebook, evidence)
        for one in group:
            verdict = _verdict(one, notebook, evidence, show_inputs)
            doubt = doubts[verdict.task]
            if verdict.verdict == "correct" and not doubt:
                doubt = code.hidden_use(one.task, assignment.hidden) or unread
            answer = _source(notebook, verdict.task)
            found[verdict.task] = reviewed(verdict, doubt, answer) if doubt else verdict
    return [
        read_later(notebook, task) if isinstance(task, ManualTask) else found[task.id]
        for task in assignment.tasks
    ]


def all_unreadable(assignment, reason):
    """The verdicts on a file that is not a notebook.

    Parameters
    ----------
    assignment : Assignment
        What it should have answered.
    reason : str
        What is wrong with the file, as a sentence.

    Returns
    -------
    list of Verdict
        One per task, without points.
    """
    return [outcome(task, "unreadable", reason) for task in assignment.tasks]


def _verdict(cases, notebook, evidence, show_inputs):
    task = cases.task
    results = evidence.results.get(task.id)
    if not results:
        return _missing(task, notebook, evidence)
    return replace(
        judge(cases, results, show_inputs=show_inputs),
        seconds=evidence.seconds.get(task.id, 0.0),
    )


def _missing(task, notebook, evidence):
    """Why a notebook that has run does not define the name of a task."""
    failure = evidence.cells.get(notebook.place(task.id))
    if isinstance(failure, Lost):
        message = f"`{task.id}` is not defined: {failure.message}."
        return outcome(task, failure.verdict, message)
    if isinstance(failure, Raised) and failure.type != "NotImplementedError":
        message = f"`{task.id}` is not defined, because its cell failed with {failure}."
        return outcome(task, "error", message)
    return outcome(task, "not_attempted", f"The notebook does not define `{task.id}`.")


def _unread(notebook, evidence):
    """A clause on code that runs, but could not be read before; None if there is none."""
    for position, _ in notebook.work():
        if notebook.trees[position - 1] is None and position not in evidence.cells:
            return f"code cell {position} is too intricate to be read by the grader"
    return None


def _source(notebook, name):
    """The cell that defines a name, for a person to read."""
    place = notebook.place(name)
    return shortened(notebook.sources[place - 1]) if place else ""
