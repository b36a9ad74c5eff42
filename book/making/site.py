"""From executed notebooks to HTML: Jupyter Book, as strict as it can be."""

import hashlib
import os
import shutil
import subprocess
import sys

from . import pages
from .failure import BuildError
from .places import BOOK, BUILD, EXERCISES, HTML, ROOT, VENDOR

STAMP = BUILD / "frame.digest"
# What every page depends on, and what Sphinx does not watch by itself.
FRAME = ("_ext", "_static", "_templates", "making")
FILES = (
    "_config.yml", "_toc.yml", "package-lock.json", "book/references.bib", "book/glossary.md",
    "coursecnn/_palette.py", "coursecnn/widgets/bundle.py", "coursecnn/widgets/figure.py",
)  # fmt: skip
WATCHED = {"facts.yml"}  # a page that uses it says so itself


def build_html():
    """Write the HTML; anything that Sphinx warns of is an error.

    After a change of the frame (settings, extensions, templates, styles, titles), and after a build
    that did not end well, all pages are written anew; else only those that changed, or whose
    notebook ran anew. A failed build must not count as done: Sphinx warns of a page only when it
    reads it.
    """
    wanted = _frame_digest()
    if not (STAMP.is_file() and STAMP.read_text() == wanted and HTML.is_dir()):
        shutil.rmtree(HTML, ignore_errors=True)
        shutil.rmtree(BUILD / ".doctrees", ignore_errors=True)
        shutil.rmtree(BUILD / "jupyter_execute", ignore_errors=True)
    STAMP.unlink(missing_ok=True)
    _sphinx()
    return wanted


def finished(digest):
    """Note that the HTML is whole and belongs to this frame."""
    STAMP.write_text(digest)


def _sphinx():
    jupyter_book = "from jupyter_book.cli.main import main; main()"
    strict = ["-n", "-W", "--keep-going"]
    command = [sys.executable, "-c", jupyter_book, "build", str(ROOT), *strict]
    log = BUILD / "sphinx.log"
    environment = os.environ | {"COURSECNN_BUILDER": "1"}
    with open(log, "w") as output:
        result = subprocess.run(command, cwd=ROOT, stdout=output, env=environment)
    if result.returncode:
        raise BuildError(f"Sphinx found faults (above); its whole report is in {log}.")


def _frame_digest():
    digest = hashlib.sha256()
    for path in _frame_files():
        digest.update(path.relative_to(ROOT).as_posix().encode() + b"\0" + path.read_bytes())
    titles = [page.title() for page in pages.pages()]  # the contents beside every page show them
    sheets = sorted(path.name for path in EXERCISES.glob("*.ipynb"))  # a chapter links to its own
    digest.update(repr((titles, sheets)).encode())
    return digest.hexdigest()


def _frame_files():
    yield from (path for name in FILES if (path := ROOT / name).is_file())
    yield from sorted(path for path in BOOK.glob("*.yml") if path.name not in WATCHED)
    scripts = ROOT / "coursecnn" / "widgets"
    roots = [*(BOOK / name for name in FRAME), scripts / "js", scripts / "css"]
    found = [path for root in roots for path in root.rglob("*") if path.is_file()]
    yield from sorted(p for p in found if VENDOR not in p.parents and "__pycache__" not in p.parts)
