"""The pages of the book, in reading order, as `_toc.yml` lists them."""

import hashlib
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise
from pathlib import Path

import yaml
from markdown_it.renderer import RendererHTML
from myst_nb.core.read import is_myst_markdown_notebook, read_myst_markdown_notebook
from myst_parser.config.main import MdParserConfig
from myst_parser.parsers.mdit import create_md_parser

from .places import BOOK, NOTEBOOKS, ROOT, BuildError


@dataclass(frozen=True)
class Page:
    """One page of the book.

    Attributes
    ----------
    name : str
        The page as `_toc.yml` writes it, such as ``book/part-2/06-kernels-by-hand``.
    path : Path
        Its source.
    source : str
        Text of the source when the build began; an edit meanwhile belongs to the next build.
    """

    name: str
    path: Path
    source: str = field(repr=False)

    @classmethod
    def load(cls, name, path):
        """Read a page's source."""
        return cls(name, path, path.read_text("utf-8"))

    def is_notebook(self):
        """Whether the page has cells to execute."""
        return is_myst_markdown_notebook(self.source)

    def read(self):
        """Read the source as a notebook without outputs, exactly as the HTML build reads it."""
        return read_myst_markdown_notebook(
            self.source, config=_markdown(), add_source_map=True, path=self.path
        )

    def title(self):
        """Title of the page: its first heading, as it is written; without one, its name."""
        for opening, inside in pairwise(blocks(self.source)):
            if opening.type == "heading_open" and opening.tag == "h1":
                return inside.content
        return self.name

    def published(self):
        """Path of the executed notebook that readers download."""
        inside = self.path.relative_to(BOOK) if self.path.is_relative_to(BOOK) else self.path.name
        return (NOTEBOOKS / inside).with_suffix(".ipynb")


def identify(notebook):
    """Give each cell an id made of its place and its source; the usual ids are random."""
    for number, cell in enumerate(notebook.cells):
        cell["id"] = f"{number:03d}-{hashlib.sha256(cell.source.encode()).hexdigest()[:8]}"
    notebook.nbformat, notebook.nbformat_minor = 4, 5
    return notebook


def pages(toc=ROOT / "_toc.yml"):
    """List every page of the table of contents.

    Raises
    ------
    BuildError
        If a listed page has no source.
    """
    table = yaml.safe_load(toc.read_text("utf-8"))
    names = [table["root"], *_files(table)]
    return [Page.load(name, _source(toc.parent, name)) for name in names]


def notebooks():
    """List the pages that have cells to execute."""
    return [page for page in pages() if page.is_notebook()]


def title():
    """Title of the book."""
    return _settings()["title"]


@cache
def _settings():
    return yaml.safe_load((ROOT / "_config.yml").read_text("utf-8"))


def blocks(text):
    """Blocks of a Markdown text as tokens of markdown-it, the markup inside their lines unread."""
    return _parser().parse(text)


@cache
def _parser():
    return create_md_parser(_markdown(), RendererHTML).disable("inline")


def _markdown():
    """Markdown settings of the book: with others, a fence inside a colon fence would be a cell."""
    return MdParserConfig(enable_extensions=set(_settings()["parse"]["myst_enable_extensions"]))


def _files(node):
    if isinstance(node, list):
        return [name for item in node for name in _files(item)]
    if not isinstance(node, dict):
        return []
    own = [node["file"]] if "file" in node else []
    return own + [name for value in node.values() for name in _files(value)]


def _source(root, name):
    path = root / f"{name.removesuffix('.md')}.md"
    if not path.is_file():
        raise BuildError(f"`_toc.yml` lists {name}, but {path.name} is not there.")
    return path
