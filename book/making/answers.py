"""Reading the answers of a question from its lines; `_ext/questions.py` has the rules in words."""

import re
from dataclasses import dataclass

ARROW = "→"
OTHER = "other"
_ITEM = re.compile(r"- (?:\[(?P<mark>[ x])\] )?(?P<text>.*)")


@dataclass
class Answer:
    """One line of answers: what is chosen or typed, what is said then, where it stands."""

    text: str
    feedback: str
    right: bool
    line: int


def read_answers(lines, first_line):
    """Answers from the lines of a list.

    Parameters
    ----------
    lines : sequence of str
        Lines of the source, the first of which opens an item.
    first_line : int
        The number of the first line in its file.

    Returns
    -------
    list of Answer
    """
    items = []
    for number, line in enumerate(lines, first_line):
        if match := _ITEM.match(line):
            items.append([match["mark"] == "x", match["text"], number])
        elif line.strip():
            items[-1][1] += f" {line.strip()}"
    return [Answer(*_split(text), right, number) for right, text, number in items]


def answer_lines(lines):
    """Where the list of answers starts and ends; without one, the text starts at once.

    Parameters
    ----------
    lines : sequence of str
        Content of the directive.

    Returns
    -------
    tuple of (int, int)
        The first line of the list and the first line behind it.
    """
    first = next((n for n, line in enumerate(lines) if _ITEM.match(line)), None)
    if first is None:
        return 0, 0
    for n in range(first + 1, len(lines)):
        follows_gap = not lines[n - 1].strip()
        if follows_gap and lines[n][:1].strip() and not _ITEM.match(lines[n]):
            return first, n
    return first, len(lines)


def number(text):
    """The number that a source line means, or None."""
    try:
        return float(text.replace(",", "").replace("−", "-").replace(" ", ""))
    except ValueError:
        return None


def _split(item):
    text, _, feedback = item.partition(ARROW)
    return text.strip(), feedback.strip()
