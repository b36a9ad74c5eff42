"""What a graded notebook finds in the place of other things: names that do nothing, or refuse."""

import builtins
import contextlib
import importlib
import sys
import types

from .cells import CELL

REFUSAL = "{} does the work of this task: it is hidden while an answer is graded"


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


class Shut(types.ModuleType):
    """The class of a module while nothing in it can be used."""

    def __getattribute__(self, name):
        if name.startswith("__") and name != "__dict__":
            return super().__getattribute__(name)
        raise ModuleNotFoundError(REFUSAL.format(f"{self.__name__}.{name}"))


class Absent:
    """A finder that refuses some modules to the notebook; the library may import them.

    Parameters
    ----------
    names : sequence of str
        Modules, with all that is in them.
    """

    def __init__(self, names):
        self._names = tuple(f"{name}." for name in names)

    def find_spec(self, name, path=None, target=None):
        """Refuse the module, or leave it to the other finders."""
        if f"{name}.".startswith(self._names) and _notebook_asks():
            raise ModuleNotFoundError(REFUSAL.format(name))


def _notebook_asks():
    """Whether the nearest frame that is not of the import system is one of the notebook."""
    frame = sys._getframe(2)
    while frame and (
        "frozen importlib" in frame.f_code.co_filename or frame.f_globals is vars(importlib)
    ):
        frame = frame.f_back
    file = frame.f_code.co_filename if frame else ""
    return file.startswith("<") or bool(CELL.search(file))


@contextlib.contextmanager
def shut(names=(), absent=()):
    """Keep some functions and modules from being used, except by what refers to them already.

    Parameters
    ----------
    names : sequence of str, optional
        Dotted names of functions, or modules full of them.
    absent : sequence of str, optional
        More modules, which are not found where they are not loaded.
    """
    finder, undo = Absent([*names, *absent]), []
    sys.meta_path.insert(0, finder)
    try:
        for name in names:
            undo += _shut_module(name) if name in sys.modules else _shut_function(name)
        yield
    finally:
        with contextlib.suppress(ValueError):  # the notebook was faster
            sys.meta_path.remove(finder)
        for again in reversed(undo):
            again()


def _shut_module(name):
    for full, module in list(sys.modules.items()):
        if f"{full}.".startswith(f"{name}.") and type(module) is types.ModuleType:
            module.__class__ = Shut
            yield lambda module=module: setattr(module, "__class__", types.ModuleType)


def _shut_function(name):
    package, _, short = name.rpartition(".")
    module = sys.modules.get(package)
    inside = vars(module) if isinstance(module, types.ModuleType) else {}
    if short in inside:
        known, inside[short] = inside[short], _refuse(name)
        yield lambda: inside.__setitem__(short, known)


def _refuse(name):
    def refused(*args, **kwargs):
        raise ModuleNotFoundError(REFUSAL.format(name))

    return refused


def install(hidden=(), absent=()):
    """Put stubs in the place of `coursecnn.grading`, of what Jupyter offers, and of other modules.

    Parameters
    ----------
    hidden : sequence of str
        Modules that the notebook may not use, because it is to write what they hold.
    absent : sequence of str, optional
        Packages that it does not find.

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
    sys.meta_path.insert(0, Absent(absent))
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
