"""A reader's own images: one folder for each class."""

import os
import unicodedata
import warnings
from pathlib import Path

import numpy as np
from PIL import Image, UnidentifiedImageError

from coursecnn.data.bundled import DataError
from coursecnn.data.decode import RESIZE, decode
from coursecnn.data.imageset import ImageSet
from coursecnn.data.splits import check_choice
from coursecnn.progress import progress
from coursecnn.shapes import pair

SPLITS = ("train", "val", "test", "all")

_SPLIT_FOLDERS = {"train": "train", "val": "val", "valid": "val", "validation": "val",
                  "test": "test"}  # fmt: skip


class UnreadableImages(UserWarning):
    """Files that were left out; `files` maps each to the reason.

    Parameters
    ----------
    files : dict of pathlib.Path to str
        What could not be read, and why.
    total : int
        How many there were in all.
    """

    def __init__(self, files, total):
        self.files = files
        listed = [f"{printable(file)} ({reason})" for file, reason in files.items()]
        more = f"; and {len(listed) - 10} more" if len(listed) > 10 else ""
        super().__init__(f"{len(files)} of {total} images left out: {'; '.join(listed[:10])}{more}")


def image_folder(
    path,
    split="train",
    *,
    size=None,
    resize="crop",
    channels=None,
    shares=(0.7, 0.1, 0.2),
    seed=0,
    background=255,
    strict=False,
):
    """Images of a folder that has a folder for each class, or such folders in train, val and test.

    Folders in a class folder belong to the class. Hidden files and files that are no images by
    their ending are passed over; images that cannot be read are left out and listed in a warning.

    Parameters
    ----------
    path : path
        The folder.
    split : {"train", "val", "test", "all"}, default "train"
        Which part of it.
    size : int or (int, int), optional
        Height and width to scale the images to; needed where they differ.
    resize : {"crop", "pad", "stretch"}, default "crop"
        Keep the middle, keep everything and fill up, or change proportions.
    channels : {1, 3}, optional
        Make all images grey or colour; needed where they differ.
    shares : (float, float, float), default (0.7, 0.1, 0.2)
        Shares of train, val and test in each class, where `path` has no such folders; a share
        above 0 gets at least one image.
    seed : int, default 0
        Decides which image goes where.
    background : int, default 255
        Grey level behind transparent parts, and of what "pad" adds.
    strict : bool, default False
        Raise an error when an image cannot be read.

    Returns
    -------
    ImageSet
        Images of shape (N, C, H, W), sorted by class and name.

    Raises
    ------
    ValueError
        If an argument is out of range, a class has too few images for its shares, or images
        differ in size or channels and nothing was asked for.
    DataError
        If the folder is missing or empty, a class has no images or is missing in a split, or
        `strict` is asked for and an image cannot be read.

    Notes
    -----
    Files are split by name, not by content: pictures of one series (frames of a film, one patient)
    belong in one split, which only you can know; make the folders train, val and test for that.
    """
    root = Path(path).expanduser()
    check_choice("split", split, SPLITS)
    check_choice("resize", resize, RESIZE)
    if channels not in (None, 1, 3):
        raise ValueError(f"`channels` must be 1 (grey) or 3 (colour); received {channels!r}.")
    shape = None if size is None else pair(size, name="size", minimum=1)
    names, files = _choose(root, split, shares, seed)
    pairs = [(file, label) for label, own in enumerate(files) for file in own]
    how = {"size": shape, "resize": resize, "channels": channels, "background": background}
    images, labels, skipped = _read(pairs, root, how)
    if skipped:
        told = UnreadableImages(skipped, len(pairs))
        if strict:
            raise DataError(f"{told}; repair or remove them, or pass strict=False")
        warnings.warn(told, stacklevel=2)
    _check_classes(names, np.bincount(labels, minlength=len(names)), root, split)
    provenance = (
        f"Images of the folder {printable(root)}, split {split!r}; "
        f"{len(skipped)} of {len(pairs)} could not be read."
    )
    return ImageSet(images, labels, names, split, provenance)


def printable(path):
    """A path that can be printed, even if its name is not text."""
    return os.fsencode(path).decode("utf-8", "backslashreplace")


def _choose(root, split, shares, seed):
    """Class names, and for each class the files of the split."""
    if not root.is_dir():
        raise DataError(f"{printable(root)} is not a folder; `path` must hold a folder per class")
    parts = {_SPLIT_FOLDERS.get(child.name.lower()): child for child in _folders(root)}
    if "train" in parts and None not in parts:
        return _by_folder(root, parts, split)
    names, files = _classes(root)
    if split == "all":
        return names, files
    chosen = [_share(own, name, split, shares, seed)
              for name, own in zip(names, files, strict=True)]  # fmt: skip
    return names, chosen


def _by_folder(root, parts, split):
    """The classes are those of train; another split must have the same."""
    if split == "all":
        wanted = list(parts.values())
    elif split in parts:
        wanted = [parts[split]]
    else:
        there = ", ".join(sorted(parts))
        raise DataError(f"{printable(root)} has no folder for the split {split!r}; it has {there}")
    names, _ = _classes(parts["train"])
    files = [[] for _ in names]
    for part in wanted:
        here, own = _classes(part)
        if here != names:
            raise DataError(
                f"{printable(part)} and {printable(parts['train'])} must hold the same classes; "
                f"missing: {', '.join(sorted({*names} - {*here})) or 'none'}; "
                f"not in train: {', '.join(sorted({*here} - {*names})) or 'none'}"
            )
        files = [before + new for before, new in zip(files, own, strict=True)]
    return names, files


def _classes(root):
    """Class names in order, and the image files of each."""
    folders = _folders(root)
    if not folders:
        raise DataError(
            f"{printable(root)} holds no folders; put the images of each class into a folder of "
            "its own, named after the class"
        )
    files = [_images(folder) for folder in folders]
    for folder, own in zip(folders, files, strict=True):
        if not own:
            raise DataError(
                f"the class folder {printable(folder)} holds no images ({_endings(folder)}); "
                "remove it or put some in"
            )
    names = tuple(unicodedata.normalize("NFC", printable(folder.name)) for folder in folders)
    return names, files


def _folders(root):
    """Folders that are not hidden, in the order of their names."""
    return sorted(
        (child for child in root.iterdir() if child.is_dir() and child.name[0] != "."),
        key=lambda child: unicodedata.normalize("NFC", printable(child.name)),
    )


def _images(folder):
    """Files below a folder whose ending is that of an image; links are followed, once."""
    endings, seen, found = Image.registered_extensions(), set(), []
    for here, below, names in os.walk(folder, followlinks=True):
        below[:] = [name for name in below if name[0] != "."]
        if os.path.realpath(here) in seen:  # a link that leads back
            below.clear()
            continue
        seen.add(os.path.realpath(here))
        found += [Path(here, name) for name in names
                  if name[0] != "." and Path(name).suffix.lower() in endings]  # fmt: skip
    return sorted(found, key=printable)


def _endings(folder):
    """What a folder without images holds instead."""
    others = {file.suffix or "no ending" for file in folder.rglob("*") if file.is_file()}
    return f"only files with {', '.join(sorted(others))}" if others else "it is empty"


def _share(files, name, split, shares, seed):
    """The files of a class that fall to a split, drawn at random and put in order."""
    if len(shares) != 3 or min(shares) < 0 or abs(sum(shares) - 1) > 1e-6:
        raise ValueError(f"`shares` must be three shares that sum to 1; received {shares}.")
    _, val, test = (max(1, round(share * len(files))) if share else 0 for share in shares)
    train = len(files) - val - test
    if train < (shares[0] > 0):
        raise ValueError(
            f"the class {name} has {len(files)} images, too few for the `shares` {shares}; "
            "add images or change the shares."
        )
    order = np.random.default_rng(seed).permutation(len(files))
    ends = {"train": (0, train), "val": (train, train + val), "test": (train + val, len(files))}
    return [files[position] for position in sorted(order[slice(*ends[split])])]


def _read(pairs, root, how):
    """Pixels and labels of the files that can be read, and the reasons for those that cannot."""
    images, labels, skipped = None, [], {}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # Pillow's remarks on files that it reads all the same
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        for file, label in progress(pairs, f"read {printable(root.name)}"):
            try:
                pixels = decode(file, **how)
            except Exception as error:  # a decoder may raise anything over damaged bytes
                skipped[file] = _reason(error)
                continue
            if images is None:
                images, first = np.empty((len(pairs), *pixels.shape), np.uint8), file
            _check_same(pixels, images[0], file, first)
            images[len(labels)] = pixels
            labels.append(label)
    if images is None:
        images = np.empty((0, 1, 1, 1), np.uint8)
    return images[: len(labels)], np.array(labels, np.int64), skipped


def _reason(error):
    """What is wrong with a file, in a few words."""
    words = {
        UnidentifiedImageError: "not an image",
        FileNotFoundError: "a link that leads nowhere",
        PermissionError: "may not be read",
    }
    return words.get(type(error)) or str(error) or type(error).__name__


def _check_same(pixels, others, file, first):
    if pixels.shape == others.shape:
        return
    size = (
        f"`size`, for example size={pixels.shape[1:]}"
        if pixels.shape[1:] != others.shape[1:]
        else ""
    )
    channels = "`channels`, 1 or 3" if len(pixels) != len(others) else ""
    raise ValueError(
        f"images must have one size and one number of channels: {printable(file)} is "
        f"{'×'.join(map(str, pixels.shape))}, {printable(first)} is "
        f"{'×'.join(map(str, others.shape))}; pass {' and '.join(filter(None, [size, channels]))}."
    )


def _check_classes(names, counts, root, split):
    empty = [name for name, count in zip(names, counts, strict=True) if not count]
    if empty:
        raise DataError(
            f"no image of {', '.join(empty)} in the split {split!r} of {printable(root)}; "
            "add some that can be read"
        )
