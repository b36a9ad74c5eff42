"""What hostile and unlucky notebooks can do to the next one, to the parent and to the clock.

What each of them gets is in `test_mixed_class.py`.
"""

import ctypes
import socket
import threading
import time
from functools import partial

import pytest
from hostile import ON_FLIP

from coursecnn.grading.judging.mark import mark
from coursecnn.grading.running.child import wire
from coursecnn.grading.running.notebook import Notebook
from coursecnn.grading.running.process import Child, TooLateError


def verdicts(notebook, sheet, secret, warm):
    found = mark(notebook, sheet, secret, warm, timeout=2.0)
    return {verdict.task: verdict for verdict in found}


def test_the_next_notebook_is_unharmed_when_one_kills_the_parent(cells, sheet, secret, warm):
    killer = cells("import os, signal\nos.kill(os.getppid(), signal.SIGKILL)")
    for notebook in (killer, cells()):
        for verdict in verdicts(notebook, sheet, secret, warm).values():
            assert verdict.verdict == "correct", verdict.message


def test_a_function_that_never_ends_is_stopped_in_time(cells, sheet, secret, warm):
    endless = cells("def flip(k):\n    while True: pass")
    found = {one.task: one for one in mark(endless, sheet, secret, warm, timeout=1.0)}
    flip = found.pop("flip")
    assert (flip.verdict, flip.message) == ("timeout", "`flip` took longer than 1 s.")
    assert flip.seconds < 10  # without the time limit, that of processor time would end it later
    assert {verdict.verdict for verdict in found.values()} == {"correct"}


def test_a_notebook_of_endless_cells_has_an_end(sheet, secret, warm):
    endless = Notebook(("while True: pass",) * 20 + ("def flip(k): return k[::-1, ::-1]",))
    found = mark(endless, sheet, secret, warm, timeout=0.1)
    assert {verdict.verdict for verdict in found} == {"timeout"}


def test_the_message_of_a_hostile_exception_is_one_line(cells, sheet, secret, warm):
    evil = ON_FLIP["writes control characters"]
    message = verdicts(cells(evil.source), sheet, secret, warm)["flip"].message
    assert message.isprintable()
    assert len(message) <= 600


def test_the_reference_cannot_be_imported_by_a_hidden_name(cells, sheet, secret, warm):
    sly = "import importlib\nm = importlib.import_module('coursecnn.' + 'ops')\n" + (
        "def conv2d_valid(image, kernel): return m.cross_correlate(image, kernel)"
    )
    notebook = Notebook((sly,))
    found = verdicts(notebook, sheet, secret, warm)["conv2d_valid"]
    assert (found.verdict, found.points) == ("error", 0)
    assert "ModuleNotFoundError" in found.message


def test_an_open_use_of_a_forbidden_helper_is_left_to_a_person(cells, sheet, secret, warm):
    source = "from coursecnn.ops import cross_correlate as conv2d_valid"
    found = verdicts(cells(source), sheet, secret, warm)
    assert (found["conv2d_valid"].verdict, found["conv2d_valid"].points) == ("review", 3)
    assert "coursecnn.ops.cross_correlate" in found["conv2d_valid"].message
    assert found["flip"].verdict == "correct"


def test_an_open_use_in_one_task_does_not_open_the_reference_to_another(cells, sheet, secret, warm):
    source = (
        "import importlib\ndef cross_correlate_1d(s, k):\n    'not coursecnn.ops'\n"
        "    'coursecnn.ops'\n    return np.correlate(s, k)\n"
        "m = importlib.import_module('coursecnn.' + 'ops')\n"
        "def conv2d_valid(image, kernel): return m.cross_correlate(image, kernel)"
    )
    found = verdicts(cells(source), sheet, secret, warm)
    assert found["cross_correlate_1d"].verdict == "review"
    assert (found["conv2d_valid"].verdict, found["conv2d_valid"].points) == ("error", 0)
    assert "is hidden while a notebook is graded" in found["conv2d_valid"].message
    assert found["flip"].verdict == "correct"


@pytest.mark.parametrize(
    "line", ["files = !ls", "np.sum?", "%matplotlib inline", "%%time", "await one()", "    "]
)
def test_a_line_for_jupyter_does_not_hide_a_cell_from_the_reader(line, sheet, secret, warm):
    answer = "def cross_correlate_1d(s, k): return np.correlate(s, k)"
    start = "import numpy as np\nasync def one(): return 1"
    source = f"    {answer}" if line.isspace() else f"{line}\n{answer}"
    found = verdicts(Notebook((start, source)), sheet, secret, warm)
    assert found["cross_correlate_1d"].verdict == "review"
    assert "numpy.correlate" in found["cross_correlate_1d"].message


def test_code_that_runs_but_cannot_be_read_is_left_to_a_person(cells, sheet, secret, warm):
    source = "x = '" + "{" * 3000 + "'\ndef flip(k): return k[::-1, ::-1]"
    found = verdicts(cells(source), sheet, secret, warm)["flip"]
    assert (found.verdict, found.points) == ("review", 1)
    assert "code cell 7 is too intricate to be read" in found.message


def test_time_in_which_the_grader_stands_still_is_not_the_notebooks():
    ours, theirs = socket.socketpair()
    ours.settimeout(20)  # so that this test fails, and does not wait, where nothing has a deadline
    wire.send(theirs.sendall, {"ready": True})
    stop = partial(ours.shutdown, socket.SHUT_RDWR)
    child = Child(ours.makefile("rb"), ours.sendall, stop, lambda: "it has ended")

    def reply():
        time.sleep(0.1)
        ctypes.PyDLL(None).usleep(1_500_000)  # all threads wait, as while a long text is parsed
        time.sleep(0.2)
        wire.send(theirs.sendall, {"answer": 1})

    with ours, theirs, child:
        threading.Thread(target=reply).start()
        assert child.receive(seconds=0.8) == ({"answer": 1}, [])
        with pytest.raises(TooLateError):
            child.receive(seconds=0.2)


def test_the_stub_of_check_tells_nothing(cells, sheet, secret, warm):
    source = (
        "import sys, coursecnn.grading as g\n"
        "assert sorted(n for n in dir(g) if n[0] != '_') == ['check', 'require', 'when_written']\n"
        "assert not [m for m in sys.modules if m.startswith('coursecnn.grading.')]\n"
        "def flip(k): return k[::-1, ::-1]"
    )
    without_flip = Notebook(
        tuple(c for c in cells(source).sources if "def flip" not in c or "g" in c)
    )
    assert verdicts(without_flip, sheet, secret, warm)["flip"].verdict == "correct"


def test_an_answer_that_only_check_has_seen_counts(sheet, secret, warm):
    source = "from coursecnn.grading import check\ncheck('flip', lambda k: k[::-1, ::-1])\nx = 1"
    assert verdicts(Notebook((source,)), sheet, secret, warm)["flip"].verdict == "correct"
