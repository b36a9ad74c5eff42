"""The class that the benchmark grades: what it says must be found is what is found."""

import random
from collections import Counter
from dataclasses import replace
from functools import cache

import pytest
from parts import hostile, right, submissions, synthetic_class, torch_class, wrong

from coursecnn.grading.judging.mark import mark
from coursecnn.grading.running.notebook import Notebook

START = "import numpy as np"
MOST = max(map(len, right.ANSWERS.values()))
WRONG = [(task, *pair) for task, pairs in wrong.ANSWERS.items() for pair in pairs]


a_thousand = cache(lambda: synthetic_class.compose(1000))


@pytest.fixture
def verdict(sheet, secret, warm, warm_with_torch):
    """A function that says what is found on one task in a notebook of some cells."""

    def said(task, *cells):
        large = any(f" {name}" in cell for name in ("torch", "scipy") for cell in cells)
        launcher = warm_with_torch if large else warm
        (exam,) = (exam for exam in secret if exam.task.id == task)
        asked = replace(sheet, tasks=(exam.task,))  # nobody looks at the other answers
        (one,) = mark(Notebook((START, *cells)), asked, [exam], launcher, timeout=5)
        return f"{one.verdict}:{one.misconception}".rstrip(":")

    return said


@pytest.mark.parametrize("number", range(MOST))
def test_right_answers_are_right_in_every_style(number, sheet, secret, warm):
    rng = random.Random(number)
    cells = [
        submissions.styled(sources[number % len(sources)], rng)
        for sources in right.ANSWERS.values()
    ]
    found = mark(Notebook((START, *cells)), sheet, secret, warm, timeout=5)
    assert {one.verdict for one in found} == {"correct"}, cells


@pytest.mark.parametrize(("task", "said", "source"), WRONG)
def test_a_wrong_answer_is_what_it_is_said_to_be(task, said, source, verdict):
    others = [sources[0] for other, sources in right.ANSWERS.items() if other != task]
    cell = submissions.styled(source, random.Random(source))
    assert verdict(task, *others, cell) == said, cell


def test_a_class_has_the_shares_that_are_asked_for():
    kinds = Counter(submission.kind for submission in a_thousand())
    assert kinds == {"right": 680, "wrong": 292, "endless": 8, "hostile": 20}


def test_all_submissions_differ():
    for found in (a_thousand(), torch_class.compose(200)):
        texts, names = (
            {getattr(submission, part) for submission in found} for part in ("text", "name")
        )
        assert len(texts) == len(names) == len(found)


def test_the_seed_decides_about_the_class():
    assert synthetic_class.compose(40, seed=1) == synthetic_class.compose(40, seed=1)
    assert synthetic_class.compose(40, seed=1) != synthetic_class.compose(40, seed=2)


def test_every_attack_has_its_turn():
    texts = "\n".join(submission.text for submission in a_thousand())
    for source, _ in hostile.ATTACKS[:20] + hostile.ENDLESS:
        line = max(source.splitlines(), key=len)
        assert line.replace("\\", "\\\\").replace('"', '\\"') in texts, line


def test_a_verdict_that_is_not_what_it_must_be_is_found():
    (submission,) = synthetic_class.compose(1, kinds=())
    rows = [
        {"student": submission.name, "task": task, "verdict": "correct", "misconception": ""}
        for task in synthetic_class.TASKS
    ]
    assert submissions.mismatches([submission], rows) == []
    rows[2] |= {"verdict": "wrong", "misconception": "transposed"}
    (complaint,) = submissions.mismatches([submission], rows[:-1][:3] + rows[3:])
    assert complaint == f"{submission.name}, flip: expected correct, found wrong:transposed"
    (complaint,) = submissions.mismatches([submission], [*rows[:2], *rows[3:]])
    assert complaint.endswith("found nothing")
