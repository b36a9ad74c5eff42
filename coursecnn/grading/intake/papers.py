"""Which sheet each submission answers, and which of several submissions counts."""

from collections import Counter
from dataclasses import dataclass, field, replace

from coursecnn.grading.intake.archives import ArchiveError
from coursecnn.grading.intake.submissions import Submission
from coursecnn.grading.judging.verdict import one_line
from coursecnn.grading.running.notebook import Notebook, UnreadableError, read
from coursecnn.grading.task import Assignment
from coursecnn.grading.tasks import NO_SHEET, answered_by, assignment


@dataclass(frozen=True)
class Paper:
    """A submission, and the sheet that it answers.

    Parameters
    ----------
    submission : Submission
        Whose it is, and where it lies.
    assignment : Assignment or None
        None if nobody can tell.
    problem : str, optional
        Why it cannot be read, as a sentence.
    notes : tuple of str
        What the student and the instructor should know about it.
    """

    submission: Submission
    assignment: Assignment | None
    problem: str = ""
    notes: tuple[str, ...] = field(default=())


def sort(submissions, name=None):
    """Find the sheet of each submission, and keep the newest of several on one sheet.

    Parameters
    ----------
    submissions : sequence of Submission
        All that was handed in.
    name : str, optional
        The sheet that all of them answer; else each says so itself, or its file name does, or it
        is taken for what most others are.

    Returns
    -------
    list of Paper
        One per student and sheet, in the order of the submissions.

    Raises
    ------
    ValueError
        If there is no sheet of that name.
    """
    papers = [_paper(submission, name) for submission in submissions]
    usual = Counter(paper.assignment.name for paper in papers if paper.assignment).most_common(1)
    if usual:
        papers = [_assume(paper, assignment(usual[0][0])) for paper in papers]
    return _newest(papers)


def _paper(submission, name):
    """The paper as far as it speaks for itself."""
    try:
        notebook = read(submission.read())
    except Exception as error:  # whatever is in one file must not stop the class
        sheet = answered_by(Notebook(()), submission.path, name)
        return Paper(submission, sheet, _reason(error))
    sheet = answered_by(notebook, submission.path, name)
    problem = "" if sheet else NO_SHEET
    return Paper(submission, sheet, problem, _other_version(notebook, sheet))


def _reason(error):
    """Why a file cannot be read, as a sentence, without the instructor's paths."""
    if isinstance(error, (UnreadableError, ArchiveError)):
        return one_line(str(error))
    if isinstance(error, OSError):
        return one_line(f"{error.strerror or error}.")
    return f"The file cannot be read ({type(error).__name__})."


def _other_version(notebook, sheet):
    if sheet is None or notebook.version in (None, sheet.version):
        return ()
    return (
        f"The notebook was made for version {notebook.version} of the tasks; "
        f"it was graded by version {sheet.version}.",
    )


def _assume(paper, usual):
    """Take a paper that says nothing for what most others are."""
    if paper.assignment is not None:
        return paper
    note = f"The file does not say which assignment it answers; taken for {usual.name}."
    problem = "" if paper.problem == NO_SHEET else paper.problem
    return replace(paper, assignment=usual, problem=problem, notes=(*paper.notes, note))


def _newest(papers):
    """One paper per student and sheet: the newest, which says that there were others."""
    groups = {}
    for paper in papers:
        sheet = paper.assignment and paper.assignment.name
        groups.setdefault((paper.submission.student, sheet), []).append(paper)
    return [_best(group) for group in groups.values()]


def _best(group):
    newest = max(group, key=lambda paper: (not paper.problem, paper.submission.time))
    if len(group) == 1:
        return newest
    name = one_line(newest.submission.path.name)  # such as a terminal can show
    note = f"{len(group)} submissions were found; {name} counts."
    return replace(newest, notes=(*newest.notes, note))
