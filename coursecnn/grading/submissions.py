"""Find what students handed in: files in a folder, or one folder per student."""

import os
from dataclasses import dataclass
from pathlib import Path

NOISE = {"__macosx", "thumbs.db", "desktop.ini", "readme.md", "readme.txt"}


@dataclass(frozen=True)
class Submission:
    """One file of one student.

    Parameters
    ----------
    student : str
        Name of the student's folder, else the file's stem.
    path : Path
        The file, or the folder of a student who handed in no notebook.
    """

    student: str
    path: Path

    def contents(self):
        """Read the file, but never through a link: it might lead out of the submissions.

        Returns
        -------
        bytes
            What was handed in.

        Raises
        ------
        OSError
            If it is a link or a folder, or cannot be read.
        """
        if self.path.is_symlink() or not self.path.is_file():
            raise OSError(f"{self.path.name} is not a plain file")
        return self.path.read_bytes()

    @property
    def time(self):
        """When the file was changed last; the newest of several submissions counts."""
        return self.path.lstat().st_mtime


def find(folder, out):
    """List all submissions in a folder.

    Parameters
    ----------
    folder : path
        Holds notebooks named after students, folders named after students, or both. A file that
        is no notebook counts as a submission of a student who handed in no notebook.
    out : path
        Folder of the reports, which are no submissions.

    Returns
    -------
    list of Submission
        Sorted by student, then by file name.

    Raises
    ------
    ValueError
        If the folder does not exist, nothing was handed in, or the reports would lie among the
        submissions; the message says what to do.
    """
    folder, out = Path(folder), Path(out).resolve()
    if not folder.is_dir():
        raise ValueError(f"{folder} is not a folder; name the folder that holds the notebooks")
    if out == folder.resolve():
        raise ValueError(f"the reports cannot go into {folder}, where the submissions are")
    entries = (entry for entry in sorted(folder.iterdir()) if entry.resolve() != out)
    found = [one for entry in entries if _visible(entry) for one in _of(entry)]
    named = {one.student for one in found if one.path.suffix == ".ipynb"}
    found = [one for one in found if one.path.suffix == ".ipynb" or one.student not in named]
    if not found:
        raise ValueError(
            f"{folder} holds no submissions; put the notebooks there, as STUDENT.ipynb or "
            "STUDENT/ASSIGNMENT.ipynb"
        )
    return found


def _of(entry):
    """The submissions of one entry of the folder: itself, or the notebooks somewhere below it."""
    if entry.is_symlink() or not entry.is_dir():
        return [Submission(_name(entry.stem), entry)]
    below = (Path(where) / file for where, _, files in os.walk(entry) for file in sorted(files))
    notebooks = [file for file in below if file.suffix == ".ipynb" and _visible(file, entry)]
    return [Submission(_name(entry.name), file) for file in notebooks or [entry]]


def _visible(path, root=None):
    parts = path.relative_to(root or path.parent).parts
    return not any(part.startswith(".") or part.lower() in NOISE for part in parts)


def _name(text):
    """A file name as text that every file can hold, whatever bytes it was made of."""
    return text.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
