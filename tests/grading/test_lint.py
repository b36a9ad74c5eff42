"""Forbidden helpers are found where an answer leans on them, and nowhere else."""

import time

import pytest

from coursecnn.grading.judging.lint import Code
from coursecnn.grading.running.syntax import parse

FORBIDDEN = ("scipy.signal", "torch.nn.functional.conv2d", "coursecnn.ops", "numpy.convolve")
CONVOLVED = "from numpy import convolve"
USES = {
    "an attribute": ["import numpy as np", "def f(x): return np.convolve(x, x)"],
    "an imported name": ["from scipy.signal import correlate2d as c\ndef f(x): return c(x, x)"],
    "an import inside": ["def f(x):\n    import scipy.signal as s\n    return s.convolve(x, x)"],
    "a module of a package": ["from coursecnn import ops", "f = ops.cross_correlate"],
    "a full name": ["import scipy.signal", "f = scipy.signal.convolve2d"],
    "a star": ["from scipy.signal import *", "def f(x): return convolve(x, x)"],
    "another function": [
        "import torch.nn.functional as F",
        "def g(x): return F.conv2d(x, x)",
        "def f(x): return g(x)",
    ],
    "an alias of an alias": ["import torch\nF = torch.nn.functional\nc = F.conv2d", "f = c"],
    "an import by name": [
        "from importlib import import_module as i",
        "def f(x): return i('scipy.signal').convolve(x, x)",
    ],
    "an imported answer": ["from scipy.signal import convolve as f"],
    "a cell with magics": [
        "%matplotlib inline\nimport numpy as np\n!ls",
        "def f(x):\n    return np.convolve(x, x)",
    ],
    "a cell with a shell command in the middle": [
        "import numpy as np",
        "files = !ls\nnp.sum?\ndef f(x):\n    return np.convolve(x, x)",
    ],
    "a cell that is indented as a whole": [
        "    import numpy as np\n    def f(x):\n        return np.convolve(x, x)"
    ],
    "a timed cell": ["%%time\nimport numpy as np\nf = np.convolve"],
    "a cell with top-level await": ["import numpy as np\nawait g()\nf = np.convolve"],
    "a default": [CONVOLVED, "def f(x, convolve=convolve): return convolve(x, x)"],
    "a global name": [
        f"{CONVOLVED} as c",
        "def f(x):\n    global c\n    c = c\n    return c(x, x)",
    ],
    "a name that an inner function sets": [
        f"{CONVOLVED} as c",
        "def f(x):\n    def g():\n        c = 1\n    return c(x, x)",
    ],
    "a name that a comprehension sets": [
        f"{CONVOLVED} as c",
        "def f(x):\n    [c for c in ()]\n    return c(x, x)",
    ],
    "a class": [
        "import scipy.signal",
        "class C:\n  def __call__(self, x):\n    return scipy.signal.convolve(x, x)\nf = C()",
    ],
}
HARMLESS = {
    "a comparison elsewhere": [
        "from scipy.signal import convolve",
        "def f(x): return x",
        "print(convolve([1], [1]) == f(1))",
    ],
    "a namesake": ["def convolve(x): return x", "def f(x): return convolve(x)"],
    "a mention": ["def f(x):\n    'like scipy.signal.convolve, but slower'\n    return x"],
    "another function of the module": ["import numpy as np", "def f(x): return np.dot(x, x)"],
    "no definition": ["import scipy.signal"],
    "a circle": ["f = g", "g = f"],
    "a syntax error": ["def f(x: return scipy.signal.convolve"],
    "a parameter of that name": [f"{CONVOLVED} as y", "def f(y): return y"],
    "a variable of that name": [f"{CONVOLVED} as y", "def f(x):\n    y = x\n    return y"],
    "a parameter of a method": [
        f"{CONVOLVED} as y",
        "class C:\n    def __call__(self, y): return y\nf = C()",
    ],
    "a parameter of a lambda": [f"{CONVOLVED} as y", "f = lambda y: y"],
}


def forbidden_use(sources, name, forbidden):
    return Code(map(parse, sources)).forbidden_use(name, forbidden)


@pytest.mark.parametrize("sources", USES.values(), ids=USES)
def test_a_helper_is_found(sources):
    assert forbidden_use(sources, "f", FORBIDDEN) is not None


@pytest.mark.parametrize("sources", HARMLESS.values(), ids=HARMLESS)
def test_what_the_answer_does_not_reach_is_nobodys_business(sources):
    assert forbidden_use(sources, "f", FORBIDDEN) is None


ENDLESS = {
    "a name for each number": "=".join(f"x{i}" for i in range(30_000)),
    "names that stand for each other": ";".join(f"import m{i} as x0" for i in range(9_000)),
    "attributes of attributes": ";".join("x0" + ".b" * 700 for _ in range(150)),
    "attributes beyond all depth": "x0 = x1" + ".b" * 2_500,
    "an f-string of many parts": "x0 = f'" + "{1}" * 60_000 + "'",
    "lists in lists": "x0 = " + "[" * 150 + "]" * 150,
    "a sum without end": "x0 = 1" + "+1" * 100_000,
    "a call of a call": "x0 = f" + "()" * 100_000,
    "white space without end": "x0 = " + " " * 250_000 + "y z",
    "questions": "? " * 100_000 + "x",
    "a circle of stars": "from x0 import *\nfrom x1 import *\nx0 = x1\nx1 = x0",
}


@pytest.mark.parametrize("source", ENDLESS.values(), ids=ENDLESS)
def test_a_text_made_to_hold_up_the_grader_is_read_in_seconds(source):
    names = "[" + ",".join(f"x{i}" for i in range(30_000)) + "]"
    cells = [source if source.startswith(("x0 =", "? ")) else f"{source}\nx0 = {names}"]
    start = time.process_time()
    forbidden_use([*cells, "def f(): return x0"], "f", FORBIDDEN)
    assert time.process_time() - start < 10


def test_the_helper_is_named_in_full():
    sources = ["import torch.nn.functional as F", "def f(x): return F.conv2d(x, x)"]
    assert forbidden_use(sources, "f", FORBIDDEN) == "torch.nn.functional.conv2d"
