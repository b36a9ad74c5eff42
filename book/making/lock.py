"""One build at a time: two would write into each other's folders."""

import contextlib

from .failure import BuildError
from .places import BUILD

try:
    import fcntl
except ImportError:  # Windows has no such lock; there the reader starts one build at a time
    fcntl = None


@contextlib.contextmanager
def one_at_a_time():
    """Hold the folder of the build; the system frees it even if the build is killed."""
    BUILD.mkdir(exist_ok=True)
    with open(BUILD / ".lock", "w") as handle:
        if fcntl is not None:
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise BuildError("Another build of the book is running; wait for it.") from None
        yield
