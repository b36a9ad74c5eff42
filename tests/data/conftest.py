"""Fixtures of the data room."""

from functools import cache

import pytest

from coursecnn import data


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A cache folder of one's own, not made yet."""
    monkeypatch.setenv("COURSECNN_DATA", str(tmp_path / "cache"))
    return tmp_path / "cache"


@pytest.fixture(scope="session")
def usual():
    """A function that gives a set with all its defaults, made once."""
    return cache(lambda name, *split: getattr(data, name)(*split))
