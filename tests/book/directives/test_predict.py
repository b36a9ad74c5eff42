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


def test_the_result_is_folded_behind_the_question(build):
    built = build(index=PAGE)
    box = built.soup().select_one(".cc-box-predict")
    assert built.warnings == ""
    assert box.form.legend.get_text() == "What comes out?"
    assert len(box.select("form input[type=radio]")) == 2
    result = box.select_one(":scope > details.cc-result")
    assert result.p.get_text() == "Nothing comes out."
    assert not result.has_attr("open")


def test_the_code_cell_that_follows_belongs_to_the_result_and_no_other(build):
    soup = build(index=PAGE).soup()
    assert "outline(flat)" in soup.select_one("details.cc-result .cell").get_text()
    cells = [cell.get_text().strip() for cell in soup.select("section > .cell")]
    assert cells == ["before(the, box)", "another(cell)"]


def test_replies_to_guesses_stand_hidden_in_the_form(build):
    replies = build(index=PAGE).soup().select_one(".cc-replies[hidden]")
    found = [(reply["data-for"], reply["data-right"]) for reply in replies.select("[data-for]")]
    assert found == [("0", "no"), ("1", "yes")]
    assert replies.get_text(strip=True) == "The weights add up to 0."


def test_a_choice_without_a_right_answer_leaves_the_judgement_to_the_result(build):
    soup = build(index=PAGE.replace("[x]", "[ ]")).soup()
    assert {reply["data-right"] for reply in soup.select("[data-for]")} == {"open"}


def test_a_number_needs_no_list_of_answers(build):
    options = ":type: number\n:answer: 4.2"
    page = f"# Page\n\n::::{{predict}} How many?\n{options}\n\nThere are *four*.\n::::\n"
    built = build(index=page)
    box = built.soup().select_one(".cc-box-predict")
    assert built.warnings == ""
    assert box.form["data-answer"] == "4.2"
    assert box.select_one("details.cc-result em").get_text() == "four"


@pytest.mark.parametrize(
    ("old", "new", "line", "message"),
    [
        ("- [ ] $255$\n", "", 13, "`{predict}`: 1 answers: give the reader a choice"),
        (":cells: 1\n", ":cells: 3\n", 13, "`{predict}`: 3 code cells must follow the box"),
        (":cells: 1\n", ":type: number\n:answer: x\n", 13, "`:answer:` must be a number, not 'x'"),
    ],
)
def test_faults_are_warnings_that_name_the_line(build, old, new, line, message):
    warnings = build(index=PAGE.replace(old, new)).warnings
    assert f"index.md:{line}: WARNING:" in warnings
    assert message in warnings


def test_a_missing_result_is_a_warning(build):
    source = "# Page\n\n::::{predict} How many?\n- [ ] 1\n- [ ] 2\n::::\n"
    assert "index.md:3: WARNING: `{predict}`: no result" in build(index=source).warnings
