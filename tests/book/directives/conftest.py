"""Small pages built by Sphinx, to look at what the directives make of their source."""

import io
import re
from dataclasses import dataclass
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from sphinx.application import Sphinx
from sphinx.util.docutils import docutils_namespace, patch_docutils

EXTENSIONS = [
    "myst_nb", "sphinx.ext.mathjax",
    "boxes", "quiz", "predict", "facts", "widgets", "chapter", "terms", "notes_table", "lists",
]  # fmt: skip
SETTINGS = {
    "extensions": EXTENSIONS,
    "html_theme": "basic",
    "nb_execution_mode": "off",
    "suppress_warnings": ["myst-nb.lexer"],  # a notebook that did not run has no language
    "myst_enable_extensions": ["colon_fence", "dollarmath", "tasklist"],
    "html_static_path": [str(Path(__file__).parents[3] / "book" / "_static")],
    "facts_ledger": "facts.yml",
}


@dataclass
class Built:
    """A folder of built pages and the warnings that Sphinx gave."""

    folder: Path
    warnings: str

    def soup(self, name="index"):
        """A page, parsed."""
        return BeautifulSoup((self.folder / f"{name}.html").read_text("utf-8"), "html.parser")


@pytest.fixture
def build(tmp_path):
    """A function that builds pages from their sources: `build(index="# Title")`."""
    source, out = tmp_path / "source", tmp_path / "html"

    def run(facts="", **pages):
        source.mkdir(exist_ok=True)
        (source / "facts.yml").write_text(facts, encoding="utf-8")
        for name, text in pages.items():
            path = source / f"{name}.md"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        warnings = io.StringIO()
        with patch_docutils(), docutils_namespace():
            app = Sphinx(source, None, out, tmp_path / "doctrees", "html", SETTINGS,
                         status=None, warning=warnings)  # fmt: skip
            app.build()
        return Built(out, re.sub(r"\x1b\[[\d;]*m", "", warnings.getvalue()))

    return run
