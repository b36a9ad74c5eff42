"""Small changes to a right answer make it wrong, and the checks must see it."""

import ast
import contextlib
import copy
import importlib.util
import inspect
import signal
from functools import cache, partial
from itertools import islice
from pathlib import Path

import numpy as np
import pytest

from coursecnn.grading.judging.judge import judge
from coursecnn.grading.judging.test_cases import (
    PUBLIC_CASES,
    Case,
    Cases,
    public_cases,
    secret_cases,
)
from coursecnn.grading.running.child.session import reply
from coursecnn.grading.running.results import read
from coursecnn.grading.tasks import assignment, names, task

_path = Path(__file__).parents[2] / "solutions" / "generate.py"
_spec = importlib.util.spec_from_file_location("generate", _path)
generate = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(generate)

#: Lines of mutants that compute the same as the answer, by task.
EQUIVALENT = {
    "conv_parameters": {"width, height = kernel_size"},  # they are multiplied
    "global_avg_pool": {"return x.mean(axis=(2, 1))"},  # in any order
    "receptive_field": {"jump, field = (1, 1)"},  # both are 1
    "depthwise": {  # one kernel with one slice, in either order
        "maps = [conv2d_multi(x[c:c + 1], weight[c:c + 1, np.newaxis], [0]) for c in range(len(x))]"
    },
    "sigmoid_slope": {"s = 1 / (1 + np.exp(+x))"},  # the slope is symmetric
}

OPERATORS = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Add,
    ast.Div: ast.Mult,
    ast.FloorDiv: ast.Mult,
    ast.Pow: ast.Mult,
}
COMPARISONS = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
}
FUNCTIONS = {"sum": "max", "T": "real", "hypot": "add", "abs": "negative", "max": "min"}


def mutants(source):
    """Every program that differs from `source` in one operator, number, index or name."""
    tree = ast.parse(source)
    spots = [(node, change) for node in ast.walk(tree) for change in changes(node)]
    for position in range(len(spots)):
        twin = copy.deepcopy(tree)
        twin_spots = [(node, change) for node in ast.walk(twin) for change in changes(node)]
        node, change = twin_spots[position]
        change(node)
        yield ast.unparse(ast.fix_missing_locations(twin))


def changes(node):
    """What can be done to one node."""
    if isinstance(node, ast.BinOp) and type(node.op) in OPERATORS:
        yield lambda n: setattr(n, "op", OPERATORS[type(n.op)]())
    if isinstance(node, ast.Constant) and type(node.value) is int:
        yield lambda n: setattr(n, "value", n.value + 1)
        yield lambda n: setattr(n, "value", n.value - 1)
    if isinstance(node, ast.Constant) and type(node.value) is float:
        yield lambda n: setattr(n, "value", n.value + 0.1)
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        yield lambda n: setattr(n, "op", ast.UAdd())
    if isinstance(node, ast.Slice) and node.lower is not None:
        yield lambda n: setattr(n, "lower", None)
    if isinstance(node, ast.Slice) and node.upper is not None:
        yield lambda n: setattr(n, "upper", None)
    if isinstance(node, ast.Slice) and node.step is not None:
        yield lambda n: setattr(n, "step", None)
    if isinstance(node, ast.Tuple) and len(node.elts) == 2:
        yield lambda n: n.elts.reverse()
    if isinstance(node, ast.Attribute) and node.attr in FUNCTIONS:
        yield lambda n: setattr(n, "attr", FUNCTIONS[n.attr])
    for place, kind in enumerate(map(type, getattr(node, "ops", ()))):
        if kind in COMPARISONS:
            yield lambda n, place=place, kind=kind: n.ops.__setitem__(place, COMPARISONS[kind]())


def answers(name):
    """The solution of each task, as the solved sheet has it."""
    stubs = [cell.source for cell in generate.solved(name).cells if cell.cell_type == "code"]
    named = {found[1]: source for source in stubs if (found := generate.STUB.match(source))}
    return {task.id: named[task.id] for task in assignment(name).automatic}


@contextlib.contextmanager
def limit(seconds):
    """Raise `TimeoutError` when that much processor time is spent, and again until the block ends.

    The clock on the wall would take a slow moment of a busy machine for an endless loop.
    """

    def stop(*_):
        raise TimeoutError

    before = signal.signal(signal.SIGVTALRM, stop)
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds, 0.05)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


def changed_line(source, mutant):
    """The line of a mutant that is not in the answer; empty if there is none."""
    lines = ast.unparse(ast.parse(source)).splitlines(), mutant.splitlines()
    return next((new.strip() for old, new in zip(*lines, strict=False) if old != new), "")


def given(name):
    """Functions that the sheet itself defines, for students to use."""
    cells = [cell for cell in generate.shown(name) if cell.cell_type == "code"]
    return [c.source for c in cells if c.source.startswith("def ") and "SOLUTION" not in c.source]


@cache
def program(name):
    """What a notebook of a sheet runs that has all the answers of the solved one."""
    return compile("\n".join([*given(name), *answers(name).values()]), name, "exec")


def scope_of(name):
    """What such a notebook holds then."""
    scope = {"np": np}
    exec(program(name), scope)
    return scope


@cache
def cases(asked):
    """Each case of a task as an examination of its own, so that the first failure is the last."""
    return [Cases(asked, (case,)) for case in secret_cases(asked, seed=3).cases]


def survives(source, asked, scope, seconds=1):
    """Whether a mutant gets the points; one that does not end within that time does not."""
    try:
        with limit(seconds):
            exec(source, scope)
            answer = scope[asked.id]
            return all(is_right(answer, exam) for exam in cases(asked))
    except Exception:  # some mutants are no programs
        return False


def is_right(answer, exam):
    """Whether an answer is right in the one case of an examination."""
    (case,) = exam.cases
    replies = [read(*reply(answer, case.fresh_args()))]
    return judge(exam, replies).verdict == "correct"


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("name", names())
def test_at_least_95_percent_of_all_mutants_are_rejected(name):
    right, tried, survivors = answers(name), 0, []
    for each in assignment(name).automatic:
        for mutant in sorted({*mutants(right[each.id])}):
            line = changed_line(right[each.id], mutant)
            if line in {"", *EQUIVALENT.get(each.id, ())}:
                continue
            tried += 1
            if survives(mutant, each, scope_of(name)):
                survivors.append(f"{each.id}: {line}")
    assert tried > 50
    assert len(survivors) <= 0.05 * tried, "\n".join(survivors)


@pytest.mark.filterwarnings("ignore:.* encountered in:RuntimeWarning")
@pytest.mark.parametrize("name", names())
def test_the_answers_themselves_are_right(name):
    for each in assignment(name).automatic:
        assert survives("", each, scope_of(name))


def test_a_mutant_that_never_ends_counts_as_rejected():
    endless = "def flip(kernel):\n    while True:\n        pass"
    assert not survives(endless, task("flip"), {"np": np}, seconds=0.1)


def drawn_kinds(asked):
    """From the place of each argument that is an array to the kinds of numbers drawn for it."""
    drawn = list(islice(asked.inputs(np.random.default_rng(3)), PUBLIC_CASES))
    return {
        at: {args[at].dtype.kind for args in drawn}
        for at in range(min(map(len, drawn)))
        if all(isinstance(args[at], np.ndarray) for args in drawn)
    }


def probes(asked, at):
    """Cases with whole numbers at one place, and fractions wherever else there may be some."""
    kinds = drawn_kinds(asked)

    def change(place, arg):
        if place == at and arg.dtype.kind == "f":
            return np.rint(3 * arg).astype(np.int64)
        if place != at and "f" in kinds.get(place, "") and arg.dtype.kind != "f":
            return arg + 0.25 * np.cos(arg)
        return arg

    for args in islice(asked.inputs(np.random.default_rng(3)), PUBLIC_CASES):
        changed = tuple(change(place, arg) for place, arg in enumerate(args))
        wide = (arg.astype(float) if isinstance(arg, np.ndarray) else arg for arg in changed)
        right = asked.reference(*wide)
        several = isinstance(right, tuple)
        yield Case(changed, tuple(map(np.asarray, right)) if several else np.asarray(right))


def cast(answer, at):
    """The right answer, with one of its results in the number type of an argument."""

    def mutant(part, *args):
        found, dtype = answer(*args), args[at].dtype
        if not isinstance(found, tuple):
            return np.asarray(found).astype(dtype)
        parts = enumerate(map(np.asarray, found))
        return tuple(each.astype(dtype) if n == part else each for n, each in parts)

    return [partial(mutant, part) for part in range(3)]


def allocated(source, scope, asked, at):
    """The right answer, with one of its arrays of zeros made for the numbers of an argument."""
    name = list(inspect.signature(scope[asked.id]).parameters)[at]
    tree = ast.parse(source)
    for call in filter(is_zeros, ast.walk(tree)):
        call.keywords = [ast.keyword("dtype", ast.parse(f"{name}.dtype", mode="eval").body)]
        mutated = dict(scope)
        exec(ast.unparse(ast.fix_missing_locations(tree)), mutated)
        call.keywords = []
        yield mutated[asked.id]


def is_zeros(node):
    """Whether a node of a program is `np.zeros(shape)`."""
    return isinstance(node, ast.Call) and ast.unparse(node.func) == "np.zeros" and not node.keywords


def earns(answer, asked, tried):
    """Whether an answer is right in each of some cases; the first failure is the last."""
    return all(is_right(answer, Cases(asked, (case,))) for case in tried)


ARRAYS = [
    (name, asked, at)
    for name in names()
    for asked in assignment(name).automatic
    if asked.inputs
    for at in drawn_kinds(asked)
]


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize(
    ("name", "asked", "at"),
    ARRAYS,
    ids=[f"{asked.id}-{asked.arguments[at]}" for _, asked, at in ARRAYS],
)
def test_a_result_in_the_number_type_of_an_argument_earns_nothing(name, asked, at):
    scope, fractions = scope_of(name), list(probes(asked, at))
    right = scope[asked.id]
    assert earns(right, asked, fractions), "the solution must be right in each mix of types"
    for mutant in (*cast(right, at), *allocated(answers(name)[asked.id], scope, asked, at)):
        if not earns(mutant, asked, fractions):  # else that type has room for these results
            assert not earns(mutant, asked, public_cases(asked).cases)
            assert not earns(mutant, asked, secret_cases(asked, seed=3).cases)
