"""The table of all networks, made from what `experiments/architectures.py` has written.

    ```{networks}
    ```

shows a row for each network of the course. Without scripts it is a table; `sortable.js` makes
buttons of its headings.

    ```{networks-authors}
    ```

says how the authors of each network measured what they report, and

    ```{networks-measured}
    ```

when and where the times were measured.
"""

from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

import pandas as pd
from docutils import nodes
from docutils.statemachine import StringList
from sphinx.util.docutils import SphinxDirective

from coursecnn import evidence

from .elements import make

NAME = "architectures"
NONE = "–"


@dataclass(frozen=True)
class Cell:
    """What stands in a cell, and by what number its column is sorted; none stands at the end."""

    text: str
    value: float | None = None
    more: str = ""


def load():
    """The table of networks, with None where nothing is known."""
    table = evidence.load(NAME)
    return [
        {key: None if pd.isna(value) else value for key, value in row.items()}
        for row in table.to_dict("records")
    ]


def short(value):
    """Three digits that count, with separators of thousands."""
    return f"{value:,.0f}" if value >= 100 else f"{value:#.3g}".rstrip(".")


def amount(value, unit=1):
    """A number of the table in a unit of the page."""
    return Cell(NONE) if value is None else Cell(short(value / unit), value)


def accuracies(top1, top5):
    """Top-1 and top-5 accuracy; the first of them that is known sorts the column."""
    shown = [NONE if value is None else f"{value:.1f}" for value in (top1, top5)]
    known = top1 is not None or top5 is not None
    return Cell(" / ".join(shown), top1) if known else Cell(NONE)


def field(row):
    """The receptive field; a gate makes every unit depend on the whole image."""
    if row["field"] is None:
        return Cell(NONE)
    return Cell(f"{row['field']:,.0f}{'*' if row['gated'] else ''}", row["field"])


def ratio(row):
    """The time in units of ResNet-18, with its quartiles."""
    if row["ratio"] is None:
        return Cell(NONE)
    middle, low, high = (
        f"{row[key]:#.2g}".rstrip(".") for key in ("ratio", "ratio_low", "ratio_high")
    )
    return Cell(middle, row["ratio"], f"{low}–{high}")


#: Heading of each column behind the name and the source, and what makes its cells of a row. A
#: narrow page writes the heading before each number, without what stands in brackets.
COLUMNS = {
    "image, pixels": lambda row: Cell(f"{row['image']}", row["image"]),
    "authors, % (top-1 / top-5)": lambda row: accuracies(row["authors_top1"], row["authors_top5"]),
    "torchvision, % (top-1 / top-5)": lambda row: accuracies(row["top1"], row["top5"]),
    "parameters, million": lambda row: amount(row["parameters"], 1e6),
    "MACs, million": lambda row: amount(row["macs"], 1e6),
    "outputs, MB": lambda row: amount(row["activation_bytes"], 1e6),
    "field, pixels": field,
    "CPU time, ms": lambda row: amount(row["ms"]),
    "time / ResNet-18": ratio,
}


class _Known(SphinxDirective):
    """A directive that is read anew when the table or its page changes."""

    def run(self):
        """What it shows."""
        self.env.note_dependency(str(evidence.RESULTS / f"{NAME}.csv"))
        self.env.note_dependency(__file__)
        return self.shown(load())

    def markdown(self, lines):
        """Nodes of some lines of Markdown."""
        holder = nodes.container()
        self.state.nested_parse(
            StringList(lines, source=str(Path(__file__).name)), self.content_offset, holder
        )
        return holder.children

    def cited(self, key):
        """The number of a source; nothing for a network of this course."""
        if key is None:
            return [nodes.Text(NONE)]
        (paragraph,) = self.markdown([f"{{cite}}`{key}`"])
        return paragraph.children


class Networks(_Known):
    """One row per network, one column per measure."""

    def shown(self, rows):
        """The table; roles stay where a narrow page shows each row as a block."""
        heads = ["network", "year", "source", *COLUMNS]
        head = make("tr", *(make("th", text, scope="col", role="columnheader") for text in heads),
                    role="row")  # fmt: skip
        body = [self._row(row) for row in rows]
        table = make(
            "table",
            make("thead", head, role="rowgroup"),
            make("tbody", *body, role="rowgroup"),
            class_="cc-sortable cc-networks",
            role="table",
            aria_label="Every network of the course",
        )
        return [table]

    def _row(self, row):
        name = make("th", row["title"], scope="row", role="rowheader")
        year = Cell(NONE) if row["year"] is None else Cell(f"{row['year']:.0f}", row["year"])
        look = {"class_": "cc-none"} if row["source"] is None else {}
        source = make("td", *self.cited(row["source"]), role="cell", data_label="source", **look)
        cells = [_cell(heading, make_cell(row)) for heading, make_cell in COLUMNS.items()]
        return make("tr", name, _cell("year", year), source, *cells, role="row")


def _cell(heading, cell):
    sort = {} if cell.value is None else {"data_value": f"{cell.value:g}"}
    if float(cell.value or 0) >= 1e6:
        sort = {"data_value": f"{cell.value:.0f}"}
    more = [make("small", f" {cell.more}")] if cell.more else []
    look = {"class_": "cc-none"} if cell.text == NONE else {}
    label = heading.partition(" (")[0]
    return make("td", cell.text, *more, role="cell", data_label=label, **sort, **look)


class NetworksAuthors(_Known):
    """What the authors report, and how they measured it."""

    def shown(self, rows):
        """A list with one item for each way of measuring."""
        known = [row for row in rows if row["authors_how"]]
        lines = []
        for (source, where, how), group in groupby(
            known, lambda row: (row["source"], row["authors_where"], row["authors_how"])
        ):
            names = [row["title"] for row in group]
            several = f"{names[0]} to {names[-1]}" if len(names) > 2 else " and ".join(names)
            lines.append(f"- {several} {{cite}}`{source}`, {where}: {how}.")
        return self.markdown(lines)


class NetworksMeasured(_Known):
    """When, where and how often time was measured."""

    def shown(self, rows):
        """One sentence."""
        made = evidence.made(NAME)
        rounds = [row["rounds"] for row in rows if row["rounds"] is not None]
        if not rounds:
            return self.markdown(["No time has been measured yet."])
        return self.markdown([
            f"Measured on {made['times measured']} on one core of a processor that calls itself "
            f"{made['processor']}, with {made['versions'].split(', ')[-1]}, in "
            f"{min(rounds):.0f} to {max(rounds):.0f} rounds. The accuracies are those of "
            f"torchvision {made['torchvision'].split('+')[0]}."
        ])  # fmt: skip
