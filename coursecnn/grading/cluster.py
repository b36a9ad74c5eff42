"""Mark notebooks on many machines: an existing dask.distributed cluster does the work.

Every worker isolates the notebooks itself and compares the answers itself, as `Machine` does; only
the bytes of notebooks go out, and only verdicts come back. Workers may come, go and die.
"""

import threading
from dataclasses import replace
from functools import cache
from itertools import count

from coursecnn.grading.machine import Machine
from coursecnn.grading.run_cache import checks
from coursecnn.grading.running.process import StartError
from coursecnn.grading.tasks import assignment

RETRIES = 3  # of a notebook whose worker has failed
PATIENCE = 60  # seconds without any worker
ANSWER_SECONDS = 10  # in which the scheduler must answer for the first time


class Cluster:
    """The workers of a dask.distributed scheduler as a place to run notebooks.

    Parameters
    ----------
    address : str
        Of the scheduler, such as "tcp://10.0.0.1:8786".
    limits : Limits
        What notebooks may take; `jobs` is the workers' own affair.
    private : sequence of Path, optional
        Folders that notebooks must not see, should the workers have them.
    trusted : bool, default False
        Whether notebooks may be run with limits only, where they cannot be isolated.

    Attributes
    ----------
    level : Level
        How notebooks are kept from doing harm, at the weakest worker.

    Raises
    ------
    RuntimeError
        If dask.distributed is not installed, the scheduler does not answer, it has no workers, or
        a worker has other tasks than this machine or cannot isolate notebooks.
    """

    def __init__(self, address, limits, private=(), *, trusted=False):
        self._order = replace(limits, jobs=1), tuple(private), trusted  # what workers must know
        self._client = _connect(address)
        try:
            self.level = self._inspect(address)
        except BaseException:
            self._client.close()
            raise

    def marker(self, sheet, seed):
        """Get ready for the notebooks on one sheet.

        Parameters
        ----------
        sheet : Assignment
            What they answer; the workers must have it too.
        seed : int
            The secret seed of the inputs.

        Returns
        -------
        RemoteMarker
            To be closed in the end.
        """
        return RemoteMarker(self._client, self._order, sheet, seed)

    def close(self):
        """Leave the cluster as it was found."""
        self._client.close()

    def _inspect(self, address):
        levels = self._client.run(_worker_level, self._order, checks())
        if not levels:
            raise RuntimeError(f"the scheduler {address} has no workers; start some and try again")
        for worker, found in levels.items():
            if isinstance(found, str):
                raise RuntimeError(f"the worker {worker} cannot help: {found}")
        return min(levels.values(), key=lambda level: level.jail)


class RemoteMarker:
    """Has notebooks on one sheet marked by the workers of a cluster, as `machine.Marker` does here.

    `jobs` are on their way at the same time: enough that no worker waits.
    """

    def __init__(self, client, order, sheet, seed):
        self._client, self._order, self._sheet, self._seed = client, order, sheet, seed
        self.jobs = 2 * max(1, _threads(client)) + 2

    def mark(self, data):
        """Have one notebook marked.

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
            If all workers have gone, or one that came late cannot isolate notebooks.
        """
        future = self._client.submit(
            _mark_there, self._order, self._sheet.name, self._seed, data, pure=False,
            retries=RETRIES,
        )  # fmt: skip
        while True:
            try:
                return future.result(timeout=PATIENCE)
            except TimeoutError:
                self._still_there()

    def close(self):
        """Nothing: the processes belong to the workers."""

    def _still_there(self):
        if self._client.status != "running" or not _threads(self._client):
            raise StartError(
                f"no worker of the cluster has been there for {PATIENCE} s; start workers and "
                "give the same command again: what is graded is kept"
            ) from None


def _connect(address):
    try:
        from distributed import Client  # an extra: most graders need one machine only
    except ImportError as error:
        raise RuntimeError(
            "`--scheduler` needs dask.distributed; pip install 'coursecnn[scale]'"
        ) from error
    try:
        return Client(address, timeout=ANSWER_SECONDS, set_as_default=False)
    except (OSError, ValueError, TimeoutError) as error:
        raise RuntimeError(
            f"the scheduler {address} does not answer ({error}); start one by `dask scheduler` "
            "and workers by `dask worker`, or leave `--scheduler` out"
        ) from error


def _threads(client):
    return sum(client.nthreads().values())


def _worker_level(order, expected):
    """On a worker: how it isolates notebooks, or a sentence on why it cannot help."""
    if checks() != expected:
        return "its version of coursecnn has other tasks; install the same version everywhere"
    try:
        # How children are started stays there: it cannot be sent.
        return replace(_machine(order, 0).level, wrap=None)
    except RuntimeError as error:
        return str(error)


def _mark_there(order, sheet, seed, data):
    """On a worker: mark one notebook."""
    return _own_marker(order, sheet, seed).mark(data)


_local = threading.local()
_numbers = count()


def _own_marker(order, sheet, seed):
    """The marker of this thread, made anew for another class."""
    key = order, sheet, seed
    if getattr(_local, "key", None) != key:
        if hasattr(_local, "marker"):
            _local.marker.close()
        machine = _machine(order, threading.get_ident())
        _local.marker, _local.key = machine.marker(assignment(sheet), seed), key
    return _local.marker


@cache
def _machine(order, thread):
    """The worker as a place to run notebooks: one for each thread, which has a user of its own."""
    limits, private, trusted = order
    return Machine(limits, private, trusted=trusted, first=next(_numbers))
