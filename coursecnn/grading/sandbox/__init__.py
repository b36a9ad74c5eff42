"""The grader's side of the child processes: start them, talk to them, end them in time."""

from .child import CrashError, StartError, TooLateError
from .spawn import Spawn
from .warm import Warm

__all__ = ["CrashError", "Spawn", "StartError", "TooLateError", "Warm"]
