"""Tables that spreadsheets open: no text in them becomes a formula, and what people save is read.

A spreadsheet computes a cell that begins with `=`, `+`, `-` or `@`, whoever has written it. An
apostrophe in front makes it a text. One that splits lines at semicolons sees more beginnings.
"""

import csv
import io
import re
from dataclasses import dataclass

FORMULA = re.compile(r"(^|[;\t|])(\s*[=+\-@＝＋－＠])")
HARMLESS = re.compile(r"(^|[;\t|])'(\s*[=+\-@＝＋－＠])")
SEPARATORS = ",;\t"


@dataclass(frozen=True)
class Table:
    """What a file holds.

    Parameters
    ----------
    columns : list of str
        The header.
    rows : dict
        From the number of a row, as spreadsheets count, to its cells by column.
    separator : str
        What stands between two cells.
    """

    columns: list[str]
    rows: dict[int, dict[str, str]]
    separator: str = ","


def safe(cell):
    """A cell that no spreadsheet takes for a formula.

    Parameters
    ----------
    cell : object
        A text; numbers stay what they are.

    Returns
    -------
    object
        The text, with an apostrophe wherever a formula could begin.

    Examples
    --------
    >>> safe("=1+1"), safe("1 = 1"), safe(-1)
    ("'=1+1", '1 = 1', -1)
    """
    return FORMULA.sub(r"\1'\2", cell) if isinstance(cell, str) else cell


def plain(cell):
    """The text that `safe` was given.

    Parameters
    ----------
    cell : str
        As it stands in a file.

    Returns
    -------
    str
        Without the apostrophes.
    """
    return HARMLESS.sub(r"\1\2", cell)


def as_csv(rows, separator=","):
    """Comma-separated values that spreadsheets can open without harm.

    Parameters
    ----------
    rows : iterable of sequence
        Texts and numbers, the header first.
    separator : str, default ","
        What stands between two cells.

    Returns
    -------
    str
        One line per row.
    """
    text = io.StringIO()
    writer = csv.writer(text, delimiter=separator, lineterminator="\n")
    writer.writerows([safe(cell) for cell in row] for row in rows)
    return text.getvalue()


def read_csv(path, needed):
    """Read a table, whichever program has saved it.

    Parameters
    ----------
    path : Path
        UTF-8 or UTF-16, with or without a byte order mark; cells between commas, semicolons or
        tabs.
    needed : sequence of str
        Columns that must be there.

    Returns
    -------
    Table
        Without empty rows; cells that are missing at the end of a row are empty.

    Raises
    ------
    ValueError
        If it is no such table; the message names the file, the row, and what to do.
    """
    text = re.sub(r"\Asep=.\r?\n", "", _decode(path))
    separator = max(SEPARATORS, key=lambda one: len(set(needed) & set(_header(text, one))))
    try:
        lines = list(csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True))
    except csv.Error as error:
        raise ValueError(f"{path} is damaged ({error}); save it as CSV again") from error
    columns = _columns(path, lines, needed)
    filled = {number: line for number, line in enumerate(lines, start=1) if any(line)}
    del filled[1]
    return Table(
        columns, {n: _row(path, n, columns, line) for n, line in filled.items()}, separator
    )


def _columns(path, lines, needed):
    """The names in the first row; a column that has texts, but no name, gets a number."""
    width = max((i + 1 for line in lines for i, cell in enumerate(line) if cell), default=0)
    first = enumerate(lines[0][:width] if lines else [], start=1)
    names = [name.strip() or f"column {number}" for number, name in first]
    missing = [name for name in needed if name not in names]
    twice = [name for name in names if names.count(name) > 1]
    if missing or twice:
        wrong = f"no column {', '.join(missing)}" if missing else f"the column {twice[0]} twice"
        raise ValueError(f"{path} has {wrong}; restore its first row")
    return names


def _header(text, separator):
    return next(csv.reader(io.StringIO(text, newline=""), delimiter=separator), [])


def _row(path, number, columns, line):
    if any(line[len(columns) :]):
        raise ValueError(
            f"{path}, row {number}: there are {len(line)} cells below {len(columns)} columns; a "
            "text that holds a comma or a semicolon must stand between quotation marks"
        )
    cells = line + [""] * (len(columns) - len(line))
    return dict(zip(columns, cells, strict=False))


def _decode(path):
    data = path.read_bytes()
    utf16 = data[:2] in (b"\xff\xfe", b"\xfe\xff")
    try:
        return data.decode("utf-16" if utf16 else "utf-8-sig")
    except UnicodeDecodeError as error:
        raise ValueError(
            f"{path} is not UTF-8, so some letters would be lost; save it as 'CSV UTF-8'"
        ) from error
