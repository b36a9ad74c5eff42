"""Orders run ahead of answers, and neither end of the connection waits for the other for ever."""

import numpy as np
import pytest

from coursecnn.grading.judging.test_cases import secret_cases
from coursecnn.grading.running.notebook import Notebook
from coursecnn.grading.running.run_notebook import run_notebook
from coursecnn.grading.task import Task


def big_images(rng):
    while True:
        yield (rng.normal(size=(100, 150)),)


def small_images(rng):
    while True:
        yield (rng.normal(size=(2, 3)),)


@pytest.mark.parametrize("inputs", [big_images, small_images])
def test_every_answer_belongs_to_its_call(inputs, warm):
    task = Task("twice", 1, lambda x: 2 * x, ("image",), inputs)
    cases = secret_cases(task, seed=3, count=12)
    notebook = Notebook(("def twice(image): return 2 * image",))
    evidence = run_notebook(notebook, [cases], warm, timeout=5)
    for reply, case in zip(evidence.results["twice"], cases.cases, strict=True):
        np.testing.assert_array_equal(reply.value, case.expected)


def test_who_dies_in_one_call_has_the_answers_before_it(warm):
    task = Task("twice", 1, lambda x: 2 * x, ("image",), small_images)
    source = """
import os
calls = []
def twice(image):
    calls.append(1)
    if len(calls) == 4:
        os._exit(5)
    return 2 * image
"""
    evidence = run_notebook(Notebook((source,)), [secret_cases(task, seed=3)], warm, timeout=5)
    *answers, lost = evidence.results["twice"]
    assert len(answers) == 3
    assert (lost.verdict, "exit code 5" in lost.message) == ("crashed", True)
