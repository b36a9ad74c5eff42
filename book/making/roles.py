"""Inline markup of the book as plain words."""

import re

from . import sources
from .ledger import written

_ROLE = re.compile(r"(?<!`)\{(?P<name>[a-z][\w:-]*)\}`(?P<text>[^`]+)`")
_TITLED = re.compile(r"(?P<title>.*?)\s*<(?P<target>[^<>]+)>", re.S)
_LINK = re.compile(r"(?<!!)\[(?P<text>[^\[\]]+)\]\((?!https?:|mailto:|#)[^()\s]+\)")
CODE = {"code", "kbd", "file", "py:func", "py:class", "py:mod", "py:meth", "func", "class", "mod"}


class Roles:
    """What each role of a page stands for.

    Parameters
    ----------
    facts : dict of str to dict
        The ledger.
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
        """Text with each role replaced, and links to other pages of the book as words."""
        return _LINK.sub(lambda match: match["text"], _ROLE.sub(self._stand_in, text))

    def _stand_in(self, match):
        name, text = match["name"], " ".join(match["text"].split())
        if name.startswith("cite"):
            return self._citation(text, in_sentence=name == "cite:t")
        if name == "fact":
            key = text.removeprefix("~")
            return written(self.facts[key], unit=key == text) if key in self.facts else match[0]
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
        named = [sources.cited(key) for key in keys]
        if in_sentence:
            return ", ".join(f"{authors} ({year})" for authors, year in named)
        return "(" + "; ".join(f"{authors} {year}" for authors, year in named) + ")"
