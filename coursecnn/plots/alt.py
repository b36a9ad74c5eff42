"""What a figure shows, in words, for those who do not see it."""

import numpy as np

from coursecnn.plots._words import against, scales, tendency


def remember(axes, words):
    """Keep with the axes how their picture is put into words.

    Parameters
    ----------
    axes : matplotlib.axes.Axes or ndarray of them
        What a plot draws on; axes that were drawn on before tell what they show now.
    words : callable
        Gives the sentences; it is called when they are asked for, so that what the reader
        changed since then, a label or a scale, is told as it is.
    """
    for ax in np.ravel(axes):
        ax._coursecnn_words = words  # lives as long as the picture


def alt_text(axes):
    """Describe a figure from the numbers that are drawn in it.

    The text says what kind of picture it is, its axes, ranges, tendencies and extremes. It is a
    draft: true, but without the point of the figure, which only its author knows. It is one line
    that may stand unquoted behind ``alt:`` in the head of a cell.

    Parameters
    ----------
    axes : matplotlib.axes.Axes or ndarray of them
        What a function of `plots` returned.

    Returns
    -------
    str
        Some sentences.

    Raises
    ------
    TypeError
        If `axes` is something else.
    ValueError
        If nothing is drawn there that can be told.

    Examples
    --------
    >>> import numpy as np
    >>> from coursecnn import plots
    >>> plots.alt_text(plots.matrix(np.array([[1, 2], [3, 4]])))
    'A grid of numbers with 2 rows and 2 columns. Row 1 is 1, 2. Row 2 is 3, 4.'
    """
    tellers = []
    for ax in np.ravel(np.asarray(axes, dtype=object)):
        if not hasattr(ax, "get_lines"):
            raise TypeError(f"`axes` must be what a plot returned; received {type(ax).__name__}.")
        words = getattr(ax, "_coursecnn_words", None) or _lines(ax)
        if words is not None and words not in tellers:
            tellers.append(words)
    text = " ".join(sentence for words in tellers for sentence in words())
    if not text:
        raise ValueError(
            "`axes` hold nothing that `coursecnn.plots` drew; write their text yourself."
        )
    return _one_line(text)


def _lines(ax):
    """Words for lines that were drawn without `plots`, or None where there are none."""
    lines = [line for line in ax.get_lines() if len(line.get_xdata()) > 1]
    if not lines:
        return None
    told = [(line.get_label().lstrip("_"), *line.get_data()) for line in lines]
    curves = [
        f"{name} {tendency(np.asarray(x, float), np.asarray(y, float))}." for name, x, y in told
    ]
    return lambda: [f"Line chart of {against(ax)}.", *scales(ax), *curves]


def _one_line(text):
    """One line that YAML reads as plain text: no colon or hash that would mean something."""
    text = " ".join(text.split())
    text = text.replace(": ", ", ").replace(" #", " ").lstrip("-?:,[]{}#&*!|>'\"%@` ").rstrip(" :")
    return text[:1].upper() + text[1:]
