"""Limits that the operating system holds a child process to (Linux)."""

import os
import resource

MEGABYTE = 2**20
FILE_SIZE = 64 * MEGABYTE
OPEN_FILES = 128


def apply(memory, cpu_seconds, processes):
    """Limit this process and what it starts; only a new process is free of the limits.

    Parameters
    ----------
    memory : int
        Megabytes of address space beyond what the process has now.
    cpu_seconds : int
        Processor seconds, beyond which the system kills the process.
    processes : int or None
        How many processes and threads its user may have; None where others share that user.
    """
    with open("/proc/self/statm") as statm:
        used = int(statm.read().split()[0]) * resource.getpagesize()
    spent = sum(os.times()[:2])
    _limit(resource.RLIMIT_AS, used + memory * MEGABYTE)
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
