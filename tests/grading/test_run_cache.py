"""A run keeps its secret seed and its verdicts, and grades again only what has changed."""

import json

import pytest

from coursecnn.grading.grade import grade
from coursecnn.grading.machine import Limits, Marker

LIMITS = Limits(jobs=1, timeout=3.0, memory=1024)


@pytest.fixture(autouse=True)
def quick(monkeypatch, level, sheet):
    """Probe the isolation once for all tests, and import nothing before it is needed."""
    monkeypatch.setattr("coursecnn.grading.machine.choose", lambda *args, **options: level)
    monkeypatch.setitem(sheet.__dict__, "preload", ())


@pytest.fixture
def marked(monkeypatch):
    """The notebooks that were really run, by number of cells."""
    seen = []
    run = Marker.mark

    def watch(self, data):
        seen.append(json.loads(data)["metadata"]["student"])
        return run(self, data)

    monkeypatch.setattr(Marker, "mark", watch)
    return seen


@pytest.fixture
def hand_in(tmp_path, sheet):
    """A function that hands in a notebook with some answers and little else."""

    def write(student, **answers):
        sources = ["import numpy as np", *answers.values()]
        notebook = {
            "cells": [{"cell_type": "code", "source": source} for source in sources],
            "metadata": {"student": student, "coursecnn": {"assignment": sheet.name}},
        }
        (tmp_path / "in").mkdir(exist_ok=True)
        (tmp_path / "in" / f"{student}.ipynb").write_text(json.dumps(notebook), "utf-8")

    return write


def run(tmp_path, **options):
    return grade(tmp_path / "in", tmp_path / "out", limits=LIMITS, **options)


def seed(tmp_path):
    return json.loads((tmp_path / "out" / "run.json").read_text("utf-8"))["seed"]


def points(graded):
    return {
        one.paper.submission.student: sum(verdict.points for verdict in one.verdicts)
        for one in graded
    }


def test_only_what_has_changed_is_graded_again(hand_in, marked, tmp_path, right):
    hand_in("adam", flip=right["flip"])
    hand_in("eve")
    assert points(run(tmp_path)) == {"adam": 1, "eve": 0}
    before = (tmp_path / "out" / "grades.csv").read_bytes()
    marked.clear()
    assert points(run(tmp_path)) == {"adam": 1, "eve": 0}
    assert marked == []
    assert (tmp_path / "out" / "grades.csv").read_bytes() == before
    hand_in("eve", **right)
    assert points(run(tmp_path)) == {"adam": 1, "eve": 8}
    assert marked == ["eve"]


def test_a_new_seed_grades_all_again(hand_in, marked, tmp_path):
    hand_in("adam")
    run(tmp_path)
    first = seed(tmp_path)
    run(tmp_path)
    assert seed(tmp_path) == first
    run(tmp_path, reseed=True)
    assert seed(tmp_path) != first
    run(tmp_path, seed=5)
    assert seed(tmp_path) == 5
    assert marked == ["adam"] * 3


def test_a_run_that_was_killed_goes_on(hand_in, marked, tmp_path, monkeypatch):
    for student in ("adam", "eve", "zoe"):
        hand_in(student)
    watched = Marker.mark

    def dies(self, data):
        if len(marked) == 2:
            raise KeyboardInterrupt
        return watched(self, data)

    monkeypatch.setattr(Marker, "mark", dies)
    with pytest.raises(KeyboardInterrupt):
        run(tmp_path)
    assert not (tmp_path / "out" / "grades.csv").exists()
    monkeypatch.setattr(Marker, "mark", watched)
    done = list(marked)
    run(tmp_path)
    assert sorted(marked) == ["adam", "eve", "zoe"]
    assert len(done) == 2


def test_a_damaged_record_is_named_with_the_remedy(hand_in, tmp_path):
    hand_in("adam")
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "run.json").write_text("{")
    with pytest.raises(ValueError, match=r"run.json is damaged; give --seed"):
        run(tmp_path)


def test_a_damaged_verdict_is_made_again(hand_in, marked, tmp_path):
    hand_in("adam")
    run(tmp_path)
    (file,) = (tmp_path / "out" / "verdicts").iterdir()
    file.write_text(file.read_text("utf-8")[:-5], "utf-8")
    run(tmp_path)
    assert marked == ["adam", "adam"]


def test_nothing_half_written_is_left(hand_in, tmp_path):
    hand_in("adam")
    run(tmp_path)
    assert not list((tmp_path / "out").rglob("*.part"))


def test_a_fault_of_the_grader_does_not_stop_the_class(hand_in, tmp_path, monkeypatch, right):
    hand_in("adam", **right)
    hand_in("eve", **right)
    from coursecnn.grading import machine

    mark = machine.mark
    monkeypatch.setattr(
        machine,
        "mark",
        lambda notebook, *a, **k: (
            mark(notebook, *a, **k) if calls.append(0) or len(calls) > 1 else 1 / 0
        ),
    )
    calls = []
    graded = run(tmp_path)
    assert points(graded) == {"adam": 0, "eve": 8}
    assert {verdict.verdict for verdict in graded[0].verdicts} == {"review"}
    assert "ZeroDivisionError" in graded[0].verdicts[0].message


def test_a_fault_of_the_grader_is_for_a_person_and_tried_again_next_time(
    hand_in, monkeypatch, tmp_path, right
):
    def stumble(*args, **options):
        raise MemoryError("the grader's own")

    hand_in("adam", flip=right["flip"])
    with monkeypatch.context() as patch:
        patch.setattr("coursecnn.grading.machine.mark", stumble)
        (one,) = run(tmp_path)
    assert {verdict.verdict for verdict in one.verdicts} == {"review"}
    assert "MemoryError: the grader's own" in one.verdicts[0].message
    assert points(run(tmp_path)) == {"adam": 1}
