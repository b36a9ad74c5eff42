"""Check one's own notebook as a whole, on any system, in a process of its own."""

from coursecnn.grading import tasks
from coursecnn.grading.judging.mark import all_unreadable, mark
from coursecnn.grading.judging.test_cases import public_cases
from coursecnn.grading.running.notebook import Notebook, UnreadableError, read
from coursecnn.grading.running.one_shot import OneShot


def check_notebook(path, *, assignment=None, timeout=10.0):
    """Run a notebook and try all of its tasks on the public cases.

    Parameters
    ----------
    path : Path
        The notebook.
    assignment : str, optional
        The sheet that it answers; by default it says so itself, or its file name does.
    timeout : float, default 10
        Seconds for one cell or one call.

    Returns
    -------
    list of Verdict
        One per task of the sheet.

    Raises
    ------
    ValueError
        If nobody can tell which sheet it is.
    """
    problem = tasks.NO_SHEET
    try:
        notebook = read(path.read_bytes())
    except UnreadableError as error:
        notebook, problem = Notebook(()), str(error)
    sheet = tasks.answered_by(notebook, path, assignment)
    if sheet is None:
        raise ValueError(f"{path}: {problem}")
    if problem != tasks.NO_SHEET:
        return all_unreadable(sheet, f"{path}: {problem}")
    cases = [public_cases(task) for task in sheet.automatic]
    launcher = OneShot(path.resolve().parent)
    return mark(notebook, sheet, cases, launcher, timeout=timeout, show_inputs=True)
