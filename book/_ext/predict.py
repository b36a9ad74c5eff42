"""`{predict}`: the reader commits a guess before the result unfolds.

    ::::{predict} What does the outline kernel answer on flat ground?
    - [ ] the grey of the ground
    - [x] 0 → Its nine weights add up to 0.
    - [ ] 255

    Flat ground gives 0, whatever its grey.
    ::::

The text after the answers is the result. With `:cells: 1` the code cell that follows the box
belongs to it too, with all that it shows. The rules for answers stand in `questions`, but here
feedback and the right answer are optional, as the result speaks, and a number needs no list at all.
Without JavaScript and in print the result is a plain fold.
"""

from boxes import box, new_box
from docutils.parsers.rst import directives
from making.answers import number
from markup import make
from questions import QuestionDirective
from sphinx.util import logging

logger = logging.getLogger(__name__)


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
        form += make("div", *self._replies(answers), class_="cc-replies", hidden="hidden")
        result = make("details", make("summary", "The result"), class_="cc-result")
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

    def _replies(self, answers):
        """What is said to some guesses; to all others the result says it."""
        is_open = not any(answer.right for answer in answers)
        for index, answer in enumerate(answers):
            why = make("span", *self.inline(answer.feedback, answer.line), class_="cc-why")
            verdict = "open" if is_open else "yes" if answer.right else "no"
            yield make("div", why, data_for=self.key(index, answer), data_right=verdict)


def take_cells(app, doctree):
    """Move the code cells that a box asks for into its result."""
    for node in [each for each in doctree.findall(box) if each.get("cells")]:
        start = node.parent.index(node) + 1
        cells = node.parent[start : start + node["cells"]]
        if len(cells) < node["cells"] or not all("cell" in cell["classes"] for cell in cells):
            logger.warning("`{predict}`: %d code cells must follow the box", node["cells"],
                           location=node)  # fmt: skip
            continue
        del node.parent[start : start + node["cells"]]
        node[-1].extend(cells)


def setup(app):
    """Register the directive."""
    app.setup_extension("quiz")
    app.add_directive("predict", PredictDirective)
    app.connect("doctree-read", take_cells)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
