"""A child in namespaces of its own: it sees its own processes and an empty folder for its files.

Three processes take part. The warm parent forks a first one, which enters the new namespaces and
forks a second, the *keeper*: process 1 of the new namespace. The keeper mounts, forks the third,
which gives up all privileges and runs the notebook, and watches the memory of all that it starts.
When the keeper dies, the kernel ends every process that it kept.
"""

import os
import signal
import struct

from . import kernel

TICK = 0.1  # seconds between two looks at the memory
FILES = "size=256m,nr_inodes=20000,mode=1777"
SHARED_MEMORY = "size=64m,nr_inodes=1000,mode=1777"
MEMORY_SIGNAL = 128 + signal.SIGKILL


def fork(work, *, memory, uid, masked, scratch):
    """Run `work` in a jail.

    Parameters
    ----------
    work : callable
        What the jailed process does, without privileges; it never returns.
    memory : int
        Megabytes that all processes of the jail may take together.
    uid : int or None
        The user to become, where this process is root.
    masked : sequence of str
        Folders that shall look empty.
    scratch : str
        The folder that it may write to; it finds it empty.

    Returns
    -------
    int
        The keeper; end it to end the jail.
    """
    read_end, write_end = os.pipe()
    first = os.fork()
    if not first:
        _exit_after(lambda: _enter(write_end, work, memory, uid, masked, scratch))
    os.close(write_end)
    os.waitpid(first, 0)
    with os.fdopen(read_end, "rb") as pipe:
        message = pipe.read(4)
    return struct.unpack("i", message)[0] if message else first


def _exit_after(work):
    """Do the work and exit, whatever happens: never fall back into the warm parent's loop."""
    try:
        work()
    finally:
        os._exit(1)


def _enter(write_end, work, memory, uid, masked, scratch):
    kernel.call("unshare", kernel.NEW_MOUNTS | kernel.NEW_MESSAGES | kernel.NEW_PROCESSES)
    keeper = os.fork()
    if not keeper:
        os.close(write_end)
        _exit_after(lambda: _keep(work, memory, uid, masked, scratch))
    os.write(write_end, struct.pack("i", keeper))
    os._exit(0)


def _keep(work, memory, uid, masked, scratch):
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGCHLD, signal.SIGINT})
    kernel.make_mounts_private()
    kernel.mount("proc", "/proc")
    kernel.mount("tmpfs", scratch, FILES)
    kernel.mount("tmpfs", "/dev/shm", SHARED_MEMORY)
    for folder in masked:
        kernel.mount("tmpfs", folder, "size=4k,mode=555", kernel.READ_ONLY)
    kernel.call("prctl", kernel.SET_DUMPABLE, 0, 0, 0, 0)  # nobody looks into the keeper
    child = os.fork()
    if not child:
        _exit_after(lambda: _run(work, uid))
    _watch(child, memory * 2**20)


def _run(work, uid):
    signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGCHLD, signal.SIGINT})
    os.setsid()
    kernel.drop_privileges(uid)
    kernel.refuse_calls()
    work()


def _watch(child, limit):
    """Wait for the child, and end the jail when its processes take too much memory together."""
    at_start = _resident(os.getpid())
    while True:
        signal.sigtimedwait({signal.SIGCHLD}, TICK)
        done, status = os.waitpid(-1, os.WNOHANG)
        while done and done != child:  # an orphan
            done, status = os.waitpid(-1, os.WNOHANG)
        if done:
            os._exit(_code(status))
        if sum(max(0, _resident(pid) - at_start) for pid in _processes()) > limit:
            os._exit(MEMORY_SIGNAL)


def _code(status):
    """An exit code that tells signals, as shells do."""
    return 128 + os.WTERMSIG(status) if os.WIFSIGNALED(status) else os.WEXITSTATUS(status)


def _processes():
    return [int(name) for name in os.listdir("/proc") if name.isdigit()]


def _resident(pid):
    """Bytes of memory that a process takes now."""
    try:
        with open(f"/proc/{pid}/statm", "rb") as statm:
            return int(statm.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    except (OSError, IndexError):  # it has just ended
        return 0
