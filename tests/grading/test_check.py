"""What a student sees: a verdict within a second, in words and in colour, and never an answer."""

import linecache
import re
import signal
import subprocess
import sys
import time

import numpy as np
import pytest

from coursecnn.grading import check, require, when_written
from coursecnn.grading.checking.check import verdict
from coursecnn.grading.checking.display import as_html, as_text
from coursecnn.grading.judging.judge import judge
from coursecnn.grading.judging.test_cases import secret_cases
from coursecnn.grading.running.results import Value
from coursecnn.grading.tasks import task


def right(image, kernel):
    rows, columns = kernel.shape
    out = np.zeros((image.shape[0] - rows + 1, image.shape[1] - columns + 1))
    for i, j in np.ndindex(out.shape):
        out[i, j] = np.sum(image[i : i + rows, j : j + columns] * kernel)
    return out


def flipped(image, kernel):
    return right(image, kernel[::-1, ::-1])


def blank(image, kernel):
    raise NotImplementedError("task conv2d_valid")


def test_check_prints_the_verdict_and_returns_nothing(capsys):
    assert check("conv2d_valid", right) is None
    shown = capsys.readouterr()
    assert shown.out.startswith("✔ conv2d_valid: right – 3 of 3 points")
    assert shown.err == ""


def test_a_known_mistake_is_named_with_its_hint(capsys):
    check("conv2d_valid", flipped)
    shown = capsys.readouterr().out
    assert "wrong (flipped-kernel) – 0 of 3 points" in shown
    assert "Hint: This is a true convolution" in shown


def test_a_blank_answer_is_not_attempted(capsys):
    check("conv2d_valid", blank)
    assert capsys.readouterr().out.lower().count("not attempted") == 1


def test_the_message_shows_the_inputs_and_the_entry_but_not_the_right_answer():
    outcome = verdict(task("flip"), lambda kernel: kernel + 1000)
    assert "at index [0, 0] (counted from 0), where it has 1001" in outcome.message
    assert "for kernel of shape (2, 3)" in outcome.message
    assert outcome.inputs == "kernel =\n  1  2  3\n  4  5  6"
    assert "6, 5, 4" not in as_text(outcome)
    assert "6  5  4" not in as_text(outcome)


def test_a_grid_is_aligned_and_stands_between_message_and_hint():
    outcome = verdict(task("conv2d_valid"), flipped)
    lines = as_text(outcome).splitlines()
    assert lines[2:6] == [
        "  image =",
        "    200  241   28  205",
        "    170  142  220  126",
        "     45   32   81  182",
    ]
    assert lines[-1].startswith("  Hint: ")
    html = as_html(outcome)
    assert "<pre" in html
    assert html.index("<pre") < html.index("Hint: ")


def test_a_grid_leaves_the_table_of_grades_its_lines():
    outcome = verdict(task("flip"), lambda kernel: kernel + 1000)
    assert "\n" in outcome.inputs
    assert "\n" not in outcome.message


def test_arrays_in_a_list_and_of_several_axes_are_named_row_by_row():
    shown = verdict(task("make_batch"), lambda images: 0).inputs
    assert re.match(r"images\[0\]\[0\] =\n( +-?\d+(\.\d+)?)+\n", shown)


def test_a_wrong_shape_is_told_from_wrong_values():
    outcome = verdict(task("flip"), np.ravel)
    assert "has shape (6,), but it must be (2, 3)" in outcome.message


def test_a_list_of_unequal_images_is_shown_in_numbers_or_by_its_shapes():
    public = verdict(task("make_batch"), lambda images: 0)
    assert "for images of shapes [(" in public.message
    exam = secret_cases(task("make_batch"), seed=5)
    secret = judge(exam, [Value(np.zeros(1)) for _ in exam.cases])
    assert re.search(r"for images of shapes \[\(\d, \d, \d\), \(\d, \d, \d\)", secret.message)


def test_an_exception_is_shown_with_its_text():
    outcome = verdict(task("flip"), lambda kernel: kernel.upside_down)
    assert outcome.verdict == "error"
    assert "raised AttributeError: 'numpy.ndarray' object has no attribute" in outcome.message


def test_a_missing_return_is_named():
    assert verdict(task("flip"), lambda kernel: None).misconception == "no-return"


def test_a_result_in_the_place_of_the_function_is_explained():
    outcome = verdict(task("flip"), np.zeros((2, 2)))
    assert outcome.verdict == "error"
    assert 'check("flip", flip)' in outcome.message


def test_a_name_in_quotation_marks_is_explained():
    outcome = verdict(task("flip"), "flip")
    assert outcome.verdict == "error"
    assert 'without quotation marks: check("flip", flip).' in outcome.message


def test_warnings_and_writing_to_stderr_stay_silent(capsys):
    def noisy(kernel):
        print("debugging", file=sys.stderr)
        np.array([1.0]) / 0
        return kernel[::-1, ::-1]

    check("flip", noisy)
    shown = capsys.readouterr()
    assert shown.err == ""
    assert "right" in shown.out


def test_an_unknown_task_names_the_nearest_one():
    with pytest.raises(ValueError, match=r"`task_id` must be one of conv2d_valid.*'conv2d'"):
        check("conv2d", right)


def test_a_check_takes_less_than_a_second():
    start = time.perf_counter()
    verdict(task("conv2d_valid"), right)
    assert time.perf_counter() - start < 1


def stopped(kernel):
    raise KeyboardInterrupt


@pytest.fixture
def endless():
    """A function from the cell of a notebook that presses the stop button itself."""
    source, file = (
        "def endless(kernel):\n    while True:\n        press()\n",
        "/tmp/ipykernel_7/1.py",
    )
    linecache.cache[file] = (len(source), None, source.splitlines(True), file)
    scope = {"press": lambda: signal.raise_signal(signal.SIGINT)}
    exec(compile(source, file, "exec"), scope)
    # A shell lets what it starts in the background ignore the button.
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield scope["endless"]
    signal.signal(signal.SIGINT, before)
    del linecache.cache[file]


def test_the_stop_button_shows_the_line_of_the_notebook_that_it_stopped(endless, capsys):
    assert check("flip", endless) is None
    shown = capsys.readouterr().out
    assert shown.startswith("✘ flip: too slow – 0 of 1 points")
    assert "`flip` was stopped in line 3, `press()`. Does every loop come to an end?" in shown


def test_the_stop_button_stops_what_is_not_in_a_notebook():
    with pytest.raises(KeyboardInterrupt):
        check("flip", stopped)


@pytest.mark.parametrize("execution", ["autograde", "validate"])
def test_nbgrader_can_stop_what_takes_too_long(execution, endless, monkeypatch):
    monkeypatch.setenv("NBGRADER_EXECUTION", execution)
    with pytest.raises(KeyboardInterrupt):
        check("flip", endless)


def test_a_grader_that_goes_by_exceptions_is_stopped_too(endless):
    with pytest.raises(KeyboardInterrupt):
        require("flip", endless)


def test_everything_in_the_html_is_escaped():
    def bad(kernel):
        raise ValueError("<script>alert(1)</script>")

    html = as_html(verdict(task("flip"), bad))
    assert "<script>" not in html
    assert "&lt;script&gt;" in html


def test_text_and_html_say_the_same():
    outcome = verdict(task("conv2d_valid"), flipped)
    plain = as_text(outcome)
    html = as_html(outcome)
    for part in ("flipped-kernel", "0 of 3 points", "Hint: This is a true convolution"):
        assert part in plain
        assert part in html


def test_a_notebook_gets_rich_output(monkeypatch):
    shown = []
    ipython = type(sys)("IPython")
    ipython.get_ipython = lambda: object()
    ipython.display = type(sys)("display")
    ipython.display.display = lambda bundle, raw: shown.append((bundle, raw))
    monkeypatch.setitem(sys.modules, "IPython", ipython)
    check("conv2d_valid", right)
    ((bundle, raw),) = shown
    assert raw
    assert set(bundle) == {"text/plain", "text/html"}


def test_a_picture_waits_until_its_function_is_written(capsys):
    with when_written():
        blank(None, None)
    shown = capsys.readouterr().out
    assert shown == "The output of this cell appears once task conv2d_valid is written.\n"


def test_a_picture_does_not_hide_other_errors():
    with pytest.raises(ZeroDivisionError), when_written():
        raise ZeroDivisionError


def test_grading_imports_neither_torch_nor_matplotlib_nor_anything_of_unix():
    code = (
        "import sys; import coursecnn.grading as g; g.check('flip', lambda k: k[::-1, ::-1]);"
        "print([m for m in ('torch', 'matplotlib', 'resource', 'jinja2') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"
