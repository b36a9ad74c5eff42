"""The inputs that an answer is tried on, and what is right and typically wrong for each."""

import builtins
import copy
import warnings
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
LONGEST = 500  # characters of a message that are compared


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
    known : list of list, optional
        What each misconception answers to each case, if that is known without its function.
    """

    task: Task
    cases: tuple[Case, ...]
    known: list | None = None

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
        mistakes = self.task.misconceptions
        return list(zip(mistakes, self.known or map(self._answers, mistakes), strict=True))

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
    return secret_cases(task, PUBLIC_SEED, PUBLIC_CASES) if task.sealed is None else _unseal(task)


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

    Raises
    ------
    ValueError
        If the functions of the task are not at hand, as in the students' bundle.
    """
    if task.sealed is not None:
        raise ValueError(f"only the public cases of `{task.id}` are in the students' bundle")
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


def seal(task):
    """The public cases of a task as JSON and bytes, for those who shall not read its functions.

    Parameters
    ----------
    task : Task
        With its functions.

    Returns
    -------
    dict, list of bytes
        `cases`, each with its arguments and the right answer; `mistakes`, what each misconception
        answers to each case; and the raw contents of the arrays in both.
    """
    public, blobs = public_cases(task), []

    def described(value):
        spec, own = encode(value)
        blobs.extend(own)
        return spec

    def mistaken(function, case):
        try:
            with np.errstate(all="ignore"), warnings.catch_warnings():
                warnings.simplefilter("ignore")
                return described(function(*(case.fresh_args() or ())))
        except Exception as error:
            return {"raised": type(error).__name__, "message": str(error)[:LONGEST]}

    cases = [
        {
            "args": None if case.args is None else _describe(case.args, blobs),
            "expected": _describe(case.expected, blobs),
        }
        for case in public.cases
    ]
    mistakes = [
        [mistaken(known.wrong, case) for case in public.cases] for known in task.misconceptions
    ]
    return {"cases": cases, "mistakes": mistakes}, blobs


def _unseal(task):
    """The public cases of a task that was sealed."""
    content, blobs = task.sealed
    blobs = list(blobs)  # reading a value takes its contents away
    cases = tuple(
        Case(
            None if case["args"] is None else decode(case["args"], blobs),
            decode(case["expected"], blobs),
        )
        for case in content["cases"]
    )
    known = [
        [_exception(one) if "raised" in one else decode(one, blobs) for one in answers]
        for answers in content["mistakes"]
    ]
    return Cases(task, cases, known)


def _exception(spec):
    """An exception of the same name and words, whether or not its library is at hand."""
    kind = getattr(builtins, spec["raised"], None)
    if not (isinstance(kind, type) and issubclass(kind, Exception)):
        kind = type(spec["raised"], (Exception,), {})
    error = kind()
    error.args = (spec["message"],)
    return error


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
