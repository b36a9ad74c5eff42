"""The extension as a whole: what its docstring promises, and what it leaves alone."""

import re
from pathlib import Path
from types import SimpleNamespace

import _ext
import pytest
from _ext import outdated
from making.places import CACHE


def test_the_docstring_lists_every_module_once():
    listed = re.findall(r"^(\w+)  ", _ext.__doc__, re.M)
    found = sorted(path.stem for path in Path(_ext.__file__).parent.glob("*.py"))
    assert sorted([*listed, "__init__"]) == found


@pytest.mark.parametrize(("mode", "folder"), [("cache", str(CACHE)), ("off", "")])
def test_only_a_book_that_uses_the_cache_reads_and_clears_it(monkeypatch, mode, folder):
    cleared = []
    cache = SimpleNamespace(open_cache=dict, forget_stale=lambda *_: cleared.append(1))
    monkeypatch.setattr(outdated, "notebook_cache", cache)
    monkeypatch.delenv("COURSECNN_BUILDER", raising=False)
    config = SimpleNamespace(nb_execution_mode=mode, nb_execution_cache_path="")
    outdated.name_the_cache(None, config)
    assert config.nb_execution_cache_path == folder
    assert len(cleared) == (mode == "cache")
