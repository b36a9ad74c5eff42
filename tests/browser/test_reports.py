"""The class page and the feedback page on small and large screens, on light and dark ones."""

from pathlib import PurePosixPath

import pytest

from coursecnn.grading.grade import Graded
from coursecnn.grading.intake.papers import Paper
from coursecnn.grading.intake.submissions import Submission
from coursecnn.grading.judging.verdict import VERDICTS, Verdict
from coursecnn.grading.reports.pages import write_all
from coursecnn.grading.sandbox import LIMITS
from coursecnn.grading.task import Assignment, ManualTask
from coursecnn.grading.tasks import assignment

pytestmark = pytest.mark.browser

SHEETS = (
    assignment("03-convolution-by-hand"),
    Assignment("91-essay", 1, (ManualTask("why", 4, ((4, "Names the `cos` of the angle."),)),)),
)
SCREENS = [(1280, "light"), (1280, "dark"), (390, "light"), (390, "dark")]
LOW_CONTRAST = """() => {
  const light = ([r, g, b]) => [r, g, b].map(c => c / 255)
    .map(c => c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4)
    .reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0);
  const rgba = text => text.match(/[\\d.]+/g).map(Number);
  const ground = node => {
    for (; node; node = node.parentElement) {
      const color = rgba(getComputedStyle(node).backgroundColor);
      if (color.length < 4 || color[3] > 0) return color;
    }
  };
  return [...document.querySelectorAll('body *')]
    .filter(node => [...node.childNodes].some(n => n.nodeType === 3 && n.data.trim()))
    .map(node => {
      const [a, b] = [light(rgba(getComputedStyle(node).color)), light(ground(node))];
      return [(Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05), node.outerHTML.slice(0, 80)];
    }).filter(([ratio]) => ratio < 4.5);
}"""


def verdict(task, number):
    """The verdict of one student, of a kind that goes with the number."""
    kind = "manual" if isinstance(task, ManualTask) else VERDICTS[number % len(VERDICTS)]
    points = task.points if kind in ("correct", "review") else 0
    mistake = task.misconceptions[0] if kind == "wrong" and task.misconceptions else None
    about = {"misconception": mistake.slug, "hint": mistake.hint} if mistake else {}
    if kind == "manual":
        about = {"answer": "The angle. " * 30, "decided": number % 2 == 1, "comment": "Good."}
    return Verdict(task.id, kind, points, task.points, "What was found. " * 8, **about)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """The reports on a class of 30."""
    names = [f"A student with a name of some length, {n}" if n % 7 else f"s{n}" for n in range(30)]
    graded = [
        Graded(
            Paper(Submission(name, PurePosixPath(f"{name}.ipynb"), 0.0, bytes), sheet),
            [verdict(task, n * 4 + i) for i, task in enumerate(sheet.tasks)],
        )
        for n, name in enumerate(sorted(names))
        for sheet in SHEETS
    ]
    out = tmp_path_factory.mktemp("reports")
    write_all(out, graded, LIMITS)
    return out


@pytest.mark.parametrize("name", ["index.html", "feedback/s0.html"])
def test_a_report_fits_every_screen_and_can_be_read(visit, folder, name):
    seen = visit(folder.as_uri())
    seen.page.goto((folder / name).as_uri())
    for width, colour in SCREENS:
        seen.show(colour, width)
        assert seen.page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
        assert seen.page.evaluate(LOW_CONTRAST) == [], f"{colour}, {width} pixels"
    assert seen.faults == []


@pytest.mark.parametrize("width", [390, 1280])
def test_the_plots_of_the_class_are_heard(visit, folder, width):
    page = visit(folder.as_uri(), width=width).page
    page.goto((folder / "index.html").as_uri())
    heard = page.locator("main").aria_snapshot()
    assert "2 points: " in heard
    assert "not attempted" in heard
    assert 'img "flip: right"' in heard
    assert "row" in heard
    assert "flipped-kernel" in heard
