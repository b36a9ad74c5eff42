"""Show a verdict where the student is: as HTML in a notebook, as text elsewhere."""

import sys
from html import escape

from coursecnn._palette import VERDICTS

# Sign, word and colour.
WORDS = {
    "correct": ("✔", "right", VERDICTS["right"]),
    "review": ("◐", "to be reviewed", VERDICTS["right"]),
    "manual": ("◌", "graded by hand", VERDICTS["open"]),
    "not_attempted": ("○", "not attempted", VERDICTS["open"]),
    "wrong": ("✘", "wrong", VERDICTS["wrong"]),
    "error": ("✘", "error", VERDICTS["wrong"]),
    "timeout": ("✘", "too slow", VERDICTS["wrong"]),
    "crashed": ("✘", "crashed", VERDICTS["wrong"]),
    "unreadable": ("✘", "unreadable", VERDICTS["wrong"]),
}
GRID = "margin: 0.2em 0; padding: 0; background: none; color: inherit; overflow-x: auto"


def show(verdict):
    """Display one verdict.

    Parameters
    ----------
    verdict : Verdict
        What `check` found.
    """
    _display(as_text(verdict), as_html(verdict))


def waiting(what):
    """Say that a picture, a table or a printed line waits for a function to be written.

    Parameters
    ----------
    what : str
        The task, as the sheet names it.
    """
    line = f"The output of this cell appears once {what or 'the function'} is written."
    _display(line, f"<p><em>{escape(line)}</em></p>")


def as_text(verdict):
    """One verdict in plain text.

    Parameters
    ----------
    verdict : Verdict
        What was found.

    Returns
    -------
    str
        A headline, then the message, the numbers that it is about, and the hint.
    """
    details = [verdict.message, *verdict.inputs.splitlines(), _hint(verdict)]
    return "\n".join([_headline(verdict), *(f"  {line}" for line in details if line)])


def as_html(verdict):
    """One verdict as HTML that reads well on light and on dark pages.

    Parameters
    ----------
    verdict : Verdict
        What was found; every text in it is escaped.

    Returns
    -------
    str
        One element.
    """
    colour = WORDS[verdict.verdict][2]
    grid = f'<pre style="{GRID}">{escape(verdict.inputs)}</pre>' if verdict.inputs else ""
    hint = f"{'' if grid else '<br>'}{code(_hint(verdict))}" if verdict.hint else ""
    body = f"<br>{code(verdict.message)}{grid}{hint}"
    return (
        f'<div style="border-left: 0.35em solid {colour}; padding: 0.3em 0.9em; margin: 0.4em 0; '
        f'line-height: 1.5"><strong>{escape(_headline(verdict))}</strong>{body}</div>'
    )


def _headline(verdict):
    sign, word, _ = WORDS[verdict.verdict]
    name = f" ({verdict.misconception})" if verdict.misconception else ""
    points = f"{verdict.points} of {verdict.max_points} points"
    return f"{sign} {verdict.task}: {word}{name} – {points}"


def _hint(verdict):
    return verdict.hint and f"Hint: {verdict.hint}"


def code(text):
    """Text as HTML, with what stands between backticks set as code.

    Parameters
    ----------
    text : str
        It is escaped.

    Returns
    -------
    str
        HTML.
    """
    parts = escape(text).split("`")
    return "".join(f"<code>{part}</code>" if i % 2 else part for i, part in enumerate(parts))


def _display(text, html):
    """Rich display where a notebook runs; IPython is looked for, never imported."""
    if "IPython" in sys.modules and sys.modules["IPython"].get_ipython() is not None:
        bundle = {"text/plain": text, "text/html": html}
        sys.modules["IPython"].display.display(bundle, raw=True)
    else:
        print(text)
