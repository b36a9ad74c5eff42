"""Sheets to grade: filled in by the tests, from the sheet that students get."""

import json
import os
import sys
from pathlib import Path

import pytest

from coursecnn.grading.judging.test_cases import secret_cases
from coursecnn.grading.running.notebook import Notebook
from coursecnn.grading.sandbox import ForkServer, choose
from coursecnn.grading.tasks import assignment

ROOT = Path(__file__).parents[2]
sys.path.append(str(ROOT / "benchmarks"))  # the classes that are graded there are tested here
sys.path.append(str(Path(__file__).parent))  # `alternatives`
NAME = "03-convolution-by-hand"


@pytest.fixture(scope="session")
def sheet():
    """Assignment 03."""
    return assignment(NAME)


@pytest.fixture(scope="session")
def right():
    """A right answer to each task, as a student would write it."""
    return {
        "cross_correlate_1d": """
def cross_correlate_1d(signal, kernel):
    n, k = len(signal), len(kernel)
    return np.array([np.sum(signal[i : i + k] * kernel) for i in range(n - k + 1)])
""",
        "convolve_1d": """
def convolve_1d(signal, kernel):
    return cross_correlate_1d(signal, kernel[::-1])
""",
        "flip": """
def flip(kernel):
    return kernel[::-1, ::-1]
""",
        "conv2d_valid": """
def conv2d_valid(image, kernel):
    rows, columns = kernel.shape
    out = np.zeros((image.shape[0] - rows + 1, image.shape[1] - columns + 1))
    for i in range(out.shape[0]):
        for j in range(out.shape[1]):
            out[i, j] = (image[i : i + rows, j : j + columns] * kernel).sum()
    return out
""",
        "edge_map": """
def edge_map(image):
    sobel = np.array([[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]])
    return np.hypot(conv2d_valid(image, sobel), conv2d_valid(image, sobel.T))
""",
    }


@pytest.fixture(scope="session")
def fill():
    """A function that writes answers into the cells of the students' sheet."""
    blank = (ROOT / "exercises" / f"{NAME}.ipynb").read_text("utf-8")

    def filled(answers):
        notebook = json.loads(blank)
        for cell in notebook["cells"]:
            grade_id = cell["metadata"].get("nbgrader", {}).get("grade_id", "")
            if grade_id.removesuffix("-answer") in answers and grade_id.endswith("-answer"):
                cell["source"] = answers[grade_id.removesuffix("-answer")]
        return notebook

    return filled


@pytest.fixture(scope="session")
def secret(sheet):
    """The tasks with the cases of one secret seed."""
    return [secret_cases(task, seed=77) for task in sheet.tasks]


@pytest.fixture(scope="session")
def level():
    """The isolation of notebooks on this machine."""
    return choose()


@pytest.fixture(scope="session")
def warm(level):
    """A fork server whose children have short time limits."""
    os.environ["SECRET_OF_THE_GRADER"] = "a password"  # of which no notebook may hear
    launcher = ForkServer(level, memory=1024, cpu_seconds=20)
    yield launcher
    launcher.close()


@pytest.fixture(scope="session")
def warm_with_torch(level):
    """Another one, which has imported what takes seconds, with the limits of `coursecnn grade`.

    Its children take longer to start and to end: it is for notebooks that need these modules.
    """
    launcher = ForkServer(level, ("torch", "scipy.signal"), memory=2048, cpu_seconds=61)
    yield launcher
    launcher.close()


@pytest.fixture(scope="session")
def cells(right):
    """A function that makes a notebook of right answers, followed by other cells."""

    def notebook(*more):
        start = "import numpy as np\nfrom coursecnn.grading import check"
        return Notebook((start, *right.values(), *more))

    return notebook
