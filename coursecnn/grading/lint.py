"""Find, without running it, whether an answer leans on a function that does the work for it."""

from itertools import islice

from .syntax import aliases, names, parse, uses


def forbidden_use(sources, name, forbidden):
    """The first forbidden helper that an answer reaches.

    Only what the answer reaches through functions and variables of the notebook counts: to
    compare with SciPy in a cell of its own is welcome.

    Parameters
    ----------
    sources : sequence of str
        Texts of the code cells.
    name : str
        The function or value that was asked for.
    forbidden : sequence of str
        Dotted names of functions, or modules full of them.

    Returns
    -------
    str or None
        What it uses, in full, such as "scipy.signal.correlate2d".
    """
    definitions, short = _index(list(filter(None, map(parse, sources))))
    for used in _reach(name, definitions, short):
        if any(used == helper or used.startswith(f"{helper}.") for helper in forbidden):
            return used
    return None


def _index(trees):
    """What each name of the notebook is defined by, and what the short names stand for."""
    definitions, short = {}, {}
    for tree in trees:
        for node in tree.body:
            for defined in names(node):
                definitions.setdefault(defined, []).append(node)
        for alias, full in aliases(tree):
            short.setdefault(alias, set()).add(full)
    return definitions, short


def _reach(name, definitions, short):
    """Full names of all that the definition of `name` uses, directly or through others."""
    waiting, seen = [name], {name}
    for current in waiting:  # it grows while it is read
        yield from islice(_expand(current, short), 100)
        found = (used for node in definitions.get(current, ()) for used in uses(node))
        new = [used for used in dict.fromkeys(found) if used not in seen]
        seen.update(new)
        waiting.extend(new)


def _expand(used, short, depth=4):
    """All full names that a name may stand for."""
    yield used
    root, _, rest = used.partition(".")
    for full in short.get(root, ()) if depth else ():
        yield from _expand(f"{full}.{rest}" if rest else full, short, depth - 1)
    yield from (full.replace("*", used) for full in short.get("*", ()))
