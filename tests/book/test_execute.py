"""Notebooks run once, again only when they change, and say where they fail.

A kernel takes seconds to start. What runs when is tested without one; a single small book is run in
real kernels, and several tests look at what came of it.
"""

import json
from concurrent.futures import ThreadPoolExecutor
from types import SimpleNamespace

import nbformat
import pytest
from jupyter_cache.base import CacheBundleIn
from making import download, execute, notebook_cache, pages
from making.execute import Result
from making.pages import Page, identify
from making.places import BuildError

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


def book_in(folder, patch):
    """A function that writes a page of a book that lies in a temporary folder."""
    for module in (pages, download):
        patch.setattr(module, "NOTEBOOKS", folder / "notebooks")
    patch.setattr(pages, "BOOK", folder)
    patch.setattr(execute, "TIMINGS", folder / "timings.json")

    def write(name, *cells):
        path = folder / f"{name}.md"
        path.write_text(HEAD + f"# The page {name}\n\n" + "\n".join(map(cell, cells)))
        return Page.load(name, path)

    return write


def played(page):
    """Run a page here and without a kernel: what its cells print is what they show."""
    result = Result(identify(page.read()))
    for index, cell in enumerate(result.notebook.cells):
        if cell.cell_type == "code":
            said = []
            exec(cell.source, {"print": lambda value, said=said: said.append(f"{value}\n")})
            cell.outputs = [nbformat.v4.new_output("stream", text="".join(said))]
            result.cells.append((index, 0.0))
    return result


@pytest.fixture
def write(tmp_path, monkeypatch):
    """A function that writes a page of a book whose notebooks are played."""
    monkeypatch.setattr(execute, "run_notebook", played)
    monkeypatch.setattr(execute, "ProcessPoolExecutor", ThreadPoolExecutor)
    monkeypatch.setattr(execute, "_warm_up", lambda: None)
    monkeypatch.setattr(execute, "Library", lambda: SimpleNamespace(digest=lambda page: "same"))
    return book_in(tmp_path, monkeypatch)


@pytest.fixture
def cache(tmp_path):
    """An empty cache."""
    return notebook_cache.open_cache(tmp_path / "cache")


@pytest.fixture(scope="module")
def ran(tmp_path_factory):
    """A book of three pages, two of them broken, that ran in real kernels; then one once more."""
    folder = tmp_path_factory.mktemp("book")
    with pytest.MonkeyPatch.context() as patch:
        write, cache = book_in(folder, patch), notebook_cache.open_cache(folder / "cache")
        good = write("good", "{'a': 1}", "import time\ntime.sleep(0.3)\nprint('good')")
        failing = write("failing", "fine = 1", "missing_name + fine")
        loud = write("loud", "import sys\nprint('careful', file=sys.stderr)")
        with pytest.raises(BuildError) as error:
            execute.execute([failing, loud, good], cache)
        patch.setattr(execute, "_warm_up", lambda: None)  # once is enough
        texts, times, published_bytes = outputs(good, cache), execute.load_timings(), []
        for library in (None, States(good="another")):
            execute.execute([good], cache, library)
            download.publish(good, notebook_cache.outputs(cache, good.read()))
            published_bytes.append(good.published().read_bytes())
        yield SimpleNamespace(
            error=str(error.value), texts=texts, times=times, published=published_bytes,
            kept=[
                notebook_cache.outputs(cache, page.read()) is not None
                for page in (failing, loud, good)
            ],
        )  # fmt: skip


def outputs(page, cache):
    """Text of all outputs of a page, from the cache."""
    notebook = notebook_cache.outputs(cache, page.read())
    shown = [out for cell in notebook.cells for out in cell.get("outputs", [])]
    return [out.text for out in shown if "text" in out]


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
    assert notebook_cache.version(cache, page.read()) is None
    versions = set()
    for state in "ab":
        execute.execute([page], cache, States(one=state))
        versions.add(notebook_cache.version(cache, page.read()))
    assert len(versions) == 2


def test_an_interrupted_write_into_the_cache_is_repaired(write, cache, tmp_path):
    page = write("one", "print('one')")
    execute.execute([page], cache)
    (stored,) = (tmp_path / "cache").rglob("base.ipynb")
    stored.unlink()
    assert execute.execute([page], cache) == ["one"]
    assert outputs(page, cache) == ["one\n"]


def test_the_notebook_of_a_page_that_left_the_book_is_deleted(write, cache):
    kept, gone = write("kept", "1"), write("gone", "2")
    for page in (kept, gone):
        download.publish(page, page.read())
    download.forget_others([kept])
    assert kept.published().is_file()
    assert not gone.published().exists()


def test_a_page_that_fails_does_not_lose_the_others(ran):
    assert ran.kept == [False, False, True]
    assert ran.texts == ["good\n"]


def test_a_failing_cell_stops_the_build_with_page_line_and_traceback(ran):
    assert "failing.md: the cell at line 14 failed" in ran.error
    assert "NameError: name 'missing_name' is not defined" in ran.error


def test_a_cell_that_writes_to_stderr_fails(ran):
    assert "loud.md: the cell at line 10 failed.\nIt wrote to stderr:\ncareful" in ran.error


def test_two_runs_publish_the_same_bytes(ran):
    assert ran.published[0] == ran.published[1]
    identities = [cell["id"] for cell in json.loads(ran.published[0])["cells"]]
    assert [name[:3] for name in identities] == ["000", "001", "002"]


def test_the_table_of_timings_names_the_slowest_cell(ran):
    entry = ran.times["good"]
    assert entry["slowest_cell"] == 2
    assert entry["slowest_seconds"] >= 0.3
    assert entry["seconds"] >= entry["slowest_seconds"]
    assert "failing" not in ran.times
