"""The `{fact}` role: figures come from the ledger, and follow it when it changes."""

import os

import pytest
from making.facts import written

FACTS = """\
parameters: {value: 61706, unit: weights, source: counted}
share: {value: 4.15, format: .1f, unit: "%"}
loss: {value: -0.5}
year: {value: "1998"}
empty: {source: unknown}
"""
FIGURES = "{fact}`parameters`, {fact}`~parameters`, **{fact}`share`**, {fact}`year`"
QUESTION = "::::{quiz} Is it {fact}`~parameters`?\n- [x] Yes → {fact}`loss`.\n- [ ] No → So.\n::::"
PAGES = {
    "facts.yml": FACTS,
    "figures": f"# Page\n\n{FIGURES}\n",
    "question": f"# Page\n\n{QUESTION}\n",
    "unknown": "# Page\n\nText\nand {fact}`unknown`.\n",
    "empty": "# Page\n\nText\nand {fact}`empty`.\n",
}


@pytest.mark.parametrize(
    ("fact", "text"),
    [
        ({"value": 138357544}, "138,357,544"),
        ({"value": 0.375}, "0.375"),
        ({"value": 8.485, "format": ".1f"}, "8.5"),
        ({"value": -3}, "−3"),
        ({"value": "1998"}, "1998"),
        ({"value": 503, "unit": "GB"}, "503\u00a0GB"),
    ],
    ids=str,
)
def test_a_fact_is_written_as_the_ledger_says(fact, text):
    assert written(fact) == text


def test_the_unit_can_be_left_out(site):
    text = "61,706\u00a0weights, 61,706, 4.2\u00a0%, 1998"
    assert site.warnings_of("figures") == []
    assert site.soup("figures").select_one("section > p").get_text() == text


def test_facts_work_in_boxes_and_answers(site):
    soup = site.soup("question")
    assert soup.legend.get_text() == "Is it 61,706?"
    assert soup.select_one("details li .cc-why").get_text() == "−0.5."


@pytest.mark.parametrize(("key", "lack"), [("unknown", "entry"), ("empty", "`value`")])
def test_an_unknown_key_is_a_warning_that_names_key_and_file(site, key, lack):
    [warning] = site.warnings_of(key)
    assert f"WARNING: `facts.yml` has no {lack} for {{fact}}`{key}`" in warning
    assert warning.startswith("3: ")


def test_a_ledger_that_cannot_be_read_is_a_warning_that_names_it(build):
    warnings = build(**{"facts.yml": "a: [1", "index": "# Page\n\n{fact}`a`\n"}).warnings
    assert "facts.yml` is not YAML" in warnings


def test_a_page_is_built_again_when_the_ledger_changes(build):
    pages = {"index": "# Page\n\n{fact}`year`\n", "other": "# Other\n"}
    built = build(**{"facts.yml": FACTS}, **pages)
    other = built.folder / "other.html"
    later = other.stat().st_mtime + 100
    os.utime(other, (later, later))
    changed = build(**{"facts.yml": FACTS.replace("1998", "1989")})
    assert changed.soup().select_one("section > p").get_text() == "1989"
    assert other.stat().st_mtime == later
