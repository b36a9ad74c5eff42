"""What a chapter, a sheet and a figure cost the suite, beside the budget in `tests/README.md`.

Every test counts for the kind of thing that its name belongs to, in seconds of one process on one
core; what belongs to none is the house. A busy machine makes everything look dear, so the table
warns and nothing fails by it.
"""

import json
import re
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

ROOT = Path(__file__).resolve().parents[1]
PLANNED = {"chapter": 25, "sheet": 15, "figure": 17}
LIMIT = 30  # minutes for the finished course, install aside
ROW = re.compile(r"^\| (chapter|sheet|figure|house) \| (\d+) \|", re.MULTILINE)
OF_SHEETS = ("tests.grading.test_tasks", "tests.grading.test_mutants", "tests.solutions")
OF_ALL_FIGURES = (
    "tests.widgets",
    "tests.browser.test_every_figure",
    "tests.browser.test_live_figure",
)
EXECUTING = 2  # notebooks that the builder runs at once


@dataclass(frozen=True)
class Content:
    """What there is today.

    Attributes
    ----------
    chapters, sheets, figures : set of str
        File stems.
    pages : int
        Pages of the book, chapters included.
    """

    chapters: set
    sheets: set
    figures: set
    pages: int

    @classmethod
    def read(cls, root=ROOT):
        """Look at the folders of the project."""
        return cls(
            {path.stem for path in root.glob("book/part-*/*.md")},
            {path.stem for path in root.glob("solutions/*.md")},
            {path.stem for path in root.glob("tests/browser/test_*.py")} & _figures(root),
            len(
                re.findall(r"- file:|^root:", (root / "_toc.yml").read_text("utf-8"), re.MULTILINE)
            ),
        )

    def kind(self, case):
        """The kind of thing that a test is for: "chapter", "sheet", "figure" or "house"."""
        place, name = case.get("classname", ""), case.get("name", "")
        if any(chapter in f"{place} {name}" for chapter in self.chapters):
            return "chapter"
        if place.startswith(OF_SHEETS) or any(sheet in f"{place} {name}" for sheet in self.sheets):
            return "sheet"
        if place.startswith((*OF_ALL_FIGURES, *(f"tests.browser.{name}" for name in self.figures))):
            return "figure"
        return "house"


def _figures(root):
    """The test module of each figure: a module of the library that has a script of its name."""
    names = {path.stem.replace("-", "_") for path in root.glob("coursecnn/widgets/js/*.js")}
    return {
        f"test_{path.stem}" for path in root.glob("coursecnn/widgets/*.py") if path.stem in names
    }


def costs(jobs, logs, content, timings):
    """Core seconds of each kind of thing.

    Parameters
    ----------
    jobs : dict of str to float
        Seconds of each job.
    logs : Path
        Folder with what pytest reported of each job.
    content : Content
    timings : dict of str to dict
        Seconds of each notebook, as the builder notes them.

    Returns
    -------
    dict of str to float
        By kind.
    """
    spent = dict.fromkeys(("chapter", "sheet", "figure", "house"), 0.0)
    for job, seconds in jobs.items():
        tests = 0.0
        for case in _cases(logs / f"{job}.xml"):
            spent[content.kind(case)] += float(case.get("time", 0))
            tests += float(case.get("time", 0))
        if job == "book":  # executed notebooks belong to chapters; writing is dealt to all pages
            executed = sum(entry["seconds"] for entry in timings.values())
            writing = max(0.0, seconds - executed / EXECUTING)
            share = len(content.chapters) / content.pages
            spent["chapter"] += executed + writing * share
            spent["house"] += writing * (1 - share)
        else:
            spent["house"] += max(0.0, seconds - tests)  # collecting, and jobs without a report
    return spent


def _cases(report):
    return ElementTree.parse(report).iter("testcase") if report.is_file() else ()


def table(spent, content, allowed, lanes):
    """The costs beside the budget, and what the finished course will take.

    Parameters
    ----------
    spent : dict of str to float
        Core seconds by kind, as `costs` gives them.
    content : Content
    allowed : dict of str to int
        The budget: core seconds of one chapter, sheet, figure, and of the house.
    lanes : int
        How many jobs run side by side.

    Returns
    -------
    str
        A few lines.
    """
    counts = {"chapter": content.chapters, "sheet": content.sheets, "figure": content.figures}
    lines, total = ["core seconds      each  budget  today       planned"], 0.0
    for kind, seconds in spent.items():
        count = len(counts[kind]) if kind in counts else 1
        each = seconds / max(count, 1)
        then = each * PLANNED.get(kind, 1)
        total += then
        plan = f"{then:6.0f} for {PLANNED.get(kind, 1):2d}"
        over = "  over its budget" if each > allowed[kind] else ""
        row = f"{count:2d} × {kind:10s}{each:7.1f} {allowed[kind]:7d} {seconds:6.0f}  {plan}"
        lines.append(row + over)
    minutes = total / lanes / 60
    verdict = f"{'within' if minutes <= LIMIT else 'OVER'} the {LIMIT} of the budget"
    lines.append(f"The finished course: {minutes:.0f} minutes on {lanes} cores, {verdict}.")
    return "\n".join(lines)


def report(jobs, logs, lanes, root=ROOT):
    """The table for a whole run: see `costs` and `table`."""
    content = Content.read(root)
    timings = json.loads((root / "_build" / "timings.json").read_text("utf-8"))
    text = (root / "tests" / "README.md").read_text("utf-8")
    allowed = {kind: int(seconds) for kind, seconds in ROW.findall(text)}
    return table(costs(jobs, logs, content, timings), content, allowed, lanes)
