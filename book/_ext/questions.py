"""`{quiz}`, a question with feedback for each answer, and `{predict}`, a guess before the result.

A question is of one of two types. `:type: choice` (the default) has one line an answer,

    ::::{quiz} How large is the output of a 3×3 kernel on a 5×5 image?
    - [ ] 5×5 → That needs a padding of 1.
    - [x] 3×3 → Yes: 5 − 3 + 1 = 3 in each direction.
    ::::

and `:type: number` has `:answer:`, may have `:tolerance:` (0 unless said) and `:unit:`, and gives
feedback to numbers that are known to be typed for a reason, and to any other:

    ::::{quiz} How many parameters have ten kernels of 3×3 on three channels?
    :type: number
    :answer: 280
    - 270 → The ten biases are missing: $10 · 27 + 10$.
    - other → Count the weights of one kernel first.

    A kernel has 27 weights and a bias, and there are ten of them.
    ::::

Feedback follows the arrow `→`; lines that go on are indented. Text before the answers belongs to
the question; text after them, behind an empty line, explains the right number (a line `- 280 → …`
may do that too). Feedback to `other` numbers may be left out. Answers and feedback may hold
mathematics and any other inline markup. `:name:` keeps a reader's progress when the question is
reworded. Use colon fences: with backticks, a backtick in the question turns the whole into text.

    ::::{predict} What does the outline kernel answer on flat ground?
    - [ ] the grey of the ground
    - [x] 0 → Its nine weights add up to 0.
    - [ ] 255

    Flat ground gives 0, whatever its grey.
    ::::

In `{predict}` the text after the answers is the result. With `:cells: 1` the code cell that follows
the box belongs to it too, with all that it shows. Feedback and the right answer are optional, as
the result speaks, and a number needs no list at all.

Quizzes that follow each other without anything between them become one card, of which `quiz.js`
shows one question at a time. Without JavaScript and in print they stand below each other; a quiz
explains all answers in a list, and the result of a prediction is a plain fold that begins with such
a list.
"""

from docutils import nodes
from docutils.parsers.rst import directives
from making.answers import ARROW, OTHER, Answer, answer_lines, number, read_answers
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective

from .boxes import box, new_box
from .elements import element, make

logger = logging.getLogger(__name__)


class QuestionDirective(SphinxDirective):
    """What both share: the options, and the form that asks."""

    has_content = True
    required_arguments = 1
    final_argument_whitespace = True
    option_spec = {  # noqa: RUF012 (docutils reads it from the class)
        "type": lambda text: directives.choice(text, ("choice", "number")),
        "answer": directives.unchanged_required,
        "tolerance": directives.unchanged_required,
        "unit": directives.unchanged_required,
        "name": directives.unchanged_required,
    }

    def form(self, button):
        """The form that asks the question, its answers, and the line where the text goes on."""
        first, last = answer_lines(self.content)
        # MyST counts the offset of the content from the directive's own line.
        start = self.lineno + self.content_offset + first + 1
        answers = read_answers(self.content[first:last], start)
        legend = make("legend", *self.inline(self.arguments[0], self.lineno))
        fieldset = self.blocks(0, first, make("fieldset", legend))
        fieldset += self._field() if self.is_number else self._choices(answers)
        fieldset += make("button", button, type="submit", class_="cc-commit")
        form = make("form", fieldset, class_="cc-question", **self._data())
        form += make("div", class_="cc-feedback", role="status", aria_live="polite")
        return form, answers, last

    def _choices(self, answers):
        name = self._name()
        for index, answer in enumerate(answers):
            radio = make("input", type="radio", name=name, value=str(index))
            # An answer that is a formula alone would leave some readers without a name for it.
            spoken = make("span", f"Answer {index + 1}: ", class_="cc-unseen")
            text = make("span", spoken, *self.inline(answer.text, answer.line))
            yield make("label", radio, text, class_="cc-answer")

    def _field(self):
        field = make("input", type="text", inputmode="decimal", autocomplete="off", size="12")
        unit = [make("span", self.options["unit"])] if "unit" in self.options else []
        yield make("label", make("span", "Your number"), field, *unit, class_="cc-number-field")

    def _data(self):
        data = {"data_key": f"{self.env.docname}#{self._name()}"}
        for option in ("answer", "tolerance"):
            if option in self.options:
                data[f"data_{option}"] = repr(number(self.options[option]))
        return data

    def _name(self):
        """A name that stays when questions move about, as long as the question does."""
        return self.options.get("name") or nodes.make_id(self.arguments[0])[:60] or self.name

    @property
    def is_number(self):
        """Whether the reader types a number."""
        return self.options.get("type") == "number"

    def key(self, index, answer):
        """What the script knows an answer by: its number, `other`, or its place in the list."""
        value = number(answer.text)
        return str(index) if not self.is_number else OTHER if value is None else repr(value)

    def verdict(self, index, answer, verdict=None, instead=None):
        """An item of a list: the answer, whether it is right, and why.

        Parameters
        ----------
        index : int
            Its place among the answers.
        answer : Answer
        verdict : str, optional
            ``open`` where the source calls no answer right.
        instead : nodes.Node, optional
            The reason where the answer has no feedback of its own.

        Returns
        -------
        element
        """
        verdict = verdict or ("yes" if answer.right else "no")
        text = "any other number" if answer.text == OTHER else self._with_unit(answer)
        said = make("span", *self.inline(text, answer.line), class_="cc-said")
        if answer.feedback:
            instead = make("span", *self.inline(answer.feedback, answer.line), class_="cc-why")
        parts = [said, " – ", instead] if instead is not None else [said]
        if verdict != "open":
            word = "Right: " if answer.right else "Wrong: "
            parts.insert(0, make("span", word, class_="cc-verdict"))
        return make("li", *parts, data_for=self.key(index, answer), data_right=verdict)

    def _with_unit(self, answer):
        return f"{answer.text} {self.options.get('unit', '')}".rstrip()

    def inline(self, text, line):
        """Text with its inline markup as nodes."""
        parsed, messages = self.state.inline_text(text, line)
        return [nodes.inline("", "", *parsed), *messages]  # Sphinx wants a text around a link

    def blocks(self, start, stop, parent):
        """Parse some lines of the content into `parent`."""
        self.state.nested_parse(self.content[start:stop], self.content_offset + start, parent)
        return parent

    def warn(self, message, line=None):
        """Warn of a fault in the source; the build treats it as an error."""
        place = (self.env.docname, line or self.lineno)
        logger.warning("`{%s}`: %s", self.name, message, location=place)


class QuizDirective(QuestionDirective):
    """A question that can be checked at once."""

    def run(self):
        """The box with the form and the explanations."""
        form, answers, end = self.form("Check")
        after = _in_the_line(self.blocks(end, None, make("div", class_="cc-why")))
        if self.is_number:
            answers = self._read_numbers(answers)
        else:
            self._check_choices(answers)
        form += self._explanations(answers, after)
        return [new_box("check", self, form)]

    def _check_choices(self, answers):
        right = sum(answer.right for answer in answers)
        if len(answers) < 2 or right != 1:
            self.warn(f"{len(answers)} answers, {right} of them right: mark one of several by [x]")
        for answer in answers:
            if not answer.feedback:
                self.warn(f"no feedback for {answer.text!r}: add `{ARROW} why`", answer.line)

    def _read_numbers(self, answers):
        """The answers with the right one marked, or put first where no line names it."""
        value, tolerance = (number(self.options.get(key, "0")) for key in ("answer", "tolerance"))
        if "answer" not in self.options or value is None or tolerance is None or tolerance < 0:
            self.warn("say the right number as `:answer:`, and `:tolerance:` as a number")
            return answers
        if all(answer.text == OTHER or number(answer.text) == value for answer in answers):
            self.warn(f"no wrong number has feedback: add lines such as `- 270 {ARROW} why`")
        for answer in answers:
            if answer.text != OTHER and number(answer.text) is None:
                self.warn(f"{answer.text!r} is neither a number nor `{OTHER}`", answer.line)
            if not answer.feedback:
                self.warn(f"no feedback for {answer.text!r}: add `{ARROW} why`", answer.line)
            answer.right = number(answer.text) == value
        if not any(answer.right for answer in answers):
            answers.insert(0, Answer(self.options["answer"], "", True, self.lineno))
        return answers

    def _explanations(self, answers, after):
        summary = make("summary", "All answers explained")
        items = [self.verdict(*each, instead=after) for each in enumerate(answers)]
        said = any(answer.right and not answer.feedback for answer in answers)
        rest = [] if said else [after]
        return make("details", summary, make("ul", *items), *rest, class_="cc-explanations")


def _in_the_line(block):
    """A block of one paragraph as a span, so that it goes on in the line where it is put."""
    if len(block) == 1 and isinstance(block[0], nodes.paragraph):
        return make("span", *block[0].children, class_="cc-why")
    return block


class PredictDirective(QuestionDirective):
    """A question whose result stays folded until the reader has answered."""

    option_spec = {  # noqa: RUF012 (docutils reads it from the class)
        **QuestionDirective.option_spec,
        "cells": directives.positive_int,
    }

    def run(self):
        """The box with the form and the folded result."""
        form, answers, end = self.form("Commit my guess")
        self._check(answers, has_result=end < len(self.content) or "cells" in self.options)
        result = make("details", make("summary", "The result"), class_="cc-result")
        items = list(self._verdicts(answers))
        result += [make("ul", *items, class_="cc-verdicts")] if items else []
        self.blocks(end, None, result)
        node = new_box("predict", self, form, result)
        node["cells"] = self.options.get("cells", 0)
        return [node]

    def _check(self, answers, has_result):
        if not self.is_number and len(answers) < 2:
            self.warn(f"{len(answers)} answers: give the reader a choice, or use `:type: number`")
        for option in ("answer", "tolerance"):
            if number(self.options.get(option, "0")) is None:
                self.warn(f"`:{option}:` must be a number, not {self.options[option]!r}")
        if not has_result:
            self.warn("no result: write it below the answers, or say `:cells: 1`")

    def _verdicts(self, answers):
        """What is said to each guess; where no answer is right, to those that have feedback."""
        if self.is_number and "answer" in self.options:
            answers = self._with_the_right_number(answers)
        is_open = not any(answer.right for answer in answers)
        for index, answer in enumerate(answers):
            if not is_open or answer.feedback:
                yield self.verdict(index, answer, verdict="open" if is_open else None)

    def _with_the_right_number(self, answers):
        value = number(self.options["answer"])
        for answer in answers:
            answer.right = number(answer.text) == value
        if any(answer.right for answer in answers):
            return answers
        return [Answer(self.options["answer"], "", True, self.lineno), *answers]


def gather_quizzes(app, doctree):
    """Put quizzes that follow each other on one card, and number its questions."""
    quizzes = [each for each in doctree.findall(box) if each["kind"] == "check"]
    while quizzes:
        card = quizzes.pop(0)
        forms = [card[-1]]
        while quizzes and card.next_node(descend=False, siblings=True) is quizzes[0]:
            card.parent.remove(quizzes[0])
            forms.append(quizzes.pop(0)[-1])
        if len(forms) > 1:
            card["html"]["class"] += " cc-card"
            card += forms[1:]
            for place, form in enumerate(forms, 1):
                _number(form, place, len(forms))


def _number(form, place, number):
    """Say which question of a card it is: to the eye above it, to the ear in its legend."""
    form.insert(0, make("div", f"{place}/{number}", class_="cc-count", aria_hidden="true"))
    legend = next(each for each in form.findall(element) if each["tag"] == "legend")
    legend.insert(0, make("span", f"Question {place} of {number}: ", class_="cc-unseen"))


def take_cells(app, doctree):
    """Move the code cells that a prediction asks for into its result."""
    for node in [each for each in doctree.findall(box) if each.get("cells")]:
        start = node.parent.index(node) + 1
        cells = node.parent[start : start + node["cells"]]
        if len(cells) < node["cells"] or not all("cell" in cell["classes"] for cell in cells):
            logger.warning("`{predict}`: %d code cells must follow the box", node["cells"],
                           location=node)  # fmt: skip
            continue
        del node.parent[start : start + node["cells"]]
        node[-1].extend(cells)
