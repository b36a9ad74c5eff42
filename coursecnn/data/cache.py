"""A folder for arrays that are slow to make or to fetch; they appear in it whole or not at all."""

import os
import shutil
import zlib
from contextlib import contextmanager
from pathlib import Path

import numpy as np

from coursecnn._files import replacing, unfinished
from coursecnn.data.bundled import DataError


def folder():
    """The cache folder: `COURSECNN_DATA` if that variable is set, else one in the user's home."""
    chosen = os.environ.get("COURSECNN_DATA")
    return Path(chosen).expanduser() if chosen else Path.home() / ".cache" / "coursecnn"


def array(name, shape, make):
    """Read the array `name` from the cache; make and store it when it is not there or damaged.

    Processes may do so at the same time: each writes a file of its own, and the last one that is
    renamed stays.

    Parameters
    ----------
    name : str
        File name without its ending; it starts with the name of the set and a hyphen, and must
        change whenever what `make` returns changes.
    shape : tuple of int
        What the array must measure; a stored file that differs is made anew.
    make : callable
        Takes nothing, returns the array of uint8.

    Returns
    -------
    ndarray of uint8
        Mapped from the file and read-only: pixels are read when they are used.

    Raises
    ------
    DataError
        If what was made does not fit, or the cache folder cannot be written or does not give back
        what was written.
    """
    file = folder() / f"{name}.npy"
    stored = read(file, shape)
    if stored is None:
        made = make()
        if made.shape != shape:
            raise DataError(f"what was made for {file} measures {made.shape}, expected {shape}")
        pixels = np.ascontiguousarray(made)
        with writable_folder(), replacing(file) as stream:
            np.save(stream, pixels)
            stream.write(_seal(pixels))
        stored = read(file, shape)
    if stored is None:
        raise DataError(f"{file} does not read back as it was written; check the disk")
    return stored


def read(file, shape):
    """Map a stored array, once its checksum has been verified.

    Parameters
    ----------
    file : pathlib.Path
        Where it may lie.
    shape : tuple of int
        What it must measure.

    Returns
    -------
    ndarray of uint8, or None
        None if the file is absent, damaged or another array.
    """
    try:
        stored = np.load(file, mmap_mode="r")
        with file.open("rb") as stream:
            stream.seek(-len(_seal(b"")), os.SEEK_END)
            seal = stream.read()
    except (OSError, ValueError, EOFError):  # absent, truncated, or not an array
        return None
    fits = stored.shape == shape and stored.dtype == np.uint8
    return stored if fits and seal == _seal(stored) else None


def _seal(pixels):
    """What follows the array in its file: `np.load` does not mind, and damage is noticed."""
    return b"crc32" + zlib.crc32(pixels).to_bytes(4, "big")


@contextmanager
def writable_folder():
    """The cache folder, made where it is missing; what fails in it is told with the remedy.

    Yields
    ------
    pathlib.Path
        The folder.

    Raises
    ------
    DataError
        If it cannot be written.
    """
    try:
        folder().mkdir(parents=True, exist_ok=True)
        yield folder()
    except DataError:
        raise
    except OSError as error:
        raise DataError(
            f"cannot write the cache folder {folder()} ({error.strerror or error}); free some "
            "space, or set COURSECNN_DATA to a folder that you may write"
        ) from error


def files(name):
    """What the cache holds of one set.

    Parameters
    ----------
    name : str
        The set.

    Returns
    -------
    list of pathlib.Path
        Whole arrays; not what a process is writing or has left behind.
    """
    return sorted(folder().glob(f"{name}-*.npy"))


def remove(name):
    """Remove what the cache holds of one set.

    What killed processes have left half-written goes too, unless it is so fresh that one may be
    writing it just now.

    Parameters
    ----------
    name : str
        The set.

    Returns
    -------
    int
        Bytes that were freed.

    Raises
    ------
    DataError
        If something cannot be removed.
    """
    freed = 0
    try:
        for file in files(name) + unfinished(folder(), name):
            inside = [inner for inner in (file, *file.rglob("*")) if inner.is_file()]
            freed += sum(inner.stat().st_size for inner in inside)
            shutil.rmtree(file) if file.is_dir() else file.unlink()
    except OSError as error:
        raise DataError(f"cannot remove {error.filename} ({error.strerror})") from error
    return freed
