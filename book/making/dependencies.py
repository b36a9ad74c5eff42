"""What a notebook's outputs depend on besides its own cells, as one short digest.

jupyter-cache looks at the cells alone, so each of its records carries this digest, too: of the
library's modules that the notebook may import, of the data that lie beside them (of the tables of
experiments, those that it loads), and of the versions. A notebook that reads any other file has no
place in the book.

Every import counts, wherever it stands: a lazy one inside a function as much as one at the top.
Where the name of a module is computed, nobody can tell, and the whole library counts. So it is with
tables: `evidence.load("lenet_mnist")` names its own, and wherever the name is computed, or
`evidence` is used in a way that is not so plain, every table counts.
"""

import ast
import hashlib
import sys
from functools import cached_property

import grimp

from coursecnn import _extras

from .places import ROOT

PACKAGE = "coursecnn"
EVERYTHING = frozenset({f"{PACKAGE}.*"})
OF_EVERY_NOTEBOOK = ("constraints.txt", "book/making/execute.py")
EVIDENCE = f"{PACKAGE}.evidence"
RESULTS = f"{PACKAGE}/evidence/results"

_BY_NAME = {"import_module", "__import__", "run_module", "run_path"}
_AS_FUNCTION = _BY_NAME | {"exec", "eval", "compile"}  # models and patterns have such methods
_TOUCHING_FILES = {"load", "RESULTS", "save"}


class Library:
    """The library, its data and the tables as they are now.

    Each file is read once: an edit meanwhile belongs to the next build.

    Parameters
    ----------
    root : Path
        Folder of the project, where Python finds the library.
    """

    def __init__(self, root=ROOT):
        self.root = root
        self._known = {}

    def digest(self, notebook):
        """Digest of all that may change the outputs of a notebook, except its own cells.

        Parameters
        ----------
        notebook : NotebookNode

        Returns
        -------
        str
            16 hexadecimal digits.
        """
        tree = code_of(notebook)
        modules = self._needed(EVERYTHING if tree is None else imported(tree))
        hidden = EVIDENCE in self._needed(modules - {EVIDENCE})  # the library loads tables itself
        results = self.root / RESULTS
        files = self._files(modules) - set(_tables(None, results))
        files |= set(_tables(None if hidden else tree, results))
        return self.digest_of(files | {self.root / name for name in OF_EVERY_NOTEBOOK})

    def reached(self, names):
        """Files that code may read which imports these names: modules, and the data beside them.

        Parameters
        ----------
        names : set of str
            As `imported` finds them.

        Returns
        -------
        set of Path
        """
        return self._files(self._needed(names))

    def source_digest(self):
        """Digest of the whole library's text, comments included, as the reference shows it."""
        digest = hashlib.sha256()
        for name, path in sorted(self._modules.items()):
            digest.update(name.encode() + b"\0" + path.read_bytes())
        return digest.hexdigest()[:16]

    def digest_of(self, files):
        """Digest of some files, in which comments and the layout of code do not count.

        Parameters
        ----------
        files : set of Path
            Those that do not exist are passed over.

        Returns
        -------
        str
            16 hexadecimal digits.
        """
        digest = hashlib.sha256(sys.version.encode())
        for path in sorted(file for file in files if file.is_file()):
            digest.update(path.relative_to(self.root).as_posix().encode() + b"\0")
            digest.update(self._read(path)[0])
        return digest.hexdigest()[:16]

    def _read(self, path):
        """Digest of a file, of code that of what runs; does the library compute names there?"""
        if path not in self._known:
            content, computes = path.read_bytes(), False
            if path.suffix == ".py":
                try:
                    tree = ast.parse(content)
                    content = ast.dump(tree).encode()
                    computes = self.root / PACKAGE in path.parents and imported(tree) >= EVERYTHING
                except SyntaxError:
                    computes = True
            self._known[path] = hashlib.sha256(content).digest(), computes
        return self._known[path]

    def _needed(self, names):
        """Modules that may run when code imports these names."""
        everything, stars = set(self._modules), tuple(n[:-1] for n in names if n.endswith(".*"))
        begin = {name for name in everything if name in names or name.startswith(stars)}
        if self._graph is None:
            return everything
        needed = begin.union(*map(self._graph.find_upstream_modules, begin))
        computed = any(self._read(self._modules[name])[1] for name in needed)
        return everything if computed else needed

    @cached_property
    def _graph(self):
        """Which module imports which, and each the package around it, which Python runs before.

        None if a module is no Python: then nobody can tell.
        """
        try:
            graph = grimp.build_graph(PACKAGE, cache_dir=None)
        except grimp.exceptions.SourceSyntaxError:
            return None
        for name in graph.modules - {PACKAGE}:
            graph.add_import(importer=name, imported=name.rpartition(".")[0])
        return graph

    @cached_property
    def _modules(self):
        """The file of each module by its dotted name."""
        files = (self.root / PACKAGE).rglob("*.py")
        return {_dotted(file.relative_to(self.root)): file for file in files}

    def _files(self, modules):
        """The files of these modules, and what lies in their rooms and is no code."""
        rooms = {self.root.joinpath(*name.split(".")[:2]) for name in modules if "." in name}
        found = {path for room in rooms for path in room.rglob("*") if path.is_file()}
        data = {path for path in found if path.suffix not in (".py", ".pyc")}
        return data | {self._modules[name] for name in modules}


def _dotted(path):
    parts = path.with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def code_of(notebook):
    """The code of a notebook as one tree, or None if it is not plain Python (magics, commands)."""
    cells = [cell.source for cell in notebook.cells if cell.cell_type == "code"]
    try:
        return ast.parse("\n".join(cells))
    except SyntaxError:
        return None


def imported(tree):
    """Names that code imports, and `EVERYTHING` where one is computed.

    Parameters
    ----------
    tree : ast.AST
        The code.

    Returns
    -------
    set of str
        Dotted names of modules, and of things inside them, without the dots of a relative import;
        one that ends in ``.*`` stands for all modules below it.
    """
    names = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            start = node.module or ""
            names |= {start, *(f"{start}.{alias.name}".strip(".") for alias in node.names)}
        elif getattr(node, "attr", "") in _BY_NAME or getattr(node, "id", "") in _AS_FUNCTION:
            names |= EVERYTHING
    return names


def extras(notebook):
    """Extras of the library that a notebook needs, by what it imports.

    Parameters
    ----------
    notebook : NotebookNode

    Returns
    -------
    list of str
        Sorted names; all there are if the code is not plain Python.
    """
    tree = code_of(notebook)
    if tree is None:
        return sorted(_extras.PACKAGES)
    names = imported(tree)
    found = {name.split(".")[0] for name in names}
    found |= {name.split(".")[1] for name in names if name.startswith(f"{PACKAGE}.")}
    asked = {name: {*_extras.PACKAGES[name], *_extras.ROOMS[name]} for name in _extras.PACKAGES}
    return sorted(name for name, those in asked.items() if found & those)


def _tables(tree, folder):
    """Tables below a folder that code may load; all, if nobody can tell, for want of a tree too."""
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
