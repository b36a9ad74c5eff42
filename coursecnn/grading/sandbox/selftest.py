"""Try the sandbox with a harmless notebook, which must live, and a hostile one, which must not.

A sandbox that kills everything looks safe as long as only the hostile one is tried.
"""

import os
import socket
import tempfile
from pathlib import Path

from coursecnn.grading.running.child.values import decode
from coursecnn.grading.running.process import CrashError, StartError, TooLateError
from coursecnn.grading.sandbox.bubblewrap import GRADING, PACKAGE

SECONDS = 20
GOOD = """
import numpy as np
def works():
    open("note.txt", "w").write("a notebook may write into its own folder")
    return float(np.arange(4).sum()) == 6
"""
HOSTILE = """
import os, socket
def write(path):
    open(path, "w").close()
    os.remove(path)
    return True
def tried(attempt):
    try:
        return bool(attempt())
    except BaseException:
        return False
def escapes():
    return [tried(attempt) for attempt in (
        lambda: open({secret!r}).read(),
        lambda: open({grader!r}).read(),
        lambda: write(os.path.join({library!r}, "selftest")),
        lambda: any(tried(lambda: write(os.path.join(f, "selftest"))) for f in {shared!r}),
        lambda: socket.create_connection(("127.0.0.1", {port}), timeout=2),
        lambda: os.kill({pid}, 0) is None,
        lambda: os.setuid(0) is None,
        lambda: open("/proc/1/mem", "rb"),
    )]
"""
ESCAPES = (
    "reads other files",
    "reads the grader",
    "writes into the library",
    "leaves files for the next one",
    "reaches the network",
    "signals the grader",
    "becomes root",
    "looks into other processes",
)


def probe(launcher):
    """Try a level.

    Parameters
    ----------
    launcher : ForkServer
        Opens children at that level.

    Returns
    -------
    list of str
        What is wrong with it, as clauses; empty if it lets live and holds.
    """
    with (
        tempfile.TemporaryDirectory(dir=_home()) as folder,
        socket.create_server(("127.0.0.1", 0)) as server,
    ):
        secret = Path(folder) / "secret"
        secret.write_text("the answers")
        hostile = HOSTILE.format(
            secret=str(secret),
            grader=str(GRADING / "judging" / "judge.py"),
            library=str(PACKAGE),
            shared=["/dev", str(GRADING)],
            port=server.getsockname()[1],
            pid=os.getpid(),
        )
        try:
            works, escaped = _ask(launcher, GOOD, "works"), _ask(launcher, hostile, "escapes")
        except (StartError, CrashError, TooLateError) as error:
            return [f"no notebook runs in it ({error})"]
    if works is not True:
        return ["a harmless notebook does not work in it"]
    return [f"a notebook in it {what}" for what, done in zip(ESCAPES, escaped, strict=True) if done]


def _home():
    """Where the secret lies: not only in the folder for temporary files, if that is possible."""
    return Path.home() if os.access(Path.home(), os.W_OK) else None


def _ask(launcher, source, name):
    """The answer of one function of a small notebook."""
    with launcher.open() as child:
        child.send({"cells": [[1, source]], "names": [name], "hidden": []})
        for _ in range(2):
            child.receive(SECONDS)
        child.send({"call": 0, "name": name, "args": {"kind": "tuple", "items": []}})
        header, blobs = child.receive(SECONDS)
    if "value" not in header:
        raise CrashError(f"the self-test failed: {header}")
    return decode(header["value"], blobs)
