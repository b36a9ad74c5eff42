"""A child process: how it is started, and a conversation in which every answer has a deadline.

Nothing of the grader's own is handed on to it: neither its environment nor its modules.
"""

import contextlib
import os
import sys
import threading
import time
from pathlib import Path

from coursecnn.grading.running.child import wire

START_SECONDS = 60
TICK = 0.05  # seconds between two looks at the clock
CHILD = Path(__file__).with_name("child")

# Loads the package `child` from its folder alone, without a look at its neighbours.
START = """
import importlib, importlib.util, sys
where, module, *arguments = sys.argv[1:]
spec = importlib.util.spec_from_file_location(
    "child", where + "/__init__.py", submodule_search_locations=[where])
sys.modules["child"] = importlib.util.module_from_spec(spec)
importlib.import_module("child." + module).main(*arguments)
"""


def python(module, *arguments):
    """The command line that runs `main` of one module of `child`.

    Parameters
    ----------
    module : str
        "forkserver" or "session".
    *arguments : str
        Handed to its `main`.

    Returns
    -------
    list of str
        Program and arguments.
    """
    return [sys.executable, "-I", "-B", "-c", START, str(CHILD), module, *arguments]


def environment(home):
    """Environment variables of a child: one thread, no progress bars, none of the user's own.

    Parameters
    ----------
    home : str
        A folder that the child may write to.

    Returns
    -------
    dict
        The whole environment.
    """
    kept = {name: os.environ[name] for name in ("PATH", "SYSTEMROOT") if name in os.environ}
    threads = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")
    return {
        **kept,
        **dict.fromkeys(threads, "1"),
        **dict.fromkeys(("HOME", "TMPDIR", "TEMP", "TMP", "MPLCONFIGDIR", "COURSECNN_DATA"), home),
        "COURSECNN_PROGRESS": "0",
        "LANG": "C.UTF-8",
        "MPLBACKEND": "Agg",
    }


class TooLateError(Exception):
    """The child did not answer in time; it is stopped."""


class CrashError(Exception):
    """The child ended, or sent something that is no answer; the text says which."""


class StartError(RuntimeError):
    """No child can be started: the fault of the system, not of the notebook."""


class Child:
    """One child process, as the grader sees it.

    Parameters
    ----------
    reader : binary file
        Where its messages come from.
    write : callable
        Takes the bytes of a message to it.
    stop : callable
        Breaks the connection; may be called from another thread.
    end : callable
        Ends the process for good, and returns a sentence on how it had ended.
    ahead : int, default 0
        Bytes that may wait in the connection while the child writes and nobody reads.

    Raises
    ------
    StartError
        If the child does not say that it is ready.
    """

    def __init__(self, reader, write, stop, end, ahead=0):
        self.ahead = ahead
        self._reader, self._write, self._stop, self._end = reader, write, stop, end
        self._deadline, self._lost = float("inf"), 0.0
        self._closed = threading.Event()
        self._late = False
        threading.Thread(target=self._watch, daemon=True).start()
        self._await_start()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def send(self, header, blobs=()):
        """Send one message; a child that has gone is noticed when its answer is awaited.

        Parameters
        ----------
        header, blobs : dict, sequence of bytes
            See `wire.pack`.
        """
        self.post(wire.pack(header, blobs))

    def post(self, message, *, seconds=10):
        """Send a message that is made already.

        Parameters
        ----------
        message : bytes
            See `wire.pack`.
        seconds : float, default 10
            How long the child may take to accept it.
        """
        self._deadline = self._clock() + seconds
        with contextlib.suppress(OSError, ValueError):
            self._write(message)
        self._deadline = float("inf")

    def receive(self, seconds):
        """The next message of the child.

        Parameters
        ----------
        seconds : float
            How long to wait for the whole message.

        Returns
        -------
        dict, list of bytes
            See `wire.receive`.

        Raises
        ------
        TooLateError
            If the message is not there in time; the child is stopped.
        CrashError
            If there will be no message.
        """
        self._deadline = self._clock() + seconds
        try:
            return wire.receive(self._reader)
        except (EOFError, OSError, ValueError) as error:
            raise TooLateError if self._late else CrashError(self.close()) from error
        except wire.WireError as error:
            raise CrashError(f"the program sent {error}") from error
        finally:
            self._deadline = float("inf")

    def close(self):
        """End the child.

        Returns
        -------
        str
            How it had ended, if it had.
        """
        if self._closed.is_set():
            return "the program has ended"
        self._closed.set()
        self._stop()
        return self._end()

    def _await_start(self):
        try:
            self.receive(START_SECONDS)
        except (TooLateError, CrashError) as error:
            self.close()
            raise StartError(f"a child process cannot be started: {error}") from error

    def _clock(self):
        """Seconds, without those in which the grader itself stood still: they are not the child's.

        Reading one notebook can hold up the threads that talk to others.
        """
        return time.monotonic() - self._lost

    def _watch(self):
        last = time.monotonic()
        while not self._closed.wait(TICK):
            last, before = time.monotonic(), last
            self._lost += max(0.0, last - before - 2 * TICK)
            if self._clock() > self._deadline:
                self._late = True
                self._stop()
                return
