"""Boxes: each kind with its own label, never one in another."""

import pytest
from _ext.boxes import LABELS
from making.places import BOOK

KINDS = ["definition", "theorem", "key-idea"]
PAGES = {
    **{f"{kind}-box": f"# Page\n\n:::{{{kind}}} On $k$\nSome *text*.\n\nAnd more.\n:::\n"
       for kind in KINDS},
    "no-title": "# Page\n\n:::{key-idea}\nText.\n:::\n",
    "box-in-box": "# Page\n\n::::{key-idea}\n:::{definition}\nText.\n:::\n::::\n",
    "empty": "# Page\n\n:::{key-idea} Title\n:::\n",
}  # fmt: skip


def test_every_kind_has_a_label_of_its_own_and_a_style():
    css = (BOOK / "_static" / "css" / "boxes.css").read_text("utf-8")
    assert len(LABELS) == len(set(LABELS.values()))
    assert [kind for kind in LABELS if f"--cc-icon-{kind}: url" not in css] == []


@pytest.mark.parametrize("kind", KINDS)
def test_a_box_shows_its_label_its_title_and_its_content(site, kind):
    box = site.soup(f"{kind}-box").select_one(f".cc-box-{kind}")
    assert site.warnings_of(f"{kind}-box") == []
    assert box.select_one(".cc-box-label").get_text() == LABELS[kind] == box["aria-label"]
    assert box.select_one(".cc-box-title").get_text() == "On \\(k\\)"
    assert [p.get_text() for p in box.select("p")] == ["Some text.", "And more."]


def test_a_title_is_optional(site):
    assert site.soup("no-title").select_one(".cc-box .cc-box-title") is None
    assert site.soup("no-title").select_one(".cc-box p").get_text() == "Text."


def test_a_box_in_a_box_is_a_warning_that_names_both(site):
    [warning] = site.warnings_of("box-in-box")
    assert "WARNING: `{definition}` stands in `{key-idea}`" in warning


def test_an_empty_box_is_a_warning(site):
    [warning] = site.warnings_of("empty")
    assert warning.startswith("3: WARNING: `{key-idea}` is empty")
