"""A notebook runs anew exactly when something that it may use has changed."""

import sys
from pathlib import Path

import nbformat
import pytest
from making.dependencies import Library, extras

from coursecnn import _extras

FILES = {
    "coursecnn/__init__.py": "",
    "coursecnn/ops/__init__.py": "from coursecnn.ops.conv import two\n",
    "coursecnn/ops/conv.py": "def two():\n    return 2\n",
    "coursecnn/shapes/__init__.py": "size = 1\n",
    "coursecnn/data/__init__.py": "from coursecnn.shapes import size\n",
    "coursecnn/data/bundled/digits.npz": "data",
    "coursecnn/plots/__init__.py": "from .grid import grid\n",
    "coursecnn/plots/grid.py": "def grid():\n    from ..ops.conv import two\n    return two()\n",
    "coursecnn/widgets/__init__.py": "from coursecnn.widgets import stepper\n",
    "coursecnn/widgets/stepper.py": "from coursecnn import ops\n",
    "coursecnn/widgets/js/stepper.js": "let x;",
    "coursecnn/cli.py": "from importlib import import_module\nroom = import_module('x' + 'y')\n",
    "coursecnn/evidence/__init__.py": "def load(name): ...\n",
    "coursecnn/summary.py": "from coursecnn import evidence\n",
    "coursecnn/evidence/results/lenet.csv": "seed,accuracy\n0,0.98\n",
    "coursecnn/evidence/results/noise.csv": "seed,gain\n0,8.5\n",
    "constraints.txt": "numpy==2.0\n",
    "book/making/execute.py": "CELL_SECONDS = 120\n",
}


@pytest.fixture
def project(tmp_path, monkeypatch):
    """A project of small rooms that import one another in each of the ways that ours do."""
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.delitem(sys.modules, "coursecnn", raising=False)
    for name, text in FILES.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return tmp_path


def notebook(*cells):
    """A notebook of code cells."""
    return nbformat.v4.new_notebook(cells=list(map(nbformat.v4.new_code_cell, cells)))


def notices(project, code, name, text=None):
    """Whether a notebook with this code runs anew when the file `name` becomes `text`."""
    before = Library(project).digest(notebook(code))
    (project / name).write_text(FILES.get(name, "") + "more = 1\n" if text is None else text)
    return Library(project).digest(notebook(code)) != before


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("from coursecnn.ops import two", "coursecnn/ops/conv.py"),
        ("from coursecnn import ops", "coursecnn/ops/conv.py"),
        ("import coursecnn.ops as o", "coursecnn/ops/__init__.py"),
        ("from coursecnn.ops import two", "coursecnn/__init__.py"),
        ("from coursecnn import ops", "coursecnn/ops/new.py"),
        ("def f():\n    from coursecnn.ops import two", "coursecnn/ops/conv.py"),
        ("from coursecnn import *", "coursecnn/ops/conv.py"),
    ],
)
def test_an_edit_in_a_module_that_it_imports_is_noticed(project, code, name):
    if name.endswith("new.py"):  # a module that the room begins to import
        (project / "coursecnn/ops/__init__.py").write_text("from coursecnn.ops import new\n")
        (project / name).write_text("")
    assert notices(project, code, name)


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("from coursecnn import widgets", "coursecnn/ops/conv.py"),
        ("from coursecnn.data import size", "coursecnn/shapes/__init__.py"),
        ("from coursecnn import plots", "coursecnn/plots/grid.py"),
    ],
)
def test_an_edit_in_a_module_that_its_modules_import_is_noticed(project, code, name):
    assert notices(project, code, name)


def test_an_import_inside_a_function_of_the_library_counts(project):
    assert notices(project, "from coursecnn import plots", "coursecnn/ops/conv.py")


@pytest.mark.parametrize("file", ["stepper.py", "js/stepper.js"])
def test_an_edit_in_the_widgets_reruns_only_notebooks_that_import_them(project, file):
    name = f"coursecnn/widgets/{file}"
    assert not notices(project, "from coursecnn import plots, data, ops", name)
    (project / name).write_text(FILES[name])
    assert notices(project, "from coursecnn.widgets import stepper", name)


@pytest.mark.parametrize("name", ["shapes/__init__.py", "data/bundled/digits.npz", "cli.py"])
def test_an_edit_in_what_it_never_imports_is_not_noticed(project, name):
    assert not notices(project, "from coursecnn import plots", f"coursecnn/{name}")


def test_new_data_are_noticed_by_those_who_import_the_room(project):
    name = "coursecnn/data/bundled/digits.npz"
    assert notices(project, "from coursecnn import data", name, "new data")


@pytest.mark.parametrize(
    "code",
    [
        "from coursecnn import cli",  # the library itself computes a name
        "import importlib\nimportlib.import_module('coursecnn.' + 'plots')",
        "exec('from coursecnn import plots')",
        "%run chapter.py",
        "!python -m coursecnn",
    ],
)
def test_where_the_names_of_modules_are_computed_every_edit_is_noticed(project, code):
    assert notices(project, code, "coursecnn/shapes/__init__.py")


PLAIN = "from coursecnn import evidence\nevidence.load('lenet')"


def test_only_the_tables_that_it_loads_are_noticed(project):
    assert not notices(project, PLAIN, "coursecnn/evidence/results/noise.csv")
    assert notices(project, PLAIN, "coursecnn/evidence/results/lenet.csv")


@pytest.mark.parametrize(
    "code",
    [
        "from coursecnn import evidence\nname = 'lenet'\nevidence.load(name)",
        "from coursecnn import evidence\nevidence.load(name='lenet')",
        "from coursecnn import evidence\nload = evidence.load\nload('lenet')",
        "from coursecnn import evidence\nother = evidence",
        "from coursecnn import evidence\nevidence.RESULTS",
        "from coursecnn import evidence as e\ne.load('lenet')",
        "from coursecnn.evidence import load\nload('lenet')",
        "import coursecnn.evidence",
        "open('../coursecnn/evidence/' + 'x')",
        "from coursecnn.summary import evidence",
    ],
)
def test_where_the_name_of_a_table_is_not_plain_every_table_is_noticed(project, code):
    assert notices(project, code, "coursecnn/evidence/results/noise.csv")


def test_a_notebook_without_evidence_notices_no_table(project):
    assert not notices(
        project, "from coursecnn import plots", "coursecnn/evidence/results/noise.csv"
    )


@pytest.mark.parametrize("name", ["constraints.txt", "book/making/execute.py"])
def test_versions_and_the_way_notebooks_are_run_are_noticed_by_all(project, name):
    assert notices(project, "1 + 1", name)


@pytest.mark.parametrize(
    "text", ["# Why two.\ndef two():\n\n    return 2  # indeed\n", "def two(): return 2"]
)
def test_comments_and_layout_are_not_noticed(project, text):
    assert not notices(project, "from coursecnn import ops", "coursecnn/ops/conv.py", text)


def test_the_reference_notices_comments_too(project):
    before = Library(project).source_digest()
    (project / "coursecnn/ops/conv.py").write_text("#: Two.\n" + FILES["coursecnn/ops/conv.py"])
    assert Library(project).source_digest() != before


def test_a_module_that_cannot_be_read_as_python_is_no_reason_to_stop(project):
    assert notices(project, "from coursecnn import ops", "coursecnn/ops/conv.py", "def (")


@pytest.mark.parametrize(
    ("code", "needed"),
    [
        ("import numpy\nfrom coursecnn import data, plots", []),
        ("from coursecnn import evidence", ["chapters"]),
        ("import scipy.signal as s", ["chapters"]),
        ("from coursecnn.models import LeNet5", ["torch"]),
        ("from torch import nn\nfrom sklearn.svm import SVC", ["chapters", "torch"]),
        ("import torchlike", []),
        ("%pip install x", ["chapters", "torch"]),
    ],
)
def test_a_notebook_needs_the_extras_that_it_imports(code, needed):
    assert extras(notebook("x = 1", code)) == needed


def test_the_rooms_of_torch_are_those_that_ask_for_it():
    rooms = Path(_extras.__file__).parent.glob("*/__init__.py")
    asking = {room.parent.name for room in rooms if "import coursecnn._torch" in room.read_text()}
    assert set(_extras.ROOMS["torch"]) == asking
