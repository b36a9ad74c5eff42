"""Submitted files are read whatever they are, and what is no notebook is told why."""

import json

import pytest

from coursecnn.grading.running.notebook import Notebook, UnreadableError, read


def notebook(*sources, **metadata):
    cells = [{"cell_type": "code", "source": source, "metadata": {}} for source in sources]
    return {"cells": cells, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}


def as_bytes(content):
    return json.dumps(content).encode()


def test_code_cells_are_read_and_text_is_not():
    content = notebook("a = 1", ["b = 2\n", "c = 3"])
    content["cells"].insert(0, {"cell_type": "markdown", "source": "a = 0"})
    assert read(as_bytes(content)).sources == ("a = 1", "b = 2\nc = 3")


def test_the_notebook_says_what_it_answers():
    about = {"assignment": "03-convolution-by-hand", "version": 1}
    found = read(as_bytes(notebook("a = 1", coursecnn=about)))
    assert (found.assignment, found.version) == ("03-convolution-by-hand", 1)


@pytest.mark.parametrize("about", [3, [], {"assignment": 3, "version": "new"}, {"assignment": {}}])
def test_nonsense_about_itself_is_ignored(about):
    found = read(as_bytes(notebook("a = 1", coursecnn=about)))
    assert (found.assignment, found.version) == (None, None)


def test_a_byte_order_mark_does_no_harm():
    assert read(b"\xef\xbb\xbf" + as_bytes(notebook("a = 1"))).sources == ("a = 1",)


def test_the_old_format_with_worksheets_is_read():
    cells = [{"cell_type": "code", "input": ["a = 1"], "language": "python"}]
    assert read(as_bytes({"worksheets": [{"cells": cells}], "nbformat": 3})).sources == ("a = 1",)


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "empty"),
        (b"Dear teacher", "not JSON"),
        (as_bytes(notebook("a = 1"))[:-9], "not JSON"),
        (b"\x89PNG\r\n\x1a\n\xff", "not text"),
        (b"[1, 2]", "not a notebook"),
        (b'{"cells": 3}', "no cells"),
        (b'{"some": "JSON"}', "no cells"),
        (b"[" * 100_000, "not JSON"),
        (as_bytes(notebook("x" * 2**21)), "more than 256 kB of code"),
        (as_bytes(notebook(*["x"] * 6000)), "more than 5,000 cells"),
        (b'{"cells":[' + b"[]," * 2**21 + b"[]]}", "more parts than any notebook"),
        (b'{"cells":[' + b'"ab",' * 2**22 + b"1]}", "more parts than any notebook"),
        (b'{"cells":' + b"9" * 5000 + b"}", "not JSON"),
        (b'{"cells": [], "cells": 3}', "no cells"),
        (as_bytes(notebook("x")).decode().encode("utf-16"), "not text"),
        (b"PK\x03\x04" + bytes(99), "not JSON"),
    ],
    ids=range(16),
)
def test_what_is_no_notebook_is_told_why(data, why):
    with pytest.raises(UnreadableError, match=why):
        read(data)


@pytest.mark.parametrize(
    "odd", [[[1]], {"a": 1}, 10**4000, 1e308, None, True, "\ud800"], ids=range(7)
)
def test_odd_values_in_odd_places_do_no_harm(odd):
    content = notebook("a = 1", coursecnn=odd)
    content["cells"][0]["metadata"] = {"nbgrader": {"grade_id": odd}}
    content["cells"].append({"cell_type": odd, "source": odd, "metadata": odd})
    content |= {"nbformat": odd, "nbformat_minor": odd, "worksheets": odd}
    assert read(as_bytes(content)).sources == ("a = 1",)


def test_damaged_cells_are_left_out():
    content = notebook("a = 1", 5, None)
    content["cells"] += ["text", None, {"cell_type": "code"}, {"source": "b = 2"}]
    assert read(as_bytes(content)).sources == ("a = 1", "", "", "")


def test_the_last_definition_of_a_name_counts():
    found = Notebook(("def f(x): return x", "g = 1", "def f(x):\n    return 2 * x"))
    assert found.definitions == {"f": 3, "g": 2}


@pytest.mark.parametrize("source", ["def f(x: return", "f = = 3", "async def f(\n", "f(3"])
def test_a_name_is_found_in_a_cell_that_is_no_python(source):
    assert Notebook(("a = 1", source)).definitions["f"] == 2


def test_demonstrations_and_checks_are_not_run_by_the_grader():
    shows = 'check("f", f)', "with when_written():\n    print(f(1))", "  \n"
    works = "f = 1", "check('f', f)\ng = 2", "with open('x') as y:\n    pass"
    assert [source for _, source in Notebook((*shows, *works)).work()] == list(works)


@pytest.mark.parametrize("below", ["", "\ng = 2", "\n%matplotlib inline"])
def test_a_picture_below_other_code_is_left_out_and_no_line_moves(below):
    ((_, source),) = Notebook(
        (f"f = 1\nwith when_written():\n    plot(f)\n    plot(2){below}",)
    ).work()
    assert source == f"f = 1\n\n\n{below}"


@pytest.mark.parametrize(
    "body", ["g = f", "import os", "def g(): pass", "print(g := 3)", "[g for g in f]", "del f"]
)
def test_a_block_that_may_define_something_is_run(body):
    cell = f"f = 1\nwith when_written():\n    {body}"
    assert Notebook((cell,)).work() == [[1, cell]]
