"""The executed notebooks that readers download, as plain Markdown that can be read anywhere.

Boxes become quotations with a label, questions become lists with their answers folded below,
figures get their captions as text, inline markup becomes what it stands for, the first cell of code
begins with what to install, and the sources are listed at the end. The same content gives the same
bytes.
"""

import re
from functools import cache

import nbformat
from pybtex.database import parse_file
from pybtex.richtext import Text

from coursecnn import _extras
from coursecnn._files import write

from . import facts
from .answers import question
from .dependencies import extras
from .pages import blocks, identify
from .places import BOOK, NOTEBOOKS

OF_THE_BUILD = ("source_map", "widgets")
BIBLIOGRAPHY = BOOK / "references.bib"
PLACES = ("journal", "booktitle", "publisher", "howpublished", "institution", "school", "note")

LABELS = {
    "definition": "Definition",
    "theorem": "Theorem",
    "key-idea": "Key idea",
    "correction": "Correction to the notes",
    "note": "Note",
    "tip": "Tip",
    "hint": "Hint",
    "warning": "Careful",
    "important": "Important",
    "admonition": "",
    "dropdown": "",
}
INSTALL = '# To run this notebook, install what it needs; "Get started" in the book says how:'
DROPPED = {
    "raw", "eval-rst", "tableofcontents", "toctree", "bibliography", "play", "networks",
    "networks-authors", "networks-measured",
}  # fmt: skip
QUESTIONS = {"quiz", "predict"}
CODE = {"code", "kbd", "file", "py:func", "py:class", "py:mod", "py:meth", "func", "class", "mod"}

_DIRECTIVE = re.compile(r"\{(?P<name>[\w:-]+)\} ?(?P<argument>.*)")
_OPTION = re.compile(r":(?P<name>[\w-]+):(?P<value>.*)")
_TARGET = re.compile(r"\([\w:-]+\)=\s*$")
_ROLE = re.compile(r"(?<!`)\{(?P<name>[a-z][\w:-]*)\}`(?P<text>[^`]+)`")
_TITLED = re.compile(r"(?P<title>.*?)\s*<(?P<target>[^<>]+)>", re.S)
_LINK = re.compile(r"(?<!!)\[(?P<text>[^\[\]]+)\]\((?!https?:|mailto:|#)[^()\s]+\)")


def publish(page, executed):
    """Write an executed page as `.ipynb`, its text as plain Markdown."""
    notebook = identify(readable(executed))
    for name in OF_THE_BUILD:
        notebook.metadata.pop(name, None)
    nbformat.validate(notebook)
    write(page.published(), nbformat.writes(notebook) + "\n")


def forget_others(pages):
    """Delete published notebooks whose page is no longer in the book."""
    wanted = {page.published() for page in pages}
    for path in NOTEBOOKS.rglob("*.ipynb"):
        if path not in wanted:
            path.unlink()


def readable(notebook):
    """Rewrite the texts of a notebook in place; add what to install, captions and sources.

    Parameters
    ----------
    notebook : NotebookNode
        An executed page of the book.

    Returns
    -------
    NotebookNode
        The same one.
    """
    inline = Inline(facts.read(), _figures(notebook))
    _say_what_to_install(notebook)
    cells = []
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            cell.source = "\n".join(plain(cell.source.splitlines(), inline))
        cells += [cell, *_caption(cell, inline)]
    notebook.cells = cells + _sources(inline.cited)
    return notebook


def _say_what_to_install(notebook):
    """Begin the first cell of code with a comment."""
    needed = ",".join(extras(notebook))
    command = _extras.command(needed) if needed else "python -m pip install -r requirements.txt"
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.source = "\n".join([INSTALL, f"#     {command}", "", cell.source])
            break


# Blocks


def plain(lines, inline):
    """Lines of MyST as lines of Markdown.

    Parameters
    ----------
    lines : list of str
    inline : Inline
        What inline markup stands for.

    Returns
    -------
    list of str
    """
    out, at = [], 0
    for block in blocks("\n".join(lines)):
        if block.type in ("fence", "colon_fence") and block.level == 0:
            begin, end = block.map
            out += _prose(lines[at:begin], inline) + _fence(block.info, lines[begin:end], inline)
            at = end
    return out + _prose(lines[at:], inline)


def _prose(lines, inline):
    text = [line for line in lines if not _TARGET.fullmatch(line)]
    return inline.replace("\n".join(text)).split("\n") if text else []


def _fence(info, lines, inline):
    """A directive in words; code as it is."""
    directive = _DIRECTIVE.fullmatch(info.strip())
    if directive is None:
        return lines
    name = directive["name"]
    options, body = _options(lines[1:-1])
    argument = inline.replace(directive["argument"])
    if name in DROPPED:
        return []
    if name in QUESTIONS:
        return question(name, argument, options, body, lambda part: plain(part, inline))
    if name == "math":
        return ["$$", *body, "$$"]
    if name.startswith("code"):
        return [f"```{directive['argument']}", *body, "```"]
    inside = plain(body, inline)
    if name in LABELS:
        return _quoted(LABELS[name], argument, inside)
    return _quoted(name.rpartition(":")[2].capitalize(), argument, inside)


def _options(body):
    """Options at the top of a directive, and the lines behind them."""
    options = {}
    while body and (match := _OPTION.fullmatch(body[0].strip())):
        options[match["name"]] = match["value"].strip()
        body = body[1:]
    return options, body


def _quoted(label, title, lines):
    heading = ": ".join(filter(None, [label, title]))
    while lines and not lines[0].strip():
        lines = lines[1:]
    parts = [f"**{heading}**", "", *lines] if heading else lines
    return [f"> {line}".rstrip() for line in parts]


# Inline markup


class Inline:
    """What the inline markup of a page stands for.

    Parameters
    ----------
    facts : dict of str to dict
        Those of `facts.read`.
    figures : dict of str to int
        Number of each figure of the page by its name.

    Attributes
    ----------
    cited : set of str
        Keys of the sources that were named so far.
    """

    def __init__(self, facts, figures):
        self.facts, self.figures, self.cited = facts, figures, set()

    def replace(self, text):
        """Text with its markup replaced, and links to other pages of the book as words."""
        return _LINK.sub(lambda match: match["text"], _ROLE.sub(self._stand_in, text))

    def _stand_in(self, match):
        name, text = match["name"], " ".join(match["text"].split())
        if name.startswith("cite"):
            return self._citation(text, in_sentence=name == "cite:t")
        if name == "fact":
            key = text.removeprefix("~")
            if key not in self.facts:
                return match[0]
            return facts.written(self.facts[key], unit=key == text)
        if name == "numref":
            number = self.figures.get(text)
            return f"Figure {number}" if number else "a figure of the book"
        if name == "math":
            return f"${text}$"
        if name == "chapter":
            return f"chapter {text}"
        titled = _TITLED.fullmatch(text)
        words = titled["title"] if titled else text.lstrip("~!").rpartition("/")[2]
        return f"`{words}`" if name in CODE else words

    def _citation(self, text, *, in_sentence):
        keys = [key.strip() for key in text.split(",")]
        self.cited |= set(keys)
        named = [_cited(key) for key in keys]
        if in_sentence:
            return ", ".join(f"{authors} ({year})" for authors, year in named)
        return "(" + "; ".join(f"{authors} {year}" for authors, year in named) + ")"


# Figures


def _figures(notebook):
    """The number of each figure of the notebook by its name."""
    names = [_figure(cell).get("name") for cell in notebook.cells]
    return {name: number for number, name in enumerate(filter(None, names), 1)}


def _figure(cell):
    return cell.metadata.get("mystnb", {}).get("figure", {})


def _caption(cell, inline):
    figure = _figure(cell)
    if "caption" not in figure:
        return []
    number = inline.figures.get(figure.get("name"), "")
    caption = inline.replace(figure["caption"])
    return [nbformat.v4.new_markdown_cell(f"**{f'Figure {number}'.strip()}.** {caption}")]


# Sources


def _sources(keys):
    if not keys:
        return []
    lines = [f"- {_described(key)}" for key in sorted(keys)]
    return [nbformat.v4.new_markdown_cell("\n".join(["## Sources", "", *lines]))]


def _cited(key):
    """Authors and year of a source as a text names it."""
    entry = _bibliography(BIBLIOGRAPHY)[key]
    names = _names(entry)
    authors = f"{names[0]} et al." if len(names) > 3 else _listed(names)
    return authors, _field(entry, "year")


def _described(key):
    """A source with its title and place, in Markdown."""
    entry = _bibliography(BIBLIOGRAPHY)[key]
    authors = _listed(_names(entry))
    title = f"*{_field(entry, 'title')}*"
    where = next((_field(entry, at) for at in PLACES if at in entry.fields), "")
    parts = [f"{authors} ({_field(entry, 'year')}). {title}", where, _address(entry)]
    return ". ".join(filter(None, parts)) + "."


@cache
def _bibliography(file):
    return parse_file(str(file), bib_format="bibtex").entries


def _names(entry):
    people = entry.persons.get("author") or entry.persons.get("editor") or []
    names = [" ".join(str(part) for part in person.rich_last_names) for person in people]
    return names or [_field(entry, "organization") or _field(entry, "title")]


def _listed(names):
    return " and ".join(filter(None, [", ".join(names[:-1]), names[-1]]))


def _field(entry, name):
    return str(Text.from_latex(entry.fields[name])) if name in entry.fields else ""


def _address(entry):
    if "doi" in entry.fields:
        return f"<https://doi.org/{entry.fields['doi']}>"
    if "eprint" in entry.fields:
        return f"<https://arxiv.org/abs/{entry.fields['eprint']}>"
    return f"<{entry.fields['url']}>" if "url" in entry.fields else ""
