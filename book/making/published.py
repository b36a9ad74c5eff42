"""The executed notebooks that readers download, the same bytes whenever the content is the same."""

import hashlib

import nbformat

from .places import NOTEBOOKS
from .plain import readable
from .writing import write_text

OF_THE_BUILD = ("source_map", "widgets")


def identify(notebook):
    """Give each cell an id made of its place and its source; the usual ids are random."""
    for number, cell in enumerate(notebook.cells):
        cell["id"] = f"{number:03d}-{hashlib.sha256(cell.source.encode()).hexdigest()[:8]}"
    notebook.nbformat, notebook.nbformat_minor = 4, 5
    return notebook


def publish(page, executed):
    """Write an executed page as `.ipynb`, its text as plain Markdown."""
    notebook = identify(readable(executed))
    for name in OF_THE_BUILD:
        notebook.metadata.pop(name, None)
    nbformat.validate(notebook)
    write_text(page.published(), nbformat.writes(notebook) + "\n")


def forget_others(pages):
    """Delete published notebooks whose page is no longer in the book."""
    wanted = {page.published() for page in pages}
    for path in NOTEBOOKS.rglob("*.ipynb"):
        if path not in wanted:
            path.unlink()
