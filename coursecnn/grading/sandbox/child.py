"""A conversation with one child process, in which every answer has a deadline."""

import contextlib
import threading
import time

from ..inside import wire

START_SECONDS = 60
TICK = 0.05  # seconds between two looks at the clock


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
