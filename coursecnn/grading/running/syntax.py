"""Read Python without running it: which names a piece of code defines, uses, and imports."""

import ast
import threading
import warnings

from coursecnn.grading.running.child.cells import understand

BRACES = 2000  # in one cell: Python 3.11 takes minutes to read an f-string with many more
DEEPEST = 16  # attributes of attributes; a longer chain names nothing that is known here
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)
COMPREHENSIONS = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)
SCOPES = (*FUNCTIONS, ast.ClassDef, *COMPREHENSIONS)
_quietly = threading.Lock()  # the filters of `warnings` belong to all threads


def parse(source):
    """The syntax tree of a cell.

    Parameters
    ----------
    source : str
        Text of the cell; see `child.cells.understand`.

    Returns
    -------
    ast.Module or None
        None where the text is not Python, which is common, and no reason to stop, or where it
        takes too long to read.
    """
    if source.count("{") > BRACES:
        return None
    try:
        with _quietly, warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of an invalid escape in a student's text
            return understand(source, ast.parse)[0]
    except (SyntaxError, ValueError, MemoryError, RecursionError):
        return None


def names(node):
    """Names that a statement defines.

    Parameters
    ----------
    node : ast.stmt
        A statement at the top level of a cell.

    Returns
    -------
    list of str
        Functions, classes, imports and variables.
    """
    if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
        return [node.name]
    if isinstance(node, (ast.Import, ast.ImportFrom)):
        return [alias.asname or alias.name.partition(".")[0] for alias in node.names]
    variables = (n for n in ast.walk(node) if isinstance(n, ast.Name))
    return [n.id for n in variables if isinstance(n.ctx, ast.Store)]


def calls(node):
    """Name of the function that a statement is a call of, or that opens its `with` block.

    Parameters
    ----------
    node : ast.stmt
        A statement.

    Returns
    -------
    str or None
        None for every other statement.
    """
    if isinstance(node, ast.With):
        expression = node.items[0].context_expr
    else:
        expression = node.value if isinstance(node, ast.Expr) else None
    function = expression.func if isinstance(expression, ast.Call) else None
    return function.id if isinstance(function, ast.Name) else None


def uses(node):
    """Names that a piece of code reads from outside, with their attributes.

    Parameters
    ----------
    node : ast.AST
        Any part of a tree.

    Yields
    ------
    str
        Dotted names, shorter parts of each included, and texts, which may name a module. What
        belongs to a function itself is left out, as others of that name have nothing to do with it.
    """
    waiting = [(node, ())]
    for part, scopes in waiting:  # it grows while it is read
        if isinstance(part, ast.Constant) and isinstance(part.value, str):
            yield part.value
        elif (name := _found_by_text(part) or dotted(part)) and not any(
            name.partition(".")[0] in own for own in scopes
        ):
            yield name
        inside = (*scopes, _own(part)) if isinstance(part, FUNCTIONS) else scopes
        waiting += [(child, inside) for child in ast.iter_child_nodes(part)]


def _found_by_text(node):
    """What `getattr(module, "name")` finds, in full."""
    if not (isinstance(node, ast.Call) and dotted(node.func) == "getattr" and len(node.args) > 1):
        return None
    place, name = dotted(node.args[0]), node.args[1]
    return f"{place}.{name.value}" if place and _is_text(name) else None


def searches(node):
    """Calls that may find something by a name that is put together while they run.

    Parameters
    ----------
    node : ast.AST
        Any part of a tree.

    Yields
    ------
    str, ast.Call
        The dotted name of what is called, and the call, one of whose arguments is no text.
    """
    for part in ast.walk(node):
        if isinstance(part, ast.Call) and part.args and not _is_text(part.args[-1]):
            name = dotted(part.func)
            if name:
                yield name, part


def _is_text(node):
    return isinstance(node, ast.Constant) and isinstance(node.value, str)


def checked(tree):
    """Answers that are handed to `check` without a name.

    Parameters
    ----------
    tree : ast.Module
        One cell.

    Yields
    ------
    str, ast.expr
        Id of the task, and what was handed over.
    """
    for part in ast.walk(tree):
        if isinstance(part, ast.Call) and len(part.args) == 2 and _is_text(part.args[0]):
            name = dotted(part.func) or ""
            if name.endswith("check"):
                yield part.args[0].value, part.args[1]


def _own(function):
    """Parameters of a function and variables that it sets, unless it reads them outside, too."""
    arguments = function.args
    given = [*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs]
    given += filter(None, (arguments.vararg, arguments.kwarg))
    found, outside = {argument.arg for argument in given}, set()
    body = function.body if isinstance(function.body, list) else [function.body]
    for part in _same_scope(body):
        if isinstance(part, ast.Name) and isinstance(part.ctx, ast.Store):
            found.add(part.id)
        elif isinstance(part, (ast.Global, ast.Nonlocal)):
            outside.update(part.names)
    around = [*arguments.defaults, *filter(None, arguments.kw_defaults)]
    around += getattr(function, "decorator_list", [])
    outside.update(n.id for part in around for n in ast.walk(part) if isinstance(n, ast.Name))
    return found - outside


def _same_scope(nodes):
    """All parts of some code, without those of functions, classes and comprehensions in it."""
    waiting = list(nodes)
    for part in waiting:  # it grows while it is read
        if not isinstance(part, SCOPES):
            yield part
            waiting += ast.iter_child_nodes(part)


def aliases(tree):
    """What short names stand for.

    Parameters
    ----------
    tree : ast.Module
        One cell.

    Yields
    ------
    str, str
        Name and what it stands for, such as "F" and "torch.nn.functional"; the name "*" for
        everything in a module.
    """
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((alias.asname, alias.name) for alias in node.names if alias.asname)
        elif isinstance(node, ast.ImportFrom):
            yield from (
                (alias.asname or alias.name, f"{node.module}.{alias.name}") for alias in node.names
            )
        elif isinstance(node, ast.Assign) and dotted(node.value):
            yield from (
                (target.id, dotted(node.value))
                for target in node.targets
                if isinstance(target, ast.Name)
            )


def dotted(node):
    """A name with its attributes, such as "torch.nn.functional"; None for anything else.

    Parameters
    ----------
    node : ast.AST
        Any part of a tree.

    Returns
    -------
    str or None
        The name.
    """
    parts = []
    while isinstance(node, ast.Attribute) and len(parts) < DEEPEST:
        parts.append(node.attr)
        node = node.value
    if not isinstance(node, ast.Name):
        return None
    return ".".join([node.id, *reversed(parts)])
