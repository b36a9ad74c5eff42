"""`{quiz}`: a question with feedback for each answer that a reader may give.

    ::::{quiz} How large is the output of a 3×3 kernel on a 5×5 image?
    :type: choice
    - [ ] 5×5 → That needs a padding of 1.
    - [x] 3×3 → Yes: 5 − 3 + 1 = 3 in each direction.
    ::::

    ::::{quiz} How many parameters have ten kernels of 3×3 on three channels?
    :type: number
    :answer: 280
    - 270 → The ten biases are missing: $10 · 27 + 10$.
    - 90 → Each kernel has weights for all three channels.

    A kernel has 27 weights and a bias, and there are ten of them.
    ::::

Use colon fences: with backticks, a backtick in the question turns the whole into text. The rules
for answers stand in `questions`. The text after the answers explains the right number; a line
`- 280 → …` may do that too. Feedback to `other` numbers may be left out. `:name:` keeps a reader's
progress when the question is reworded. Without JavaScript and in print, all answers are explained
in a list below.
"""

from boxes import new_box
from docutils import nodes
from making.answers import ARROW, OTHER, Answer, number
from markup import make
from questions import QuestionDirective


class QuizDirective(QuestionDirective):
    """A question that can be checked at once."""

    def run(self):
        """The box with the form and the explanations."""
        form, answers, end = self.form("Check")
        after = inlined(self.blocks(end, None, make("div", class_="cc-why")))
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
        """The answers with the right one marked, and with feedback for all other numbers."""
        value, tolerance = (number(self.options.get(key, "0")) for key in ("answer", "tolerance"))
        if "answer" not in self.options or value is None or tolerance is None or tolerance < 0:
            self.warn("say the right number as `:answer:`, and `:tolerance:` as a number")
            return answers
        self._check_numbers(answers, value)
        for answer in answers:
            answer.right = number(answer.text) == value
        if not any(answer.right for answer in answers):
            answers.insert(0, Answer(self.options["answer"], "", True, self.lineno))
        return answers

    def _check_numbers(self, answers, value):
        if all(answer.text == OTHER or number(answer.text) == value for answer in answers):
            self.warn(f"no wrong number has feedback: add lines such as `- 270 {ARROW} why`")
        for answer in answers:
            if answer.text != OTHER and number(answer.text) is None:
                self.warn(f"{answer.text!r} is neither a number nor `{OTHER}`", answer.line)
            if not answer.feedback:
                self.warn(f"no feedback for {answer.text!r}: add `{ARROW} why`", answer.line)

    def _explanations(self, answers, after):
        summary = make("summary", "All answers explained")
        items = [self._explanation(*each, after) for each in enumerate(answers)]
        said = any(answer.right and not answer.feedback for answer in answers)
        rest = [] if said else [after]
        return make("details", summary, make("ul", *items), *rest, class_="cc-explanations")

    def _explanation(self, index, answer, after):
        verdict = make("span", "Right: " if answer.right else "Wrong: ", class_="cc-verdict")
        text = "any other number" if answer.text == OTHER else answer.text
        said = make("span", *self.inline(text, answer.line), class_="cc-said")
        why = make("span", *self.inline(answer.feedback, answer.line), class_="cc-why")
        data = {"data_for": self.key(index, answer), "data_right": "yes" if answer.right else "no"}
        return make("li", verdict, said, " – ", why if answer.feedback else after, **data)


def inlined(block):
    """A block of one paragraph as a span, so that it goes on in the line where it is put."""
    if len(block) == 1 and isinstance(block[0], nodes.paragraph):
        return make("span", *block[0].children, class_="cc-why")
    return block


def setup(app):
    """Register the directive with its style and script."""
    app.setup_extension("boxes")
    app.add_directive("quiz", QuizDirective)
    app.add_css_file("css/quiz.css")
    app.add_js_file("js/quiz.js", loading_method="defer")
    return {"parallel_read_safe": True, "parallel_write_safe": True}
