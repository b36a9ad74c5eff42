"""The Python in the text of a cell, without what only Jupyter understands.

The child that runs a cell and the grader that reads it must find the same: a line that one of them
stumbles over must not hide the cell from the other.
"""

import re

TIMERS = ("%%time", "%%timeit", "%%capture", "%%prun")  # they run the code below them
MAGIC = re.compile(r"[%!?]|[\w.]++\s*+=\s*+[%!]")
SKIPPED = "skipped magics and shell commands"


def understand(source, read):
    """Read the text of a cell as Python.

    Parameters
    ----------
    source : str
        Text of the cell. Where it is not Python as it stands, lines with magics or shell commands
        are skipped, and what is indented as a whole is moved to the left.
    read : callable
        Takes Python, such as `ast.parse`; raises SyntaxError if it is none.

    Returns
    -------
    object, str or None
        What `read` returned, and a note on what was skipped.

    Raises
    ------
    SyntaxError
        If it is no Python.
    """
    source, note = _without_cell_magic(source)
    try:
        return read(source), note
    except SyntaxError:
        moved = _moved_left(source)
        python = "\n".join(map(_silenced, moved))
        if python == source:
            raise
        return read(python), note if python == "\n".join(moved) else SKIPPED


def _without_cell_magic(source):
    first = source.lstrip().partition("\n")[0]
    if not first.startswith("%%"):
        return source, None
    runs = first.split()[0] in TIMERS
    return source.replace(first, "", 1) if runs else "", f"skipped {first[:40]}"


def _moved_left(source):
    """The lines, without the white space that the first of them begins with."""
    lines = source.split("\n")
    first = next((line for line in lines if line.strip()), "")
    indentation = first[: len(first) - len(first.lstrip())]
    return [line.removeprefix(indentation) for line in lines]


def _silenced(line):
    text = line.strip()
    asks = text.endswith("?") and not set(text) & set("#'\"")
    if not (asks or MAGIC.match(text)):
        return line
    return f"{line[: len(line) - len(line.lstrip())]}pass  # {text}"
