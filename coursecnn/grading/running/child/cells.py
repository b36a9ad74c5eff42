"""Run the code cells of a notebook, one after the other, as a kernel would.

The child that runs a cell and the grader that reads it must find the same Python in its text: a
line that one of them stumbles over must not hide the cell from the other. Both `understand` it.
"""

import __future__

import ast
import importlib
import inspect
import linecache
import re
import traceback

FUTURE = __future__.annotations.compiler_flag
CELL = re.compile(r"^<code cell (\d+)>$|ipykernel_\d+|<ipython-input")
TIMERS = ("%%time", "%%timeit", "%%capture", "%%prun")  # they run the code below them
MAGIC = re.compile(r"[%!?]|[\w.]++\s*+=\s*+[%!]")
BASES = 8  # classes above that of an exception: more than any of Python's own has
SKIPPED = "skipped magics and shell commands"


def run_cell(source, namespace, number):
    """Execute one cell and report how it went.

    Parameters
    ----------
    source : str
        Text of the cell; lines with magics or shell commands are skipped.
    namespace : dict
        The notebook's variables; the cell changes them.
    number : int
        Position among the code cells, from 1; tracebacks name it.

    Returns
    -------
    dict
        `status` "ok", or "error" with `type`, `message` and `line` of the exception; `note` says
        what was skipped.
    """
    name = cell_name(number)
    try:
        code, note = _compile(source, name)
    except (SyntaxError, ValueError, MemoryError, RecursionError) as error:
        return {"status": "error", **describe(error)}
    try:
        _execute(code, namespace)
    except BaseException as error:  # a cell may raise SystemExit; the next cell still runs
        return {"status": "error", **describe(error), "note": note}
    return {"status": "ok", "note": note}


def cell_name(number):
    """The file name under which tracebacks speak of a cell."""
    return f"<code cell {number}>"


def describe(error):
    """Type, message and place of an exception, as short texts.

    Parameters
    ----------
    error : BaseException
        The exception; its own methods are not trusted to work.

    Returns
    -------
    dict
        `type`, `message` (at most 500 characters), `cell` and `line` (None where unknown), and
        `bases`, the names of the nearest classes that its class is made from.
    """
    try:
        message = str(error)[:500]
    except BaseException:
        message = "(the message cannot be shown)"
    cell, line = _place(error)
    if isinstance(error, SyntaxError):
        message, line = str(error.msg), error.lineno
    where = {"cell": cell, "line": line}
    return {"type": type(error).__name__[:80], "message": message, "bases": _bases(error), **where}


def _bases(error):
    try:
        return [base.__name__[:80] for base in type(error).__mro__[1 : 1 + BASES]]
    except BaseException:  # a class may be of a class that a notebook has made
        return []


def _compile(source, name):
    """Code of a cell, and a note about the lines that are not Python."""
    _remember(source, name)
    return understand(source, lambda python: _code(python, name))


def _code(source, name):
    flags = ast.PyCF_ALLOW_TOP_LEVEL_AWAIT | getattr(_code, "future", 0)
    code = compile(source, name, "exec", flags, dont_inherit=True)
    _code.future = code.co_flags & FUTURE  # what one cell imports from there holds for the next
    return code


def _execute(code, namespace):
    result = eval(code, namespace)
    if code.co_flags & inspect.CO_COROUTINE:
        _loop().run_until_complete(result)


def _loop():
    """One event loop for the whole notebook, so that tasks outlive their cell."""
    if not hasattr(_loop, "loop"):
        _loop.loop = importlib.import_module("asyncio").new_event_loop()  # slow, seldom needed
    return _loop.loop


def _remember(source, name):
    """Let tracebacks and `inspect.getsource` find the text of the cell."""
    linecache.cache[name] = (len(source), None, source.splitlines(True), name)


def _place(error):
    """The innermost line of the student's own cells that the exception went through."""
    cell = line = None
    for frame, number in traceback.walk_tb(error.__traceback__):
        match = CELL.search(frame.f_code.co_filename)
        if match:
            cell, line = match[1] and int(match[1]), number
    return cell, line


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
