"""Graders that take their turn on one class, and whether they give the same points."""

from collections import defaultdict

from .commands import grade, steady
from .peers import Nbgrader, Otter
from .submissions import hand_in
from .synthetic_class import SHEET


class Contest:
    """Graders with the same assignment, the same cases, and the same notebooks.

    Parameters
    ----------
    folder : Path
        Where to work.
    submissions : sequence of Submission
        The class; none of them attacks, as some graders run notebooks unprotected.
    seed : int
        Of the cases.

    Attributes
    ----------
    rates, steadily : dict
        From grader ("nbgrader", "otter", or the number of our jobs) to submissions per minute,
        turn by turn: of the whole command, and from the first that is ready to the last.
    """

    def __init__(self, folder, submissions, seed):
        self._folder, self._submissions, self._seed = folder, submissions, seed
        self._nbgrader = Nbgrader(folder / "nbgrader", SHEET, seed)
        self._otter = Otter(folder / "otter", SHEET, seed)
        self._submitted = self._nbgrader.folder / "submitted"
        hand_in(submissions, self._submitted, SHEET)
        self.rates, self.steadily = defaultdict(list), defaultdict(list)
        self._points = defaultdict(dict)  # from grader to points by student

    def ours(self, jobs):
        """Grade the whole class, with nothing known from earlier turns."""
        out = self._folder / f"out-{jobs}-{len(self.rates[jobs])}"
        done = grade(self._submitted, out, "--jobs", jobs, "--seed", str(self._seed))
        self._note(jobs, self._submissions, done.seconds)
        self.steadily[jobs].append(done.steady)
        points = self._points[jobs] = dict.fromkeys(
            (submission.name for submission in self._submissions), 0
        )
        for row in done.rows:
            points[row["student"]] += int(row["points"])

    def nbgrader(self, submissions):
        """Let nbgrader grade some of the class by one command."""
        names = [submission.name for submission in submissions]
        self._note("nbgrader", submissions, self._nbgrader.autograde(names))
        self.steadily["nbgrader"].append(steady(self._nbgrader.graded()))
        self._points["nbgrader"] |= self._nbgrader.points()

    def otter(self, submissions):
        """Let otter-grader grade some of the class, one by one, as it does."""
        files = {
            one.name: self._submitted / one.name / SHEET / f"{SHEET}.ipynb" for one in submissions
        }
        results = {name: self._otter.run(file) for name, file in files.items()}
        self._note("otter", submissions, sum(seconds for seconds, _ in results.values()))
        self._points["otter"] |= {name: points for name, (_, points) in results.items()}

    def disagreements(self):
        """Where a peer gives other points than we do: a clause for each notebook."""
        ours = self._points["1"]
        return [
            f"{peer} gives {student} {points:g} points, we {ours[student]:g}"
            for peer in ("nbgrader", "otter")
            for student, points in self._points[peer].items()
            if points != ours[student]
        ]

    def _note(self, grader, submissions, seconds):
        self.rates[grader].append(60 * len(submissions) / seconds)
