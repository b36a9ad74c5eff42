"""The outcome of one task for one student."""

from dataclasses import dataclass, replace

VERDICTS = (
    "correct",
    "wrong",
    "not_attempted",
    "error",
    "timeout",
    "crashed",
    "review",
    "manual",
    "unreadable",
)


@dataclass(frozen=True)
class Verdict:
    """The outcome of one task for one student.

    Parameters
    ----------
    task : str
        Id of the task.
    verdict : str
        One of `VERDICTS`.
    points, max_points : int
        Given, and what there was to get.
    message : str
        What was found, in a sentence or two; never the right answer.
    misconception : str, optional
        Slug of the mistake, where it is a known one.
    hint : str, optional
        What helps against it.
    seconds : float, optional
        Time that the calls took.
    answer : str, optional
        What the student has written, where a person must read it.
    decided : bool, default False
        Whether a person has given the points.
    comment : str, optional
        What that person says to the student.
    inputs : str, optional
        The numbers of the call that the message is about, in several lines for a page.
    """

    task: str
    verdict: str
    points: int
    max_points: int
    message: str
    misconception: str = ""
    hint: str = ""
    seconds: float = 0.0
    answer: str = ""
    decided: bool = False
    comment: str = ""
    inputs: str = ""

    def __post_init__(self):
        object.__setattr__(self, "message", one_line(self.message))

    @property
    def waits(self):
        """Whether a person must still look at the answer.

        Returns
        -------
        bool
            Until then the points are what the grader could find out alone.
        """
        return self.verdict in ("manual", "review") and not self.decided


def outcome(task, verdict, message, misconception="", hint="", answer="", inputs=""):
    """A verdict on a task; only a correct answer has points.

    Parameters
    ----------
    task : Task or ManualTask
        What was asked.
    verdict : str
        One of `VERDICTS`.
    message : str
        What was found.
    misconception, hint : str, optional
        The mistake, where it is known, and what helps against it.
    answer : str, optional
        What the student has written, where a person must read it.
    inputs : str, optional
        The numbers of the call that the message is about.

    Returns
    -------
    Verdict
        With all points if the verdict is "correct".
    """
    points = task.points if verdict == "correct" else 0
    about = {"answer": answer, "inputs": inputs}
    return Verdict(task.id, verdict, points, task.points, message, misconception, hint, **about)


def reviewed(verdict, doubt, answer=""):
    """A verdict on an answer about which there is a doubt.

    Parameters
    ----------
    verdict : Verdict
        What the cases say.
    doubt : str
        A clause on the answer.
    answer : str, optional
        What the student has written, for the person who decides.

    Returns
    -------
    Verdict
        "review" instead of "correct", with the points, which it keeps until a person decides.
    """
    if verdict.verdict != "correct":
        return replace(verdict, message=f"{verdict.message} Besides, {doubt}.")
    message = f"Right in all cases, but {doubt}; a person decides."
    return replace(verdict, verdict="review", message=message, answer=answer)


def one_line(text, limit=600):
    """A student's text, fit for a table: one line of characters that every file can hold.

    Parameters
    ----------
    text : str
        Anything, such as the message of an exception.
    limit : int, default 600
        Longest result.

    Returns
    -------
    str
        Without line breaks, control characters and halves of characters.
    """
    line = " ".join(text.split())
    printable = "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in line)
    return printable if len(printable) <= limit else f"{printable[: limit - 1]}…"
