"""The table of all networks is what the models, torchvision and the ledger say now."""

import re
import runpy
from functools import cache
from pathlib import Path

import pytest
import torchvision
from pybtex.database import parse_file

from coursecnn import evidence, models

ROOT = Path(__file__).parents[2]
TABLE = evidence.load("architectures").set_index("name")
SCRIPT = runpy.run_path(str(ROOT / "experiments" / "architectures.py"))
LEDGER = SCRIPT["ledger"]()
PUBLISHED = ["title", "family", "tag", "year", "source", "top1", "top5", "recipe",
             *(f"authors_{key}" for key in ("top1", "top5", "how", "where"))]  # fmt: skip
COUNTED = ["channels", "image", "parameters", "macs", "activation_bytes", "field", "gated"]
# One of each kind; the others differ in their numbers of layers.
KINDS = {
    "lenet5", "alexnet", "zfnet", "nin", "vgg11", "googlenet", "resnet18", "squeezenet1_1",
    "mobilenet_v2", "mobilenet_v3_small", "regnet_y_800mf", "resnet20", "mlp", "googlenet_small",
}  # fmt: skip
MADE = "remake it: python experiments/architectures.py --counts"


def known(row):
    """A row without what is not known."""
    return {key: value for key, value in row.items() if value == value and value is not None}


def test_every_classifier_has_a_row_in_the_order_of_the_models():
    wanted = [name for name in models.MODELS if not name.startswith("dcgan")]
    assert [*TABLE.index] == [*LEDGER] == wanted


@pytest.mark.parametrize("name", LEDGER)
def test_what_was_published_is_what_ledger_and_torchvision_say(name):
    said = SCRIPT["published"](name, LEDGER[name])
    del said["name"]
    assert known(TABLE.loc[name, PUBLISHED]) == known(said), MADE


@pytest.mark.parametrize(
    "name", [pytest.param(n, marks=() if n in KINDS else pytest.mark.thorough) for n in LEDGER]
)
def test_what_can_be_counted_is_counted_again(name):
    counted = SCRIPT["counted"](name, *LEDGER[name]["image"])
    assert known(TABLE.loc[name, COUNTED]) == known(counted), MADE


@pytest.mark.parametrize("name", TABLE.index[TABLE["top1"].notna()])
def test_the_counts_are_torchvisions(name):
    weights = torchvision.models.get_model_weights(name).IMAGENET1K_V1
    row = TABLE.loc[name]
    assert row["parameters"] == weights.meta["num_params"]
    assert round(row["macs"] / 1e9, 3) == weights.meta["_ops"]
    assert [row["image"]] == weights.transforms().crop_size


def test_the_accuracies_of_torchvision_are_those_of_its_package():
    assert TABLE["top1"].notna().sum() == 37
    assert TABLE.loc["resnet50", "top1"] == 76.13


def test_the_fields_are_those_that_were_published():
    fields = TABLE["field"]
    assert fields["alexnet"] == 195
    assert fields["vgg16"] == 212
    assert fields["resnet50"] == 427
    assert fields["lenet5"] == 5 + 1 + 4 * 2 + 1 * 2  # two times 5×5, and pooling by 2


def test_times_have_their_quartiles_and_resnet_18_is_the_unit():
    assert (TABLE["ms_low"] <= TABLE["ms"]).all()
    assert (TABLE["ms"] <= TABLE["ms_high"]).all()
    assert (TABLE["ratio_low"] <= TABLE["ratio"]).all()
    assert (TABLE["ratio"] <= TABLE["ratio_high"]).all()
    assert TABLE.loc["resnet18", "ratio"] == pytest.approx(1, abs=0.05)
    assert TABLE["rounds"].min() >= 3
    assert {"processor", "times measured", "torchvision"} <= evidence.made("architectures").keys()


def test_every_source_is_in_the_bibliography():
    entries = parse_file(ROOT / "book" / "references.bib").entries
    assert {entry["source"] for entry in LEDGER.values() if "source" in entry} <= {*entries}


def test_whoever_reports_an_accuracy_says_how_and_where_and_we_where_we_saw_it():
    for name, entry in LEDGER.items():
        if "authors" in entry:
            assert {"how", "where", "seen"} <= entry["authors"].keys(), name
            assert {"top1", "top5"} & entry["authors"].keys(), name


@cache
def rows(soup):
    """The text of each row of the page's table, cell by cell."""
    return [
        [cell.get_text(" ", strip=True) for cell in row.select("th, td")]
        for row in soup.select("table.cc-networks tbody tr")
    ]


@pytest.mark.built
def test_the_page_has_a_row_for_each_network_with_its_source(page):
    found = rows(page("book/architectures"))
    assert [row[0] for row in found] == [*TABLE["title"]]
    for row, (_, entry) in zip(found, TABLE.iterrows(), strict=True):
        if isinstance(entry["source"], str):
            assert re.fullmatch(r"\[\s*\d+\s*\]", row[2])
        million = entry["parameters"] / 1e6
        assert float(row[6].replace(",", "")) == pytest.approx(million, rel=0.01)


@pytest.mark.built
def test_every_number_of_a_narrow_page_has_its_name_and_the_page_is_light(page, html):
    soup = page("book/architectures")
    assert all(cell["data-label"] for cell in soup.select("table.cc-networks td"))
    assert (html / "book" / "architectures.html").stat().st_size <= 300_000
