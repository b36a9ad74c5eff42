"""The grader's side of the fork server: children in a few milliseconds each (Linux)."""

import contextlib
import json
import shutil
import socket
import subprocess
import tempfile

from coursecnn.grading.running.process import (
    START_SECONDS,
    Child,
    StartError,
    environment,
    python,
)
from coursecnn.grading.sandbox.bubblewrap import PACKAGE, PROCESSES

AHEAD = 2**15  # bytes; a socket of Linux takes several times as much


class ForkServer:
    """A process that has imported NumPy and forks one child per notebook.

    Parameters
    ----------
    level : Level
        How the children are kept from doing harm.
    preload : sequence of str
        Modules to import once.
    memory : int
        Megabytes that one child may take.
    cpu_seconds : int
        Processor seconds that one child may take.
    """

    def __init__(self, level, preload=(), memory=2048, cpu_seconds=60):
        processes = PROCESSES if level.jail else None
        self._limits = {"memory": memory, "cpu_seconds": cpu_seconds, "processes": processes}
        self._level = level
        self._preload = ("numpy", *preload)
        self._process = None

    def open(self, hidden=()):
        """Fork a child.

        Parameters
        ----------
        hidden : sequence of str, optional
            Packages of the library whose files a jailed child shall not see.

        Returns
        -------
        Child
            To be used as a context manager; close it before the next one is opened.

        Raises
        ------
        StartError
            If the fork server cannot be started.
        """
        ours, theirs = socket.socketpair()
        masked = [str(PACKAGE.parent.joinpath(*name.split("."))) for name in hidden]
        try:
            with theirs:
                self._start_child(theirs, masked)
        except BaseException:
            ours.close()
            raise
        reader = ours.makefile("rb")

        def stop():
            with contextlib.suppress(OSError):  # the other end was faster
                ours.shutdown(socket.SHUT_RDWR)

        def end():
            reader.close()
            ours.close()
            return self._end_child()

        return Child(reader, ours.sendall, stop, end, AHEAD)

    def _start_child(self, connection, masked):
        """Order a child; a parent that a child has killed is replaced by a new one."""
        for _ in range(2):
            try:
                if self._process is None:
                    self._start_parent()
                order = json.dumps({"order": "start", "masked": masked, **self._limits}).encode()
                socket.send_fds(self._control, [order], [connection.fileno()])
                self._hear()
                return
            except (OSError, EOFError):
                self.close()
        raise StartError("the parent of the children cannot be started")

    def _start_parent(self):
        level = self._level
        self._home = None if level.jail else tempfile.mkdtemp(prefix="coursecnn-")
        self._control, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self._control.settimeout(START_SECONDS)
        settings = json.dumps({"jail": level.jail, "uid": level.uid})
        with theirs:
            self._process = subprocess.Popen(
                level.wrap(python("forkserver", str(theirs.fileno()), settings, *self._preload)),
                cwd=self._home or "/",
                env=environment(self._home or level.scratch),
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                pass_fds=[theirs.fileno()],
                start_new_session=True,
            )
        self._hear()

    def _hear(self):
        message = self._control.recv(4096)
        if not message:
            raise EOFError
        return json.loads(message)

    def _end_child(self):
        try:
            self._control.send(json.dumps({"order": "stop"}).encode())
            return _sentence(self._hear()["ended"])
        except (OSError, EOFError):
            self.close()
            return "the program killed the process that had started it"

    def close(self):
        """End the fork server; the next child starts a new one."""
        if self._process is not None:
            self._control.close()
            with contextlib.suppress(subprocess.TimeoutExpired):
                self._process.wait(timeout=1)  # it ends its child, then itself
            self._process.kill()
            self._process.wait()
            if self._home:
                shutil.rmtree(self._home, ignore_errors=True)
            self._process = None


def _sentence(ended):
    if "signal" in ended:
        return f"the program was ended by the signal {ended['signal']}"
    if "exit" in ended:
        return f"the program ended itself with exit code {ended['exit']}"
    return "the program closed its connection to the grader"
