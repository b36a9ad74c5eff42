"""Grade the papers on one sheet: what is known already is not run again, and nothing stops it."""

from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass

from .archives import ArchiveError
from .judge import outcome
from .marking import all_unreadable
from .papers import Paper
from .sandbox import StartError
from .verdict import Verdict

OUR_FAULT = "The grader itself failed on this notebook ({}); a person must look at it."


@dataclass(frozen=True)
class Graded:
    """One paper with its verdicts.

    Parameters
    ----------
    paper : Paper
        What was handed in.
    verdicts : list of Verdict
        One per task; none if nobody can tell which sheet it answers.
    """

    paper: Paper
    verdicts: list[Verdict]

    @property
    def sheet(self):
        """Name of the assignment, empty if nobody can tell."""
        return self.paper.assignment.name if self.paper.assignment else ""


class Desk:
    """Where the papers on one sheet are graded.

    Parameters
    ----------
    sheet : Assignment
        What they answer.
    run : Run
        Knows the secret seed, and verdicts of earlier runs.
    place : Machine or Cluster
        Where notebooks are run.
    """

    def __init__(self, sheet, run, place):
        self._sheet, self._run = sheet, run
        self._marker = place.marker(sheet, run.seed)

    def grade(self, papers):
        """Grade papers.

        Parameters
        ----------
        papers : sequence of Paper
            All on this sheet.

        Yields
        ------
        Graded
            In the order in which they are ready.

        Raises
        ------
        StartError
            If notebooks cannot be run at all.
        """
        with ThreadPoolExecutor(self._marker.jobs) as pool:
            futures = [pool.submit(self._grade, paper) for paper in papers]
            try:
                for future in as_completed(futures):
                    yield future.result()
            finally:
                pool.shutdown(cancel_futures=True)
                self._marker.close()

    def _grade(self, paper):
        try:
            data = paper.submission.read()
        except (OSError, ArchiveError) as error:  # it was there when the papers were sorted
            return Graded(paper, all_unreadable(self._sheet, f"{error}"))
        verdicts = self._run.verdicts(paper, data)
        if verdicts is not None:
            return Graded(paper, verdicts)
        try:
            verdicts = self._marker.mark(data)
        except StartError:
            raise
        except Exception as error:  # one paper must not stop the class, whatever is in it
            message = OUR_FAULT.format(f"{type(error).__name__}: {error}")
            # It is not kept: the next run tries again.
            return Graded(paper, [outcome(task, "review", message) for task in self._sheet.tasks])
        self._run.keep(paper, data, verdicts)
        return Graded(paper, verdicts)
