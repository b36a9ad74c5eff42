"""Look into zip files without unpacking them: what is never written cannot land anywhere."""

import contextlib
import io
import re
import stat
import unicodedata
import zipfile
from dataclasses import dataclass
from pathlib import PurePosixPath

FILE_LIMIT = 50 * 2**20  # bytes of one member
TOTAL_LIMIT = 2 * 2**30  # bytes of all members of one archive
MEMBER_LIMIT = 20_000
DEPTH = 2  # archives in archives


class ArchiveError(ValueError):
    """The archive is damaged or dangerous; the text says why, as a sentence."""


@dataclass(frozen=True)
class Member:
    """One file in an archive.

    Parameters
    ----------
    path : PurePosixPath
        Where it lies; an inner archive counts as a folder of its stem.
    chain : tuple of int
        Its position in the archive; before it those of the archives around it, outermost first.
    time : tuple of int
        Year, month, day, hour, minute, second of its last change.
    """

    path: PurePosixPath
    chain: tuple[int, ...]
    time: tuple[int, ...]


def members(file):
    """List the files of an archive and of the archives in it.

    Parameters
    ----------
    file : Path
        A zip file.

    Returns
    -------
    list of Member
        In the order of the archive.

    Raises
    ------
    ArchiveError
        If it is no archive, one of its paths leads out of it, it holds links or passwords, or it
        would grow beyond all measure.
    """
    try:
        return list(_walk(file, PurePosixPath(), (), DEPTH))
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError) as error:
        raise ArchiveError("The archive is damaged, or not a zip file.") from error


def read(file, chain):
    """Read one file of an archive.

    Parameters
    ----------
    file : Path
        A zip file.
    chain : tuple of int
        See `Member`.

    Returns
    -------
    bytes
        Its contents.

    Raises
    ------
    ArchiveError
        If it cannot be read, or is larger than it may be.
    """
    source = file
    try:
        for position in chain:
            with zipfile.ZipFile(source) as archive:
                data = _contents(archive, archive.infolist()[position])
            source = io.BytesIO(data)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError) as error:
        raise ArchiveError("The archive is damaged.") from error
    return data


def _walk(source, root, chain, depth):
    with zipfile.ZipFile(source) as archive:
        infos = archive.infolist()
        _hold_measure(infos)
        for position, info in enumerate(infos):
            if info.is_dir():
                continue
            path, inner = root / _safe_path(info), (*chain, position)
            if path.suffix.lower() == ".zip" and depth:
                packed = io.BytesIO(_contents(archive, info))
                yield from _walk(packed, path.with_suffix(""), inner, depth - 1)
            else:
                yield Member(path, inner, info.date_time)


def _hold_measure(infos):
    if len(infos) > MEMBER_LIMIT or sum(info.file_size for info in infos) > TOTAL_LIMIT:
        raise ArchiveError("The archive would unpack to more than any class hands in.")


def _safe_path(info):
    """The path of a member, which must stay inside, and must not be a link."""
    name = _name(info)
    path = PurePosixPath(name.replace("\\", "/"))
    if path.is_absolute() or ".." in path.parts or re.match(r"[A-Za-z]:", name):
        raise ArchiveError(f"The archive holds a path that leads out of it: {name!r:.80}.")
    if stat.S_ISLNK(info.external_attr >> 16):
        raise ArchiveError(f"The archive holds a link: {name!r:.80}.")
    return path


def _name(info):
    """The name as it was meant: many programs write UTF-8 without saying so."""
    name = info.filename
    if not info.flag_bits & 0x800:
        with contextlib.suppress(UnicodeError):
            name = name.encode("cp437").decode("utf-8")
    return unicodedata.normalize("NFC", name)


def _contents(archive, info):
    """The bytes of a member, counted while they are unpacked: what it says of itself may lie."""
    if info.flag_bits & 0x1:
        raise ArchiveError("The archive is protected by a password.")
    with archive.open(info) as stream:
        data = stream.read(FILE_LIMIT + 1)
    if len(data) > FILE_LIMIT:
        raise ArchiveError(f"A file in the archive is larger than {FILE_LIMIT // 2**20} MB.")
    return data
