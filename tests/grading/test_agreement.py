"""A tick means what the grade means: in a cell, from the command line, and from the grader."""

import ast
import json
import subprocess
import sys

import numpy as np
import pytest

from coursecnn.grading.checking import check as checking
from coursecnn.grading.checking.check import verdict
from coursecnn.grading.checking.whole_notebook import check_notebook
from coursecnn.grading.judging.mark import mark
from coursecnn.grading.judging.test_cases import secret_cases
from coursecnn.grading.running.notebook import Notebook
from coursecnn.grading.tasks import task

POINTS = {"correct": 1, "review": 1, "wrong": 0, "error": 0, "not_attempted": 0}
NAME = "03-convolution-by-hand"
START = "import numpy as np\nfrom coursecnn.grading import check"
CHECK = "check('cross_correlate_1d', cross_correlate_1d)"
BY_HAND = (
    "def cross_correlate_1d(s, k):\n"
    "    return np.array([np.sum(s[i : i + len(k)] * k) for i in range(len(s) - len(k) + 1)])"
)
USES = "it uses `numpy.correlate`, which does the work of this task"
SEARCHES = "it looks for something in `numpy` by a name that only running it puts together"

# What stands in the notebook, what is said of it, and why.
ANSWERS = {
    "by hand": ((BY_HAND,), "correct", ""),
    "a forbidden helper": (
        ("def cross_correlate_1d(s, k): return np.correlate(s, k)",),
        "review",
        USES,
    ),
    "a helper of the notebook": (
        (
            "from numpy import correlate as slide",
            "def work(s, k): return slide(s, k)",
            "def cross_correlate_1d(s, k): return work(s, k)",
        ),
        "review",
        USES,
    ),
    "a timed cell": (
        ("%%time\ndef cross_correlate_1d(s, k): return np.correlate(s, k)",),
        "review",
        USES,
    ),
    "a name put together": (
        ("def cross_correlate_1d(s, k): return getattr(np, 'corr' + 'elate')(s, k)",),
        "error",
        "",
    ),
    "a name put together before": (
        ("slide = getattr(np, 'corr' + 'elate')", "cross_correlate_1d = lambda s, k: slide(s, k)"),
        "review",
        SEARCHES,
    ),
    "a comparison elsewhere": (
        (BY_HAND, "compared = np.correlate([1, 2], [1]), cross_correlate_1d([1, 2], [1])"),
        "correct",
        "",
    ),
    "a wrapped helper": (
        (
            "def cross_correlate_1d(s, k): return np.correlate(s, k)",
            "cross_correlate_1d = (lambda f: lambda s, k: f(s, k))(cross_correlate_1d)",
        ),
        "review",
        USES,
    ),
    "wrong by a helper": (
        ("def cross_correlate_1d(s, k): return np.correlate(s, k) + 1",),
        "wrong",
        f"Besides, {USES}.",
    ),
    "not written": (
        ("def cross_correlate_1d(s, k): raise NotImplementedError('task cross_correlate_1d')",),
        "not_attempted",
        "",
    ),
}

# Runs cells in one shell after another, and writes the verdict of the last `check` of each.
SHELL = """
import json, sys
from IPython.core.interactiveshell import InteractiveShell
import coursecnn.grading.checking.check as checking

found, last = [], []
checking.show = lambda verdict: last.append([verdict.verdict, verdict.message, verdict.points])
for cells in json.load(sys.stdin):
    InteractiveShell.clear_instance()
    shell = InteractiveShell.instance()
    for cell in cells:
        shell.run_cell(cell, store_history=True)
    found.append(last[-1])
print("\\n" + json.dumps(found))
"""


def in_cells(notebooks, check=CHECK):
    """What `check` says at the end of each of several notebooks, as IPython runs them."""
    answered = [(START, *cells, check) for cells in notebooks]
    done = subprocess.run(
        [sys.executable, "-c", SHELL], input=json.dumps(answered), capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.splitlines()[-1])


@pytest.fixture(scope="module")
def said_in_cells():
    """What `check` says of each answer in a cell."""
    return dict(zip(ANSWERS, in_cells([cells for cells, *_ in ANSWERS.values()]), strict=True))


@pytest.mark.parametrize("kind", ANSWERS)
def test_check_the_command_line_and_the_grader_agree(kind, said_in_cells, sheet, warm, tmp_path):
    cells, wanted, message = ANSWERS[kind]
    sources = (START, *cells, CHECK)
    file = tmp_path / f"{NAME}.ipynb"
    content = {"cells": [{"cell_type": "code", "source": source} for source in sources]}
    file.write_text(json.dumps(content), "utf-8")
    secret = [secret_cases(task, seed=5) for task in sheet.automatic]
    by_grader = mark(Notebook(sources), sheet, secret, warm, timeout=10)
    for found in (by_grader, check_notebook(file)):
        one = next(one for one in found if one.task == "cross_correlate_1d")
        assert [one.verdict, one.points] == said_in_cells[kind][::2] == [wanted, POINTS[wanted]]
        assert message in one.message
    assert message in said_in_cells[kind][1]


def test_a_module_that_the_sheet_closes_is_noted_in_every_task(sheet, warm):
    source = (
        "from coursecnn.ops import cross_correlate\n"
        "def flip(k):\n    cross_correlate(k, k)\n    return k[::-1, ::-1]\n"
        "check('flip', flip)"
    )
    secret = [secret_cases(task, seed=5) for task in sheet.automatic]
    by_grader = {v.task: v for v in mark(Notebook((START, source)), sheet, secret, warm, timeout=5)}
    by_grader = by_grader["flip"].verdict, by_grader["flip"].message
    assert by_grader[0] == "review"
    assert "it uses `coursecnn.ops.cross_correlate`, which is closed on this sheet" in by_grader[1]
    ((said, message, _),) = in_cells([(source,)], check="pass")
    assert (said, message) == by_grader


REPAIRED = {
    "the answer": (ANSWERS["a forbidden helper"][0][0], CHECK, BY_HAND),
    "the answer, with a wrapper": (*ANSWERS["a wrapped helper"][0], CHECK, BY_HAND),
    "the helper": (
        "def work(s, k): return np.correlate(s, k)",
        "def cross_correlate_1d(s, k): return work(s, k)",
        CHECK,
        BY_HAND.replace("cross_correlate_1d", "work"),
    ),
    "the import": (
        "from numpy import correlate as work",
        "def cross_correlate_1d(s, k): return work(s, k)",
        CHECK,
        BY_HAND.replace("cross_correlate_1d", "work"),
    ),
    "an error in between": ("1 / 0", "def broken(:", ANSWERS["by hand"][0][0]),
}


def test_what_a_later_run_has_replaced_does_not_count():
    found = in_cells(REPAIRED.values())
    assert [verdict for verdict, *_ in found] == ["correct"] * len(REPAIRED)


def test_the_file_of_a_script_is_read(tmp_path):
    script = tmp_path / "answers.py"
    script.write_text("\n".join([START, *ANSWERS["a forbidden helper"][0], CHECK]), "utf-8")
    done = subprocess.run([sys.executable, script], capture_output=True, text=True, check=True)
    assert "cross_correlate_1d: to be reviewed – 1 of 1 points" in done.stdout
    assert f"Right in all cases, but {USES}; a person decides." in done.stdout


def test_where_there_is_no_source_the_cases_decide():
    scope = {}
    exec("import numpy as np\ndef f(s, k): return np.convolve(s, k[::-1], 'valid')", scope)
    found = verdict(task("cross_correlate_1d"), scope["f"])
    assert found.verdict == "correct"


def test_what_is_shut_during_a_check_is_open_after_it():
    shut = ("def cross_correlate_1d(s, k): return vars(np)['correlate'](s, k)", CHECK)
    after = "assert np.correlate([1, 2], [1]).tolist() == [1, 2]\ncheck('flip', np.flip)"
    refused, right = in_cells([shut, (*shut, after)], check="pass")
    assert "numpy.correlate does the work of this task" in refused[1]
    assert right[0] == "correct"


def test_an_answer_that_only_check_has_seen_is_read(sheet, warm):
    source = "import numpy as np\nx = 1\ncheck('cross_correlate_1d', np.correlate)"
    notebook = Notebook(("from coursecnn.grading import check", source))
    secret = [secret_cases(task, seed=5) for task in sheet.automatic]
    found = {one.task: one for one in mark(notebook, sheet, secret, warm, timeout=10)}
    assert found["cross_correlate_1d"].verdict == "review"
    assert in_cells([("x = 1\ncheck('cross_correlate_1d', np.correlate)",)])[0][0] == "review"


def test_a_right_answer_that_a_person_will_look_at_raises_nothing_in_nbgrader(monkeypatch, capsys):
    def answer(s, k):
        return np.correlate(s, k)

    monkeypatch.setattr(checking, "written", lambda _: [ast.parse(READ)])
    monkeypatch.setenv("NBGRADER_EXECUTION", "validate")
    checking.check("cross_correlate_1d", answer)
    assert "to be reviewed" in capsys.readouterr().out
    checking.require("cross_correlate_1d", answer, seed=3)


READ = "import numpy as np\ndef cross_correlate_1d(s, k): return np.correlate(s, k)"
