"""The numbers of `book/facts.yml`, read and written as a text shows them."""

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
        If the file is no YAML.
    """
    try:
        return yaml.safe_load(file.read_text("utf-8")) or {}
    except yaml.YAMLError as error:
        raise BuildError(f"`{file.name}` is not YAML: {error}") from None
