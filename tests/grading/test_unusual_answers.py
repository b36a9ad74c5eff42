"""Right answers that look unlike any other: each earns its points in full."""

import numpy as np
import pytest

from coursecnn.grading.judging.mark import mark
from coursecnn.grading.judging.test_cases import secret_cases
from coursecnn.grading.running.notebook import Notebook
from coursecnn.grading.task import Assignment, Task

LOOPS = """
    rows, columns = len(image) - len(kernel) + 1, len(image[0]) - len(kernel[0]) + 1
    out = [[0.0] * columns for _ in range(rows)]
    for i in range(rows):
        for j in range(columns):
            for u in range(len(kernel)):
                for v in range(len(kernel[0])):
                    out[i][j] += float(image[i][j:][v] if u == 0 else image[i + u][j + v]) * float(
                        kernel[u][v])
    return out
"""
WINDOWS = "np.lib.stride_tricks.sliding_window_view(image, kernel.shape)"
EINSUM = f"np.einsum('hwij,ij->hw', {WINDOWS}, kernel)"
RIGHT = f"def conv2d_valid(image, kernel): return {EINSUM}\n"
WRAPPED = """
def {name}(f):
    @functools.wraps(f)
    def wrapper(*args, **kwargs):
        return f(*args, **kwargs)
    return wrapper
"""


def returning(expression):
    return (f"def conv2d_valid(image, kernel): return {expression}",)


# The cells of a notebook, after `import numpy as np`.
ANSWERS = {
    "pure Python and lists": (f"def conv2d_valid(image, kernel):{LOOPS}",),
    "lists of tuples": (
        RIGHT.replace("conv2d_valid", "c"),
        *returning("[*map(tuple, c(image, kernel))]"),
    ),
    "a tuple of arrays": (
        RIGHT.replace("conv2d_valid", "c"),
        *returning("tuple(c(image, kernel))"),
    ),
    "a generator turned into a list": (
        "def rows(image, kernel):\n"
        f"    for row in {EINSUM}:\n        yield [float(x) for x in row]",
        *returning("list(rows(image, kernel))"),
    ),
    "fractions": (
        "from fractions import Fraction",
        RIGHT.replace("conv2d_valid", "c"),
        *returning("[[Fraction(float(x)) for x in row] for row in c(image, kernel)]"),
    ),
    "an array of objects": returning(f"({EINSUM}).astype(object)"),
    "sliding windows": returning(f"({WINDOWS} * kernel).sum((2, 3))"),
    "einsum": returning(EINSUM),
    "tensordot": returning(f"np.tensordot({WINDOWS}, kernel, 2)"),
    "a Fourier transform": (
        "def conv2d_valid(image, kernel):\n"
        "    spectrum = np.fft.rfft2(image) * np.conj(np.fft.rfft2(kernel, image.shape))\n"
        "    rows, columns = np.subtract(image.shape, kernel.shape) + 1\n"
        "    return np.fft.irfft2(spectrum, image.shape)[:rows, :columns]",
    ),
    "single precision": returning(f"({EINSUM}).astype(np.float32)"),
    "single precision all the way": (
        RIGHT.replace("conv2d_valid", "c"),
        *returning("c(image.astype(np.float32), kernel.astype(np.float32))"),
    ),
    "long double": returning(f"({EINSUM}).astype(np.longdouble)"),
    "big-endian numbers": returning(f"({EINSUM}).astype('>f8')"),
    "columns before rows in memory": returning(f"np.asfortranarray({EINSUM})"),
    "an array turned round in memory": returning(f"np.flip(np.flip({EINSUM}).copy())"),
    "an array that cannot be written to": (
        "def conv2d_valid(image, kernel):\n"
        f"    out = {EINSUM}\n    out.setflags(write=False)\n    return out",
    ),
    "a part of a larger array": returning(f"np.pad({EINSUM}, 3)[3:-3, 3:-3]"),
    "a masked array without a mask": returning(f"np.ma.array({EINSUM})"),
    "a matrix": returning(f"np.asmatrix({EINSUM})"),
    "a subclass of ndarray": (
        "class Picture(np.ndarray): pass",
        *returning(f"({EINSUM}).view(Picture)"),
    ),
    "an object with an __array__": (
        "class Picture:\n    def __init__(self, a): self.a = a\n"
        "    def __array__(self, dtype=None, copy=None): return self.a",
        *returning(f"Picture({EINSUM})"),
    ),
    "a tensor that needs a gradient": (
        "import torch",
        *returning(f"torch.tensor({EINSUM} + 0.0, requires_grad=True) * 1"),
    ),
    "a tensor by unfold": (
        "import torch",
        "def conv2d_valid(image, kernel):\n"
        "    x = torch.tensor(np.asarray(image, float))[None, None]\n"
        "    k = torch.tensor(np.asarray(kernel, float)).reshape(1, -1)\n"
        "    rows, columns = np.subtract(image.shape, kernel.shape) + 1\n"
        "    y = k @ torch.nn.functional.unfold(x, kernel.shape)\n"
        "    return y.reshape(rows, columns)",
    ),
    "helper functions in other cells": (
        "def patch(image, i, j, shape): return image[i : i + shape[0], j : j + shape[1]]",
        "def at(image, kernel, i, j): return (patch(image, i, j, kernel.shape) * kernel).sum()",
        "def sizes(a, b): return [n - k + 1 for n, k in zip(a.shape, b.shape)]",
        "def conv2d_valid(image, kernel):\n    rows, columns = sizes(image, kernel)\n"
        "    return [[at(image, kernel, i, j) for j in range(columns)] for i in range(rows)]",
    ),
    "a helper function below the answer": (
        *returning("helper(image, kernel)"),
        RIGHT.replace("conv2d_valid", "helper"),
    ),
    "renamed parameters": (
        f"def conv2d_valid(a, b):\n    image, kernel = a, b\n    return {EINSUM}",
    ),
    "parameters by position only": (f"def conv2d_valid(image, kernel, /): return {EINSUM}",),
    "more parameters with defaults": (
        f"def conv2d_valid(image, kernel, stride=1, *, padding=0): return {EINSUM}",
    ),
    "any parameters": (
        f"def conv2d_valid(*args, **options):\n    image, kernel = args\n    return {EINSUM}",
    ),
    "a lambda": (f"conv2d_valid = lambda image, kernel: {EINSUM}",),
    "a partial function": (
        "import functools",
        f"def c(mode, image, kernel): return {EINSUM}",
        "conv2d_valid = functools.partial(c, 'valid')",
    ),
    "a class that is called": (
        f"class Valid:\n    def __call__(self, image, kernel): return {EINSUM}\n"
        "conv2d_valid = Valid()",
    ),
    "a method": (
        f"class Layer:\n    def forward(self, image, kernel): return {EINSUM}",
        "conv2d_valid = Layer().forward",
    ),
    "a static method": (
        f"class Layer:\n    @staticmethod\n    def forward(image, kernel): return {EINSUM}\n"
        "conv2d_valid = Layer.forward",
    ),
    "a closure": (
        f"def make():\n    def c(image, kernel): return {EINSUM}\n    return c",
        "conv2d_valid = make()",
    ),
    "a decorated function": (
        "import functools" + WRAPPED.format(name="njit"),
        f"@njit\n{RIGHT}",
    ),
    "a decorator with options": (
        f"import functools{WRAPPED.format(name='jit')}\ndef options(**k): return jit",
        f"@options(parallel=True, cache=True)\n{RIGHT}",
    ),
    "a vectorized function": (
        "def conv2d_valid(image, kernel):\n"
        "    rows, columns = np.subtract(image.shape, kernel.shape) + 1\n"
        "    at = np.vectorize(lambda i, j: (image[i:, j:][:kernel.shape[0], :kernel.shape[1]]"
        " * kernel).sum(), otypes=[float])\n"
        "    return at(*np.indices((rows, columns)))",
    ),
    "recursion": (
        "def row(image, kernel, i):\n    rest = image[i + 1 :]\n"
        "    here = [(image[i : i + len(kernel), j : j + kernel.shape[1]] * kernel).sum()\n"
        "            for j in range(image.shape[1] - kernel.shape[1] + 1)]\n"
        "    return [here] + (row(image, kernel, i + 1) if len(rest) >= len(kernel) else [])",
        *returning("row(image, kernel, 0)"),
    ),
    "annotations and a docstring": (
        "from __future__ import annotations",
        "def conv2d_valid(image: Picture, kernel: Weights) -> Picture:\n"
        f"    'Slide.'\n    return {EINSUM}",
    ),
    "a program in a text": (f"exec({RIGHT!r})",),
    "a name among the global ones": (
        RIGHT.replace("conv2d_valid", "c"),
        "globals()['conv2d_valid'] = c",
    ),
    "an answer that is given twice": ("def conv2d_valid(image, kernel): return image", RIGHT),
    "a first try in the same cell": (f"def conv2d_valid(image, kernel): pass\n{RIGHT}",),
    "a name used for a picture later": (RIGHT, "conv2d_valid = conv2d_valid(np.eye(3), np.eye(2))"),
    "an error in another cell": ("1 / 0", RIGHT, "1 / 0"),
    "an error below the answer": (f"{RIGHT}1 / 0",),
    "a syntax error in another cell": ("def broken(:", RIGHT, "print 'hello'"),
    "noisy cells": (
        "import sys\nprint('x' * 10**6)\nsys.stderr.write('x' * 10**6)",
        f"def conv2d_valid(image, kernel):\n    print(image)\n    return {EINSUM}",
    ),
    "warnings": (
        "import warnings",
        f"def conv2d_valid(image, kernel):\n    warnings.warn('slow')\n    return {EINSUM}",
    ),
    "a second of set-up": ("import time\ntime.sleep(1)", RIGHT),
    "a slow first call": (
        "import time\nready = []\ndef warm_up():\n    if not ready: time.sleep(0.7)\n"
        "    ready.append(1)",
        f"def conv2d_valid(image, kernel):\n    warm_up()\n    return {EINSUM}",
    ),
    "threads": (
        "from concurrent.futures import ThreadPoolExecutor",
        "def conv2d_valid(image, kernel):\n"
        "    with ThreadPoolExecutor(2) as pool:\n"
        f"        return list(pool.map(np.array, {EINSUM}))",
    ),
    "top-level await": (
        "import asyncio\nasync def load():\n    await asyncio.sleep(0)\n    return 1",
        f"one = await load()\n{RIGHT}",
    ),
    "a loop of events": (
        f"import asyncio\nasync def c(image, kernel): return {EINSUM}",
        *returning("asyncio.new_event_loop().run_until_complete(c(image, kernel))"),
    ),
    "magics around the answer": (f"%matplotlib inline\n!pip install numpy\n{RIGHT}np.sum?",),
    "a timed cell": (f"%%time\n{RIGHT}",),
    "an indented cell": ("\n".join(f"    {line}" for line in RIGHT.splitlines()),),
    "what only Jupyter offers": (f"display('ready')\nget_ipython().magic('time')\n{RIGHT}",),
    "the reference imported for a comparison": (
        f"from coursecnn.ops import cross_correlate\n{RIGHT}",
        "a, b = np.eye(3), np.eye(2)\n"
        "assert np.allclose(cross_correlate(a, b), conv2d_valid(a, b))",
    ),
    "line ends of Windows": (RIGHT.replace("return", "\r\n    return").replace("\n", "\r\n"),),
    "letters of other scripts": (f"# свёртка 畳み込み\nядро = 1\n{RIGHT}",),
}


@pytest.fixture
def earns_its_points(sheet, secret):
    """A function that holds that the answer in some cells is right."""

    def checked(cells, launcher):
        notebook = Notebook(("import numpy as np", *cells))
        found = {v.task: v for v in mark(notebook, sheet, secret, launcher, timeout=20)}
        verdict = found["conv2d_valid"]
        assert (verdict.verdict, verdict.points) == ("correct", 3), verdict.message

    return checked


@pytest.mark.parametrize("cells", ANSWERS.values(), ids=ANSWERS)
def test_an_unusual_answer_earns_its_points(cells, earns_its_points, warm, warm_with_torch):
    earns_its_points(cells, warm_with_torch if "import torch" in cells else warm)


def test_a_tensor_is_an_answer_where_nobody_has_imported_torch_before(earns_its_points, warm):
    earns_its_points(ANSWERS["a tensor by unfold"], warm)


def pairs(rng):
    while True:
        yield (rng.normal(size=(3, 4)),)


SCALAR = Task("total", 1, reference=np.sum, arguments=("x",), inputs=pairs)
TWO = Task("both", 1, lambda x: (x.sum(0), x.sum()), arguments=("x",), inputs=pairs)
WORD = Task("word", 1, reference=lambda: "valid")
COUNT = Task("count", 1, reference=lambda: 12)
OTHER_KINDS = {
    "a number of Python": (SCALAR, "def total(x): return float(x.sum())"),
    "a number of NumPy": (SCALAR, "def total(x): return x.sum()"),
    "an array without axes": (SCALAR, "def total(x): return np.array(x.sum())"),
    "a subclass of float": (
        SCALAR,
        "class Metres(float): pass\ndef total(x): return Metres(x.sum())",
    ),
    "a decimal number": (
        SCALAR,
        "from decimal import Decimal\ndef total(x): return Decimal(float(x.sum()))",
    ),
    "two results": (TWO, "def both(x): return x.sum(0), x.sum()"),
    "two results in a list": (TWO, "def both(x): return [list(x.sum(0)), float(x.sum())]"),
    "a named tuple": (
        TWO,
        "from typing import NamedTuple\nclass Sums(NamedTuple):\n    a: object\n    b: float\n"
        "def both(x): return Sums(x.sum(0), x.sum())",
    ),
    "a text": (WORD, "word = 'valid'"),
    "a text of NumPy": (WORD, "word = np.str_('valid')"),
    "a member of an enumeration": (
        WORD,
        "from enum import StrEnum\nclass Mode(StrEnum):\n    VALID = 'valid'\nword = Mode.VALID",
    ),
    "a whole number": (COUNT, "count = 12"),
    "a whole number as float": (COUNT, "count = 24 / 2"),
    "a whole number as array": (COUNT, "count = np.int8(12)"),
}


@pytest.mark.parametrize(("task", "source"), OTHER_KINDS.values(), ids=OTHER_KINDS)
def test_a_number_or_text_in_unusual_clothes_earns_its_points(task, source, warm):
    notebook = Notebook(("import numpy as np", source))
    sheet = Assignment("sheet", 1, (task,))
    (verdict,) = mark(notebook, sheet, [secret_cases(task, seed=5)], warm, timeout=20)
    assert (verdict.verdict, verdict.points) == ("correct", 1), verdict.message
