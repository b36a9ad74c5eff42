"""Which tables of experiments a notebook loads, read from its code without running it.

`evidence.load("lenet_mnist")` names its table. Wherever the name is computed, or `evidence` is used
in a way that is not so plain, every table counts.
"""

import ast

_TOUCHING_FILES = {"load", "RESULTS", "save"}


def tables(tree, folder):
    """Files of the experiments that the outputs of a notebook may depend on.

    Parameters
    ----------
    tree : ast.AST or None
        Code of the notebook; None if nobody can tell.
    folder : Path
        Where the tables lie.

    Returns
    -------
    list of Path
    """
    files = [path for path in folder.rglob("*.csv") if path.is_file()]
    if tree is None or not _is_plain(tree):
        return files
    texts = {node.value for node in ast.walk(tree) if isinstance(node, ast.Constant)}
    return [path for path in files if path.stem in texts]


def _is_plain(tree):
    """Whether tables are loaded by `evidence.load` with its name written out, and only so."""
    nodes = list(ast.walk(tree))
    calls = {id(node.func) for node in nodes if _loads_by_name(node)}
    harmless = {id(node.value) for node in nodes if _leaves_files_alone(node, calls)}
    uses = {id(node) for node in nodes if isinstance(node, ast.Name) and node.id == "evidence"}
    return uses <= harmless and not any(_renames(node) or _is_path(node) for node in nodes)


def _loads_by_name(node):
    return (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr == "load"
        and len(node.args) == 1
        and isinstance(node.args[0], ast.Constant)
    )


def _leaves_files_alone(node, calls):
    """Whether it is `evidence.something` that touches no files, or a plain `evidence.load`."""
    return isinstance(node, ast.Attribute) and (
        node.attr not in _TOUCHING_FILES or id(node) in calls
    )


def _renames(node):
    """Whether an import brings `evidence`, or a part of it, under another name."""
    if isinstance(node, ast.Import):
        return any(alias.name.endswith(".evidence") for alias in node.names)
    if not isinstance(node, ast.ImportFrom):
        return False
    renamed = any(alias.name == "evidence" and alias.asname for alias in node.names)
    return renamed or (node.module or "").endswith("evidence")


def _is_path(node):
    """Whether it is a text that looks like the path of a table."""
    if not isinstance(node, ast.Constant) or not isinstance(node.value, str):
        return False
    return "evidence" in node.value or node.value.endswith(".csv")
