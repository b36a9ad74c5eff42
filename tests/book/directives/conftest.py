"""Small sites built by Sphinx, to look at what the directives make of their source.

To start Sphinx costs far more than to build a page: the pages of a module, faulty ones included,
stand together in its `PAGES` and are built once as its `site`. `build` is for what needs more than
one build, or a set-up of its own.
"""

import io
import re
from dataclasses import dataclass
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from sphinx.application import Sphinx
from sphinx.util.docutils import docutils_namespace, patch_docutils

SETTINGS = {
    "extensions": ["myst_nb", "sphinx.ext.mathjax", "_ext"],
    "html_theme": "basic",
    "nb_execution_mode": "off",
    "suppress_warnings": ["myst-nb.lexer"],  # a notebook that did not run has no language
    "myst_enable_extensions": ["colon_fence", "dollarmath", "tasklist"],
    "html_static_path": [str(Path(__file__).parents[3] / "book" / "_static")],
    "facts_file": "facts.yml",
}


@dataclass
class Built:
    """A folder of built pages and the warnings that Sphinx gave."""

    folder: Path
    warnings: str

    def soup(self, name="index"):
        """A page, parsed."""
        return BeautifulSoup((self.folder / f"{name}.html").read_text("utf-8"), "html.parser")

    def warnings_of(self, name):
        """The warnings that name a page, each from its line number on."""
        return re.findall(rf"^\S*/{name}\.md:(.*)$", self.warnings, re.M)


def builder(folder):
    """A function that builds pages in a folder from their sources: `build(index="# Title")`."""
    source, out = folder / "source", folder / "html"

    def build(**files):
        for name, text in ({"facts.yml": ""} | files).items():
            path = source / (name if name.endswith(".yml") else f"{name}.md")
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        warnings = io.StringIO()
        with patch_docutils(), docutils_namespace():
            app = Sphinx(source, None, out, folder / "doctrees", "html", SETTINGS,
                         status=None, warning=warnings)  # fmt: skip
            app.build()
        return Built(out, re.sub(r"\x1b\[[\d;]*m", "", warnings.getvalue()))

    return build


@pytest.fixture
def build(tmp_path):
    """A function that builds pages in a folder of the test."""
    return builder(tmp_path)


@pytest.fixture(scope="module")
def site(request, tmp_path_factory):
    """The pages of the module, built once."""
    build = builder(tmp_path_factory.mktemp("site"))
    index = "# Pages\n\n```{toctree}\n:glob:\n:hidden:\n\n**\n```\n"
    return build(index=index, **request.module.PAGES)
