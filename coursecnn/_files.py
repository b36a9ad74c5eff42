"""Files that appear whole or not at all, and archives that depend on their contents alone."""

import os
import secrets
import shutil
import time
import zipfile
from contextlib import contextmanager
from pathlib import Path

STALE = 3600  # seconds after which nobody is still writing a `….part`


@contextmanager
def replacing(path, *, keep=None):
    """Open a stream of bytes that becomes the file `path` when the block ends well.

    A program that is killed meanwhile leaves the old file as it was, and at most an unfinished
    `….part` beside it; see `unfinished`. Several may write the same file at the same time: the last
    one counts.

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
    temporary = path.with_name(f"{path.stem}-{secrets.token_hex(6)}.part")
    try:
        with temporary.open("xb") as stream:
            yield stream
            stream.flush()
            os.fsync(stream.fileno())  # on the disk before the name points to it
        if keep is not None and path.exists():
            _keep(path, keep)
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)


def unfinished(folder, stem):
    """What killed programs have left of files of this stem, unless somebody may be writing it.

    Parameters
    ----------
    folder : Path
        Where the files are.
    stem : str
        Their names, up to the first dot.

    Returns
    -------
    list of Path
        For the caller to remove.
    """
    parts = (part for part in folder.glob("*.part") if part.name.startswith(f"{stem}-"))
    return [part for part in parts if part.stat().st_mtime < time.time() - STALE]


def _keep(path, other):
    """Give a file a second name, so that it is never without its first."""
    temporary = other.with_name(f"{other.name}.part")
    temporary.unlink(missing_ok=True)
    try:
        os.link(path, temporary)
    except OSError:  # not every file system has links
        shutil.copyfile(path, temporary)
    temporary.replace(other)


def write(path, content):
    """Write a file; one that holds the same already keeps its date.

    Parameters
    ----------
    path : str or Path
        Where it shall be; its folder is made.
    content : str or bytes
        What it shall hold; text is written as UTF-8, its line ends as they are.
    """
    path, data = Path(path), content.encode() if isinstance(content, str) else content
    if path.is_file() and path.read_bytes() == data:
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    with replacing(path) as stream:
        stream.write(data)


def write_zip(stream, files):
    """Write an archive that says nothing of the machine and the day it was made on.

    Parameters
    ----------
    stream : binary file
        What to write to.
    files : iterable of (str, bytes)
        The path of each file in the archive and what it holds, in the order of the archive.
    """
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, data in files:
            info = zipfile.ZipInfo(name)  # of 1980, as long as nobody says otherwise
            info.compress_type, info.create_system = zipfile.ZIP_DEFLATED, 3
            info.external_attr = 0o100644 << 16
            archive.writestr(info, data, compresslevel=9)
