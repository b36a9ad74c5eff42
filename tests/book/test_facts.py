"""Every figure of the ledger that a program can compute is computed again."""

import inspect
from importlib import import_module
from pathlib import Path

import numpy as np
import pytest
import yaml
from making import facts
from making.places import BuildError

from coursecnn import data, evidence, models, shapes, training, widgets
from coursecnn.ops import kernels

LEDGER = yaml.safe_load((Path(__file__).parents[2] / "book" / "facts.yml").read_text())


def seeds(experiment, arm, column):
    """One column of the committed seeds of one arm."""
    table = evidence.load(experiment)
    return table.loc[table["arm"] == arm, column].to_numpy()


def tuned(experiment, arm, column, **where):
    """The same of the seeds that are reported, at the rate that others have chosen."""
    table = evidence.load(experiment).query("tuned and seed < 100")
    for name, value in where.items():
        table = table[table[name] == value]
    return table.loc[table["arm"] == arm, column].to_numpy()


def on_test(experiment, arm, column, **where):
    """The same of the rows that read test data, where other columns have these values."""
    table = evidence.load(experiment)
    for name, value in ({"arm": arm, "split": "test"} | where).items():
        table = table[table[name] == value]
    return table[column].to_numpy()


ROOMS = {
    "data": data, "import_module": import_module, "inspect": inspect, "kernels": kernels,
    "models": models, "np": np, "seeds": seeds, "shapes": shapes, "on_test": on_test,
    "training": training, "tuned": tuned, "widgets": widgets,
}  # fmt: skip


@pytest.mark.parametrize("key", [key for key, fact in LEDGER.items() if "compute" in fact])
def test_the_figure_is_what_the_program_says(key):
    fact = LEDGER[key]
    computed = eval(fact["compute"], dict(ROOMS))  # an expression from our own repository
    form = fact.get("format", "g" if isinstance(fact["value"], float) else "d")
    assert format(computed, form) == format(fact["value"], form)


@pytest.mark.parametrize("key", LEDGER)
def test_every_fact_can_be_computed_or_names_its_source(key):
    assert {"compute", "source"} & LEDGER[key].keys()


def test_two_facts_of_one_name_are_refused(tmp_path):
    file = tmp_path / "facts.yml"
    file.write_text("seconds: {value: 14, source: a}\nratio: {value: 2, source: b}\n")
    assert list(facts.read(file)) == ["seconds", "ratio"]
    file.write_text(file.read_text() + "seconds: {value: 1.2, source: c}\n")
    with pytest.raises(BuildError, match=r"`facts\.yml` has two facts of the name seconds"):
        facts.read(file)
