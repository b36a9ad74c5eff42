"""Mark notebooks on this machine, several at a time, each in a child process."""

from dataclasses import dataclass
from queue import SimpleQueue

from coursecnn.grading.judging.mark import all_unreadable, mark
from coursecnn.grading.judging.test_cases import secret_cases
from coursecnn.grading.running.notebook import UnreadableError, read
from coursecnn.grading.running.run_notebook import BUDGET
from coursecnn.grading.sandbox import ForkServer, choose


@dataclass(frozen=True)
class Limits:
    """What notebooks may take.

    Parameters
    ----------
    jobs : int, default 1
        How many run at the same time on one machine.
    timeout : float, default 10
        Seconds for one cell or one call of a student's function.
    memory : int, default 2048
        Megabytes for one notebook.
    """

    jobs: int = 1
    timeout: float = 10.0
    memory: int = 2048


USUAL_LIMITS = Limits()


class Machine:
    """This machine as a place to run notebooks.

    Parameters
    ----------
    limits : Limits
        What notebooks may take.
    private : sequence of Path, optional
        Folders that notebooks must not see.
    trusted : bool, default False
        Whether notebooks may be run with limits only, where they cannot be isolated.
    first : int, default 0
        Number of the first job. Jobs with different numbers run as different users, where the
        system lets them.

    Attributes
    ----------
    level : Level
        How notebooks are kept from doing harm.

    Raises
    ------
    IsolationError
        If notebooks cannot be isolated here and are not trusted.
    """

    def __init__(self, limits, private=(), *, trusted=False, first=0):
        self._limits, self._first = limits, first
        self.level = choose(private, trusted=trusted)

    def marker(self, sheet, seed):
        """Get ready for the notebooks on one sheet.

        Parameters
        ----------
        sheet : Assignment
            What they answer.
        seed : int
            The secret seed of the inputs.

        Returns
        -------
        Marker
            To be closed in the end.
        """
        launchers = [
            ForkServer(
                self.level.for_job(self._first + job),
                sheet.preload,
                self._limits.memory,
                int(BUDGET * self._limits.timeout) + 1,
            )
            for job in range(self._limits.jobs)
        ]
        return Marker(sheet, seed, launchers, self._limits.timeout)

    def close(self):
        """Nothing: each marker ends its own processes."""


class Marker:
    """Marks notebooks on one sheet; several threads may use it.

    Parameters
    ----------
    sheet : Assignment
        What the notebooks answer.
    seed : int
        The secret seed of the inputs.
    launchers : sequence of ForkServer
        One per notebook at a time.
    timeout : float
        Seconds for one cell or one call.

    Attributes
    ----------
    jobs : int
        How many notebooks it marks at the same time.
    """

    def __init__(self, sheet, seed, launchers, timeout):
        self.jobs = len(launchers)
        self._sheet, self._timeout, self._launchers = sheet, timeout, launchers
        self._cases = [secret_cases(task, seed) for task in sheet.automatic]
        self._free = SimpleQueue()
        for launcher in launchers:
            self._free.put(launcher)

    def mark(self, data):
        """Mark one notebook.

        Parameters
        ----------
        data : bytes
            Contents of the file.

        Returns
        -------
        list of Verdict
            One per task.

        Raises
        ------
        StartError
            If this system cannot run notebooks at all.
        """
        launcher = self._free.get()
        try:
            notebook = read(data)
            return mark(notebook, self._sheet, self._cases, launcher, timeout=self._timeout)
        except UnreadableError as error:
            return all_unreadable(self._sheet, str(error))
        finally:
            self._free.put(launcher)

    def close(self):
        """End the processes that it has started."""
        for launcher in self._launchers:
            launcher.close()
