"""Start a fork server within bubblewrap: what it sees of the files, and who it is."""

import os
import shutil
import sys
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from coursecnn.grading.running.process import CHILD

PACKAGE = Path(__file__).parents[2]
GRADING = PACKAGE / "grading"
SYSTEM = ("/usr", "/lib", "/lib32", "/lib64", "/bin", "/sbin")
SETTINGS = ("/etc/alternatives", "/etc/fonts", "/etc/ld.so.cache", "/etc/localtime")
FIRST_USER = 61_000  # nobody's number: a jailed child of a root's grader becomes such a user
USERS = 4_000  # so that two graders do not share one, and with it the limit of its processes
PROCESSES = 64


@dataclass(frozen=True)
class Level:
    """How children are started, and what keeps them from doing harm.

    Parameters
    ----------
    name : str
        For reports.
    sentence : str
        What it keeps notebooks from.
    wrap : callable
        Takes a command line and gives the one that runs it isolated.
    jail : bool
        Whether each child is jailed.
    uid : int or None
        The user that jailed children become; None where they stay who they are.
    scratch : str
        The one folder that jailed children may write to.
    """

    name: str
    sentence: str
    wrap: Callable
    jail: bool
    uid: int | None = None
    scratch: str = "/tmp"

    def for_job(self, job):
        """This level for one of several jobs, whose children become different users if they can.

        Parameters
        ----------
        job : int
            Number of the job, from 0.

        Returns
        -------
        Level
            A copy.
        """
        return self if self.uid is None else replace(self, uid=self.uid + job)


LIMITS = Level(
    "process limits only",
    "Notebooks can read and write what you can, and use the network; "
    "only their time and their memory are limited.",
    wrap=list,
    jail=False,
)


def bubblewrap(private=()):
    """The level of isolation that bubblewrap gives.

    Each fork server runs in a bubblewrap of its own, and jails each of its children once more.

    Parameters
    ----------
    private : sequence of Path, optional
        Folders that notebooks must not see.

    Returns
    -------
    Level or None
        None where it is not installed. It may not hold on this machine: `choose` tries it.
    """
    if not shutil.which("bwrap"):
        return None
    uid = FIRST_USER + 8 * os.getpid() % USERS if os.geteuid() == 0 else None
    scratch = _scratch()
    return Level(
        "bubblewrap",
        "Each notebook runs as a user without privileges, in its own process and file namespaces, "
        "without network, without your files, within limits.",
        wrap=_wrapper(list(_mounts(private)), uid, scratch),
        jail=True,
        uid=uid,
        scratch=scratch,
    )


def _scratch():
    """The usual folder for temporary files, unless Python or the library lie in it themselves."""
    crowded = any(_within(path, ["/tmp"]) for path in _python())
    return "/scratch" if crowded else "/tmp"


def _wrapper(mounts, uid, scratch):
    """A function that puts bubblewrap in front of a command."""
    who = (
        ["--unshare-user"]
        if uid is None
        else ["--cap-add", "CAP_SETUID", "--cap-add", "CAP_SETGID"]
    )
    options = [
        *("--die-with-parent", "--new-session", "--unshare-pid", "--unshare-net"),
        *("--unshare-ipc", "--unshare-uts", "--hostname", "grader"),
        *("--cap-drop", "ALL", "--cap-add", "CAP_SYS_ADMIN", *who),
        *(option for kind, *paths in mounts for option in _option(kind, *paths)),
        *("--proc", "/proc", "--dev", "/dev", "--tmpfs", scratch, "--chdir", scratch),
        # What is made for the parent shall not be a letter box between its children.
        *(part for path in ("/", "/dev", *_emptied(mounts)) for part in ("--remount-ro", path)),
        "--",
    ]
    return lambda command: ["bwrap", *options, *command]


def _option(kind, *paths):
    """One mount in the words of bubblewrap."""
    if kind == "link":
        return ["--symlink", *paths]
    if kind == "empty":
        return ["--tmpfs", *paths]
    (path,) = paths
    around = reversed(Path(path).parents[:-1])  # folders that all may enter, unlike out there
    folders = [option for p in around for option in ("--perms", "0755", "--dir", str(p))]
    return [*folders, "--ro-bind-try", path, path]


def _mounts(private):
    """What is seen in there: the system's programs, Python, and the library without its grader.

    Each is ("bind", path), ("link", target, path), or ("empty", path), which hides a folder.
    """
    for path in SYSTEM:
        if os.path.islink(path):
            yield ["link", os.readlink(path), path]
        else:
            yield ["bind", path]
    for path in (*SETTINGS, *_python()):
        yield ["bind", path]
    for path in _hidden(private):
        yield ["empty", path]
    yield ["bind", str(CHILD)]


def _emptied(mounts):
    """Folders that hide files: made read-only at the end, or their owner could write there."""
    return [path for kind, *paths in mounts if kind == "empty" for path in paths]


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
    found = {str(path.resolve()) for path in secret if path.is_dir()}
    return sorted(path for path in found if _within(path, seen))


def _within(path, folders):
    return any(Path(path).is_relative_to(folder) for folder in folders)
