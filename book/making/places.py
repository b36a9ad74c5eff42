"""Where the book's sources lie and its products go; one build at a time, and how it gives up."""

import contextlib
from pathlib import Path

try:
    import fcntl
except ImportError:  # Windows has no such lock; there the reader starts one build at a time
    fcntl = None

ROOT = Path(__file__).resolve().parents[2]
BOOK = ROOT / "book"
EXERCISES = ROOT / "exercises"
VENDOR = BOOK / "_static" / "vendor"
BUILD = ROOT / "_build"
CACHE = BUILD / "cache"
HTML = BUILD / "html"
NOTEBOOKS = BUILD / "notebooks"
OFFLINE_ZIP = BUILD / "coursecnn-book.zip"


class BuildError(Exception):
    """The book cannot be built; the message names the file and, where there is one, the remedy.

    It is shown without a traceback of the builder itself.
    """


def short(path):
    """Name a path as a reader at the root would, with forward slashes."""
    path = Path(path).resolve()
    return path.relative_to(ROOT).as_posix() if path.is_relative_to(ROOT) else str(path)


@contextlib.contextmanager
def one_at_a_time():
    """Hold the folder of the build; the system frees it even if the build is killed.

    Raises
    ------
    BuildError
        If another build holds it: two would write into each other's folders.
    """
    BUILD.mkdir(exist_ok=True)
    with open(BUILD / ".lock", "w") as handle:
        if fcntl is not None:
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise BuildError("Another build of the book is running; wait for it.") from None
        yield
