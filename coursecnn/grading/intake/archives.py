"""Look into zip files without unpacking them: what is never written cannot land anywhere."""

import contextlib
import io
import re
import stat
import unicodedata
import zipfile
from dataclasses import dataclass, replace
from pathlib import PurePosixPath

FILE_LIMIT = 50 * 2**20  # bytes of one member
TOTAL_LIMIT, MEMBER_LIMIT = 2 * 2**30, 100_000  # bytes and number of all members of one archive
OWN_LIMIT, OWN_MEMBERS = 512 * 2**20, 1000  # of one archive in it, which one student has packed
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
    problem : str
        Why it cannot be read, as a sentence.
    """

    path: PurePosixPath
    chain: tuple[int, ...]
    time: tuple[int, ...]
    problem: str = ""


def members(file):
    """List the files of an archive and of the archives in it.

    Parameters
    ----------
    file : Path
        A zip file.

    Returns
    -------
    list of Member
        In the order of the archive. A path that leads out of it, a link, and an inner archive
        that is damaged or too large are problems of their member: those of one student must not
        keep the rest of a class from being read.

    Raises
    ------
    ArchiveError
        If it is no archive, or would grow beyond all measure.
    """
    try:
        return list(_walk(file, PurePosixPath(), (), _Allowance(MEMBER_LIMIT, TOTAL_LIMIT)))
    except Exception as error:  # damaged bytes make `zipfile` stumble in many ways
        raise ArchiveError(_reason(error)) from error


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
    except Exception as error:  # likewise
        raise ArchiveError(_reason(error)) from error
    return data


class _Allowance:
    """What may still be listed in an archive, and in the one around it."""

    def __init__(self, members, size, around=None):
        self._members, self._size, self._around = members, size, around

    def take(self, infos):
        self._members -= len(infos)
        self._size -= sum(info.file_size for info in infos)
        if self._members < 0 or self._size < 0:
            raise ArchiveError("The archive would unpack to more than any class hands in.")
        if self._around:
            self._around.take(infos)


def _reason(error):
    """What is wrong with an archive, as a sentence."""
    if isinstance(error, ArchiveError):
        return str(error)
    if isinstance(error, OSError) and error.strerror:
        return f"The archive cannot be read: {error.strerror}."
    return "The archive is damaged, or not a zip file."


def _walk(source, root, chain, allowance):
    with zipfile.ZipFile(source) as archive:
        infos = archive.infolist()
        allowance.take(infos)
        for position, info in enumerate(infos):
            if not info.is_dir():
                yield from _files(archive, info, root, (*chain, position), allowance)


def _files(archive, info, root, chain, allowance):
    """One file of an archive, or those in it if it is an archive itself."""
    path, problem = _place(info)
    member = Member(root / path, chain, info.date_time, problem)
    if problem or path.suffix.lower() != ".zip" or len(chain) > DEPTH:
        return [member]
    try:
        own = _Allowance(OWN_MEMBERS, OWN_LIMIT, allowance) if len(chain) == 1 else allowance
        packed = io.BytesIO(_contents(archive, info))
        return list(_walk(packed, member.path.with_suffix(""), chain, own))
    except Exception as error:  # see `members`
        return [replace(member, problem=_reason(error))]


def _place(info):
    """The path of a member, and what is wrong with it: it must stay inside and be no link."""
    name = _name(info)
    path = PurePosixPath(name.replace("\\", "/"))
    inside = PurePosixPath(*(part for part in path.parts if part not in ("..", "/", "//")))
    if path != inside or re.match(r"[A-Za-z]:", name):
        return inside, f"The archive holds a path that leads out of it: {name!r:.80}."
    if stat.S_ISLNK(info.external_attr >> 16):
        return inside, f"The archive holds a link: {name!r:.80}."
    return (inside if inside.parts else PurePosixPath("unnamed")), ""


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
