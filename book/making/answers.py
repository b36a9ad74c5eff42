"""The answers of a question: read from its lines, and written as Markdown for a download.

`_ext/questions.py` has the rules of the lines in words, and draws the same answers on a page.
"""

import re
from dataclasses import dataclass

ARROW = "→"
OTHER = "other"
LABELS = {"quiz": "Question", "predict": "Predict"}
FOLDS = {"quiz": "Answers", "predict": "Result (decide first)"}
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


def question(kind, asked, options, lines, plain):
    """Lines of Markdown for a question.

    Parameters
    ----------
    kind : {'quiz', 'predict'}
    asked : str
        The question.
    options : dict of str to str
        Of the directive.
    lines : list of str
        Its content.
    plain : callable
        Turns lines of MyST into lines of Markdown.

    Returns
    -------
    list of str
    """
    first, last = answer_lines(lines)
    answers = read_answers(lines[first:last], 0)
    unit = f" (in {options['unit']})" if "unit" in options else ""
    numeric = options.get("type") == "number"
    choices = [] if numeric else [f"- {answer.text}" for answer in answers]
    parts = [
        [f"**{LABELS[kind]}.** {asked}{unit}"], plain(lines[:first]), plain(choices),
        [f"<details><summary>{FOLDS[kind]}</summary>"],
        plain(_explained(answers, options.get("answer", ""))), plain(lines[last:]),
        ["</details>"],
    ]  # fmt: skip
    if "cells" in options:
        parts.append(["Decide before you run the next cell: it shows the result."])
    return _apart(parts)


def _explained(answers, told):
    """What is said to each answer, and which is right."""
    right = number(told)
    lines = [_explanation(answer, right) for answer in answers if answer.feedback or answer.right]
    if right is None or any(number(answer.text) == right for answer in answers):
        return lines
    return [f"- **{told}** is right", *lines]


def _explanation(answer, right):
    text = "any other number" if answer.text == OTHER else answer.text
    if answer.right or (right is not None and number(answer.text) == right):
        text = f"**{text}** (right)"
    return f"- {text}: {answer.feedback}" if answer.feedback else f"- {text}"


def _apart(parts):
    """The parts with an empty line between each two; Markdown inside HTML needs them."""
    lines = []
    for part in filter(any, parts):
        lines += [*([""] if lines else []), *part]
    return [line for n, line in enumerate(lines) if line.strip() or lines[n - 1].strip()]
