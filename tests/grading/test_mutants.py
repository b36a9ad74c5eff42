"""Small changes to a right answer make it wrong, and the checks must see it."""

import ast
import copy

import numpy as np
import pytest

from coursecnn.grading.cases import examination
from coursecnn.grading.inside.session import reply
from coursecnn.grading.judge import judge
from coursecnn.grading.replies import read

OPERATORS = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Add,
    ast.Div: ast.Mult,
    ast.Pow: ast.Mult,
}


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
    if isinstance(node, ast.Attribute) and node.attr in ("sum", "T", "hypot"):
        yield lambda n: setattr(n, "attr", {"sum": "max", "T": "real", "hypot": "add"}[n.attr])


def survives(source, name, scope, exam):
    """Whether a mutant gets the points."""
    try:
        exec(source, scope)
    except Exception:  # some mutants are no programs
        return False
    replies = [read(*reply(scope[name], case.fresh_args())) for case in exam.cases]
    return judge(exam, replies).verdict == "correct"


@pytest.mark.filterwarnings("ignore")
def test_at_least_95_percent_of_all_mutants_are_rejected(sheet, right):
    tried, survivors = 0, []
    for task in sheet.tasks:
        exam = examination(task, seed=3)
        for mutant in mutants(right[task.id]):
            scope = {"np": np}
            exec("\n".join(right.values()), scope)
            tried += 1
            if survives(mutant, task.id, scope, exam):
                survivors.append(mutant)
    assert tried > 60
    assert len(survivors) <= 0.05 * tried, "\n\n".join(survivors)


def test_the_answers_themselves_are_right(sheet, right):
    scope = {"np": np}
    exec("\n".join(right.values()), scope)
    for task in sheet.tasks:
        assert survives("", task.id, scope, examination(task, seed=3))
