"""The grader's side of the child processes: start them, talk to them, end them in time."""

from importlib import import_module

from .child import CrashError, StartError, TooLateError
from .spawn import Spawn

__all__ = [
    "LIMITS",
    "CrashError",
    "IsolationError",
    "Spawn",
    "StartError",
    "TooLateError",
    "Warm",
    "choose",
]

# Isolation is the grader's affair: the students' copy of the library comes without these modules.
_ISOLATION = {"LIMITS": "levels", "Warm": "warm", "IsolationError": "choose", "choose": "choose"}


def __getattr__(name):
    if name not in _ISOLATION:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    for one, module in _ISOLATION.items():
        globals()[one] = getattr(import_module(f"{__name__}.{module}"), one)
    return globals()[name]
