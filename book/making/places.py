"""Where the sources of the book lie and where its products go."""

from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
BOOK = ROOT / "book"
EXERCISES = ROOT / "exercises"
VENDOR = BOOK / "_static" / "vendor"
BUILD = ROOT / "_build"
CACHE = BUILD / "cache"
HTML = BUILD / "html"
NOTEBOOKS = BUILD / "notebooks"
PARCEL = BUILD / "coursecnn-book.zip"


def short(path):
    """Name a path as a reader at the root would, with forward slashes."""
    path = Path(path).resolve()
    return path.relative_to(ROOT).as_posix() if path.is_relative_to(ROOT) else str(path)
