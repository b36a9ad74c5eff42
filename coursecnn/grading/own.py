"""Check one's own notebook as a whole, on any system, in a process of its own."""

from .cases import public
from .marking import all_unreadable, mark
from .notebook import UnreadableError, read
from .papers import sort
from .sandbox import Spawn
from .submissions import Submission


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
    (paper,) = sort([Submission(path.stem, path, 0.0, path.read_bytes)], assignment)
    if paper.assignment is None:
        raise ValueError(f"{path}: {paper.problem}")
    try:
        notebook = read(path.read_bytes())
    except UnreadableError as error:
        return all_unreadable(paper.assignment, f"{path}: {error}")
    cases = [public(task) for task in paper.assignment.automatic]
    launcher = Spawn(path.resolve().parent)
    return mark(notebook, paper.assignment, cases, launcher, timeout=timeout, show_inputs=True)
