"""What a student has written so far: the cells that have run, or the file of the answer."""

import ast
import linecache
import sys
from functools import lru_cache

from coursecnn.grading.running.syntax import names, parse

_parse = lru_cache(2000)(parse)  # a long session checks often


def cells():
    """The cells that have run in this notebook.

    Returns
    -------
    list of str
        Empty outside of a notebook.
    """
    shell = sys.modules["IPython"].get_ipython() if "IPython" in sys.modules else None
    return getattr(getattr(shell, "history_manager", None), "input_hist_raw", None) or []


def written(answer):
    """The code that an answer is a part of, as the grader will read it.

    Parameters
    ----------
    answer : object
        The function or value.

    Returns
    -------
    list of ast.Module
        Without what a cell that ran later has replaced; empty where there is no source.
    """
    sources = cells()
    if not sources:
        code = getattr(answer, "__code__", None)
        sources = ["".join(linecache.getlines(code.co_filename))] if code else []
    return _newest(list(filter(None, map(_parse, filter(None, sources)))))


def _newest(trees):
    """Each cell without the statements whose names are all defined anew by a later one."""
    kept, replaced = [], set()
    for tree in reversed(trees):
        body = [
            node for node in tree.body if not (names(node) and replaced.issuperset(names(node)))
        ]
        replaced |= {name for node in tree.body for name in names(node) if not _reads(node, name)}
        kept.append(ast.Module(body, []))
    return kept[::-1]


def _reads(node, name):
    """Whether a statement needs what the name stood for before, as `f = faster(f)` does."""
    if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
        return False  # it speaks of itself
    found = (part for part in ast.walk(node) if isinstance(part, ast.Name) and part.id == name)
    return isinstance(node, ast.AugAssign) or any(isinstance(one.ctx, ast.Load) for one in found)
