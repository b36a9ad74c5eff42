"""The API reference names every public function and class, and shows its source."""

import importlib
import pkgutil
import re

import pytest
from _ext.reference import public_names
from making import pages

import coursecnn

LEFT_OUT = {"cli", "progress"}  # a program, and a detail of others
ROOMS = sorted(
    module.name
    for module in pkgutil.iter_modules(coursecnn.__path__)
    if not module.name.startswith("_") and module.name not in LEFT_OUT
)


def test_every_room_has_a_page():
    listed = {page.name.rpartition("/")[2] for page in pages.pages() if "/reference/" in page.name}
    assert listed == set(ROOMS)


@pytest.mark.built
@pytest.mark.parametrize("name", ROOMS)
def test_every_public_name_is_described_and_shown(name, page):
    room = importlib.import_module(f"coursecnn.{name}")
    shown = page(f"book/reference/{name}")
    for public in public_names(room):
        thing = getattr(room, public)
        if isinstance(thing, type(pkgutil)):
            continue
        entry = shown.find(id=f"coursecnn.{name}.{public}")
        assert entry is not None, public
        assert len(entry.find_next("dd").get_text(strip=True)) > 20, public
        assert entry.find(class_="viewcode-link") or not callable(thing), public


@pytest.mark.built
@pytest.mark.parametrize("name", ROOMS)
def test_sources_are_numbered_and_begin_with_their_author(name, page):
    shown = page(f"book/reference/{name}")
    assert shown.select(".citation ol") == []  # “I. Goodfellow” is no first item of a list
    labels = [link.get_text() for link in shown.select("a[href^='#r']") if "[" in link.get_text()]
    assert [label for label in labels if not re.fullmatch(r"\[\d+\]", label)] == []
