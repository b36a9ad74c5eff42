"""What `{quiz}` and `{predict}` share: reading a question, and the form that asks it.

A question is of one of two types. `:type: choice` (the default) has one line an answer,

    - [ ] 5×5 → That needs a padding of 1.
    - [x] 3×3 → Yes: 5 − 3 + 1 = 3.

and `:type: number` has `:answer:`, may have `:tolerance:` (0 unless said) and `:unit:`, and gives
feedback to numbers that are known to be typed for a reason, and to any other:

    - 270 → The biases are missing.
    - other → Count the weights of one kernel first.

Feedback follows the arrow `→`; lines that go on are indented. Text before the answers belongs to
the question; text after them, behind an empty line, is the explanation or the result. Answers and
feedback may hold mathematics and any other inline markup.
"""

from docutils import nodes
from docutils.parsers.rst import directives
from making.answers import OTHER, answer_lines, number, read_answers
from markup import make
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective

logger = logging.getLogger(__name__)


class QuestionDirective(SphinxDirective):
    """A directive that asks one question; `button` and `kind` are for the subclass to say."""

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

    def warn(self, message, line=None):
        """Warn of a fault in the source; the build treats it as an error."""
        place = (self.env.docname, line or self.lineno)
        logger.warning("`{%s}`: %s", self.name, message, location=place)

    @property
    def is_number(self):
        """Whether the reader types a number."""
        return self.options.get("type") == "number"

    def key(self, index, answer):
        """What the script knows an answer by: its number, `other`, or its place in the list."""
        value = number(answer.text)
        return str(index) if not self.is_number else OTHER if value is None else repr(value)

    def inline(self, text, line):
        """Text with its inline markup as nodes."""
        parsed, messages = self.state.inline_text(text, line)
        return [*parsed, *messages]

    def blocks(self, start, stop, parent):
        """Parse some lines of the content into `parent`."""
        self.state.nested_parse(self.content[start:stop], self.content_offset + start, parent)
        return parent

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
