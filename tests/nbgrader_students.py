"""What students hand in for assignment 03, and who loses which points in which grader."""

from collections.abc import Callable
from dataclasses import dataclass, field

from coursecnn.grading.judging.test_cases import public_cases
from coursecnn.grading.tasks import assignment, task

NAME = "03-convolution-by-hand"
POINTS = {one.id: one.points for one in assignment(NAME).tasks}
ALL = tuple(POINTS)


@dataclass(frozen=True)
class Student:
    """One submission: the right sheet, but for what is said here."""

    answers: dict = field(default_factory=dict)  # None leaves the stub as it is
    first: str = ""  # a cell behind the imports
    last: str = ""  # a cell at the end
    change: Callable = lambda notebook: None
    loses: tuple = ()  # the tasks without points

    def notebook(self, fill, right):
        """What is handed in, made by `fill` from the sheet and the right answers."""
        answers = {**right, **self.answers}
        notebook = fill({name: answer for name, answer in answers.items() if answer is not None})
        cells = notebook["cells"]
        if self.first:
            imports = next(i for i, one in enumerate(cells) if one["cell_type"] == "code")
            cells.insert(imports + 1, _cell(self.first))
        if self.last:
            cells.append(_cell(self.last))
        self.change(notebook)
        return notebook


@dataclass(frozen=True)
class Odd(Student):
    """A submission that the graders cannot agree on."""

    loses_nbgrader: tuple | None = ()  # None: there are no grades at all


def _cell(source):
    empty = {"cell_type": "code", "metadata": {}, "outputs": [], "execution_count": None}
    return {**empty, "id": "more", "source": source}


def points(loses):
    """Points by task of somebody who loses some; None where there are no grades at all."""
    if loses is None:
        return dict.fromkeys(POINTS)
    return {name: 0 if name in loses else full for name, full in POINTS.items()}


FLIPPED = """
def conv2d_valid(image, kernel):
    rows, columns = kernel.shape
    places = np.lib.stride_tricks.sliding_window_view(image, (rows, columns))
    return (places * kernel[::-1, ::-1]).sum(axis=(2, 3))
"""
OFF_BY_ONE = """
def conv2d_valid(image, kernel):
    rows, columns = kernel.shape
    out = np.zeros((image.shape[0] - rows, image.shape[1] - columns))
    for i, j in np.ndindex(out.shape):
        out[i, j] = np.sum(image[i : i + rows, j : j + columns] * kernel)
    return out
"""
RAISING = """
def conv2d_valid(image, kernel):
    raise ValueError("the kernel does not fit")
"""
LISTS = {
    "cross_correlate_1d": """
def cross_correlate_1d(signal, kernel):
    places = range(len(signal) - len(kernel) + 1)
    return [sum(s * w for s, w in zip(signal[i:], kernel)) for i in places]
""",
    "edge_map": """
def edge_map(image):
    sobel = np.array([[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]])
    return np.hypot(conv2d_valid(image, sobel), conv2d_valid(image, sobel.T)).tolist()
""",
}
SINGLE = """
def conv2d_valid(image, kernel):
    windows = np.lib.stride_tricks.sliding_window_view(image, kernel.shape)
    return np.einsum("hwij,ij->hw", windows.astype(np.float32), kernel.astype(np.float32))
"""
HELPERS = """
class Turned:
    def __call__(self, kernel):
        return turn(kernel)

def turn(kernel):
    return kernel[::-1, ::-1]
"""
EDGES_ALONE = """
def edge_map(image):
    image = image.astype(float)
    slopes = image[:, 2:] - image[:, :-2]
    right = slopes[:-2] + 2 * slopes[1:-1] + slopes[2:]
    slopes = image[2:] - image[:-2]
    down = slopes[:, :-2] + 2 * slopes[:, 1:-1] + slopes[:, 2:]
    return np.hypot(right, down)
"""
NOISE = """
import sys, warnings
print("x" * 100_000)
print("I am an error, or am I?", file=sys.stderr)
warnings.warn("this cell is deprecated")
"""
NOISY_FLIP = """
def flip(kernel):
    print("flipping", kernel)
    print("to the other stream", file=sys.stderr)
    warnings.warn("so many kernels")
    return kernel[::-1, ::-1]
"""
SCIPY = """
from scipy.signal import correlate2d

def conv2d_valid(image, kernel):
    return correlate2d(image, kernel, mode="valid")
"""
KNOWN_SHAPES = {case.args[0].shape for case in public_cases(task("flip")).cases}
BY_HEART = f"""
def flip(kernel):
    return kernel[::-1, ::-1] if kernel.shape in {KNOWN_SHAPES} else kernel
"""


def is_check(cell):
    return "".join(cell["source"]).startswith("check(")


def without_checks(notebook):
    notebook["cells"] = [cell for cell in notebook["cells"] if not is_check(cell)]


def with_points_of_their_own(notebook):
    for cell in filter(is_check, notebook["cells"]):
        cell["source"] = "1000"
        cell["metadata"]["nbgrader"]["points"] = 1000


def without_marks(notebook):
    for cell in notebook["cells"]:
        cell["metadata"] = {}


BLANK = dict.fromkeys(ALL)

# nbgrader takes seconds for each student: who can be two of them in different tasks is both.

RIGHT = {
    "right": Student(),
    "lists-float32-helpers-and-sys-exit": Student(
        {**LISTS, "conv2d_valid": SINGLE, "flip": "flip = Turned()"},
        first=f"{HELPERS}\nimport sys\nsys.exit('I am done')",
    ),
    "scipy-and-noisy": Student({"conv2d_valid": SCIPY, "flip": NOISY_FLIP}, first=NOISE),
}

WRONG = {
    "blank": Student(BLANK, loses=ALL),
    "flipped-by-heart-and-checks-deleted": Student(
        {"conv2d_valid": FLIPPED, "flip": BY_HEART},
        change=without_checks,
        loses=("conv2d_valid", "flip"),
    ),
    "off-by-one-and-syntax-error": Student(
        {"conv2d_valid": OFF_BY_ONE, "flip": "def flip(kernel:\n    return"},
        loses=("conv2d_valid", "flip", "edge_map"),
    ),
    "raising-and-endless": Student(
        {"conv2d_valid": RAISING, "flip": "def flip(kernel):\n    while True: pass"},
        loses=("conv2d_valid", "flip", "edge_map"),
    ),
    "edges-only": Student({**BLANK, "edge_map": EDGES_ALONE}, loses=ALL[:-1]),
    "checks-edited": Student(BLANK, change=with_points_of_their_own, loses=ALL),
}

LOGGING_FLIP = """
import logging
logging.basicConfig()

def flip(kernel):
    logging.warning("kernel %s", kernel.shape)
    return kernel[::-1, ::-1]
"""
HELPER_BELOW = """
def flip(kernel):
    return turn(kernel)
"""
SILENCED = """
import coursecnn.grading
coursecnn.grading.require = lambda *answers, **seed: None
"""
HIDING = """
import importlib
ops = importlib.import_module("coursecnn." + "ops"[:])
conv2d_valid = getattr(ops, "cross_" + "correlate")
"""

DISAGREEING = {
    # An old stream escapes from `check`, and to nbgrader a word on stderr is an error. Nobody hides
    # in nbgrader what the task is to write, and nobody reads the answers.
    "logging-and-helper-hidden": Odd(
        {"flip": LOGGING_FLIP, "conv2d_valid": HIDING},
        loses=("conv2d_valid", "edge_map"),
        loses_nbgrader=("flip",),
    ),
    # nbgrader looks at a function when its check runs, the grader when all cells have run.
    "helper-below": Odd({"flip": HELPER_BELOW}, last=HELPERS, loses_nbgrader=("flip",)),
    # nbgrader finds its cells by their marks.
    "no-marks": Odd(change=without_marks, loses_nbgrader=None),
    # The kernel is gone, and with it the student.
    "os-exit": Odd(first="import os\nos._exit(0)", loses_nbgrader=None),
    # The hidden tests share the process of those whom they test.
    "cheat": Odd(BLANK, first=SILENCED, loses=ALL, loses_nbgrader=()),
}
