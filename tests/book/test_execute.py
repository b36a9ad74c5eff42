"""Notebooks run once, again only when they change, and say where they fail."""

import json

import pytest
from jupyter_cache.base import CacheBundleIn
from making import execute, pages, published, store, timings
from making.failure import BuildError
from making.pages import Page

HEAD = "---\nfile_format: mystnb\nkernelspec:\n  name: python3\n  display_name: Python 3\n---\n\n"


def cell(code):
    """A code cell in MyST."""
    return f"```{{code-cell}}\n{code}\n```\n"


class States:
    """A library of which each page uses a part that is in some state."""

    def __init__(self, **states):
        self._states = states

    def digest(self, notebook):
        """The state of the part that the notebook, whose page is named in its title, uses."""
        return self._states[notebook.cells[0].source.split()[-1]]


@pytest.fixture
def write(tmp_path, monkeypatch):
    """A function that writes a page of a book that lies in a temporary folder."""
    for module in (pages, published):
        monkeypatch.setattr(module, "NOTEBOOKS", tmp_path / "notebooks")
    monkeypatch.setattr(pages, "BOOK", tmp_path)
    monkeypatch.setattr(timings, "FILE", tmp_path / "timings.json")

    def write(name, *cells):
        path = tmp_path / f"{name}.md"
        path.write_text(HEAD + f"# The page {name}\n\n" + "\n".join(map(cell, cells)))
        return Page.load(name, path)

    return write


@pytest.fixture
def cache(tmp_path):
    """An empty cache."""
    return store.open_cache(tmp_path / "cache")


def outputs(page, cache):
    """Text of all outputs of a page, from the cache."""
    notebook = store.outputs(cache, page.read())
    return [out.text for cell in notebook.cells for out in cell.get("outputs", [])]


def test_only_new_and_changed_notebooks_run(write, cache):
    one, two = write("one", "print(1 + 1)"), write("two", "print('two')")
    assert sorted(execute.execute([one, two], cache)) == ["one", "two"]
    assert execute.execute([one, two], cache) == []
    one = write("one", "print(1 + 2)")
    assert execute.execute([one, two], cache) == ["one"]
    assert outputs(one, cache) == ["3\n"]


def test_what_the_library_has_made_stale_runs_again_and_nothing_else(write, cache):
    one, two = write("one", "print(1)"), write("two", "print(2)")
    execute.execute([one, two], cache, States(one="before", two="before"))
    later = States(one="before", two="after")
    assert execute.execute([one, two], cache, later) == ["two"]
    assert execute.execute([one, two], cache, later) == []


def test_a_run_without_the_builder_is_not_trusted(write, cache):
    page = write("one", "print(1)")
    execute.execute([page], cache)
    record = cache.match_cache_notebook(page.read())
    bundle = CacheBundleIn(cache.get_cache_bundle(record.pk).nb, "one", data={})
    cache.cache_notebook_bundle(bundle, check_validity=False, overwrite=True)
    assert execute.execute([page], cache) == ["one"]


def test_the_cache_forgets_pages_as_they_were(write, cache, tmp_path):
    execute.execute([write("one", "print(1)")], cache)
    execute.execute([write("one", "print(2)")], cache)
    assert len(list((tmp_path / "cache").rglob("base.ipynb"))) == 1


def test_each_run_of_a_notebook_is_another_version(write, cache):
    page = write("one", "print(1)")
    assert store.version(cache, page.read()) is None
    versions = set()
    for state in "ab":
        execute.execute([page], cache, States(one=state))
        versions.add(store.version(cache, page.read()))
    assert len(versions) == 2


def test_a_failing_cell_stops_the_build_with_page_line_and_traceback(write, cache):
    page = write("broken", "fine = 1", "missing_name + fine")
    with pytest.raises(BuildError, match=r"broken\.md: the cell at line 14 failed") as error:
        execute.execute([page], cache)
    assert "NameError: name 'missing_name' is not defined" in str(error.value)
    assert store.outputs(cache, page.read()) is None


def test_a_page_that_fails_does_not_lose_the_others(write, cache):
    good, bad = write("good", "print('good')"), write("bad", "1 / 0")
    with pytest.raises(BuildError, match="bad"):
        execute.execute([bad, good], cache)
    assert outputs(good, cache) == ["good\n"]


def test_a_cell_that_writes_to_stderr_fails(write, cache):
    page = write("loud", "import sys\nprint('careful', file=sys.stderr)")
    with pytest.raises(BuildError, match="It wrote to stderr:\ncareful"):
        execute.execute([page], cache)


def test_an_interrupted_write_into_the_cache_is_repaired(write, cache, tmp_path):
    page = write("one", "print('one')")
    execute.execute([page], cache)
    (stored,) = (tmp_path / "cache").rglob("base.ipynb")
    stored.unlink()
    assert execute.execute([page], cache) == ["one"]
    assert outputs(page, cache) == ["one\n"]


def test_two_runs_publish_the_same_bytes(write, cache):
    page = write("one", "{'a': 1}", "print('b')")
    runs = []
    for _ in range(2):
        execute.execute([page], cache)
        published.publish(page, store.outputs(cache, page.read()))
        runs.append(page.published().read_bytes())
        write("one", "{'a': 1}", "print('c')")
        write("one", "{'a': 1}", "print('b')")
    assert runs[0] == runs[1]
    identities = [cell["id"] for cell in json.loads(runs[0])["cells"]]
    assert [name[:3] for name in identities] == ["000", "001", "002"]


def test_the_notebook_of_a_page_that_left_the_book_is_deleted(write, cache):
    kept, gone = write("kept", "1"), write("gone", "2")
    for page in (kept, gone):
        published.publish(page, page.read())
    published.forget_others([kept])
    assert kept.published().is_file()
    assert not gone.published().exists()


def test_the_table_of_timings_names_the_slowest_cell(write, cache):
    page = write("slow", "x = 1", "import time\ntime.sleep(0.3)")
    execute.execute([page], cache)
    entry = timings.load()["slow"]
    assert entry["slowest_cell"] == 2
    assert entry["slowest_seconds"] >= 0.3
    assert entry["seconds"] >= entry["slowest_seconds"]
    assert "slow" in timings.table({"slow"})
