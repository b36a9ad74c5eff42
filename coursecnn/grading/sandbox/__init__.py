"""The grader's side of the child processes: start them, talk to them, end them in time."""

from .child import CrashError, StartError, TooLateError
from .choose import IsolationError, choose
from .levels import LIMITS
from .spawn import Spawn
from .warm import Warm

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
