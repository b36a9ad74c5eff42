"""Read a submitted notebook, whatever it may be, without trusting that it is one."""

import ast
import json
import re
from dataclasses import dataclass, field
from functools import cached_property

from coursecnn.grading.running.syntax import calls, names, parse

SIZE_LIMIT = 50 * 2**20
CODE_LIMIT = 2**18  # characters; a syntax tree takes hundreds of times the memory of its text
CELL_LIMIT = 5000
PART_LIMIT = 2**20  # lists and objects in the file; an empty one takes 20 times its text


class UnreadableError(Exception):
    """The file is not a notebook; the text says why, as a sentence."""


@dataclass(frozen=True)
class Notebook:
    """The code of a notebook, and what it says of itself.

    Parameters
    ----------
    sources : tuple of str
        Texts of the code cells, in their order.
    assignment : str or None
        Name of the sheet that it was made from, if it says so.
    version : int or None
        Version of the tasks that it was made for.
    marks : dict
        From the names that nbgrader's marks give to cells to positions, from 1. They may be
        wrong: they help to explain, not to grade.
    cells : tuple of (str, str)
        The name that nbgrader's marks give to each cell, and its text; cells of every kind.
    """

    sources: tuple[str, ...]
    assignment: str | None = None
    version: int | None = None
    marks: dict[str, int] = field(default_factory=dict)
    cells: tuple[tuple[str, str], ...] = ()

    @cached_property
    def trees(self):
        """The syntax trees of the cells.

        Returns
        -------
        tuple of ast.Module or None
            None where a cell is not Python.
        """
        return tuple(map(parse, self.sources))

    @cached_property
    def definitions(self):
        """Positions, from 1, of the last cell that defines each name at its top level.

        Returns
        -------
        dict
            From name to position. Cells that are not valid Python are read by their first words.
        """
        found = {}
        cells = zip(self.sources, self.trees, strict=True)
        for position, (source, tree) in enumerate(cells, start=1):
            found.update(dict.fromkeys(_defined(source, tree), position))
        return found

    def place(self, name):
        """Where the answer to a task stands, or at least should stand.

        Parameters
        ----------
        name : str
            Id of the task.

        Returns
        -------
        int or None
            Position from 1.
        """
        return self.definitions.get(name) or self.marks.get(f"{name}-answer")

    def work(self):
        """The cells that a grader must run, without what only shows something.

        Returns
        -------
        list of [int, str]
            Position from 1, and text.
        """
        cells = enumerate(zip(self.sources, self.trees, strict=True), start=1)
        return [
            [position, _without_pictures(source, tree)]
            for position, (source, tree) in cells
            if source.strip() and not _only_shows(tree)
        ]


def read(data):
    """Read a notebook.

    Parameters
    ----------
    data : bytes
        Contents of the file.

    Returns
    -------
    Notebook
        Its code cells; those of the old format 3, too.

    Raises
    ------
    UnreadableError
        If the bytes are not a notebook.
    """
    content = _parse(data)
    cells = content.get("cells")
    if cells is None:  # format 3 kept the cells in worksheets
        sheets = [sheet for sheet in _list(content.get("worksheets")) if isinstance(sheet, dict)]
        cells = [cell for sheet in sheets for cell in _list(sheet.get("cells"))]
    if not isinstance(cells, list) or ("cells" not in content and "worksheets" not in content):
        raise UnreadableError("The file is JSON, but it has no cells: it is not a notebook.")
    code = [c for c in cells if isinstance(c, dict) and c.get("cell_type") == "code"]
    sources = tuple(map(_source, code))
    if sum(map(len, sources)) > CODE_LIMIT:
        raise UnreadableError(f"The notebook holds more than {CODE_LIMIT // 2**10} kB of code.")
    if len(cells) > CELL_LIMIT:
        raise UnreadableError(f"The notebook has more than {CELL_LIMIT:,} cells.")
    about = _dict(_dict(content.get("metadata")).get("coursecnn"))
    name, version = about.get("assignment"), about.get("version")
    return Notebook(
        sources,
        name if isinstance(name, str) else None,
        version if type(version) is int else None,
        {_mark(cell): position for position, cell in enumerate(code, start=1)},
        tuple((_mark(cell), _source(cell)) for cell in cells if isinstance(cell, dict)),
    )


def _parse(data):
    if not data.strip():
        raise UnreadableError("The file is empty.")
    if len(data) > SIZE_LIMIT:
        raise UnreadableError(f"The file is larger than {SIZE_LIMIT // 2**20} MB.")
    if _parts(data) > PART_LIMIT:
        raise UnreadableError("The file has more parts than any notebook: it is none.")
    try:
        content = json.loads(data.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise UnreadableError("The file is not text: it is not a notebook.") from error
    except (ValueError, RecursionError) as error:
        raise UnreadableError("The file is not JSON: it is damaged, or not a notebook.") from error
    if not isinstance(content, dict):
        raise UnreadableError("The file is JSON, but not a notebook.")
    return content


def _parts(data):
    """How many lists and objects the text holds at most, or half as many strings."""
    return max(data.count(b"[") + data.count(b"{"), data.count(b'"') // 4)


def _source(cell):
    source = cell.get("source", cell.get("input", ""))
    if isinstance(source, list):
        return "".join(line for line in source if isinstance(line, str))
    return source if isinstance(source, str) else ""


def _mark(cell):
    """The name that nbgrader's marks give to a cell."""
    mark = _dict(_dict(cell.get("metadata")).get("nbgrader")).get("grade_id")
    return mark if isinstance(mark, str) else ""


def _list(value):
    return value if isinstance(value, list) else []


def _dict(value):
    return value if isinstance(value, dict) else {}


def _defined(source, tree):
    if tree is None:
        return re.findall(r"^(?:async +)?(?:def +)?(\w+)\s*(?:\(|=[^=])", source, re.MULTILINE)
    return [name for node in tree.body for name in names(node)]


def _only_shows(tree):
    """Whether a cell holds only `check(…)` and `with when_written():`, which earn no points."""
    return tree is not None and all(calls(node) in ("check", "when_written") for node in tree.body)


def _without_pictures(source, tree):
    """The cell without its blocks of `with when_written():` that can define nothing."""
    lines = source.split("\n")
    for node in tree.body if tree is not None and "\r" not in source else ():
        if calls(node) == "when_written" and _only_expressions(node):
            lines[node.lineno - 1 : node.end_lineno] = [""] * (node.end_lineno - node.lineno + 1)
    return "\n".join(lines)


def _only_expressions(block):
    return all(isinstance(node, ast.Expr) for node in block.body) and not names(block)
