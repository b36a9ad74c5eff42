"""From executed notebooks to HTML: Jupyter Book, as strict as can be, and what it leaves to us."""

import hashlib
import json
import os
import shutil
import subprocess
import sys

from coursecnn._files import write

from . import pages, styles
from .places import BOOK, BUILD, EXERCISES, HTML, NOTEBOOKS, ROOT, VENDOR, BuildError

STAMP = BUILD / "frame.digest"
# What every page depends on, and what Sphinx does not watch by itself.
FRAME = ("_ext", "_static", "_templates", "making")
FILES = (
    "_config.yml", "_toc.yml", "package-lock.json", "book/references.bib", "book/glossary.md",
    "coursecnn/_palette.py", "coursecnn/widgets/bundle.py",
)  # fmt: skip
WATCHED = {"facts.yml"}  # a page that uses it says so itself

# The theme ships icon fonts, source maps and logos of services, and Sphinx the scripts of its own
# search; our templates use none of them.
UNUSED = (
    "_static/vendor/fontawesome",
    "_static/scripts/fontawesome.*",
    "_static/webpack-macros.html",
    "_static/sbt-webpack-macros.html",
    "_static/images/logo_*",
    "_static/scripts/bootstrap.*",
    "_static/locales",
    "_static/searchtools.js",
    "_static/language_data.js",
    "_static/sphinx_highlight.js",
    "_static/copybutton_funcs.js",
    "_static/**/*.map",
)

FIRST = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>{title}</title>
<link rel="icon" href="data:,">
<meta http-equiv="refresh" content="0; url={target}">
</head>
<body>
<main><h1>{title}</h1><p><a href="{target}">Open the book</a></p></main>
</body>
</html>
"""


def build_html():
    """Write the HTML; anything that Sphinx warns of is an error.

    After a change of the frame (settings, extensions, templates, styles, titles), and after a build
    that did not end well, all pages are written anew; else only those that changed, or whose
    notebook ran anew. A failed build must not count as done: Sphinx warns of a page only when it
    reads it.

    Returns
    -------
    str
        Digest of the frame, for `keep` at the end of the build.
    """
    wanted = _frame_digest()
    if not (STAMP.is_file() and STAMP.read_text() == wanted and HTML.is_dir()):
        shutil.rmtree(HTML, ignore_errors=True)
        shutil.rmtree(BUILD / ".doctrees", ignore_errors=True)
        shutil.rmtree(BUILD / "jupyter_execute", ignore_errors=True)
    STAMP.unlink(missing_ok=True)
    _sphinx()
    return wanted


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


def finish():
    """Add the first page and the downloads to what Sphinx wrote, and delete what nobody loads."""
    target = f"{pages.pages()[0].name}.html"
    write(HTML / "index.html", FIRST.format(target=target, title=pages.title()))
    for pattern in UNUSED:
        for path in HTML.glob(pattern):
            shutil.rmtree(path) if path.is_dir() else path.unlink()
    styles.prune(HTML)
    _copy(NOTEBOOKS, HTML / "notebooks")
    _copy(EXERCISES, HTML / "exercises")


def _copy(source, target):
    """Put every notebook of a folder into the site."""
    shutil.rmtree(target, ignore_errors=True)
    for path in source.rglob("*.ipynb"):
        inside = path.relative_to(source)
        if not any(part.startswith(".") for part in inside.parts):  # Jupyter keeps copies there
            (target / inside).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(path, target / inside)
            _copy_as_script(target / inside)


def _copy_as_script(notebook):
    """Write the script by which a page on a disk can save the notebook; `take.js` says why."""
    name, text = json.dumps(notebook.name), json.dumps(notebook.read_text("utf-8"))
    write(notebook.with_name(f"{notebook.name}.js"), f"coursecnnSave({name}, {text});\n")


def keep(digest):
    """Note that the HTML is whole and belongs to this frame: the next build may keep its pages."""
    STAMP.write_text(digest)
