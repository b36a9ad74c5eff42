"""Boxes: each kind with its own label, never one in another."""

import pytest
from boxes import LABELS
from making.places import BOOK


def test_every_kind_has_a_label_of_its_own_and_a_style():
    css = (BOOK / "_static" / "css" / "boxes.css").read_text("utf-8")
    assert len(LABELS) == len(set(LABELS.values()))
    assert [kind for kind in LABELS if f"--cc-icon-{kind}: url" not in css] == []


@pytest.mark.parametrize("kind", ["definition", "theorem", "key-idea", "correction"])
def test_a_box_shows_its_label_its_title_and_its_content(build, kind):
    built = build(index=f"# Page\n\n:::{{{kind}}} On $k$\nSome *text*.\n\nAnd more.\n:::\n")
    box = built.soup().select_one(f".cc-box-{kind}")
    assert built.warnings == ""
    assert box.select_one(".cc-box-label").get_text() == LABELS[kind] == box["aria-label"]
    assert box.select_one(".cc-box-title").get_text() == "On \\(k\\)"
    assert [p.get_text() for p in box.select("p")] == ["Some text.", "And more."]


def test_a_title_is_optional(build):
    box = build(index="# Page\n\n:::{key-idea}\nText.\n:::\n").soup().select_one(".cc-box")
    assert box.select_one(".cc-box-title") is None


def test_a_box_in_a_box_is_a_warning_that_names_both(build):
    source = "# Page\n\n::::{key-idea}\n:::{definition}\nText.\n:::\n::::\n"
    warnings = build(index=source).warnings
    assert "WARNING: `{definition}` stands in `{key-idea}`" in warnings
    assert "index.md:" in warnings


def test_an_empty_box_is_a_warning(build):
    assert (
        "index.md:3: WARNING: `{correction}` is empty"
        in build(index="# Page\n\n:::{correction} Title\n:::\n").warnings
    )
