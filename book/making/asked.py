"""A question of the book as Markdown: the choices in the open, the answers folded below."""

from .answers import OTHER, answer_lines, number, read_answers

LABELS = {"quiz": "Question", "predict": "Predict"}
FOLDS = {"quiz": "Answers", "predict": "Result (decide first)"}


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
