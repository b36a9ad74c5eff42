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

FAULTS_OF_A_CHOICE = [
    ("[x]", "[ ]", 3, "2 answers, 0 of them right"),
    ("[ ]", "[x]", 3, "2 answers, 2 of them right"),
    (" → Yes: 5 − 3 + 1 = 3.", "", 9, "no feedback for '`3×3`'"),
]
FAULTS_OF_A_NUMBER = [
    (":answer: 61,706\n", "", 3, "say the right number as `:answer:`"),
    (":answer: 61,706", ":answer: many", 3, "say the right number as `:answer:`"),
    (":tolerance: 0.5", ":tolerance: -1", 3, "say the right number as `:answer:`"),
    ("- 60000 → The *1998* form.\n", "", 3, "no wrong number has feedback"),
    ("60000 →", "sixty →", 8, "'sixty' is neither a number nor `other`"),
    (" → Count again.", "", 9, "no feedback for 'other'"),
]
FAULTS = [(CHOICE, *fault) for fault in FAULTS_OF_A_CHOICE]
FAULTS += [(NUMBER, *fault) for fault in FAULTS_OF_A_NUMBER]
CARD = f"""\
# Page

Before.

{CHOICE.partition("# Page")[2].strip()}

{NUMBER.partition("# Page")[2].strip()}

Between.

{NUMBER.partition("# Page")[2].strip()}

## Section

{CHOICE.partition("# Page")[2].strip()}
"""
PAGES = {
    "choice": CHOICE,
    "card": CARD,
    "linked": CHOICE.replace("Yes:", "See {ref}`there <place>`:") + "\n(place)=\n## There\n",
    "named": CHOICE.replace(":type: choice", ":type: choice\n:name: output-size"),
    "number": NUMBER,
    "explained": NUMBER.replace("- other → Count again.", "- 61706 → *Yes.*"),
    **{f"fault-{k}": good.replace(old, new) for k, (good, old, new, *_) in enumerate(FAULTS)},
}


def texts(elements):
    return [" ".join(element.get_text().split()) for element in elements]


def test_a_choice_is_a_named_group_of_named_radios(site):
    form = site.soup("choice").select_one(".cc-box-check form.cc-question")
    assert site.warnings_of("choice") == []
    question = "How large is the output of a \\(3 \\times 3\\) kernel?"
    assert texts(form.select("fieldset > legend")) == [question]
    assert texts(form.select("label.cc-answer")) == [
        "Answer 1: \\(5 \\times 5\\)",
        "Answer 2: 3×3",
    ]
    assert len(form.select("label > input[type=radio]")) == 2
    assert len({radio["name"] for radio in form.select("input")}) == 1
    assert form.select_one("fieldset em").get_text() == "last"


def test_every_answer_of_a_choice_is_explained(site):
    details = site.soup("choice").select_one("details.cc-explanations")
    assert texts(details.select("li")) == [
        "Wrong: \\(5 \\times 5\\) – That would need padding, which is not here.",
        "Right: 3×3 – Yes: 5 − 3 + 1 = 3.",
    ]
    assert [item["data-right"] for item in details.select("li")] == ["no", "yes"]
    assert texts(details.select(":scope > .cc-why")) == ["The window starts at three places."]


def test_what_is_said_may_lead_to_another_place(site):
    assert site.warnings_of("linked") == []
    [link] = site.soup("linked").select("li[data-right=yes] .cc-why a")
    assert link["href"] == "#place"


def test_the_answer_is_spoken_politely(site):
    status = site.soup("choice").select_one("form [role=status]")
    assert status["aria-live"] == "polite"
    assert status.get_text() == ""


def test_a_number_has_a_named_field_with_its_unit(site):
    form = site.soup("number").select_one("form")
    assert site.warnings_of("number") == []
    assert (form["data-answer"], form["data-tolerance"]) == ("61706.0", "0.5")
    assert texts(form.select("label")) == ["Your number numbers"]
    assert form.select_one("label > input[type=text]")["inputmode"] == "decimal"


def test_every_known_number_is_explained_and_so_are_all_others(site):
    items = site.soup("number").select("details li")
    assert [item["data-for"] for item in items] == ["61706.0", "60000.0", "other"]
    assert texts(items) == [
        "Right: 61,706 numbers – Weights and biases together.",
        "Wrong: 60000 numbers – The 1998 form.",
        "Wrong: any other number – Count again.",
    ]


def test_a_line_may_explain_the_right_number(site):
    items = site.soup("explained").select("details li")
    assert texts(items) == ["Wrong: 60000 numbers – The 1998 form.", "Right: 61706 numbers – Yes."]


def test_quizzes_that_follow_each_other_are_one_card_with_numbered_questions(site):
    card, *alone = site.soup("card").select(".cc-box-check")
    assert site.warnings_of("card") == []
    assert "cc-card" in card["class"]
    assert texts(card.select(":scope > .cc-box-label")) == ["Check yourself"]
    assert texts(card.select(":scope > form > .cc-count[aria-hidden=true]")) == ["1/2", "2/2"]
    assert [text.split(": ")[0] for text in texts(card.select("form > fieldset > legend"))] == [
        "Question 1 of 2", "Question 2 of 2",
    ]  # fmt: skip
    assert len(alone) == 2  # a text or a heading lies between
    assert not any(box.select(".cc-count") or "cc-card" in box["class"] for box in alone)


def test_progress_is_kept_by_page_and_question(site):
    key = site.soup("choice").form["data-key"]
    assert key.startswith("choice#how-large-is-the-output")
    assert site.soup("named").form["data-key"] == "named#output-size"


@pytest.mark.parametrize("fault", range(len(FAULTS)), ids=[fault[-1] for fault in FAULTS])
def test_a_fault_is_a_warning_that_names_its_line(site, fault):
    _, _, _, line, message = FAULTS[fault]
    [warning] = site.warnings_of(f"fault-{fault}")
    assert warning.startswith(f"{line}: WARNING: `{{quiz}}`: {message}")
