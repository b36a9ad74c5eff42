"""Would the tests notice? Change the reference in one small place at a time, and run them.

python tests/ops/mutants.py [--sample N] [--jobs N] [--only NAME] changes `coursecnn.shapes` and
`coursecnn.ops` in memory, never on disk. It prints the changes that no test noticed, and fails
when fewer than nine in ten were noticed.
"""

import argparse
import ast
import copy
import importlib.util
import os
import random
import signal
import sys
import time
from pathlib import Path

ROOT = Path(__file__).parents[2]
ROOMS = {"shapes": ["tests/shapes"], "ops": ["tests/ops", "tests/shapes"]}
LIMIT = 300  # seconds until a change counts as noticed, because it made the tests hang
PASSING = 0.9

SWAPS = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq, ast.Is: ast.IsNot, ast.IsNot: ast.Is, ast.In: ast.NotIn, ast.NotIn: ast.In,
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Add, ast.Div: ast.Mult,
    ast.FloorDiv: ast.Mult, ast.Mod: ast.Mult, ast.Pow: ast.Mult, ast.BitAnd: ast.BitOr,
    ast.BitOr: ast.BitAnd, ast.And: ast.Or, ast.Or: ast.And, ast.USub: ast.UAdd,
}  # fmt: skip


def changes(node):
    """Every way to change one node of the syntax tree: what it says, and a function to do it."""
    if isinstance(node, ast.Compare) and type(node.ops[0]) in SWAPS:
        yield "comparison", lambda: node.ops.__setitem__(0, SWAPS[type(node.ops[0])]())
    elif isinstance(node, ast.BinOp | ast.AugAssign | ast.BoolOp | ast.UnaryOp):
        if type(node.op) in SWAPS:
            yield "operator", lambda: setattr(node, "op", SWAPS[type(node.op)]())
        elif isinstance(node, ast.UnaryOp):
            twice = ast.UnaryOp(node.op, node.operand)
            yield "negation", lambda: setattr(node, "operand", twice)
    elif isinstance(node, ast.Constant) and isinstance(node.value, bool):
        yield "truth", lambda: setattr(node, "value", not node.value)
    elif isinstance(node, ast.Constant) and isinstance(node.value, int | float):
        yield "number", lambda: setattr(node, "value", node.value + 1)
    elif isinstance(node, ast.If | ast.IfExp):
        yield "condition", lambda: setattr(node, "test", ast.UnaryOp(ast.Not(), node.test))
    elif isinstance(node, ast.Expr) and isinstance(node.value, ast.Call):
        yield "call left out", lambda: setattr(node, "value", ast.Constant(None))


def nodes(tree):
    """All nodes but messages (f-strings) and `strict=True`, which only guards against ourselves."""
    for child in ast.iter_child_nodes(tree):
        guard = isinstance(child, ast.keyword) and child.arg == "strict"
        if not guard and not isinstance(child, ast.JoinedStr):
            yield child
            yield from nodes(child)


def mutants(path):
    """For each possible change of a file: line, what was changed, and the changed code."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for number, node in enumerate(nodes(tree)):
        for which, (label, _) in enumerate(changes(node)):
            mutant = copy.deepcopy(tree)
            list(changes(list(nodes(mutant))[number]))[which][1]()
            yield node.lineno, label, compile(ast.fix_missing_locations(mutant), path, "exec")


class Replacement:
    """An importer that hands out the changed code for one module."""

    def __init__(self, name, code):
        self.name, self.code = name, code

    def find_spec(self, name, path=None, target=None):
        return importlib.util.spec_from_loader(name, self) if name == self.name else None

    def create_module(self, spec):
        return None

    def exec_module(self, module):
        exec(self.code, module.__dict__)


def survives(path, code):
    """In a child process: import the changed module, run the tests, say 0 if none noticed."""
    import pytest

    room, stem = path.parent.name, path.stem.strip("_")
    sys.meta_path.insert(0, Replacement(f"coursecnn.{room}.{path.stem}", code))
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    os.dup2(1, 2)
    signal.alarm(LIMIT)
    own = sorted(ROOT.glob(f"tests/{room}/test_{stem[:4]}*.py"))  # most likely to notice
    own = own or sorted(ROOT.glob(f"tests/{room}/test_conv*.py"))
    options = ["-x", "-q", "--assert=plain", "-p", "no:cacheprovider"]
    for tests in ([str(path) for path in own], ROOMS[room]):
        if tests and pytest.main([*options, *tests]) != 0:
            os._exit(1)
    os._exit(0)


def run(jobs, queue):
    """Fork a child per change, a few at a time; yield each change with its verdict."""
    running = {}
    while queue or running:
        while queue and len(running) < jobs:
            change = queue.pop()
            child = os.fork()
            if child == 0:
                survives(change[0], change[3])
            running[child] = change
        child, status = os.wait()
        yield running.pop(child), status == 0


def main():
    """Read the options, run the mutants, print those that survived, and the score."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sample", type=int, help="try only so many, drawn with a fixed seed")
    parser.add_argument("--jobs", type=int, default=os.cpu_count())
    parser.add_argument("--only", default="", help="only files whose name contains this")
    options = parser.parse_args()
    os.chdir(ROOT)
    os.environ["OMP_NUM_THREADS"] = "1"
    for module in ("hypothesis.strategies", "pytest", "scipy.signal", "torch"):
        importlib.import_module(module)  # once, for all children

    files = [p for room in ROOMS for p in sorted(ROOT.glob(f"coursecnn/{room}/*.py"))]
    files = [p for p in files if p.stem != "__init__" and options.only in p.stem]
    queue = [(path, *mutant) for path in files for mutant in mutants(path)]
    random.Random(0).shuffle(queue)
    queue = queue[: options.sample]
    unchanged = compile(files[0].read_text(encoding="utf-8"), files[0], "exec")
    if not all(survived for _, survived in run(1, [(files[0], 0, "nothing", unchanged)])):
        sys.exit("the tests fail without any change: nothing can be learned from them")
    total, lived, started = len(queue), 0, time.monotonic()
    for (path, line, label, _), survived in run(options.jobs, queue):
        if survived:
            lived += 1
            source = path.read_text(encoding="utf-8").splitlines()[line - 1].strip()
            print(f"{path.relative_to(ROOT)}:{line}: {label}: {source}", flush=True)
    score = 1 - lived / total
    minutes = (time.monotonic() - started) / 60
    print(f"{total - lived} of {total} changes were noticed ({score:.1%}) in {minutes:.0f} minutes")
    sys.exit(score < PASSING)


if __name__ == "__main__":
    main()
