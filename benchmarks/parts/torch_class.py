"""A class that hands in the assignment of `torch_sheet`."""

import random
from pathlib import Path

from .submissions import Submission, as_text, code_cell, styled
from .torch_sheet import ASSIGNMENT

FILE = Path(__file__).with_name("torch_sheet.py")
SHEET = ASSIGNMENT.name
START = "import numpy as np\nimport torch\nfrom coursecnn.grading import check"
ANSWERS = {
    "feature_maps": (
        (
            "correct",
            """
def feature_maps(image, kernel):
    out = torch.nn.functional.conv2d(torch.tensor(image), torch.tensor(kernel), padding=1)
    return torch.relu(out)
""",
        ),
        (
            "correct",
            """
def feature_maps(image, kernel):
    k, n, rows, columns = kernel.shape
    layer = torch.nn.Conv2d(n, k, (rows, columns), padding=1, bias=False).double()
    with torch.no_grad():
        layer.weight.copy_(torch.from_numpy(kernel))
    net = torch.nn.Sequential(layer, torch.nn.ReLU())
    return net(torch.from_numpy(image)).detach().numpy()
""",
        ),
        (
            "correct",
            """
import torch.nn.functional as F

def feature_maps(image, kernel):
    padded = F.pad(torch.as_tensor(image), (1, 1, 1, 1))
    patches = F.unfold(padded, kernel.shape[2:])
    out = torch.tensor(kernel).flatten(1) @ patches
    rows, columns = (n - k + 1 for n, k in zip(padded.shape[2:], kernel.shape[2:]))
    return out.clamp(min=0).reshape(len(image), len(kernel), rows, columns)
""",
        ),
        (
            "wrong:rectifier-missing",
            """
def feature_maps(image, kernel):
    return torch.conv2d(torch.tensor(image), torch.tensor(kernel), padding=1)
""",
        ),
        (
            "wrong:padding-missing",
            """
def feature_maps(image, kernel):
    return torch.conv2d(torch.tensor(image), torch.tensor(kernel)).relu()
""",
        ),
    ),
    "slope": (
        (
            "correct",
            """
def slope(signal):
    out = torch.tensor(signal, requires_grad=True)
    out.tanh().square().sum().backward()
    return out.grad
""",
        ),
        (
            "correct",
            """
def slope(signal):
    leaf = torch.from_numpy(signal).requires_grad_()
    (out,) = torch.autograd.grad((torch.tanh(leaf) ** 2).sum(), leaf)
    return out.numpy()
""",
        ),
        (
            "correct",
            """
def slope(signal):
    out = torch.as_tensor(signal).tanh()
    return 2 * out * (1 - out * out)
""",
        ),
        (
            "wrong:value-not-slope",
            """
def slope(signal):
    return torch.tensor(signal).tanh() ** 2
""",
        ),
        (
            "error",
            """
def slope(signal):
    out = torch.tensor(signal)
    out.tanh().square().sum().backward()
    return out.grad
""",
        ),
    ),
}


def compose(count, *, seed=0):
    """Make a class, in which two of three are right.

    Parameters
    ----------
    count : int
        How many hand in.
    seed : int, default 0
        Whoever gives the same one gets the same class.

    Returns
    -------
    list of Submission
        All different.
    """
    rng, submissions = random.Random(seed), {}
    while len(submissions) < count:
        submission = _submission(f"{len(submissions):04d}", len(submissions) % 3 > 0, rng)
        submissions.setdefault(submission.text, submission)
    return list(submissions.values())


def _submission(number, is_right, rng):
    cells, expected = [START], {}
    for task, answers in ANSWERS.items():
        fitting = [one for one in answers if (one[0] == "correct") == is_right]
        expected[task], source = rng.choice(fitting)
        cells += [styled(source, rng), f'check("{task}", {task})']
    notebook = {
        "cells": [code_cell(f"cell-{n}", source) for n, source in enumerate(cells)],
        "metadata": {"coursecnn": {"assignment": SHEET, "version": ASSIGNMENT.version}},
        "nbformat": 4,
        "nbformat_minor": 5,
    }
    kind = "right" if is_right else "wrong"
    return Submission(f"{number}-{kind}", kind, as_text(notebook), expected)
