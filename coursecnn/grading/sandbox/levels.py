"""How well notebooks can be kept from doing harm on this machine, best first."""

import os
import shutil
import sys
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from .command import INSIDE

PACKAGE = Path(__file__).parents[2]
GRADING = PACKAGE / "grading"
SYSTEM = ("/usr", "/lib", "/lib32", "/lib64", "/bin", "/sbin")
SETTINGS = ("/etc/alternatives", "/etc/fonts", "/etc/ld.so.cache", "/etc/localtime")
FIRST_USER = 61_000  # nobody's number: a jailed child of a root's grader becomes such a user
PROCESSES = 64


@dataclass(frozen=True)
class Level:
    """One way to start children.

    Parameters
    ----------
    name : str
        For reports.
    sentence : str
        What it keeps notebooks from.
    wrap : callable
        Takes a command line and gives the one that runs it isolated.
    jailed : str
        See `inside.server.main`.
    """

    name: str
    sentence: str
    wrap: Callable
    jailed: str


LIMITS = Level(
    "process limits only",
    "Notebooks can read and write what you can, and use the network; "
    "only their time and their memory are limited.",
    lambda command: command,
    "no",
)


def candidates(private=()):
    """The levels of isolation to try, best first.

    Parameters
    ----------
    private : sequence of Path, optional
        Folders that notebooks must not see, such as those of the submissions and the reports.

    Returns
    -------
    list of Level
        Some of them may fail on this machine: probe them.
    """
    if shutil.which("bwrap") is None:
        return []
    sentence = (
        "Each notebook runs as a user without privileges, in its own process and file "
        "namespaces, without network, without your files, within limits."
    )
    if os.geteuid() != 0:
        return [Level("bubblewrap", sentence, _bubblewrap(private, "--unshare-user"), "yes")]
    change = ("--cap-add", "CAP_SETUID", "--cap-add", "CAP_SETGID")
    return [Level("bubblewrap", sentence, _bubblewrap(private, *change), str(FIRST_USER))]


def for_job(level, job):
    """The level for one of several jobs, whose children become different users if they can.

    Parameters
    ----------
    level : Level
        A level that works.
    job : int
        Number of the job, from 0.

    Returns
    -------
    Level
        The same level.
    """
    if not level.jailed.isdigit():
        return level
    return replace(level, jailed=str(FIRST_USER + job))


def _bubblewrap(private, *how):
    options = [
        *("--die-with-parent", "--new-session", "--unshare-pid", "--unshare-net"),
        *("--unshare-ipc", "--unshare-uts", "--hostname", "grader"),
        *("--cap-drop", "ALL", "--cap-add", "CAP_SYS_ADMIN", *how),
        *_view(private),
        *("--proc", "/proc", "--dev", "/dev", "--tmpfs", "/tmp", "--chdir", "/tmp"),
        *("--remount-ro", "/", "--"),
    ]
    return lambda command: ["bwrap", *options, *command]


def _view(private):
    """What the children see: the system's programs, Python, and the library without its grader."""
    for path in SYSTEM:
        if os.path.islink(path):
            yield from ("--symlink", os.readlink(path), path)
        elif os.path.isdir(path):
            yield from ("--ro-bind", path, path)
    for path in SETTINGS:
        yield from ("--ro-bind-try", path, path)
    for path in _python():
        for parent in reversed(Path(path).parents[:-1]):  # whatever their modes are out there
            yield from ("--perms", "0755", "--dir", str(parent))
        yield from ("--ro-bind", path, path)
    for path in _hidden(private):
        yield from ("--tmpfs", path)
    yield from ("--ro-bind", str(INSIDE), str(INSIDE))


def _python():
    """Folders of Python and of the library, outer before inner, without those of the system."""
    wanted = {sys.prefix, sys.base_prefix, os.path.realpath(sys.base_prefix), str(PACKAGE)}
    outside = sorted(path for path in wanted if not _within(path, SYSTEM))
    return [path for i, path in enumerate(outside) if not _within(path, outside[:i])]


def _hidden(private):
    """Folders that hold answers or students' work, as far as they lie in what is seen."""
    seen = (*SYSTEM, *_python())
    project = PACKAGE.parent
    secret = [GRADING, project / "solutions", project / "tests", project / ".git", *private]
    return [str(path) for path in secret if path.is_dir() and _within(str(path), seen)]


def _within(path, folders):
    return any(Path(path).is_relative_to(folder) for folder in folders)
