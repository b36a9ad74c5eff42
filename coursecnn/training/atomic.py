"""A file appears whole or not at all: it is written under another name, then renamed."""

import os
import shutil
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def replacing(path, *, keep=None):
    """Open a stream of bytes that becomes the file `path` when the block ends well.

    A run that is killed meanwhile leaves the old file as it was, and at most the unfinished
    `path.part`, which the next run overwrites.

    Parameters
    ----------
    path : str or Path
        The file to make or replace; its folder must exist.
    keep : Path, optional
        Where an older `path` is kept.

    Yields
    ------
    io.BufferedWriter
        What to write to.
    """
    path = Path(path)
    temporary = path.with_name(path.name + ".part")
    try:
        with temporary.open("wb") as stream:
            yield stream
            stream.flush()
            os.fsync(stream.fileno())  # on the disk before the name points to it
        if keep is not None and path.exists():
            _keep(path, keep)
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)


def _keep(path, other):
    """Give a file a second name, so that it is never without its first."""
    temporary = other.with_name(other.name + ".part")
    temporary.unlink(missing_ok=True)
    try:
        os.link(path, temporary)
    except OSError:  # not every file system has links
        shutil.copyfile(path, temporary)
    temporary.replace(other)
