"""The `{predict}` directive: a guess first, then the result, with the code cells it takes along."""

import pytest

PAGE = """\
---
file_format: mystnb
kernelspec:
  name: python3
  display_name: Python 3
---
# Page

```{code-cell}
before(the, box)
```

::::{predict} What comes out?
:cells: 1
- [ ] $255$
- [x] 0 → The weights add up to 0.

Nothing comes out.
::::

```{code-cell}
outline(flat)
```

```{code-cell}
another(cell)
```
"""


OPEN = PAGE.replace("[x]", "[ ]")
NUMBER = """\
# Page

::::{predict} How many?
:type: number
:answer: 4.2

There are *four*.
::::
"""
FAULTS = [
    ("- [ ] $255$\n", "", 13, "`{predict}`: 1 answers: give the reader a choice"),
    (":cells: 1\n", ":cells: 3\n", 13, "`{predict}`: 3 code cells must follow the box"),
    (":cells: 1\n", ":type: number\n:answer: x\n", 13, "`:answer:` must be a number, not 'x'"),
]
PAGES = {
    "page": PAGE,
    "open": OPEN,
    "number": NUMBER,
    "feedback": NUMBER.replace(":answer: 4.2\n", ":answer: 4.2\n:unit: %\n- 5 → Not quite.\n"),
    **{f"fault-{k}": PAGE.replace(old, new) for k, (old, new, *_) in enumerate(FAULTS)},
    "no-result": "# Page\n\n::::{predict} How many?\n- [ ] 1\n- [ ] 2\n::::\n",
}


def test_the_result_is_folded_behind_the_question(site):
    box = site.soup("page").select_one(".cc-box-predict")
    assert site.warnings_of("page") == []
    assert box.form.legend.get_text() == "What comes out?"
    assert len(box.select("form input[type=radio]")) == 2
    result = box.select_one(":scope > details.cc-result")
    assert result.p.get_text() == "Nothing comes out."
    assert not result.has_attr("open")


def test_the_code_cell_that_follows_belongs_to_the_result_and_no_other(site):
    soup = site.soup("page")
    assert "outline(flat)" in soup.select_one("details.cc-result .cell").get_text()
    cells = [cell.get_text().strip() for cell in soup.select("section > .cell")]
    assert cells == ["before(the, box)", "another(cell)"]


def verdicts(site, name):
    """The list at the beginning of the result: whether each answer is right, and its text."""
    items = site.soup(name).select(".cc-result > .cc-verdicts:nth-child(2) > li[data-for]")
    return [(item["data-right"], " ".join(item.get_text().split())) for item in items]


def test_the_result_begins_with_what_is_right_and_why(site):
    assert verdicts(site, "page") == [
        ("no", "Wrong: \\(255\\)"), ("yes", "Right: 0 – The weights add up to 0."),
    ]  # fmt: skip
    assert verdicts(site, "number") == [("yes", "Right: 4.2")]
    assert verdicts(site, "feedback") == [
        ("yes", "Right: 4.2 %"), ("no", "Wrong: 5 % – Not quite."),
    ]  # fmt: skip


def test_a_choice_without_a_right_answer_leaves_the_judgement_to_the_result(site):
    assert verdicts(site, "open") == [("open", "0 – The weights add up to 0.")]


def test_a_number_needs_no_list_of_answers(site):
    box = site.soup("number").select_one(".cc-box-predict")
    assert site.warnings_of("number") == []
    assert box.form["data-answer"] == "4.2"
    assert box.select_one("details.cc-result em").get_text() == "four"


@pytest.mark.parametrize("fault", range(len(FAULTS)), ids=[fault[-1] for fault in FAULTS])
def test_a_fault_is_a_warning_that_names_its_line(site, fault):
    _, _, line, message = FAULTS[fault]
    [warning] = site.warnings_of(f"fault-{fault}")
    assert warning.startswith(f"{line}: WARNING:")
    assert message in warning


def test_a_missing_result_is_a_warning(site):
    [warning] = site.warnings_of("no-result")
    assert warning.startswith("3: WARNING: `{predict}`: no result")
