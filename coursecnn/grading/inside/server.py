"""The warm parent (Linux): imports NumPy once, then forks a child for every notebook."""

import array
import contextlib
import importlib
import json
import os
import shutil
import signal
import socket
import tempfile
import time

from . import limits
from .once import silence
from .session import serve

GRACE = 0.2  # seconds for a child that has hung up to become waitable


def main(descriptor, *preload):
    """Start and end one child after the other, until the grader closes the connection.

    Parameters
    ----------
    descriptor : str
        Number of an inherited UNIX socket that keeps messages apart.
    *preload : str
        Modules that the notebooks are known to import.
    """
    silence()
    for name in preload:
        importlib.import_module(name)
    control = socket.socket(fileno=int(descriptor))
    _say(control, {"ready": os.getpid()})
    while True:
        order, connection = _hear(control)
        if order is None:
            return
        home = tempfile.mkdtemp(prefix="notebook-")
        child = _fork(control, connection, home, order)
        os.close(connection)
        _say(control, {"started": child})
        _hear(control)
        _say(control, {"ended": _end(child)})
        shutil.rmtree(home, ignore_errors=True)


def _fork(control, connection, home, order):
    pid = os.fork()
    if pid:
        return pid
    try:
        control.close()
        _child(connection, home, order)
    finally:  # never fall back into the parent's loop
        os._exit(0)


def _child(connection, home, order):
    os.setsid()
    os.chdir(home)
    os.environ["HOME"] = os.environ["TMPDIR"] = home
    tempfile.tempdir = None
    limits.apply(order["memory"], order["cpu_seconds"])
    stream = socket.socket(fileno=connection)
    with contextlib.suppress(EOFError, OSError):  # the grader has heard enough
        serve(stream.makefile("rb"), stream.sendall)


def _end(pid):
    """How the child ended (`exit` code or `signal`), after it is surely gone."""
    give_up = time.monotonic() + GRACE
    done, status = os.waitpid(pid, os.WNOHANG)
    while not done and time.monotonic() < give_up:
        time.sleep(0.002)
        done, status = os.waitpid(pid, os.WNOHANG)
    _kill(pid)
    if not done:
        os.waitpid(pid, 0)
        return {"alive": True}
    if os.WIFSIGNALED(status):
        return {"signal": signal.Signals(os.WTERMSIG(status)).name}
    return {"exit": os.WEXITSTATUS(status)}


def _kill(pid):
    """Kill the child and what it left behind in its session."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(pid, signal.SIGKILL)


def _hear(control):
    """One order of the grader, and the connection that came with it."""
    data, ancillary, _, _ = control.recvmsg(4096, socket.CMSG_SPACE(4))
    if not data:
        return None, None
    descriptors = array.array("i")
    for _, _, payload in ancillary:
        descriptors.frombytes(payload[:4])
    return json.loads(data), descriptors[0] if descriptors else None


def _say(control, message):
    control.sendall(json.dumps(message).encode())
