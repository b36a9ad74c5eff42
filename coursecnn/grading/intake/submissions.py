"""Find what students handed in: files, folders, and what learning platforms pack into zip files."""

import contextlib
import os
import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path, PurePosixPath

from coursecnn.grading import tasks
from coursecnn.grading.intake import archives

NOTEBOOKS, FOLDERS = 100, 20  # of one student: how many at most, how deep in each other
JOINERS = "\u200c\u200d"  # no control characters: some scripts, and emoji, need them in names
TOO_MANY = "There are {} notebooks, which is more than anyone hands in."
NOISE = {"__macosx", "thumbs.db", "desktop.ini", "readme.md", "readme.txt"}
# Moodle: NAME_NUMBER_assignsubmission_file_, as a folder or in front of the file's name.
MOODLE = re.compile(r"(?P<student>.+?_\d+)_assignsubmission_(?:file|onlinetext)_?")
# Canvas: name_LATE_user_file_name-2.ipynb, all in one folder.
CANVAS = re.compile(r"(?P<student>[^_]+)(?:_LATE)?(?P<number>_\d+)_\d+_")


@dataclass(frozen=True)
class Submission:
    """One file of one student.

    Parameters
    ----------
    student : str
        Name of the student's folder, else the file's stem.
    path : PurePath
        Where it lies; inside an archive, the path in it.
    time : float
        When it was changed last; the newest of several submissions counts.
    read : callable
        Gives the contents as bytes; raises OSError, or ArchiveError with a sentence.
    """

    student: str
    path: PurePosixPath
    time: float
    read: Callable


def find(folder, out):
    """List all submissions in a folder.

    Parameters
    ----------
    folder : path
        A folder with notebooks named after students, folders or zip files named after students,
        or what Moodle, Canvas or nbgrader collect; or a zip file of such a folder. A file that is
        no notebook counts as a submission of a student who handed in no notebook.
    out : path
        Folder of the reports, which are no submissions.

    Returns
    -------
    list of Submission
        Sorted by student, then by path.

    Raises
    ------
    ValueError
        If the folder does not exist, nothing was handed in, or the reports would lie among the
        submissions; the message says what to do.
    """
    folder, out = Path(folder), Path(out).resolve()
    found = [one for one in _all(folder, out) if _visible(one.path)]
    with_notebook = {one.student for one in found if _is_notebook(one.path)}
    found = [one for one in found if _is_notebook(one.path) or one.student not in with_notebook]
    if not found:
        raise ValueError(
            f"{folder} holds no submissions; put the notebooks there, as STUDENT.ipynb or "
            "STUDENT/ASSIGNMENT.ipynb"
        )
    return sorted(found, key=lambda one: (one.student, str(one.path)))


def _all(folder, out):
    if folder.is_file() and folder.suffix.lower() == ".zip":
        try:
            return _class_archive(folder, archives.members(folder))
        except archives.ArchiveError as error:
            raise ValueError(f"{folder} cannot be read. {error}") from error
    if not folder.is_dir():
        raise ValueError(f"{folder} is not a folder; name the folder that holds the notebooks")
    if out == folder.resolve():
        raise ValueError(f"the reports cannot go into {folder}, where the submissions are")
    entries = [entry for entry in folder.iterdir() if os.path.realpath(entry) != str(out)]
    return [one for entry in entries if _visible(Path(entry.name)) for one in _entry(entry)]


def _entry(entry):
    """The submissions of one entry of the folder."""
    if entry.is_dir() and not entry.is_symlink():
        return _student_folder(entry)
    if _is_archive(entry):
        # What a platform has named after a student speaks for no other student.
        return _archive(entry, _student(entry.name) if MOODLE.match(entry.name) else None)
    return [_file(_student(entry.stem), entry, PurePosixPath(entry.name))]


def _student_folder(folder):
    """The notebooks somewhere below a student's folder, or the folder itself if there is none."""
    student, found = _student(folder.name), []
    for file in _files(folder):
        inner = PurePosixPath(file.relative_to(folder).as_posix())
        if not _visible(inner):
            continue
        if _is_archive(file):
            found += _archive(file, student)
        elif _is_notebook(inner) or file.suffix.lower() == ".zip":
            found.append(_file(student, file, folder.name / inner))
    return _few(found, student, folder) or [_file(student, folder, PurePosixPath(folder.name))]


def _files(folder):
    """The files below a folder, but for those that are buried; never through a link."""
    waiting = [folder]
    for place in waiting:  # it grows while it is read
        with contextlib.suppress(OSError), os.scandir(place) as entries:  # closed to us, or gone
            for entry in entries:
                if not entry.is_dir(follow_symlinks=False):
                    yield place / entry.name
                elif len(place.parts) - len(folder.parts) < FOLDERS:
                    waiting.append(place / entry.name)


def _few(found, student, file):
    """What was found, unless it is more than a person hands in, which would hold up the class."""
    if len(found) <= NOTEBOOKS:
        return found
    return [_refused(student, file, archives.ArchiveError(TOO_MANY.format(len(found))))]


def _archive(file, student):
    """The submissions in a zip file: of one student, or of a class if a platform has packed it."""
    try:
        members = archives.members(file)
    except archives.ArchiveError as error:
        return [_refused(student or _student(file.stem), file, error)]
    if student is None and any(_of_platform(member.path) for member in members):
        return _class_archive(file, members)
    return _own_archive(file, members, student or _student(file.stem))


def _class_archive(file, members):
    """The submissions of a class, one folder or one file for each student."""
    tops = {member.path.parts[0] for member in members if _visible(member.path)}
    wrapped = len(tops) == 1 and not _of_platform(PurePosixPath(*tops)) and _holds_folders(members)
    found = {}
    for member in members:
        path = PurePosixPath(*member.path.parts[1:]) if wrapped else member.path
        name = path.parts[0] if len(path.parts) > 1 else path.stem
        found.setdefault(_student(name), []).append(member)
    return [one for student, own in found.items() for one in _own_archive(file, own, student)]


def _holds_folders(members):
    """Whether the one folder at the top holds folders of students, and not of assignments."""
    paths = [member.path.parts for member in members if _visible(member.path)]
    return all(len(parts) > 2 and parts[1] not in tasks.names() for parts in paths)


def _own_archive(file, members, student):
    """The notebooks of one student in a zip file, or its first file if there is none."""
    visible = [member for member in members if _visible(member.path)]
    notebooks = [member for member in visible if _is_notebook(member.path)]
    others = sorted(visible, key=lambda member: not member.problem)[:1]
    return _few([_packed(student, file, one) for one in notebooks or others], student, file)


def _of_platform(path):
    first = path.parts[0] if path.parts else ""
    return bool(MOODLE.match(first) or (len(path.parts) == 1 and CANVAS.match(first)))


def _student(name):
    """The student's name in the name of a folder or file, as text that every file can hold."""
    text = name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    match = MOODLE.match(text) or CANVAS.match(text)
    text = match["student"] + match.groupdict().get("number", "") if match else text
    safe = (
        c if c.isprintable() or c in JOINERS else "_" for c in unicodedata.normalize("NFC", text)
    )
    return "".join(safe).replace("/", "_").strip(". ") or "unnamed"


def _file(student, file, path):
    return Submission(student, path, file.lstat().st_mtime, lambda: _plain(file))


def _plain(file):
    """Contents of a plain file; never through a link, which might lead out of the submissions."""
    if file.is_dir():
        raise OSError("There is no notebook in the folder")
    if file.is_symlink() or not file.is_file():
        raise OSError(f"{file.name} is not a plain file")
    if file.stat().st_size > archives.FILE_LIMIT:
        raise OSError(f"The file is larger than {archives.FILE_LIMIT // 2**20} MB")
    return file.read_bytes()


def _packed(student, file, member):
    try:
        time = datetime(*member.time).timestamp()
    except (ValueError, OverflowError):  # a date that does not exist
        time = file.stat().st_mtime
    problem = archives.ArchiveError(member.problem) if member.problem else None
    return Submission(student, member.path, time, lambda: _unpack(file, member.chain, problem))


def _unpack(file, chain, problem):
    if problem:
        raise problem
    return archives.read(file, chain)


def _refused(student, file, error):
    def read():
        raise error

    return Submission(student, PurePosixPath(file.name), file.stat().st_mtime, read)


def _is_archive(file):
    return file.suffix.lower() == ".zip" and file.is_file() and not file.is_symlink()


def _is_notebook(path):
    return path.suffix.lower() == ".ipynb"


def _visible(path):
    return not any(part.startswith(".") or part.lower() in NOISE for part in path.parts)
