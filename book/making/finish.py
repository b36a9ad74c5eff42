"""What Sphinx leaves to us: the first page, the downloads, and the files that nobody loads."""

import json
import re
import shutil

from .places import EXERCISES, HTML, NOTEBOOKS
from .writing import write_text

# The theme ships icon fonts, source maps and logos of services; our templates use none of them.
UNUSED = (
    "_static/vendor/fontawesome",
    "_static/scripts/fontawesome.*",
    "_static/webpack-macros.html",
    "_static/sbt-webpack-macros.html",
    "_static/images/logo_*",
    "_static/locales",
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


def finish(root_page, title):
    """Complete the HTML that Sphinx wrote."""
    write_text(HTML / "index.html", FIRST.format(target=f"{root_page}.html", title=title))
    for pattern in UNUSED:
        for path in HTML.glob(pattern):
            _delete(path)
    _forget_icon_font(HTML / "_static" / "styles" / "pydata-sphinx-theme.css")
    _copy(NOTEBOOKS, HTML / "notebooks")
    _copy(EXERCISES, HTML / "exercises")


def _forget_icon_font(style):
    """Take the rules of the deleted icon font out of the theme's styles."""
    rules = r"@font-face\{[^}]*Font Awesome[^}]*\}|@font-face\{[^}]*FontAwesome[^}]*\}"
    write_text(style, re.sub(rules, "", style.read_text("utf-8")))


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
    write_text(notebook.with_name(f"{notebook.name}.js"), f"coursecnnSave({name}, {text});\n")


def _delete(path):
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink()
