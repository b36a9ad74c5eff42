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


FOUND = """
import importlib, sys, torch
import numpy as np
def there(image, kernel):
    tensors = [torch.tensor(np.asarray(a, float))[None, None] for a in (image, kernel)]
    return {place}(*tensors)[0, 0].numpy()
def conv2d_valid(image, kernel): return there(image, kernel)
"""
PUT_TOGETHER = {
    "an attribute": FOUND.format(place="getattr(torch.nn.functional, 'con' + 'v2d')"),
    "a key": FOUND.format(place="vars(torch.nn.functional)['con' + 'v2d']"),
    "a module by its name": FOUND.format(
        place="getattr(importlib.import_module('torch.nn.func' + 'tional'), 'con' + 'v2d')"
    ),
    "a loaded module": FOUND.format(
        place="getattr(sys.modules['torch.nn.func' + 'tional'], 'con' + 'v2d')"
    ),
    "a package that is never named": FOUND.replace(", torch", "")
    .format(place="__import__('tor' + 'ch').nn.functional.conv2d")
    .replace("torch.tensor", "__import__('tor' + 'ch').tensor"),
    "a layer": FOUND.format(
        place="torch.nn.functional.relu(torch.zeros(1)) if image is None else layer_of(tensors[1])"
    )
    + "layer = getattr(torch.nn, 'Con' + 'v2d')(1, 1, 1, bias=False)\n"
    "def layer_of(weight):\n    layer.weight.data = weight.float()\n"
    "    return lambda x, _: layer(x.float()).detach()",
    "a module of SciPy": (
        "import importlib\nm = importlib.import_module('scipy.sig' + 'nal')\n"
        "def conv2d_valid(image, kernel): return m.correlate2d(image, kernel, 'valid')"
    ),
    "a module of SciPy, late": (
        "def conv2d_valid(image, kernel):\n"
        "    m = __import__('scipy.sig' + 'nal', fromlist=['x'])\n"
        "    return m.correlate2d(image, kernel, 'valid')"
    ),
}


@pytest.mark.parametrize("kind", PUT_TOGETHER)
def test_a_helper_found_by_a_name_that_is_put_together_refuses(
    kind, cells, sheet, secret, warm_with_torch
):
    notebook = cells(PUT_TOGETHER[kind])
    found = {one.task: one for one in mark(notebook, sheet, secret, warm_with_torch, timeout=20)}
    assert (found["conv2d_valid"].verdict, found["conv2d_valid"].points) == ("error", 0)
    assert "does the work of this task: it is hidden while" in found["conv2d_valid"].message
    assert found["flip"].verdict == "correct"


def test_a_package_that_is_never_named_does_not_exist(cells, sheet, secret, warm):
    source = (
        "def conv2d_valid(image, kernel):\n"
        "    torch = __import__('tor' + 'ch')\n"
        "    return torch._C._nn.pad(torch.zeros(1), (0, 0)).numpy()"
    )
    found = verdicts(cells(source), sheet, secret, warm)["conv2d_valid"]
    assert (found.verdict, found.points) == ("error", 0)
    assert "torch does the work of this task: it is hidden while" in found.message


def test_a_helper_that_was_put_aside_before_is_left_to_a_person(cells, sheet, secret, warm):
    source = (
        "import importlib\ncorrelate = importlib.import_module('scipy.sig' + 'nal').correlate2d\n"
        "def conv2d_valid(image, kernel): return correlate(image, kernel, 'valid')"
    )
    found = mark(cells(source), sheet, secret, warm, timeout=10)
    found = {one.task: one for one in found}["conv2d_valid"]
    assert (found.verdict, found.points) == ("review", 3)
    assert "it imports a module by a name that only running it puts together" in found.message
    assert "correlate(image, kernel, 'valid')" in found.answer


@pytest.mark.parametrize(
    "source",
    [
        "import scipy.signal\nexpected = scipy.signal.correlate2d(np.eye(3), np.eye(2), 'valid')\n"
        "assert expected.shape == (2, 2)\n"
        "def flip(k): return k[::-1, ::-1] if expected.all else None",
        "from scipy import fft\ndef conv2d_valid(image, kernel):\n"
        "    spectrum = fft.rfft2(image) * np.conj(fft.rfft2(kernel, image.shape))\n"
        "    rows, columns = np.subtract(image.shape, kernel.shape) + 1\n"
        "    return fft.irfft2(spectrum, image.shape)[:rows, :columns]",
        "from scipy import stats\ndef flip(k):\n    stats.norm.cdf(0)\n    return k[::-1, ::-1]",
        "def flip(k):\n    np.polymul([1, 2], [1, 2])\n    return k[::-1, ::-1]",
    ],
    ids=["a comparison", "a transform", "statistics", "polynomials"],
)
def test_the_rest_of_a_package_stays_open(source, cells, sheet, secret, warm):
    found = mark(cells(source), sheet, secret, warm, timeout=20)
    assert {one.task: one.verdict for one in found} == {one.task: "correct" for one in found}


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
