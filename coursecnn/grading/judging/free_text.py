"""Answers that a person must read: where they stand in a notebook, and what is still blank."""

import re
from hashlib import sha256

from coursecnn.grading.judging.verdict import outcome

HEADING = re.compile(r"(?:\*\*|# )Answer to `?(\w+)`?(?:\*\*)?\s*$", re.MULTILINE)
HERE = "Write your answer here, in the place of this line."
LONGEST = 20_000  # characters: a cell of a spreadsheet holds few more
NOT_WRITTEN = {f"*{HERE}*", f"# {HERE}", "YOUR ANSWER HERE", "# YOUR CODE HERE"}


def blank(heading):
    """What stands below a heading before the student has written anything.

    Parameters
    ----------
    heading : str
        First line of the cell.

    Returns
    -------
    str
        A line of text, or a remark where the cell holds code.

    Examples
    --------
    >>> blank("# Answer to best_kernel")
    '# Write your answer here, in the place of this line.'
    """
    return f"# {HERE}" if heading.startswith("#") else f"*{HERE}*"


def free_text(notebook, task_id):
    """What a student has written.

    Parameters
    ----------
    notebook : Notebook
        The submission.
    task_id : str
        Of a `ManualTask`.

    Returns
    -------
    str or None
        The text without its heading, empty if there is nothing else; all of it if the cell was
        split or copied. None if the notebook has no such cell.
    """
    cells = [text for mark, text in notebook.cells if mark == task_id]
    cells = cells or [text for _, text in notebook.cells if _is_headed(text, task_id)]
    if not cells:
        return None
    return shortened("\n\n".join(filter(None, map(_without_frame, cells))))


def read_later(notebook, task):
    """The verdict on a task that a person grades.

    Parameters
    ----------
    notebook : Notebook
        The submission.
    task : ManualTask
        What was asked.

    Returns
    -------
    Verdict
        "manual" with the answer and no points, or "not_attempted".
    """
    answer = free_text(notebook, task.id)
    if answer is None:
        message = f"The notebook has no cell for the answer to `{task.id}`."
        return outcome(task, "not_attempted", message)
    if not answer:
        return outcome(task, "not_attempted", "Not attempted yet.")
    return outcome(task, "manual", "The answer waits for a person to read it.", answer=answer)


def shortened(text):
    """A text as a person can read it: without control characters, and of bounded length.

    Parameters
    ----------
    text : str
        Anything that a student has written.

    Returns
    -------
    str
        Of a text that is too long its beginning, and a line that says so and changes with the rest.
    """
    text = text.strip()
    start = text[: LONGEST + 1]  # the rest may be millions of characters
    clean = "".join(c if c.isprintable() or c == "\n" else _visible(c) for c in start)
    if len(clean) <= LONGEST:
        return clean
    digest = sha256(text.encode("utf-8", "replace")).hexdigest()[:8]
    rest = f"… (shortened: the notebook has all {len(text)} characters, digest {digest})"
    return f"{clean[:LONGEST]}\n{rest}"


def _is_headed(text, task_id):
    first = text.lstrip().partition("\n")[0]
    return bool((match := HEADING.match(first)) and match[1] == task_id)


def _without_frame(text):
    """The text of a cell without the heading and the line that asks for an answer."""
    lines = text.replace("\r\n", "\n").split("\n")
    own = [line for line in lines if not _is_frame(line.strip())]
    return "\n".join(own).strip()


def _is_frame(line):
    return line in NOT_WRITTEN or bool(HEADING.fullmatch(line))


def _visible(character):
    return "    " if character == "\t" else "\N{REPLACEMENT CHARACTER}"
