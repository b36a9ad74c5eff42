"""The inputs that an answer is tried on, and what is right and typically wrong for each."""

import copy
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from zlib import crc32

import numpy as np

from coursecnn.grading.running.child.values import decode, encode
from coursecnn.grading.running.child.wire import pack
from coursecnn.grading.task import Misconception, Task

PUBLIC_SEED = 2024
PUBLIC_CASES = 10
SECRET_CASES = 30


@dataclass(frozen=True)
class Case:
    """One call of the student's function.

    Parameters
    ----------
    args : tuple or None
        Positional arguments; None reads a value instead of calling a function.
    expected : ndarray or tuple of ndarray
        The right answer.
    """

    args: tuple | None
    expected: np.ndarray | tuple

    def fresh_args(self):
        """Arguments that the student's function may change.

        Returns
        -------
        tuple or None
            New arrays at each call.
        """
        return None if self.args is None else copy.deepcopy(self.args)


@dataclass(frozen=True)
class Cases:
    """A task with its cases: the same for everybody who is tried with one seed.

    Parameters
    ----------
    task : Task
        What is asked.
    cases : tuple of Case
        The edge cases first.
    """

    task: Task
    cases: tuple[Case, ...]

    @cached_property
    def orders(self):
        """The call of each case as a message to a child, made once for the whole class.

        Returns
        -------
        list of bytes
            In the order of the cases.
        """
        calls = [(None, []) if case.args is None else encode_args(case.args) for case in self.cases]
        return [
            pack({"call": number, "name": self.task.id, "args": spec}, blobs)
            for number, (spec, blobs) in enumerate(calls)
        ]

    @cached_property
    def mistakes(self):
        """What each misconception answers to each case; the exception where it raises one.

        Returns
        -------
        list of (Misconception, list of object)
            In the order of the task.
        """
        return [(known, self._answers(known)) for known in self.task.misconceptions]

    def _answers(self, known: Misconception):
        return [_outcome(known.wrong, case.fresh_args() or ()) for case in self.cases]


def public_cases(task):
    """What a student's own check tries: few cases, known seed.

    Parameters
    ----------
    task : Task
        What is asked.

    Returns
    -------
    Cases
        The same on every machine.
    """
    return secret_cases(task, PUBLIC_SEED, PUBLIC_CASES)


def secret_cases(task, seed, count=SECRET_CASES):
    """Draw the cases of a task.

    Parameters
    ----------
    task : Task
        What is asked.
    seed : int
        Whoever knows it knows the cases.
    count : int
        How many cases; one if a value is asked for.

    Returns
    -------
    Cases
        The task with its cases.
    """
    if task.inputs is None:
        return Cases(task, (Case(None, _exact(task.reference())),))
    rng = np.random.default_rng([seed, crc32(task.id.encode())])
    drawn = islice(task.inputs(rng), count)
    return Cases(task, tuple(Case(args, _expected(task, args)) for args in drawn))


def encode_args(args):
    """Describe arguments by JSON and bytes; see `child.values.encode`.

    Unlike in answers, a list stays a list and a tuple a tuple: the function may ask which it got.

    Parameters
    ----------
    args : tuple
        Positional arguments.

    Returns
    -------
    dict, list of bytes
        Description, and the raw contents of the arrays.
    """
    blobs = []
    return _describe(tuple(args), blobs), blobs


def _describe(arg, blobs):
    if isinstance(arg, (list, tuple)):
        items = [_describe(item, blobs) for item in arg]
        return {"kind": type(arg).__name__, "items": items}
    spec, own = encode(arg)
    blobs.extend(own)
    return spec


def _expected(task, args):
    return _exact(task.reference(*(_widen(arg) for arg in args)))


def _outcome(function, args):
    try:
        with np.errstate(all="ignore"):
            return decode(*encode(function(*args)))
    except Exception as error:  # a misconception may fail where a student's would
        return error


def _widen(arg):
    return arg.astype(np.float64) if isinstance(arg, np.ndarray) else arg


def _exact(answer):
    if isinstance(answer, tuple):
        return tuple(_exact(part) for part in answer)
    return answer if isinstance(answer, str) else np.asarray(answer)
