"""The numbers of `book/facts.yml`, read and written as a text shows them."""

from collections import Counter

import yaml

from .places import BOOK, BuildError

FILE = BOOK / "facts.yml"
NO_BREAK_SPACE = "\u00a0"
MINUS = "\u2212"


def written(fact, *, unit=True):
    """A fact as the text shows it.

    Parameters
    ----------
    fact : dict
        `value`, and perhaps `format` and `unit`.
    unit : bool, default True
        Write the unit, where there is one.

    Returns
    -------
    str

    Examples
    --------
    >>> written({"value": 61706, "unit": "weights"}, unit=False)
    '61,706'
    """
    value = fact["value"]
    if isinstance(value, str):
        text = value
    else:
        text = format(value, fact.get("format", ",")).replace("-", MINUS)
    return f"{text}{NO_BREAK_SPACE}{fact['unit']}" if unit and "unit" in fact else text


def read(file=FILE):
    """The facts by key.

    Raises
    ------
    BuildError
        If the file is no YAML, or two facts have the same key: YAML would keep the last in silence.
    """
    text = file.read_text("utf-8")
    try:
        facts, node = yaml.safe_load(text) or {}, yaml.compose(text)
    except yaml.YAMLError as error:
        raise BuildError(f"`{file.name}` is not YAML: {error}") from None
    keys = Counter(key.value for key, _ in node.value) if facts else {}
    if twice := [key for key, count in keys.items() if count > 1]:
        raise BuildError(f"`{file.name}` has two facts of the name {twice[0]}; rename one of them.")
    return facts
