"""The book is built with the network cut: once npm and pip have run, nothing else is fetched."""

import os
import shutil
import subprocess
import sys

import pytest
from making.places import BOOK, ROOT

pytestmark = pytest.mark.built

NEEDED = ("book", "coursecnn", "experiments", "exercises", "benchmarks")
FILES = ("_config.yml", "package.json", "package-lock.json", "constraints.txt")
CONTENTS = """\
format: jb-book
root: book/index
chapters:
  - file: book/part-2/06-kernels-by-hand
  - file: book/glossary
  - file: book/references
"""


@pytest.fixture
def project(tmp_path):
    """A copy of the project that has installed its packages and has built nothing, of few pages."""
    leave = shutil.ignore_patterns("__pycache__", ".ipynb_checkpoints", "vendor")
    for name in NEEDED:
        shutil.copytree(ROOT / name, tmp_path / name, ignore=leave)
    for name in FILES:
        shutil.copy(ROOT / name, tmp_path)
    (tmp_path / "node_modules").symlink_to(ROOT / "node_modules")
    (tmp_path / "_toc.yml").write_text(CONTENTS)
    (tmp_path / "book" / "index.md").write_text("# A book of one chapter\n")
    return tmp_path


def cut_off(*command):
    """The command with no network but the machine's own, as well as the system can do that."""
    if shutil.which("unshare") is None:  # not Linux: every address leads to a closed port
        return ["env", "HTTPS_PROXY=http://127.0.0.1:9", "HTTP_PROXY=http://127.0.0.1:9", *command]
    setup = 'ip link set lo up && exec "$@"'
    return ["unshare", "--map-root-user", "--net", "sh", "-c", setup, "sh", *command]


def run(project, *command):
    """Run Python in the project, cut off."""
    return subprocess.run(
        cut_off(sys.executable, *command), cwd=project, capture_output=True, text=True,
        env=os.environ | {"PYTHONPATH": str(project), "npm_config_offline": "true"},
    )  # fmt: skip


def test_the_book_is_built_without_a_network(project):
    asked = "import urllib.request as r; r.urlopen('https://pypi.org', timeout=3)"
    assert "URLError" in run(project, "-c", asked).stderr
    done = run(project, "book/build.py")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "1 of 1 notebooks ran" in done.stdout
    html = project / "_build" / "html"
    assert (html / "book/part-2/06-kernels-by-hand.html").is_file()
    assert (html / "notebooks/part-2/06-kernels-by-hand.ipynb").is_file()
    assert {path.name for path in (html / "exercises").iterdir()} >= {
        path.name for path in (BOOK.parent / "exercises").glob("*.ipynb")
    }
    assert (html / "_static/vendor/mathjax/tex-chtml.js").is_file()
    assert "To carry away: _build/coursecnn-book.zip" in done.stdout
