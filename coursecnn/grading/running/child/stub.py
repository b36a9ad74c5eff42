"""What a graded notebook finds in the place of other things: names that do nothing."""

import builtins
import contextlib
import importlib
import sys
import types


class Hidden(types.ModuleType):
    """A module that can be imported, so that nothing else in the cell is lost, but not used."""

    __path__ = ()

    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)

        def missing(*args, **kwargs):
            raise ModuleNotFoundError(
                f"{self.__name__}.{name} is hidden while a notebook is graded"
            )

        return missing


class Nothing:
    """Has every method, and none does anything: Jupyter's own objects, where no Jupyter runs."""

    def __getattr__(self, name):
        return _do_nothing


def install(hidden=()):
    """Put stubs in the place of `coursecnn.grading`, of what Jupyter offers, and of other modules.

    Parameters
    ----------
    hidden : sequence of str
        Modules that the notebook may not use, because it is to write what they hold.

    Returns
    -------
    dict
        Filled, while the notebook runs, with the answer that each `check(task_id, answer)` got.
    """
    answers = {}
    grading = types.ModuleType("coursecnn.grading", "Checks do nothing while a notebook is graded.")
    grading.check = answers.__setitem__
    grading.require = _do_nothing
    grading.when_written = contextlib.nullcontext
    for module in (grading, *map(Hidden, hidden)):
        _put(module)
    builtins.display = _do_nothing
    builtins.get_ipython = Nothing
    return answers


def _put(module):
    """Make a module the one of its name, also as a part of its package."""
    package, _, name = module.__name__.rpartition(".")
    sys.modules[module.__name__] = module
    if package:
        setattr(importlib.import_module(package), name, module)


def _do_nothing(*args, **kwargs):
    """In the place of functions that only show something."""
