"""The book's markup as plain Markdown, so that a downloaded notebook can be read anywhere.

Boxes become quotations with a label, questions become lists with their answers folded below,
figures get their captions as text, and roles become what they stand for. `questions.py` reads the
same answers for the pages.
"""

import re

import nbformat

from . import ledger, sources
from .asked import question
from .roles import Roles

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
DROPPED = {"raw", "eval-rst", "tableofcontents", "toctree", "bibliography"}
QUESTIONS = {"quiz", "predict"}

_OPEN = re.compile(r"(?P<fence>:{3,}|`{3,})\{(?P<name>[\w:-]+)\} ?(?P<argument>.*)")
_CODE = re.compile(r"(?P<fence>`{3,}|~{3,})")
_OPTION = re.compile(r":(?P<name>[\w-]+):(?P<value>.*)")
_TARGET = re.compile(r"\([\w:-]+\)=\s*$")


def readable(notebook):
    """Rewrite the texts of a notebook in place, and add its captions and sources.

    Parameters
    ----------
    notebook : NotebookNode
        An executed page of the book.

    Returns
    -------
    NotebookNode
        The same one.
    """
    roles = Roles(ledger.read(), _figures(notebook))
    cells = []
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            cell.source = "\n".join(plain(cell.source.splitlines(), roles))
        cells += [cell, *_caption(cell, roles)]
    notebook.cells = cells + _sources(roles.cited)
    return notebook


def plain(lines, roles):
    """Lines of MyST as lines of Markdown.

    Parameters
    ----------
    lines : list of str
    roles : Roles
        What inline markup stands for.

    Returns
    -------
    list of str
    """
    out, text, at = [], [], 0
    while at < len(lines):
        fence = _OPEN.fullmatch(lines[at]) or _CODE.match(lines[at])
        if fence is None:
            text += [] if _TARGET.fullmatch(lines[at]) else [lines[at]]
            at += 1
            continue
        end = _closing(lines, at, fence["fence"])
        out += _spoken(text, roles)
        text = []
        out += _block(fence, lines[at : end + 1], roles)
        at = end + 1
    return out + _spoken(text, roles)


def _spoken(text, roles):
    return roles.replace("\n".join(text)).split("\n") if text else []


def _closing(lines, at, fence):
    """The line that closes the fence: the same sign, as often or more."""
    for end in range(at + 1, len(lines)):
        sign = lines[end].strip()
        if len(sign) >= len(fence) and set(sign) == set(fence):
            return end
    return len(lines) - 1


def _block(fence, lines, roles):
    if fence.re is _CODE:
        return lines
    name, body = fence["name"], lines[1:-1]
    options, body = _options(body)
    argument = roles.replace(fence["argument"])
    if name in DROPPED:
        return []
    if name in QUESTIONS:
        return question(name, argument, options, body, lambda part: plain(part, roles))
    if name == "math":
        return ["$$", *body, "$$"]
    if name.startswith("code"):
        return [f"```{fence['argument']}", *body, "```"]
    inside = plain(body, roles)
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


def _figures(notebook):
    """The number of each figure of the notebook by its name."""
    return {name: number for number, name in enumerate(filter(None, _names(notebook)), 1)}


def _names(notebook):
    return [_figure(cell).get("name") for cell in notebook.cells]


def _figure(cell):
    return cell.metadata.get("mystnb", {}).get("figure", {})


def _caption(cell, roles):
    figure = _figure(cell)
    if "caption" not in figure:
        return []
    number = roles.figures.get(figure.get("name"), "")
    caption = roles.replace(figure["caption"])
    return [nbformat.v4.new_markdown_cell(f"**{f'Figure {number}'.strip()}.** {caption}")]


def _sources(keys):
    if not keys:
        return []
    lines = [f"- {sources.described(key)}" for key in sorted(keys)]
    return [nbformat.v4.new_markdown_cell("\n".join(["## Sources", "", *lines]))]
