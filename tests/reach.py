"""Which unit tests a change can reach, so that `make check` runs those and no others.

A test file depends on the modules that it imports, on what these import, and on the data beside
them, as a notebook does (`book/making/dependencies.py`). It also depends on everything at the root
of the project that its own code, or a module beside it, names in a string: `"exercises"`,
`"_config.yml"`, `"coursecnn"` for a program that it starts. Whoever names nothing and imports
nothing reads nothing.
"""

import ast
import json
import os
import subprocess
import sys
import threading
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from xml.etree import ElementTree

ROOT = Path(__file__).resolve().parents[1]
sys.path.append(str(ROOT / "book"))

from making.dependencies import EVERYTHING, PACKAGE, Library, imported

from coursecnn._files import write

OF_EVERY_TEST = ("constraints.txt", "pyproject.toml", "tests/conftest.py")
HELPERS = ("tests", "book", "benchmarks")  # where tests import from by a bare name


class Passed:
    """The test files that passed, each with a digest of all that it depended on.

    Parameters
    ----------
    root : Path
        Folder of the project.
    file : Path
        Where the digests are kept.
    """

    def __init__(self, root, file):
        self.root, self.file = root, file
        self._now, self._modules, self._lock = {}, {}, threading.Lock()

    def missing(self, units):
        """Test files that have not passed as they are now.

        Parameters
        ----------
        units : sequence of str
            Folders and files of tests.

        Returns
        -------
        list of str
            Paths below the root.
        """
        known = self._load()
        files = [file for unit in units for file in _test_files(self.root / unit)]
        names = [file.relative_to(self.root).as_posix() for file in files]
        return [name for name in names if known.get(name) != self.digest(name)]

    def record(self, report):
        """Note what passed.

        Parameters
        ----------
        report : Path
            What pytest wrote by ``--junitxml``; the tests of a file that fails are not noted.
        """
        if not report.is_file():
            return
        cases = {}
        for case in ElementTree.parse(report).iter("testcase"):
            good = case.find("failure") is None and case.find("error") is None
            file = _file_of(self.root, case.get("classname", ""))
            cases[file] = cases.get(file, True) and good
        with self._lock:  # several jobs end at a time
            known = self._load()
            for name in filter(None, cases):
                known.pop(name, None)
                if cases[name]:
                    known[name] = self.digest(name)
            write(self.file, json.dumps(known, indent=1, sort_keys=True) + "\n")

    def digest(self, name):
        """Digest of all that a test file depends on, as it was when this was first asked.

        Parameters
        ----------
        name : str
            Path of the file below the root.

        Returns
        -------
        str
            16 hexadecimal digits.
        """
        if name not in self._now:
            read = [self._read(file) for file in self._helpers(self.root / name)]
            files = {self.root / file for file in OF_EVERY_TEST} | {module.file for module in read}
            files |= self._library.reached(set().union(*(module.names for module in read)))
            for entry in set().union(*(module.texts for module in read)) & set(self._entries):
                files.update(self._entries[entry])
            self._now[name] = self._library.digest_of(files)
        return self._now[name]

    def _load(self):
        try:
            return json.loads(self.file.read_text("utf-8"))
        except (OSError, ValueError):
            return {}

    def _helpers(self, test):
        """The test, the fixtures of its folders, and the modules outside the library they use."""
        found = set()
        waiting = [test, *(folder / "conftest.py" for folder in test.parents)]
        while waiting:
            file = waiting.pop()
            if file not in found and file.is_file() and self.root in file.parents:
                found.add(file)
                waiting += self._read(file).helpers
        return found

    def _read(self, file):
        if file not in self._modules:
            self._modules[file] = Module.read(file, [self.root / folder for folder in HELPERS])
        return self._modules[file]

    @cached_property
    def _library(self):
        return Library(self.root)

    @cached_property
    def _entries(self):
        """Files below each entry at the root that git knows or would add, by its name."""
        listed = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
        done = subprocess.run(listed, cwd=self.root, capture_output=True, check=True)
        entries = {}
        for name in filter(None, os.fsdecode(done.stdout).split("\0")):
            entries.setdefault(name.split("/")[0], []).append(self.root / name)
        return entries


def _test_files(unit):
    return sorted(unit.rglob("test_*.py")) if unit.is_dir() else [unit] if unit.exists() else []


def _file_of(root, classname):
    """The test file of a class name in the report, such as ``tests.ops.test_conv``."""
    parts = classname.split(".")
    for end in range(len(parts), 0, -1):
        name = "/".join(parts[:end]) + ".py"
        if (root / name).is_file():
            return name
    return ""


@dataclass(frozen=True)
class Module:
    """What a test or a module beside it says of others.

    Attributes
    ----------
    file : Path
    helpers : list of Path
        Files outside the library that it may import; some do not exist.
    names : set of str
        What it imports; all of the library, if it names the library in a string.
    texts : set of str
        The strings in its code, and the first parts of those that are paths.
    """

    file: Path
    helpers: list
    names: set
    texts: set

    @classmethod
    def read(cls, file, folders):
        """Read a file; its imports are looked for beside it and in the folders."""
        tree = ast.parse(file.read_bytes())
        names = imported(tree)
        stems = {name.replace(".", "/") for name in names}
        helpers = [
            place / path
            for place in (file.parent, *folders)
            for stem in stems
            for path in (f"{stem}.py", f"{stem}/__init__.py")
        ]
        nodes = ast.walk(tree)
        strings = {n.value for n in nodes if isinstance(n, ast.Constant) and type(n.value) is str}
        texts = {part for text in strings for part in (text, text.split("/")[0])}
        return cls(file, helpers, EVERYTHING if PACKAGE in texts else names, texts)
