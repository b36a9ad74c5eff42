"""Sets as their authors published them, fetched by torchvision when a reader asks for it."""

import io
import os
import socket
import tempfile
import warnings
from contextlib import contextmanager, nullcontext, redirect_stderr
from dataclasses import dataclass
from math import prod

import numpy as np

from coursecnn import _extras
from coursecnn.data import cache
from coursecnn.data.bundled import DataError
from coursecnn.data.splits import every_tenth

SECONDS = 30  # a server that is silent for so long is not there

LAST_DIGITS = {"train": range(9), "val": [9], "test": range(10)}


class FetchError(DataError):
    """A set could not be fetched; the message says why."""


class OfflineWarning(UserWarning):
    """A set could not be fetched, and bundled data take its place."""


def say_offline(error, instead):
    """Say in one line that something else takes the place of the set that was asked for.

    Parameters
    ----------
    error : FetchError
        Why it could not be fetched.
    instead : str
        What takes its place.
    """
    warnings.warn(f"{error}; {instead}", OfflineWarning, stacklevel=3)


@dataclass(frozen=True)
class Original:
    """A set of torchvision.

    Parameters
    ----------
    name : str
        What `coursecnn.data` calls it.
    title : str
        What its authors call it.
    torchvision : str
        The class of torchvision.datasets.
    shape : (int, int, int)
        C, H, W.
    n_train, n_test : int
        How many images each part has.
    """

    name: str
    title: str
    torchvision: str
    shape: tuple[int, int, int]
    n_train: int
    n_test: int

    def load(self, split, *, fetch):
        """Images and labels of one split, from the cache or from the network.

        Parameters
        ----------
        split : {"train", "val", "test"}
            "val" is a fixed tenth of the original's training images.
        fetch : bool
            Whether the network may be asked for what the cache does not hold.

        Returns
        -------
        images : ndarray of uint8, shape (N, C, H, W)
            Pixels.
        labels : ndarray of int64, shape (N,)
            Classes.

        Raises
        ------
        FetchError
            If the set is not in the cache and cannot be fetched.
        DataError
            If the cache folder cannot be written.
        """
        make = self._fetch if fetch else self._refuse
        rows = cache.array(
            f"{self.name}-original", (self.n_train + self.n_test, 1 + prod(self.shape)), make
        )
        part = rows[self.n_train :] if split == "test" else rows[: self.n_train]
        labels = part[:, 0].astype(np.int64)
        chosen = every_tenth(labels, LAST_DIGITS[split])
        return part[chosen, 1:].reshape(-1, *self.shape), labels[chosen]

    def _refuse(self):
        raise FetchError(f"{self.title} is not in the cache folder {cache.folder()}")

    def _fetch(self):
        """One row per image: its label, then its pixels; first to train on, then to test."""
        with cache.writable_folder() as place:
            scratch = tempfile.TemporaryDirectory(dir=place, prefix=f"{self.name}-", suffix=".part")
        with scratch as root, _patience(), _quiet():
            try:
                _extras.need("torch")
                from torchvision import datasets  # seconds to import, and only downloads need it

                published = getattr(datasets, self.torchvision)
                parts = [published(root, train=train, download=True) for train in (True, False)]
            except (OSError, RuntimeError, ImportError) as error:  # no network, wrong checksum, …
                reason = " ".join(str(error).split()) or type(error).__name__
                raise FetchError(f"{self.title} could not be fetched: {reason}") from error
        return np.concatenate([_rows(part) for part in parts])


def _rows(part):
    pixels = np.asarray(part.data)
    if pixels.ndim == 4:  # colour: torchvision has the channels last
        pixels = pixels.transpose(0, 3, 1, 2)
    labels = np.asarray(part.targets, np.uint8)
    return np.column_stack([labels, pixels.reshape(len(pixels), -1)])


@contextmanager
def _patience():
    """Torchvision sets no time limit: behind a silent firewall it would wait for ever."""
    before = socket.getdefaulttimeout()
    socket.setdefaulttimeout(SECONDS)
    try:
        yield
    finally:
        socket.setdefaulttimeout(before)


def _quiet():
    """No bar of torchvision's where `COURSECNN_PROGRESS` is 0."""
    silent = os.environ.get("COURSECNN_PROGRESS") == "0"
    return redirect_stderr(io.StringIO()) if silent else nullcontext()
