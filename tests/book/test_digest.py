"""The cache of executed notebooks belongs to one state of library, data and versions."""

import pytest
from making.digest import library_digest


@pytest.fixture
def project(tmp_path):
    """A project of one module, one data file, one table of an experiment and one pin."""
    files = {
        "coursecnn/ops/conv.py": "def two():\n    return 2\n",
        "coursecnn/grading/score.py": "points = 1\n",
        "coursecnn/cli.py": "name = 'x'\n",
        "coursecnn/data/bundled/digits.npz": "data",
        "experiments/lenet.csv": "seed,accuracy\n0,0.98\n",
        "constraints.txt": "numpy==2.0\n",
    }
    for name, text in files.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return tmp_path


def edit(project, name, text):
    """Digests before and after a file becomes `text`."""
    before = library_digest(project)
    (project / name).write_text(text)
    return before, library_digest(project)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("coursecnn/ops/conv.py", "def two():\n    return 3\n"),
        ("coursecnn/ops/new.py", "three = 3\n"),
        ("coursecnn/data/bundled/digits.npz", "other data"),
        ("experiments/lenet.csv", "seed,accuracy\n0,0.99\n"),
        ("constraints.txt", "numpy==2.1\n"),
    ],
)
def test_a_change_that_a_notebook_could_notice_leads_to_another_cache(project, name, text):
    before, after = edit(project, name, text)
    assert before != after


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("coursecnn/ops/conv.py", "# Why two.\ndef two():\n\n    return 2  # indeed\n"),
        ("coursecnn/grading/score.py", "points = 2\n"),
        ("coursecnn/cli.py", "name = 'y'\n"),
    ],
)
def test_comments_grading_and_command_line_leave_the_cache_as_it_is(project, name, text):
    before, after = edit(project, name, text)
    assert before == after
