"""The `{quiz}` directive: what a reader meets, and which faults of the source stop the build."""

import pytest

CHOICE = """\
# Page

::::{quiz} How large is the output of a $3 \\times 3$ kernel?
:type: choice
Look at the *last* window.

- [ ] $5 \\times 5$ → That would need padding,
  which is not here.
- [x] `3×3` → Yes: 5 − 3 + 1 = 3.

The window starts at three places.
::::
"""

NUMBER = """\
# Page

::::{quiz} How many parameters?
:type: number
:answer: 61,706
:tolerance: 0.5
:unit: numbers
- 60000 → The *1998* form.
- other → Count again.

Weights and biases together.
::::
"""


def texts(elements):
    return [" ".join(element.get_text().split()) for element in elements]


def test_a_choice_is_a_named_group_of_named_radios(build):
    built = build(index=CHOICE)
    form = built.soup().select_one(".cc-box-check form.cc-question")
    assert built.warnings == ""
    question = "How large is the output of a \\(3 \\times 3\\) kernel?"
    assert texts(form.select("fieldset > legend")) == [question]
    assert texts(form.select("label.cc-answer")) == [
        "Answer 1: \\(5 \\times 5\\)",
        "Answer 2: 3×3",
    ]
    assert len(form.select("label > input[type=radio]")) == 2
    assert len({radio["name"] for radio in form.select("input")}) == 1
    assert form.select_one("fieldset em").get_text() == "last"


def test_every_answer_of_a_choice_is_explained(build):
    details = build(index=CHOICE).soup().select_one("details.cc-explanations")
    assert texts(details.select("li")) == [
        "Wrong: \\(5 \\times 5\\) – That would need padding, which is not here.",
        "Right: 3×3 – Yes: 5 − 3 + 1 = 3.",
    ]
    assert [item["data-right"] for item in details.select("li")] == ["no", "yes"]
    assert texts(details.select(":scope > .cc-why")) == ["The window starts at three places."]


def test_the_answer_is_spoken_politely(build):
    status = build(index=CHOICE).soup().select_one("form [role=status]")
    assert status["aria-live"] == "polite"
    assert status.get_text() == ""


def test_a_number_has_a_named_field_with_its_unit(build):
    built = build(index=NUMBER)
    form = built.soup().select_one("form")
    assert built.warnings == ""
    assert (form["data-answer"], form["data-tolerance"]) == ("61706.0", "0.5")
    assert texts(form.select("label")) == ["Your number numbers"]
    assert form.select_one("label > input[type=text]")["inputmode"] == "decimal"


def test_every_known_number_is_explained_and_so_are_all_others(build):
    items = build(index=NUMBER).soup().select("details li")
    assert [item["data-for"] for item in items] == ["61706.0", "60000.0", "other"]
    assert texts(items) == [
        "Right: 61,706 – Weights and biases together.",
        "Wrong: 60000 – The 1998 form.",
        "Wrong: any other number – Count again.",
    ]


def test_a_line_may_explain_the_right_number(build):
    source = NUMBER.replace("- other → Count again.", "- 61706 → *Yes.*")
    items = build(index=source).soup().select("details li")
    assert texts(items) == ["Wrong: 60000 – The 1998 form.", "Right: 61706 – Yes."]


def test_progress_is_kept_by_page_and_question(build):
    named = CHOICE.replace(":type: choice", ":type: choice\n:name: output-size")
    pages = build(index=CHOICE, other=named).soup
    assert pages().form["data-key"].startswith("index#how-large-is-the-output")
    assert pages("other").form["data-key"] == "other#output-size"


@pytest.mark.parametrize(
    ("old", "new", "line", "message"),
    [
        ("[x]", "[ ]", 3, "2 answers, 0 of them right"),
        ("[ ]", "[x]", 3, "2 answers, 2 of them right"),
        (" → Yes: 5 − 3 + 1 = 3.", "", 9, "no feedback for '`3×3`'"),
    ],
)
def test_faults_of_a_choice_are_warnings_that_name_the_line(build, old, new, line, message):
    warnings = build(index=CHOICE.replace(old, new)).warnings
    assert f"index.md:{line}: WARNING: `{{quiz}}`: {message}" in warnings


@pytest.mark.parametrize(
    ("old", "new", "line", "message"),
    [
        (":answer: 61,706\n", "", 3, "say the right number as `:answer:`"),
        (":answer: 61,706", ":answer: many", 3, "say the right number as `:answer:`"),
        (":tolerance: 0.5", ":tolerance: -1", 3, "say the right number as `:answer:`"),
        ("- 60000 → The *1998* form.\n", "", 3, "no wrong number has feedback"),
        ("60000 →", "sixty →", 8, "'sixty' is neither a number nor `other`"),
        (" → Count again.", "", 9, "no feedback for 'other'"),
    ],
)
def test_faults_of_a_number_are_warnings_that_name_the_line(build, old, new, line, message):
    warnings = build(index=NUMBER.replace(old, new)).warnings
    assert f"index.md:{line}: WARNING: `{{quiz}}`: {message}" in warnings
