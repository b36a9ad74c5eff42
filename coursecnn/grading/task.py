"""One definition per task: both the student's check and the grader read it, and nothing else."""

import re
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Misconception:
    """A mistake that people make, as a function that makes it.

    Parameters
    ----------
    slug : str
        Name for reports, such as "flipped-kernel". Variants of one mistake share a slug.
    wrong : callable
        Takes what the task's function takes and makes the mistake. It may raise: an answer that
        raises the same type of exception in the same cases then makes the same mistake. Where all
        other answers are right, the exceptions must also have the same words.
    hint : str
        One or two sentences that help the student to find it.
    """

    slug: str
    wrong: Callable
    hint: str

    def __post_init__(self):
        if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", self.slug):
            raise ValueError(f"`slug` must be lower-case words with hyphens, not {self.slug!r}")


@dataclass(frozen=True)
class Task:
    """What is asked, how it is tried, and how people get it wrong.

    Parameters
    ----------
    id : str
        Name of the function or value that the student writes; unique in the course.
    points : int
        Given for an answer that is right in every case, else none.
    reference : callable
        The right answer: a function of the inputs, or of nothing when a value is asked for. Its
        inputs are float64.
    arguments : tuple of str, optional
        Names of the inputs, as the sheet writes them; none when a value is asked for.
    inputs : callable, optional
        Takes a `numpy.random.Generator` and yields tuples of arguments without end, the edge cases
        first. The last arguments may be left to their defaults.
    misconceptions : tuple of Misconception, optional
        Each is recognised only if it gives the same answers in *all* cases.
    forbidden : tuple of str, optional
        Dotted names that do the work of this task, or modules full of them. An answer that uses
        one is handed to a person.
    sealed : object, optional
        Where the functions above are not at hand: the public cases as data, with what is right and
        what each misconception answers; see `judging.test_cases.seal`.

    Raises
    ------
    ValueError
        If the id is not a name, the points are not positive, or `arguments` come without `inputs`.
    """

    id: str
    points: int
    reference: Callable
    arguments: tuple[str, ...] = ()
    inputs: Callable | None = None
    misconceptions: tuple[Misconception, ...] = ()
    forbidden: tuple[str, ...] = ()
    sealed: object = None

    def __post_init__(self):
        if not self.id.isidentifier():
            raise ValueError(f"`id` must be the name of a function or value, not {self.id!r}")
        if self.points <= 0:
            raise ValueError(f"`points` must be positive, received {self.points}")
        if bool(self.arguments) != (self.inputs is not None):
            raise ValueError(f"`arguments` and `inputs` of {self.id} belong together")


@dataclass(frozen=True)
class ManualTask:
    """What is asked in words or for a drawing, and graded by a person.

    The sheet has one cell for the answer, of text or of code, that begins with the line
    `heading(task)` and is otherwise the student's.

    Parameters
    ----------
    id : str
        Name of the answer; unique in the course.
    points : int
        Given for an answer that meets the whole rubric.
    rubric : tuple of (int, str)
        What to look for, each with its points; together they give `points`.

    Raises
    ------
    ValueError
        If the id is not a name, or the rubric does not add up to positive points.
    """

    id: str
    points: int
    rubric: tuple[tuple[int, str], ...]

    def __post_init__(self):
        if not self.id.isidentifier():
            raise ValueError(f"`id` must be a name of letters, digits and `_`, not {self.id!r}")
        total = sum(points for points, _ in self.rubric)
        if self.points <= 0 or total != self.points:
            raise ValueError(
                f"`rubric` of {self.id} must add up to its `points` (={self.points}), "
                f"which must be positive; it gives {total}"
            )


@dataclass(frozen=True)
class Assignment:
    """The tasks of one exercise sheet.

    Parameters
    ----------
    name : str
        File stem of the sheet, such as "03-convolution-by-hand".
    version : int
        Raised whenever sheets handed out earlier no longer fit these tasks.
    tasks : tuple of Task or ManualTask
        In the order of the sheet.
    preload : tuple of str, optional
        Modules that many notebooks of this sheet import; the grader imports them once.
    hidden : tuple of str, optional
        Modules that a graded notebook may not import, because the students write what they hold.
    """

    name: str
    version: int
    tasks: tuple[Task | ManualTask, ...]
    preload: tuple[str, ...] = ()
    hidden: tuple[str, ...] = ()

    @property
    def automatic(self):
        """The tasks that need no person.

        Returns
        -------
        tuple of Task
            In the order of the sheet.
        """
        return tuple(task for task in self.tasks if isinstance(task, Task))
