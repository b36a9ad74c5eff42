"""The fork server (Linux): imports NumPy once, then forks a child for every notebook."""

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

from . import jail, kernel
from .session import serve, silence

GRACE = 0.3  # seconds for a child that has hung up to become waitable


def main(descriptor, settings, *preload):
    """Start and end one child after the other, until the grader closes the connection.

    Parameters
    ----------
    descriptor : str
        Number of an inherited UNIX socket that keeps messages apart.
    settings : str
        JSON: `jail`, whether children are jailed; `uid`, the user that they become, or null.
    *preload : str
        Modules that the notebooks are known to import.
    """
    settings = json.loads(settings)
    silence()
    kernel.call("prctl", kernel.SET_SUBREAPER, 1, 0, 0, 0)
    for name in preload:
        importlib.import_module(name)
    control = socket.socket(fileno=int(descriptor))
    _say(control, {"ready": os.getpid()})
    order, connection = _hear(control)
    while order is not None:
        _one_child(control, connection, order, settings)
        order, connection = _hear(control)


def _one_child(control, connection, order, settings):
    """Start a child, and end it when the grader says so, or has gone."""
    home = tempfile.mkdtemp(prefix="notebook-")

    def work():
        _child(control, connection, home, order)

    if settings["jail"]:
        child = jail.fork(
            work,
            memory=order["memory"],
            uid=settings["uid"],
            masked=order["masked"],
            scratch=os.path.dirname(home),
        )
    else:
        child = _fork(work)
    os.close(connection)
    _say(control, {"started": child})
    _hear(control)
    ended = _end(child)
    shutil.rmtree(home, ignore_errors=True)
    _say(control, {"ended": ended})


def _fork(work):
    """A child without a jail: it leads a session, so that what it starts can be ended with it."""
    child = os.fork()
    if child:
        return child
    try:
        os.setsid()
        work()
    finally:  # never fall back into the parent's loop
        os._exit(0)


def _child(control, connection, home, order):
    control.close()
    os.makedirs(home, exist_ok=True)  # in a jail, the folder of that name is another one
    os.chdir(home)
    os.environ["HOME"] = os.environ["TMPDIR"] = home
    tempfile.tempdir = None
    jail.limit(order["memory"], order["cpu_seconds"], order["processes"])
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
    code = -os.WTERMSIG(status) if os.WIFSIGNALED(status) else os.WEXITSTATUS(status)
    if code < 0 or code > 128:  # 128 + n stands for signal n
        number = -code if code < 0 else code - 128
        names = {s.value: s.name for s in signal.Signals}
        return {"signal": names.get(number, str(number))}
    return {"exit": code}


def _kill(pid):
    """Kill the child, and what it left behind in its session; a keeper takes its jail along."""
    for kill in (os.kill, os.killpg):
        with contextlib.suppress(ProcessLookupError):
            kill(pid, signal.SIGKILL)


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
