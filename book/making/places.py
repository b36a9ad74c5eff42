"""Where the sources of the book lie and where its products go."""

from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
BOOK = ROOT / "book"
VENDOR = BOOK / "_static" / "vendor"
BUILD = ROOT / "_build"
HTML = BUILD / "html"
NOTEBOOKS = BUILD / "notebooks"


def short(path):
    """Name a path as a reader at the root would, with forward slashes."""
    path = Path(path).resolve()
    return path.relative_to(ROOT).as_posix() if path.is_relative_to(ROOT) else str(path)
