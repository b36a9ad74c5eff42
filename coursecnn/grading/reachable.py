"""Which modules of a package a program needs, found by reading its imports without running them."""

import ast


def reachable(package, roots):
    """The modules that some modules of a package import, directly or through others.

    Parameters
    ----------
    package : Path
        Folder of the package.
    roots : iterable of str
        Full names of the modules to begin with, such as "coursecnn.cli.check".

    Returns
    -------
    list of Path
        Files, relative to the folder that holds the package; those of `roots` and of the packages
        around each module included. What is imported by a name put together at run time is not.
    """
    home, found = package.parent, {}
    waiting = list(roots)
    for name in waiting:  # it grows while it is read
        if name not in found and (file := _file(home, name)):
            found[name] = file
            waiting.extend(_around(name))
            waiting.extend(_imports(file, name))
    return sorted(file.relative_to(home) for file in found.values())


def _file(home, name):
    """The file of a module; None if the name belongs to something else."""
    path = home.joinpath(*name.split("."))
    places = (path / "__init__.py", path.with_name(f"{path.name}.py"))
    return next((place for place in places if place.is_file()), None)


def _around(name):
    parts = name.split(".")
    return (".".join(parts[:n]) for n in range(1, len(parts)))


def _imports(file, name):
    """Full names that may be modules: `from a import b` gives both a and a.b."""
    package = name if file.name == "__init__.py" else name.rpartition(".")[0]
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = package.split(".")[: len(package.split(".")) + 1 - node.level]
            start = ".".join(above) if node.level else ""
            base = ".".join(filter(None, (start, node.module)))
            yield from (base, *(f"{base}.{alias.name}" for alias in node.names))
