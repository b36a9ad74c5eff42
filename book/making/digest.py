"""What a notebook's outputs depend on besides its own cells, as one short digest.

jupyter-cache looks at the notebook alone, so the cache folder's name carries this digest: a change
in the library, in its data or in the pinned versions leads to an empty folder.
"""

import ast
import hashlib
import sys

from .places import BUILD, ROOT

UNUSED_ROOMS = ("grading", "cli")


def library_digest(root=ROOT):
    """Digest of the library code, the bundled data, the experiments' tables and the versions."""
    digest = hashlib.sha256(sys.version.encode())
    for path in sorted(_inputs(root)):
        digest.update(path.relative_to(root).as_posix().encode() + b"\0")
        digest.update(hashlib.sha256(_content(path)).digest())
    return digest.hexdigest()[:16]


def cache_folder(root=ROOT):
    """Folder of the jupyter-cache that belongs to the library as it is now."""
    return BUILD / "cache" / library_digest(root)


def _inputs(root):
    library = root / "coursecnn"
    for path in library.rglob("*.py"):
        if not _unused(path.relative_to(library)):
            yield path
    yield from (library / "data" / "bundled").glob("*")
    yield from (root / "experiments").rglob("*.csv")
    yield from (path for path in [root / "constraints.txt"] if path.is_file())


def _unused(relative):
    return relative.parts[0].removesuffix(".py") in UNUSED_ROOMS


def _content(path):
    """Bytes of a file; of Python code only what runs, so that comments and layout are free."""
    data = path.read_bytes()
    if path.suffix != ".py":
        return data
    return ast.dump(ast.parse(data, filename=str(path))).encode()
