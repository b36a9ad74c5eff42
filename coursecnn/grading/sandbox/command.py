"""The command and the environment of a child process: nothing of the grader's own is handed on."""

import os
import sys
from pathlib import Path

INSIDE = Path(__file__).parents[1] / "inside"

# Loads the package `inside` from its folder alone, without a look at its neighbours.
START = """
import importlib, importlib.util, sys
where, module, *arguments = sys.argv[1:]
spec = importlib.util.spec_from_file_location(
    "inside", where + "/__init__.py", submodule_search_locations=[where])
sys.modules["inside"] = importlib.util.module_from_spec(spec)
importlib.import_module("inside." + module).main(*arguments)
"""


def python(module, *arguments):
    """The command line that runs `main` of one module of `inside`.

    Parameters
    ----------
    module : str
        "server" or "once".
    *arguments : str
        Handed to its `main`.

    Returns
    -------
    list of str
        Program and arguments.
    """
    return [sys.executable, "-I", "-B", "-c", START, str(INSIDE), module, *arguments]


def environment(home):
    """Environment variables of a child: one thread, no progress bars, none of the user's own.

    Parameters
    ----------
    home : str
        A folder that the child may write to.

    Returns
    -------
    dict
        The whole environment.
    """
    kept = {name: os.environ[name] for name in ("PATH", "SYSTEMROOT") if name in os.environ}
    threads = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")
    return {
        **kept,
        **dict.fromkeys(threads, "1"),
        **dict.fromkeys(("HOME", "TMPDIR", "TEMP", "TMP", "MPLCONFIGDIR", "COURSECNN_DATA"), home),
        "COURSECNN_PROGRESS": "0",
        "LANG": "C.UTF-8",
        "MPLBACKEND": "Agg",
    }
