"""Hostile and unlucky notebooks: no undeserved point, a clear message, and the rest unharmed."""

import pytest

from coursecnn.grading.marking import mark
from coursecnn.grading.notebook import Notebook
from coursecnn.grading.verdict import VERDICTS

RIGHT = {"cross_correlate_1d", "convolve_1d", "flip", "conv2d_valid", "edge_map"}

# What the notebook does after five right answers, the verdict on `flip` (None for any that has no
# points), and part of the message.
ON_FLIP = {
    "raises": ("def flip(k): raise OSError('no')", "error", "OSError: no"),
    "leaves by sys.exit": ("import sys\ndef flip(k): sys.exit(3)", "error", "SystemExit: 3"),
    "leaves by os._exit": ("import os\ndef flip(k): os._exit(3)", "crashed", "exit code 3"),
    "crashes": ("import ctypes\ndef flip(k): ctypes.string_at(0)", "crashed", "SIGSEGV"),
    "kills itself": ("import os\ndef flip(k): os.kill(os.getpid(), 9)", "crashed", "SIGKILL"),
    "never ends": ("def flip(k):\n    while True: pass", "timeout", "longer than 1.5 s"),
    "catches all and never ends": (
        "def flip(k):\n    while True:\n        try:\n            while True: pass\n"
        "        except BaseException: pass",
        "timeout",
        "longer than 1.5 s",
    ),
    "recurses": ("def flip(k): return flip(k)", "error", "RecursionError"),
    "takes 20 GB": ("def flip(k): return np.ones(20 * 2**27)", "error", "MemoryError"),
    "returns 80 MB": ("def flip(k): return np.ones(10**7)", "crashed", "larger than"),
    "returns nan": ("def flip(k): return np.full(k.shape, np.nan)", "wrong", "nan"),
    "returns text": ("def flip(k): return 'flipped'", "wrong", "a text"),
    "returns an object": ("def flip(k): return object()", "wrong", "of type object"),
    "returns None": ("def flip(k): pass", "wrong", "None"),
    "has the wrong shape": ("def flip(k): return k.ravel()[::-1]", "wrong", "has shape"),
    "takes no argument": ("def flip(): return 1", "error", "takes 0 positional arguments"),
    "is no function": ("del flip; flip = 3", "correct", ""),
    "is blank": ("def flip(k): raise NotImplementedError", "not_attempted", "Not attempted"),
    "guesses": ("def flip(k): return np.random.rand(*k.shape)", "wrong", "wrong in"),
    "is equal to all": (
        "class All:\n    def __eq__(self, other): return True\n    __array_priority__ = 1e9\n"
        "    shape = property(lambda self: self)\ndef flip(k): return All()",
        "wrong",
        "of type All",
    ),
    "is an array that is equal to all": (
        "class All(np.ndarray):\n    def __eq__(self, other): return True\n"
        "    def __array_ufunc__(self, *a, **k): return np.True_\n"
        "    def __array_function__(self, *a, **k): return True\n"
        "def flip(k): return np.zeros(k.shape).view(All)",
        "wrong",
        "wrong in",
    ),
    "patches NumPy": (
        "np.allclose = np.array_equal = lambda *a, **k: True\nnp.abs = lambda x: 0 * x\n"
        "def flip(k): return k",
        "wrong",
        "wrong in",
    ),
    "patches JSON": (
        "import json\njson.dumps = lambda *a, **k: '{}'\ndef flip(k): return k",
        "correct",  # the child is not believed any more, and the cell left out in the next one
        "",
    ),
    "patches the built-in functions": (
        "import builtins\nbuiltins.isinstance = lambda *a: True\nbuiltins.sum = lambda *a: 0\n"
        "def flip(k): return k",
        None,
        "",
    ),
    "looks for the answer in memory": (
        "import gc, sys\ndef flip(k):\n    frame = sys._getframe()\n    seen = gc.get_objects()\n"
        "    while frame:\n        seen += list(frame.f_locals.values())\n"
        "        frame = frame.f_back\n"
        "    same = [a for a in seen if isinstance(a, np.ndarray) and a.shape == k.shape]\n"
        "    return [a for a in same if not np.array_equal(a, k)][0] if len(same) > 1 else k",
        None,
        "",
    ),
    "forges a reply": (
        "import json, os, struct\ndef flip(k):\n"
        "    text = json.dumps({'call': 0, 'value': {'kind': 'plain', 'value': 1}, 'blobs': []})\n"
        "    for descriptor in range(3, 64):\n        try:\n"
        "            os.write(descriptor, struct.pack('>I', len(text)) + text.encode())\n"
        "        except OSError:\n            pass\n    return k",
        None,
        "",
    ),
    "floods the grader": (
        "import os\ndef flip(k):\n    while True:\n        for descriptor in range(3, 64):\n"
        "            try:\n                os.write(descriptor, bytes(2**16))\n"
        "            except OSError:\n                pass",
        None,
        "",
    ),
    "answers drop by drop": (
        "import os, time\ndef flip(k):\n    while True:\n        time.sleep(0.1)\n"
        "        for descriptor in range(3, 64):\n            try:\n"
        "                os.write(descriptor, bytes(1))\n            except OSError:\n"
        "                pass",
        None,
        "",
    ),
    "hides an error in its message": (
        "class Odd(Exception):\n    def __str__(self): raise SystemExit\ndef flip(k): raise Odd",
        "error",
        "Odd: (the message cannot be shown)",
    ),
    "writes control characters": (
        "def flip(k): raise ValueError('\\x1b[31m\\ud800\\n' + 'x' * 10**6)",
        "error",
        "ValueError",
    ),
}

# What does no harm: another cell, or an unusual but right answer.
HARMLESS = {
    "an error": "1 / 0",
    "a syntax error": "def broken(:",
    "sys.exit": "import sys; sys.exit()",
    "os._exit": "import os; os._exit(0)",
    "an endless loop": "while True: pass",
    "a crash": "import ctypes; ctypes.string_at(0)",
    "input()": "input('Your name? ')",
    "magics": "%matplotlib inline\nfiles = !ls\n!rm -rf /nowhere\nnp.sum?\nx = 3",
    "a timed cell": "%%time\nflip_again = flip",
    "another language": "%%bash\nrm -rf /nowhere",
    "top-level await": "import asyncio\nawait asyncio.sleep(0)",
    "50 MB of output": "print('x' * 50_000_000)",
    "a million lines of errors": "import sys\nsys.stderr.write('x\\n' * 10**6)",
    "closed descriptors": "import os\nos.closerange(3, 100)",
    "closed standard streams": "import sys\nsys.stdout.close(); sys.stderr.close()",
    "a thread left behind": (
        "import threading, time\nthreading.Thread(target=time.sleep, args=(60,)).start()"
    ),
    "a process left behind": "import os, time\nif os.fork() == 0:\n    time.sleep(60)",
    "a process that goes on": "import os\nos.fork()",
    "a name used again": "flip = flip(np.ones((2, 3)))",
    "a name deleted": "del flip",
    "a callable object": (
        "class Flip:\n    def __call__(self, weights): return weights[::-1, ::-1]\nflip = Flip()"
    ),
    "lists": "def flip(k): return [list(row)[::-1] for row in k][::-1]",
    "single precision": "def flip(k): return np.flip(k).astype(np.float32)",
    "a tensor with a gradient": (
        "import torch\n"
        "def flip(k): return torch.tensor(k[::-1, ::-1].copy() + 0.0, requires_grad=True)"
    ),
    "a change of the inputs": "def flip(k):\n    r = np.flip(k).copy()\n    k[:] = 0\n    return r",
    "a second of set-up": "import time\ntime.sleep(1)",
    "a deep recursion limit": "import sys\nsys.setrecursionlimit(10**6)",
    "a lost working directory": "import os\nos.rmdir(os.getcwd())",
    "its own __main__": "import __main__\nassert __main__.flip is flip",
    "its source": "import inspect\nassert 'return' in inspect.getsource(flip)",
}


def verdicts(notebook, sheet, secret_cases, warm):
    found = mark(notebook, sheet, secret_cases, warm, timeout=1.5)
    return {verdict.task: verdict for verdict in found}


@pytest.mark.parametrize(("source", "word", "message"), ON_FLIP.values(), ids=ON_FLIP)
def test_an_answer_that_harms_costs_its_own_points_only(
    source, word, message, cells, sheet, secret_cases, warm
):
    found = verdicts(cells(source), sheet, secret_cases, warm)
    if word is not None:
        assert found["flip"].verdict == word
    assert found["flip"].verdict in VERDICTS
    assert message in found["flip"].message
    assert found["flip"].points == (found["flip"].verdict == "correct")
    for name in RIGHT - {"flip"}:
        assert found[name].verdict == "correct", found[name].message


@pytest.mark.parametrize("source", HARMLESS.values(), ids=HARMLESS)
def test_what_stands_in_other_cells_costs_nothing(source, cells, sheet, secret_cases, warm):
    for verdict in verdicts(cells(source), sheet, secret_cases, warm).values():
        assert verdict.verdict == "correct", verdict.message


def test_the_next_notebook_is_unharmed_when_one_kills_the_parent(cells, sheet, secret_cases, warm):
    killer = cells("import os, signal\nos.kill(os.getppid(), signal.SIGKILL)")
    for notebook in (killer, cells()):
        for verdict in verdicts(notebook, sheet, secret_cases, warm).values():
            assert verdict.verdict == "correct", verdict.message


def test_a_notebook_of_endless_cells_has_an_end(sheet, secret_cases, warm):
    endless = Notebook(("while True: pass",) * 20 + ("def flip(k): return k[::-1, ::-1]",))
    found = mark(endless, sheet, secret_cases, warm, timeout=0.3)
    assert {verdict.verdict for verdict in found} == {"timeout"}


def test_the_message_of_a_hostile_exception_is_one_line(cells, sheet, secret_cases, warm):
    source, _, _ = ON_FLIP["writes control characters"]
    message = verdicts(cells(source), sheet, secret_cases, warm)["flip"].message
    assert message.isprintable()
    assert len(message) <= 600


def test_the_reference_cannot_be_imported_by_a_hidden_name(cells, sheet, secret_cases, warm):
    sly = "import importlib\nm = importlib.import_module('coursecnn.' + 'ops')\n" + (
        "def conv2d_valid(image, kernel): return m.cross_correlate(image, kernel)"
    )
    notebook = Notebook((sly,))
    found = verdicts(notebook, sheet, secret_cases, warm)["conv2d_valid"]
    assert (found.verdict, found.points) == ("error", 0)
    assert "ModuleNotFoundError" in found.message


def test_an_open_use_of_a_forbidden_helper_is_left_to_a_person(cells, sheet, secret_cases, warm):
    source = "from coursecnn.ops import cross_correlate as conv2d_valid"
    found = verdicts(cells(source), sheet, secret_cases, warm)
    assert (found["conv2d_valid"].verdict, found["conv2d_valid"].points) == ("review", 3)
    assert "coursecnn.ops.cross_correlate" in found["conv2d_valid"].message
    assert found["flip"].verdict == "correct"


def test_the_stub_of_check_tells_nothing(cells, sheet, secret_cases, warm):
    source = (
        "import sys, coursecnn.grading as g\n"
        "assert sorted(n for n in dir(g) if n[0] != '_') == ['check', 'require', 'when_written']\n"
        "assert not [m for m in sys.modules if m.startswith('coursecnn.grading.')]\n"
        "def flip(k): return k[::-1, ::-1]"
    )
    without_flip = Notebook(
        tuple(c for c in cells(source).sources if "def flip" not in c or "g" in c)
    )
    assert verdicts(without_flip, sheet, secret_cases, warm)["flip"].verdict == "correct"


def test_an_answer_that_only_check_has_seen_counts(sheet, secret_cases, warm):
    source = "from coursecnn.grading import check\ncheck('flip', lambda k: k[::-1, ::-1])\nx = 1"
    assert verdicts(Notebook((source,)), sheet, secret_cases, warm)["flip"].verdict == "correct"
