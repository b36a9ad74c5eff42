"""The one place that says what to do when a package is missing that only part of the course needs.

The exercises get along without these packages: `pyproject.toml` lists them as extras of the same
names, to be installed by those who want more. `ROOMS` of the library need them, too.
"""

import sys
from importlib.util import find_spec

PACKAGES = {
    "torch": ("torch", "torchvision", "lightning_fabric"),
    "chapters": ("scipy", "skimage", "sklearn"),
}
ROOMS = {
    "torch": ("models", "augment", "training", "transfer", "gan", "explain"),
    "chapters": ("evidence", "transfer"),
}
WORDS = {"torch": "PyTorch", "chapters": "the packages of the chapters"}


def command(extra):
    """The command that installs an extra."""
    return f'python -m pip install -c constraints.txt ".[{extra}]"'


def missing(extra):
    """Those packages of an extra that are not installed."""
    return [name for name in PACKAGES[extra] if not _is_there(name)]


def need(extra):
    """Say in one line what to install, if a package of an extra is missing.

    Raises
    ------
    ModuleNotFoundError
        If one is missing.
    """
    if names := missing(extra):
        raise ModuleNotFoundError(
            f"this part of coursecnn needs {WORDS[extra]} (missing: {', '.join(names)}); in the "
            f"folder of the course: {command(extra)}",
            name=names[0],
        )


def _is_there(name):
    try:
        return sys.modules.get(name) is not None or find_spec(name) is not None
    except ModuleNotFoundError:  # from an importer that forbids it
        return False
