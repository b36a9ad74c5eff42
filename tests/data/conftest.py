"""Fixtures of the data room."""

import pytest


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A cache folder of one's own, not made yet."""
    monkeypatch.setenv("COURSECNN_DATA", str(tmp_path / "cache"))
    return tmp_path / "cache"
