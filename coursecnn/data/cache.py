"""A folder for arrays that are slow to make; files appear in it whole or not at all."""

import os
import tempfile
from pathlib import Path

import numpy as np

from coursecnn.data.bundled import DataError


def folder():
    """The cache folder: `COURSECNN_DATA` if that variable is set, else one in the user's home."""
    chosen = os.environ.get("COURSECNN_DATA")
    return Path(chosen).expanduser() if chosen else Path.home() / ".cache" / "coursecnn"


def array(name, shape, make):
    """Read the array `name` from the cache; make and store it when it is not there.

    Parameters
    ----------
    name : str
        File name without its ending; it must change whenever what `make` returns changes.
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
        If the cache folder cannot be written.
    """
    file = folder() / f"{name}.npy"
    stored = _read(file, shape)
    if stored is None:
        _write(file, make())
        stored = _read(file, shape)
    return stored


def _read(file, shape):
    try:
        stored = np.load(file, mmap_mode="r")
    except (OSError, ValueError, EOFError):  # absent, truncated, or not an array
        return None
    return stored if stored.shape == shape and stored.dtype == np.uint8 else None


def _write(file, pixels):
    """Write to a temporary name, then rename: a killed run leaves no half-written array."""
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=file.parent, suffix=".part")
    except OSError as error:
        raise DataError(
            f"cannot write the cache folder {file.parent} ({error.strerror}); "
            "set COURSECNN_DATA to a folder that you may write"
        ) from error
    try:
        with os.fdopen(handle, "wb") as stream:
            np.save(stream, pixels)
        Path(temporary).replace(file)
    except OSError as error:
        raise DataError(
            f"cannot write {file} ({error.strerror}); free some space, "
            "or set COURSECNN_DATA to another folder"
        ) from error
    finally:
        Path(temporary).unlink(missing_ok=True)
