"""What came back from one call of a student's function."""

from dataclasses import dataclass

from coursecnn.grading.running.child.cells import BASES
from coursecnn.grading.running.child.values import decode


@dataclass(frozen=True)
class Value:
    """The function returned something.

    Parameters
    ----------
    value : object
        As `child.values.decode` gives it.
    sequence : bool, default False
        Whether an array was a list or a tuple when it was returned.
    empty : bool, default False
        Whether the body of the function holds no code.
    """

    value: object
    sequence: bool = False
    empty: bool = False


@dataclass(frozen=True)
class Raised:
    """The function raised an exception.

    Parameters
    ----------
    type : str
        Name of its class.
    message : str
        Its text.
    cell, line : int or None
        The innermost line of the notebook that it passed through.
    bases : tuple of str, optional
        Names of the classes that its class is made from.
    """

    type: str
    message: str
    cell: int | None = None
    line: int | None = None
    bases: tuple[str, ...] = ()

    def __str__(self):
        text = f"{self.type}: {self.message}" if self.message else self.type
        where = ", ".join(f"{name} {value}" for name, value in self._place() if value)
        return f"{text} ({where})" if where else text

    def _place(self):
        return ("code cell", self.cell), ("line", self.line)


@dataclass(frozen=True)
class Lost:
    """No answer came.

    Parameters
    ----------
    verdict : str
        "timeout" or "crashed".
    message : str
        What happened, as a sentence without its full stop.
    """

    verdict: str
    message: str


def read(header, blobs):
    """Read what a child, or `child.session.reply` in this process, says of a call.

    Parameters
    ----------
    header : dict
        It is not trusted.
    blobs : list of bytes
        Raw contents of its arrays.

    Returns
    -------
    Value or Raised
        What the function did.

    Raises
    ------
    ValueError
        If it is malformed.
    """
    if isinstance(header.get("raised"), dict):
        return raised(header["raised"])
    if isinstance(header.get("value"), dict):
        spec = header["value"]
        value = decode(spec, blobs)
        return Value(value, spec.get("sequence") is True, header.get("empty") is True)
    raise ValueError("reply that holds neither a value nor an exception")


def raised(report):
    """Read the description of an exception; see `child.cells.describe`.

    Parameters
    ----------
    report : dict
        It is not trusted.

    Returns
    -------
    Raised
        With texts of bounded length, and whole numbers or None.
    """
    kind, message = (
        value if isinstance(value, str) else "" for value in map(report.get, ("type", "message"))
    )
    cell, line = (
        value if type(value) is int else None for value in map(report.get, ("cell", "line"))
    )
    names = report.get("bases")
    bases = names[:BASES] if isinstance(names, list) else ()
    bases = tuple(name[:80] for name in bases if isinstance(name, str))
    return Raised(kind[:80] or "an unnamed error", message[:500], cell, line, bases)
