"""Would the tests notice? Change the reference in one small place at a time, and run them.

python tests/ops/mutants.py [--sample N] [--jobs N] [--only NAME] changes `coursecnn.shapes` and
`coursecnn.ops` in memory, never on disk. It prints the changes that no test noticed, and fails
when fewer than nine in ten were noticed. A run that was stopped goes on where it ended, as long as
the changed file is the same; `--again` starts anew.

All tests are collected once. For each change a child is forked from there, which puts the changed
code into the functions that the tests already hold, and runs until one fails: first those that
noticed most changes of the same file so far.
"""

import argparse
import ast
import copy
import functools
import hashlib
import json
import os
import random
import signal
import sys
import time
import types
from collections import Counter, defaultdict
from pathlib import Path

import hypothesis
import pytest

ROOT = Path(__file__).parents[2]
ROOMS = "shapes", "ops"
LOG = ROOT / "_build" / "mutants.jsonl"  # one line for each change that was tried
SLOWER = 10  # so many times slower than the whole run without change counts as noticed
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
    """All nodes but messages (f-strings), the sizes of caches, and `strict=True`, our own guard."""
    for child in ast.iter_child_nodes(tree):
        guard = isinstance(child, ast.keyword) and child.arg in ("strict", "maxsize")
        if not guard and not isinstance(child, ast.JoinedStr):
            yield child
            yield from nodes(child)


def mutants(path):
    """For each possible change of a file: its key, line, what was changed, and how to make it."""
    text = path.read_text(encoding="utf-8")
    tree, digest = ast.parse(text), hashlib.sha256(text.encode()).hexdigest()[:12]
    for number, node in enumerate(nodes(tree)):
        for which, (label, _) in enumerate(changes(node)):
            key = f"{path.relative_to(ROOT)} {digest} {number} {which}"
            yield key, path, node.lineno, label, functools.partial(changed, tree, number, which)


def changed(tree, number, which):
    """The tree with one node changed."""
    mutant = copy.deepcopy(tree)
    list(changes(list(nodes(mutant))[number]))[which][1]()
    return ast.fix_missing_locations(mutant)


def module_name(path):
    """What Python calls the module in a file."""
    return ".".join(path.relative_to(ROOT).with_suffix("").parts)


def install(path, tree):
    """Put changed code into the module that everybody has imported already."""
    module = sys.modules[module_name(path)]
    fresh = types.ModuleType(module.__name__)
    fresh.__file__ = module.__file__
    exec(compile(tree, path, "exec"), fresh.__dict__)
    for name, new in vars(fresh).items():
        old = vars(module).get(name)
        if getattr(new, "__module__", module.__name__) != module.__name__ or name[:2] == "__":
            continue  # imported from elsewhere
        if not transplant(old, new):
            for other in [*sys.modules.values()]:  # a constant: wherever it was imported
                if vars(other).get(name) is old and other.__name__.startswith(
                    ("coursecnn", "test")
                ):
                    setattr(other, name, new)
    for other in [m for name, m in sys.modules.items() if name.startswith("coursecnn.")]:
        for thing in [*vars(other).values()]:
            for each in (thing, *(vars(thing).values() if isinstance(thing, type) else ())):
                getattr(getattr(each, "__func__", each), "cache_clear", lambda: None)()


def transplant(old, new):
    """Give a function, or what wraps one or holds some, the code of another; False if it cannot."""
    if isinstance(old, types.FunctionType) and isinstance(new, types.FunctionType):
        if len(old.__code__.co_freevars) == len(new.__code__.co_freevars):
            old.__code__ = new.__code__
        old.__defaults__, old.__kwdefaults__ = new.__defaults__, new.__kwdefaults__
        return True
    if isinstance(old, type) and isinstance(new, type):
        for name, member in vars(new).items():
            transplant(vars(old).get(name), member)
        return True
    for inside in ("__wrapped__", "__func__", "fget", "func"):
        if hasattr(old, inside) and hasattr(new, inside):
            return transplant(getattr(old, inside), getattr(new, inside))
    return False


class Runner:
    """A plugin that takes the place of pytest's loop over the tests."""

    def __init__(self, options):
        self.options, self.killers = options, defaultdict(Counter)
        self.seconds, self.lived, self.noticed = 0, [], 0

    def pytest_runtestloop(self, session):
        """Try every change, each in children of this process, where all tests are collected."""
        self.items = [item for item in session.items if "import" not in item.name]  # starts Pythons
        queue, known = self.queue()
        started = time.monotonic()
        if self.verdict(self.fork(None, None))[0] != "survived":
            sys.exit("the tests fail without any change: nothing can be learned from them")
        self.seconds = time.monotonic() - started
        print(f"{len(queue)} changes; the tests take {self.seconds:.0f} s", file=sys.stderr)
        running, done, started = {}, 0, time.monotonic()
        with LOG.open("a", encoding="utf-8") as log:
            while queue or running:
                while queue and len(running) < self.options.jobs:
                    change = queue.pop()
                    if change[0] in known:
                        self.count(change, known[change[0]])
                        continue
                    running.update([self.fork(change[1], change[4], change)])
                if not running:
                    break
                child, status = os.wait()
                change, pipe = running.pop(child)
                killer, done = self.verdict((child, (change, pipe)), status)[0], done + 1
                self.count(change, killer)
                log.write(json.dumps([change[0], killer]) + "\n")
                log.flush()
                if done % 50 == 0:
                    minutes = (time.monotonic() - started) / 60
                    rest = minutes / done * len(queue)
                    print(f"{done} in {minutes:.1f} minutes, {rest:.0f} to go", file=sys.stderr)
        total = len(self.lived) + self.noticed
        score = self.noticed / max(1, total)
        print(f"{self.noticed} of {total} changes were noticed ({score:.1%})")
        os._exit(score < PASSING)

    def queue(self):
        """The changes to try, in random order, and the verdicts of an earlier run."""
        files = [p for room in ROOMS for p in sorted(ROOT.glob(f"coursecnn/{room}/*.py"))]
        files = [p for p in files if p.stem != "__init__" and self.options.only in p.stem]
        queue = [mutant for path in files for mutant in mutants(path)]
        random.Random(0).shuffle(queue)
        LOG.parent.mkdir(exist_ok=True)
        if self.options.again:
            LOG.unlink(missing_ok=True)
        lines = LOG.read_text(encoding="utf-8").splitlines() if LOG.exists() else []
        return queue[: self.options.sample], dict(json.loads(line) for line in lines)

    def count(self, change, killer):
        """Remember who noticed; print a change that nobody noticed."""
        _, path, line, label, _ = change
        if killer != "survived":
            self.noticed += 1
            self.killers[path][killer] += 1
            return
        self.lived.append(change)
        source = path.read_text(encoding="utf-8").splitlines()[line - 1].strip()
        print(f"{path.relative_to(ROOT)}:{line}: {label}: {source}", flush=True)

    def fork(self, path, make, change=None):
        """Start a child that says through a pipe which test noticed."""
        reader, writer = os.pipe()
        child = os.fork()
        if child:
            os.close(writer)
            return child, (change, reader)
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        os.dup2(1, 2)
        killer = "survived"
        signal.alarm(int(self.seconds * SLOWER) if self.seconds else 600)
        try:
            if path:
                install(path, make())
            killer = self.first_failing(self.ordered(path))
        except BaseException:  # the changed module cannot even be imported
            killer = "import"
        os.write(writer, killer.encode())
        os._exit(0)

    def ordered(self, path):
        """First the tests that noticed most, then those in files that import from this one."""
        if path is None:
            return self.items
        name, killers = module_name(path), self.killers[path]
        own = {
            module
            for module in {item.module for item in self.items}
            for thing in vars(module).values()
            if name in (getattr(thing, "__module__", ""), getattr(thing, "__name__", ""))
        }
        return sorted(self.items, key=lambda i: (-killers[i.nodeid], i.module not in own))

    def first_failing(self, items):
        """Run the tests until one fails; say which."""
        for item, following in zip(items, [*items[1:], None], strict=True):
            item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
            if item.session.testsfailed:
                return item.nodeid
        return "survived"

    def verdict(self, process, status=None):
        """What a child said; one that was stopped or died noticed, too."""
        child, (_, pipe) = process
        said = os.read(pipe, 4096).decode()
        os.close(pipe)
        if status is None:
            os.waitpid(child, 0)
        return said or "time", status


def main():
    """Read the options, collect the tests, and try the changes."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sample", type=int, help="try only so many, drawn with a fixed seed")
    parser.add_argument("--jobs", type=int, default=os.cpu_count())
    parser.add_argument("--only", default="", help="only files whose name contains this")
    parser.add_argument("--again", action="store_true", help="forget what an earlier run found")
    options = parser.parse_args()
    os.chdir(ROOT)
    os.environ["OMP_NUM_THREADS"] = os.environ["OPENBLAS_NUM_THREADS"] = "1"
    # Whether a test fails is enough: no smaller example is looked for, and none is kept.
    few = hypothesis.Phase.explicit, hypothesis.Phase.generate
    hypothesis.settings.register_profile("mutants", phases=few, database=None, deadline=None)
    hypothesis.settings.load_profile("mutants")
    flags = ["-q", "-s", "--assert=plain", "-p", "no:cacheprovider", "-p", "no:faulthandler"]
    sys.exit(pytest.main([*flags, *(f"tests/{room}" for room in ROOMS)], plugins=[Runner(options)]))


if __name__ == "__main__":
    main()
