"""One notebook in one process: run its cells, then call its functions on request.

`main` serves one notebook over the standard streams, on every system; where there is a fork server,
its children call `serve`.
"""

import contextlib
import dis
import os
import sys
import types

from . import stub, wire
from .cells import describe, run_cell
from .values import decode, encode

NO_WORK = {"RESUME", "NOP", "LOAD_CONST", "RETURN_VALUE", "RETURN_CONST"}


def serve(reader, write):
    """Answer the grader until it closes the connection.

    Parameters
    ----------
    reader : binary file
        Where the orders come from. The first message names `cells` (list of [number, source]),
        `names` (what will be asked for), and what is kept away: `hidden` modules, `absent`
        packages, and for each name what is `shut` while it is called. Each later one is a call.
    write : callable
        Takes the bytes of the answers.
    """
    wire.send(write, {"ready": True})
    order, _ = wire.receive(reader, wire.ORDER_LIMIT)
    process = os.getpid()
    checked = stub.install(order["hidden"], order.get("absent", ()))
    found = {}
    namespace = _main_module()
    for number, source in order["cells"]:
        report = run_cell(source, namespace, number)
        _stop_copies(process)
        _remember(found, namespace, order["names"])
        wire.send(write, {"ran": number, **report})
    found = {**{name: checked[name] for name in order["names"] if name in checked}, **found}
    wire.send(write, {"cells": len(order["cells"]), "found": sorted(found)})
    asked, kept_away = None, contextlib.ExitStack()
    while True:
        call, blobs = wire.receive(reader)
        if call["name"] != asked:  # to shut takes longer than most answers
            asked = call["name"]
            kept_away.close()
            kept_away.enter_context(stub.shut(order.get("shut", {}).get(asked, ())))
        _answer(call, blobs, write, found, process)


def reply(answer, args):
    """Call a function, or read a value, and describe the outcome.

    Parameters
    ----------
    answer : object
        The student's function, or the value itself when `args` is None.
    args : tuple or None
        Positional arguments.

    Returns
    -------
    dict, list of bytes
        `value` (see `values.encode`) or `raised` (see `cells.describe`), and raw contents; `empty`
        says that None came from a function without a body.
    """
    try:
        value = answer if args is None else answer(*args)
        spec, blobs = encode(value)
        empty = {"empty": True} if value is None and _has_no_body(answer) else {}
    except KeyboardInterrupt:  # the stop button of a notebook, not an answer
        raise
    except BaseException as error:  # the function may raise SystemExit
        return {"raised": describe(error)}, []
    return {"value": spec, **empty}, blobs


def _has_no_body(function):
    """Whether a function holds nothing but `pass`, `...` or a docstring."""
    code = getattr(function, "__code__", None)
    if not isinstance(code, types.CodeType) or code.co_name == "<lambda>":
        return False
    return {step.opname for step in dis.get_instructions(code)} <= NO_WORK


def _answer(call, blobs, write, found, process):
    args = None if call["args"] is None else decode(call["args"], blobs)
    header, blobs = reply(found.get(call["name"]), args)
    _stop_copies(process)
    wire.send(write, {"call": call["call"], **header}, blobs)


def _stop_copies(process):
    """End a copy of this process that the notebook has forked: one voice is enough."""
    if os.getpid() != process:
        os._exit(0)


def _main_module():
    """A fresh `__main__`, so that classes and pickles of the notebook find their home."""
    sys.modules["__main__"] = types.ModuleType("__main__")
    return sys.modules["__main__"].__dict__


def _remember(found, namespace, names):
    """Keep each asked-for name: the last function bound to it, or else the last value.

    `flip = flip(kernel)` in a scratch cell thus does not lose the function.
    """
    for name in names:
        value = namespace.get(name)
        if value is not None and (callable(value) or not callable(found.get(name))):
            found[name] = value


def main():
    """Take the two standard streams for the grader, give the notebook empty ones, and serve."""
    reader, writer = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    silence()

    def write(data):
        writer.write(data)
        writer.flush()

    try:
        serve(reader, write)
    except EOFError:  # the grader has heard enough
        os._exit(0)


def silence():
    """Point standard input, output and errors at the null device."""
    null = os.open(os.devnull, os.O_RDWR)
    for descriptor in (0, 1, 2):
        os.dup2(null, descriptor)
    os.close(null)
