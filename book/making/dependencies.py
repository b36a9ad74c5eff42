"""What a notebook's outputs depend on besides its own cells, as one short digest.

jupyter-cache looks at the cells alone, so each of its records carries this digest, too: of the
library's modules that the notebook may import, of the data that lie beside them (of the tables of
experiments, those that it loads), and of the versions. A notebook that reads any other file has no
place in the book.
"""

import ast
import hashlib
import sys
from functools import cached_property

from .imports import EVERYTHING, PACKAGE, closure, imports
from .places import ROOT
from .tables import tables

OF_EVERY_NOTEBOOK = ("constraints.txt", "book/making/execute.py")
EVIDENCE = f"{PACKAGE}.evidence"
RESULTS = f"{PACKAGE}/evidence/results"


class Library:
    """The library, its data and the tables as they are now.

    Each file is read once: an edit meanwhile belongs to the next build.

    Parameters
    ----------
    root : Path
        Folder of the project.
    """

    def __init__(self, root=ROOT):
        self.root = root
        self._marks = {}

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
        modules = closure(EVERYTHING if tree is None else imports(tree), self._imports)
        hidden = any(EVIDENCE in self._imports[name] for name in modules - {EVIDENCE})
        results = self.root / RESULTS
        files = self._files(modules) - set(tables(None, results))
        files |= set(tables(None if hidden else tree, results))
        return self.digest_of(files | {self.root / name for name in OF_EVERY_NOTEBOOK})

    def reached(self, names):
        """Files that code may read which imports these names: modules, and the data beside them.

        Parameters
        ----------
        names : set of str
            Dotted names, as `imports.imports` finds them.

        Returns
        -------
        set of Path
        """
        return self._files(closure(names, self._imports))

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
            digest.update(self._mark(path))
        return digest.hexdigest()[:16]

    def _mark(self, path):
        if path not in self._marks:
            data = path.read_bytes()
            running = _running(data) if path.suffix == ".py" else data
            self._marks[path] = hashlib.sha256(running).digest()
        return self._marks[path]

    @cached_property
    def _modules(self):
        """The file of each module by its dotted name."""
        files = (self.root / PACKAGE).rglob("*.py")
        return {_dotted(file.relative_to(self.root)): file for file in files}

    @cached_property
    def _imports(self):
        return {name: _imports_of(name, file) for name, file in self._modules.items()}

    def _files(self, modules):
        return {self._modules[name] for name in modules} | self._beside(modules)

    def _beside(self, modules):
        """What lies in the rooms of these modules and is no code: data, scripts, styles."""
        rooms = {self.root.joinpath(*name.split(".")[:2]) for name in modules if "." in name}
        found = {path for room in rooms for path in room.rglob("*") if path.is_file()}
        return {path for path in found if path.suffix not in (".py", ".pyc")}


def code_of(notebook):
    """The code of a notebook as one tree, or None if it is not plain Python (magics, commands)."""
    cells = [cell.source for cell in notebook.cells if cell.cell_type == "code"]
    try:
        return ast.parse("\n".join(cells))
    except SyntaxError:
        return None


def _imports_of(name, file):
    package = name if file.name == "__init__.py" else name.rpartition(".")[0]
    try:
        return imports(ast.parse(file.read_bytes()), package)
    except SyntaxError:
        return EVERYTHING


def _running(source):
    """What runs of Python code: its tree, so that comments and layout are free."""
    try:
        return ast.dump(ast.parse(source)).encode()
    except SyntaxError:
        return source


def _dotted(path):
    parts = path.with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
