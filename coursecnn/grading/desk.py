"""Grade the papers on one sheet, several at a time, each in a child process."""

from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass
from queue import SimpleQueue

from .archives import ArchiveError
from .cases import examination
from .examine import BUDGET
from .judge import outcome
from .marking import all_unreadable, mark
from .notebook import UnreadableError, read
from .papers import Paper
from .sandbox import StartError, Warm
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


@dataclass(frozen=True)
class Limits:
    """What notebooks may take.

    Parameters
    ----------
    jobs : int, default 1
        How many run at the same time.
    timeout : float, default 10
        Seconds for one cell or one call of a student's function.
    memory : int, default 2048
        Megabytes for one notebook.
    """

    jobs: int = 1
    timeout: float = 10.0
    memory: int = 2048


USUAL_LIMITS = Limits()


class Desk:
    """Where the papers on one sheet are graded.

    Parameters
    ----------
    sheet : Assignment
        What they answer.
    run : Run
        Knows the secret seed, and verdicts of earlier runs.
    level : Level
        How notebooks are kept from doing harm.
    limits : Limits
        What they may take.
    """

    def __init__(self, sheet, run, level, limits):
        self._sheet, self._run, self._timeout = sheet, run, limits.timeout
        self._examinations = [examination(task, run.seed) for task in sheet.tasks]
        cpu_seconds = int(BUDGET * limits.timeout) + 1
        self._launchers = [
            Warm(level.for_job(job), sheet.preload, limits.memory, cpu_seconds)
            for job in range(limits.jobs)
        ]
        self._free = SimpleQueue()
        for launcher in self._launchers:
            self._free.put(launcher)

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
            If this system cannot run notebooks at all.
        """
        with ThreadPoolExecutor(len(self._launchers)) as pool:
            futures = [pool.submit(self._grade, paper) for paper in papers]
            try:
                for future in as_completed(futures):
                    yield future.result()
            finally:
                pool.shutdown(cancel_futures=True)
                for launcher in self._launchers:
                    launcher.close()

    def _grade(self, paper):
        try:
            data = paper.submission.read()
        except (OSError, ArchiveError) as error:  # it was there when the papers were sorted
            return Graded(paper, all_unreadable(self._sheet, f"{error}"))
        verdicts = self._run.verdicts(paper, data)
        if verdicts is not None:
            return Graded(paper, verdicts)
        try:
            verdicts = self._mark(data)
        except StartError:
            raise
        except Exception as error:  # one paper must not stop the class, whatever is in it
            message = OUR_FAULT.format(f"{type(error).__name__}: {error}")
            # It is not kept: the next run tries again.
            return Graded(paper, [outcome(task, "review", message) for task in self._sheet.tasks])
        self._run.keep(paper, data, verdicts)
        return Graded(paper, verdicts)

    def _mark(self, data):
        launcher = self._free.get()
        try:
            notebook = read(data)
            return mark(notebook, self._sheet, self._examinations, launcher, timeout=self._timeout)
        except UnreadableError as error:  # it has changed since it was first read
            return all_unreadable(self._sheet, str(error))
        finally:
            self._free.put(launcher)
