"""Limits that the operating system holds a child process to (Linux)."""

import os
import resource

MEGABYTE = 2**20
FILE_SIZE = 64 * MEGABYTE
OPEN_FILES = 128
LIBRARIES = 8 * 2**30  # bytes of address space: torch for GPUs maps 3 GB and uses a fifth of it


def apply(memory, cpu_seconds, processes):
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
    _limit(resource.RLIMIT_DATA, own + memory * MEGABYTE)
    _limit(resource.RLIMIT_AS, space + memory * MEGABYTE + LIBRARIES)
    _limit(resource.RLIMIT_CPU, int(spent + cpu_seconds) + 1)
    _limit(resource.RLIMIT_FSIZE, FILE_SIZE)
    _limit(resource.RLIMIT_NOFILE, OPEN_FILES)
    _limit(resource.RLIMIT_CORE, 0)
    if processes is not None:
        _limit(resource.RLIMIT_NPROC, processes)


def _limit(kind, value):
    _, hard = resource.getrlimit(kind)
    value = value if hard == resource.RLIM_INFINITY else min(value, hard)
    resource.setrlimit(kind, (value, value))
