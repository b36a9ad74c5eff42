"""The builder and the Sphinx extensions lie outside the package; tests import them by name."""

import sys
from pathlib import Path

import pytest

BOOK = Path(__file__).parents[2] / "book"
for folder in (BOOK, BOOK / "_ext"):
    if str(folder) not in sys.path:
        sys.path.append(str(folder))


@pytest.fixture(scope="session")
def html():
    """Folder of the built book."""
    folder = BOOK.parent / "_build" / "html"
    if not (folder / "book" / "index.html").is_file():
        pytest.fail(f"{folder} holds no book; run `make book` first.", pytrace=False)
    return folder
