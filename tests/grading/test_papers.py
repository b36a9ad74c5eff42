"""Submissions are found, told apart, and matched with their sheet."""

import json
import os

import pytest

from coursecnn.grading.intake.papers import sort
from coursecnn.grading.intake.submissions import find

NAME = "03-convolution-by-hand"


@pytest.fixture
def hand_in(tmp_path):
    """A function that writes a notebook into the folder of submissions."""

    def write(path, *, assignment=NAME, version=1, age=0):
        about = {"assignment": assignment, "version": version} if assignment else {}
        content = {"cells": [], "metadata": {"coursecnn": about}, "nbformat": 4}
        file = tmp_path / "in" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(json.dumps(content), "utf-8")
        os.utime(file, (10**9 - age, 10**9 - age))
        return file

    (tmp_path / "in").mkdir()
    return write


def students(tmp_path):
    return [submission.student for submission in find(tmp_path / "in", tmp_path / "out")]


def papers(tmp_path, name=None):
    return sort(find(tmp_path / "in", tmp_path / "out"), name)


def test_files_and_folders_are_named_after_students(hand_in, tmp_path):
    hand_in("zoë.ipynb")
    hand_in("adam/03-convolution-by-hand.ipynb")
    hand_in("eve/deep/down/any name.ipynb")
    assert students(tmp_path) == ["adam", "eve", "zoë"]


def test_hidden_files_and_leftovers_are_no_submissions(hand_in, tmp_path):
    hand_in("adam/sheet.ipynb")
    hand_in("adam/.ipynb_checkpoints/sheet-checkpoint.ipynb")
    hand_in(".hidden.ipynb")
    hand_in("__MACOSX/adam.ipynb")
    assert students(tmp_path) == ["adam"]


def test_a_file_that_is_no_notebook_counts_only_without_one(hand_in, tmp_path):
    hand_in("adam.ipynb")
    (tmp_path / "in" / "adam.png").write_bytes(b"picture")
    (tmp_path / "in" / "eve.pdf").write_bytes(b"%PDF")
    assert [(p.submission.path.name, bool(p.problem)) for p in papers(tmp_path)] == [
        ("adam.ipynb", False),
        ("eve.pdf", True),
    ]


def test_a_folder_without_a_notebook_is_unreadable(hand_in, tmp_path):
    (tmp_path / "in" / "adam").mkdir()
    (paper,) = papers(tmp_path)
    assert paper.problem == "There is no notebook in the folder."


def test_a_link_is_not_followed(hand_in, tmp_path):
    secret = hand_in("../secret.ipynb")
    (tmp_path / "in" / "adam.ipynb").symlink_to(secret)
    (paper,) = papers(tmp_path)
    assert "not a plain file" in paper.problem


def test_the_reports_of_an_earlier_run_are_no_submissions(hand_in, tmp_path):
    hand_in("adam.ipynb")
    (tmp_path / "in" / "out").mkdir()
    found = find(tmp_path / "in", tmp_path / "in" / "out")
    assert [submission.student for submission in found] == ["adam"]


def test_an_empty_folder_is_named_with_the_remedy(hand_in, tmp_path):
    with pytest.raises(ValueError, match=r"in holds no submissions; put the notebooks there"):
        find(tmp_path / "in", tmp_path / "out")


def test_reports_among_the_submissions_are_refused(hand_in, tmp_path):
    hand_in("adam.ipynb")
    with pytest.raises(ValueError, match="cannot go into"):
        find(tmp_path / "in", tmp_path / "in")


def test_the_sheet_is_found_by_metadata_then_by_file_name(hand_in, tmp_path):
    hand_in("adam.ipynb")
    hand_in("eve/03-convolution-by-hand (2).ipynb", assignment=None)
    found = papers(tmp_path)
    assert [paper.assignment.name for paper in found] == [NAME, NAME]
    assert not any(paper.notes for paper in found)


def test_a_sheet_that_does_not_say_is_taken_for_the_usual_one_and_that_is_said(hand_in, tmp_path):
    hand_in("adam.ipynb")
    hand_in("eve.ipynb", assignment="99-of-another-course")
    _, eve = papers(tmp_path)
    assert eve.assignment.name == NAME
    assert "does not say which assignment" in eve.notes[0]
    assert not eve.problem


def test_a_sheet_that_nobody_can_tell_is_unreadable(hand_in, tmp_path):
    hand_in("eve.ipynb", assignment=None)
    (eve,) = papers(tmp_path)
    assert eve.assignment is None
    assert "--assignment" in eve.problem


def test_the_option_decides(hand_in, tmp_path):
    hand_in("eve.ipynb", assignment=None)
    (eve,) = papers(tmp_path, NAME)
    assert eve.assignment.name == NAME
    assert not eve.problem


def test_an_unknown_sheet_is_refused(hand_in, tmp_path):
    hand_in("eve.ipynb")
    with pytest.raises(ValueError, match=f"must be one of .*{NAME}"):
        papers(tmp_path, "99-nothing")


def test_the_newest_of_several_counts_and_that_is_said(hand_in, tmp_path):
    hand_in("adam/first.ipynb", age=50)
    hand_in("adam/second.ipynb", age=5)
    hand_in("adam/third.ipynb", age=500)
    (paper,) = papers(tmp_path)
    assert paper.submission.path.name == "second.ipynb"
    assert paper.notes == ("3 submissions were found; second.ipynb counts.",)


def test_a_sheet_of_another_version_is_graded_and_that_is_said(hand_in, tmp_path):
    hand_in("adam.ipynb", version=0)
    (paper,) = papers(tmp_path)
    assert "made for version 0 of the tasks" in paper.notes[0]
