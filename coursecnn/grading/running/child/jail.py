"""A child in namespaces of its own, within limits that the system holds it to (Linux).

It sees its own processes and an empty folder for its files.

Three processes take part. The fork server forks a first one, which enters the new namespaces and
forks a second, the *keeper*: process 1 of the new namespace. The keeper mounts, forks the third,
which gives up all privileges and runs the notebook, and watches the memory of all that it starts.
When the keeper dies, the kernel ends every process that it kept.
"""

import os
import resource
import signal
import struct

from . import kernel

TICK = 0.1  # seconds between two looks at the memory
FILES = "size=256m,nr_inodes=20000,mode=1777"
SHARED_MEMORY = "size=64m,nr_inodes=1000,mode=1777"
MEMORY_SIGNAL = 128 + signal.SIGKILL
MEGABYTE = 2**20
FILE_SIZE = 64 * MEGABYTE
OPEN_FILES = 128
LIBRARIES = 8 * 2**30  # bytes of address space: torch for GPUs maps 3 GB and uses a fifth of it


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
    """Do the work and exit, whatever happens: never fall back into the fork server's loop."""
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
    _watch(child, memory * MEGABYTE)


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


def limit(memory, cpu_seconds, processes):
    """Limit this process and what it starts; only a new process is free of the limits.

    Parameters
    ----------
    memory : int
        Megabytes of its own, beyond what the process has now; libraries that it loads and shares
        with others do not count.
    cpu_seconds : int
        Processor seconds, beyond which the system kills the process.
    processes : int or None
        How many processes and threads its user may have; None where others share that user.
    """
    with open("/proc/self/statm") as statm:
        pages = [int(field) for field in statm.read().split()]
    space, own = (pages[i] * resource.getpagesize() for i in (0, 5))
    spent = sum(os.times()[:2])
    _set(resource.RLIMIT_DATA, own + memory * MEGABYTE)
    _set(resource.RLIMIT_AS, space + memory * MEGABYTE + LIBRARIES)
    _set(resource.RLIMIT_CPU, int(spent + cpu_seconds) + 1)
    _set(resource.RLIMIT_FSIZE, FILE_SIZE)
    _set(resource.RLIMIT_NOFILE, OPEN_FILES)
    _set(resource.RLIMIT_CORE, 0)
    if processes is not None:
        _set(resource.RLIMIT_NPROC, processes)


def _set(kind, value):
    _, hard = resource.getrlimit(kind)
    value = value if hard == resource.RLIM_INFINITY else min(value, hard)
    resource.setrlimit(kind, (value, value))
