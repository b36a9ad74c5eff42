"""What the search looks through: sections with their anchors, in the order of the book."""

import json

import pytest

CHAPTER = r"""# Kernels ask

*Part I · Chapter 3 – 5 minutes*

A grey image.

## One window

A kernel of 1×1, or $w \times h$, and of
`a_name`.

:::{admonition} Answer
:class: dropdown

A secret.
:::

::::{quiz} How large?
- [ ] 7×7 → Count again.
- [x] 5×5 → As many as fit.
::::

::::{quiz} How many?
:type: number
:answer: 2
- 3 → One less.
::::

### Below it

$$o = \lfloor \frac{i + 2p - k}{s} \rfloor + \frac{1}{2}$$

## After it

The end.
"""
GLOSSARY = """\
# Glossary

```{glossary}
kernel
filter
  A small table.

  In two paragraphs.
```
"""
REFERENCE = """\
# The room

```{eval-rst}
.. py:function:: convolve(x, weight=None)

   Slide a kernel.

   :param x: A table entry.
```
"""
PAGES = {
    "book/part-1/03-kernels": CHAPTER, "book/glossary": GLOSSARY, "book/room": REFERENCE,
}  # fmt: skip


@pytest.fixture(scope="module")
def found(site):
    """Title and sections of each page, as the script gives them."""
    assert site.warnings == ""
    script = (site.folder / "sections.js").read_text("utf-8")
    pages = json.loads(script.removeprefix("window.coursecnnSections = ").removesuffix(";\n"))
    return {address: (title, sections) for address, title, sections in pages}


def test_chapters_are_numbered_and_all_pages_are_there(found):
    titles = {address: title for address, (title, _) in found.items()}
    assert titles == {
        "index.html": "Pages", "book/glossary.html": "Glossary", "book/room.html": "The room",
        "book/part-1/03-kernels.html": "3 Kernels ask",
    }  # fmt: skip


def test_a_page_is_cut_at_its_headings_and_what_is_folded_is_left_out(found):
    _, sections = found["book/part-1/03-kernels.html"]
    assert sections == [
        ["", "", "Part I · Chapter 3 – 5 minutes A grey image."],
        ["one-window", "One window",
         "A kernel of 1×1, or w × h, and of a_name. How large? How many?"],
        ["below-it", "Below it", "o = ⌊ (i + 2p - k)/s ⌋ + 1/2"],
        ["after-it", "After it", "The end."],
    ]  # fmt: skip


def test_terms_and_functions_are_sections_of_their_own(found):
    assert found["book/glossary.html"][1] == [
        ["term-kernel", "kernel, filter", "A small table. In two paragraphs."]
    ]
    assert found["book/room.html"][1] == [
        ["convolve", "convolve", "Slide a kernel. (x, weight=None)"]
    ]


def test_a_page_that_is_built_again_replaces_its_sections_only(build):
    build(index="# Pages\n\n```{toctree}\na\nb\n```\n", a="# A\n\nOne.", b="# B\n\nTwo.")
    again = build(a="# A\n\nThree.")
    script = (again.folder / "sections.js").read_text("utf-8")
    assert "Three." in script
    assert "Two." in script
    assert "One." not in script
