"""A new interpreter for every notebook: slower than the fork server, but it works everywhere."""

import contextlib
import os
import signal
import subprocess
import tempfile

from coursecnn.grading.running.process import Child, environment, python


class OneShot:
    """Starts children that have a time limit and nothing else: for notebooks of one's own.

    Parameters
    ----------
    where : Path
        The folder that the notebook runs in.
    """

    def __init__(self, where):
        self._where = where

    def open(self, hidden=()):
        """Start a child.

        Parameters
        ----------
        hidden : sequence of str, optional
            Not used: whoever checks an own notebook has the library at hand.

        Returns
        -------
        Child
            To be used as a context manager.
        """
        home = tempfile.TemporaryDirectory(prefix="coursecnn-", ignore_cleanup_errors=True)
        process = subprocess.Popen(
            python("session"),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=self._where,
            env=environment(home.name),
            start_new_session=True,
        )

        def write(data):
            process.stdin.write(data)
            process.stdin.flush()

        def end():
            code = process.wait()
            process.stdout.close()
            with contextlib.suppress(OSError):  # what it did not read any more is lost
                process.stdin.close()
            home.cleanup()
            return f"the program ended with exit code {code}"

        return Child(process.stdout, write, lambda: _kill(process), end)


def _kill(process):
    """Kill the process, and where the system knows process groups, its children."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL) if hasattr(os, "killpg") else process.kill()
