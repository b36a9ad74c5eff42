"""What `{quiz}` and `{predict}` share: reading a question, and the form that asks it.

A question is of one of two types. `:type: choice` (the default) has one line an answer,

    - [ ] 5×5 → That needs a padding of 1.
    - [x] 3×3 → Yes: 5 − 3 + 1 = 3.

and `:type: number` has `:answer:`, may have `:tolerance:` (0 unless said) and `:unit:`, and gives
feedback to numbers that are known to be typed for a reason, and to any other:

    - 270 → The biases are missing.
    - other → Count the weights of one kernel first.

Feedback follows the arrow `→`; lines that go on are indented. Text before the answers belongs to
the question. Answers and feedback may hold mathematics and any other inline markup.
"""

import re
from dataclasses import dataclass

from docutils import nodes
from docutils.parsers.rst import directives
from markup import make
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective

logger = logging.getLogger(__name__)

ARROW = "→"
OTHER = "other"
_ITEM = re.compile(r"- (?:\[(?P<mark>[ x])\] )?(?P<text>.*)")


@dataclass
class Answer:
    """One line of answers: what is chosen or typed, what is said then, where it stands."""

    text: str
    feedback: str
    right: bool
    line: int


def read_answers(lines, first_line):
    """Answers from the lines of a list.

    Parameters
    ----------
    lines : sequence of str
        Lines of the source, the first of which opens an item.
    first_line : int
        The number of the first line in its file.

    Returns
    -------
    list of Answer
    """
    items = []
    for number, line in enumerate(lines, first_line):
        if match := _ITEM.match(line):
            items.append([match["mark"] == "x", match["text"], number])
        elif line.strip():
            items[-1][1] += f" {line.strip()}"
    return [Answer(*_split(text), right, number) for right, text, number in items]


def _split(item):
    text, _, feedback = item.partition(ARROW)
    return text.strip(), feedback.strip()


def number(text):
    """The number that a source line means, or None."""
    try:
        return float(text.replace(",", "").replace("−", "-").replace(" ", ""))
    except ValueError:
        return None


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

    def split(self, content):
        """The lines before the list of answers as a block, and the answers."""
        is_item = [bool(_ITEM.match(line)) for line in content]
        start = is_item.index(True) if True in is_item else len(content)
        answers = read_answers(content[start:], self.content_offset + start + 1)
        return content[:start], answers

    def form(self, content, button):
        """The form that asks the question, and its answers as read."""
        before, answers = self.split(content)
        legend = make("legend", *self.inline(self.arguments[0], self.lineno))
        fieldset = make("fieldset", legend)
        self.state.nested_parse(before, self.content_offset, fieldset)
        fieldset += self._field() if self.is_number else self._choices(answers)
        fieldset += make("button", button, type="submit", class_="cc-commit")
        form = make("form", fieldset, class_="cc-question", **self._data())
        form += make("div", class_="cc-feedback", role="status", aria_live="polite")
        return form, answers

    def _choices(self, answers):
        name = self._name()
        for index, answer in enumerate(answers):
            radio = make("input", type="radio", name=name, value=str(index))
            text = make("span", *self.inline(answer.text, answer.line))
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
