"""Which modules of the library a piece of code may run, read from its imports without running it.

Every import counts, wherever it stands: a lazy one inside a function as much as one at the top.
Where the name of a module is computed, nobody can tell, and the whole library counts.
"""

import ast

PACKAGE = "coursecnn"
EVERYTHING = frozenset({f"{PACKAGE}.*"})

_BY_NAME = {"import_module", "__import__", "run_module", "run_path"}
_BY_TEXT = {"exec", "eval", "compile"}  # as functions only: models and patterns have such methods


def closure(needed, imports_of):
    """All modules that may run when some are imported.

    Parameters
    ----------
    needed : set of str
        Dotted names; those that are not modules of the library are passed over.
    imports_of : dict of str to set of str
        What each module of the library imports, as `imports` finds it.

    Returns
    -------
    set of str
        Names of modules: keys of `imports_of`.
    """
    reached, waiting = set(), [*needed]
    while waiting:
        name = waiting.pop()
        matching = _below(name, imports_of) if name.endswith(".*") else [name]
        for module in matching:
            if module in imports_of and module not in reached:
                reached.add(module)
                waiting += imports_of[module]
    return reached


def imports(tree, package=""):
    """Names that the code may import from the library.

    Parameters
    ----------
    tree : ast.AST
        The code.
    package : str, default ""
        The package that relative imports start from.

    Returns
    -------
    set of str
        Dotted names of modules, and of things inside them; a name that ends in ``.*`` stands for
        all modules below it.
    """
    found = set()
    for node in ast.walk(tree):
        found |= _imported(node, package)
    return {part for name in found for part in _with_parents(name) if _ours(part)}


def _imported(node, package):
    if isinstance(node, ast.Import):
        return {alias.name for alias in node.names}
    if isinstance(node, ast.ImportFrom):
        start = _start(node, package)
        return {start} | {f"{start}.{alias.name}" for alias in node.names}
    if isinstance(node, ast.Name) and node.id in _BY_NAME | _BY_TEXT:
        return EVERYTHING
    if isinstance(node, ast.Attribute) and node.attr in _BY_NAME:
        return EVERYTHING
    return set()


def _start(node, package):
    """The module that `from … import` names, with the dots of a relative import resolved."""
    if not node.level:
        return node.module
    parts = package.split(".")[: len(package.split(".")) - node.level + 1]
    return ".".join([*parts, *filter(None, [node.module])])


def _with_parents(name):
    """A module and the packages on the way to it: Python runs them all."""
    parts = name.split(".")
    return [".".join(parts[:end]) for end in range(1, len(parts) + 1)]


def _below(pattern, modules):
    start = pattern.removesuffix("*")
    return [name for name in modules if name.startswith(start)]


def _ours(name):
    return name == PACKAGE or name.startswith(f"{PACKAGE}.")
