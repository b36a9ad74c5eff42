"""Tasks as students may read them: without the right answers that only our tests need."""

import ast
import re


def without_alternatives(source):
    """Leave `alternatives=` out of each `Task(…)`, and then what nothing uses any more.

    The reference and the known mistakes stay, since a check needs them.

    Parameters
    ----------
    source : str
        A module that defines tasks.

    Returns
    -------
    str
        The same module but for that; its comments and its layout stay.
    """
    tree = ast.parse(source)
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
    surplus = [
        keyword
        for call in calls
        if getattr(call.func, "id", None) == "Task"
        for keyword in call.keywords
        if keyword.arg == "alternatives"
    ]
    text = _without(source, surplus)
    while unused := _unused(ast.parse(text)):
        text = _without(text, unused)
    return re.sub(r"\n{4,}", "\n\n\n", text)


def _unused(tree):
    """Private functions of a module that nothing in it names."""
    named = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
    functions = (node for node in tree.body if isinstance(node, ast.FunctionDef))
    return [one for one in functions if one.name.startswith("_") and one.name not in named]


def _without(source, nodes):
    """The text without whole lines of code; a comma behind the last one goes as well."""
    lines = source.splitlines(keepends=True)
    for node in sorted(nodes, key=lambda node: node.lineno, reverse=True):
        before = lines[node.lineno - 1].encode()[: node.col_offset].decode()
        behind = lines[node.end_lineno - 1].encode()[node.end_col_offset :].decode()
        rest = before.rstrip() + behind.lstrip(", ")
        lines[node.lineno - 1 : node.end_lineno] = [rest] if rest.strip() else []
    return "".join(lines)
