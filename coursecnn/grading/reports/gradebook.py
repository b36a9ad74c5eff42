"""One table for the gradebook of a learning platform: a row per student, a column per assignment.

What the platforms ask for (read in the source of both, 2026):

- *Moodle, worksheet of one assignment* (tick "Offline grading worksheet" in its settings; then
  "Upload grading worksheet"): it reads `Identifier` ("Participant" and the number that is also in
  the folder's name), `Grade` and `Last modified (grade)`, and passes over the rest. Here `Grade` is
  the total, so grade the submissions of one assignment at a time for this way. To upload a second
  time, allow it to update what is newer in Moodle.
- *Moodle, gradebook* (Grades, Import, CSV file): the teacher says which column names the student
  (by ID number, username or e-mail address: name the folders so) and which columns are grades. One
  unknown student stops the whole import; an empty grade is none.
- *Canvas, gradebook* (Grades, Import): `Student`, `ID`, then `SIS User ID` and `SIS Login ID`
  together or not at all, `Section`, then assignments; a row "Points Possible" comes first. It finds
  students by `ID`, which is in the names of the files that it packs, else by login, else by name.
  It passes over `Final Points`, and takes any other unknown column for a new assignment.
"""

from collections import Counter
from dataclasses import dataclass

from coursecnn.grading.intake.submissions import CANVAS, MOODLE
from coursecnn.grading.reports.spreadsheet import as_csv


@dataclass(frozen=True)
class _Student:
    """A student with the points of all assignments, None where a person must still decide."""

    name: str
    number: str
    points: dict

    @property
    def total(self):
        known = self.points.values()
        return "" if None in known or not known else sum(known)

    def row(self, sheets):
        """Points of each sheet; empty where there are none yet."""
        found = (self.points.get(sheet) for sheet in sheets)
        return ["" if points is None else points for points in found]


def table(graded, platform=None):
    """The points of a class as a platform wants them.

    Parameters
    ----------
    graded : list of Graded
        Sorted by student.
    platform : str, optional
        "moodle" or "canvas"; by default the one that has packed most of the submissions, or else
        Moodle.

    Returns
    -------
    str
        Comma-separated values. An assignment is left empty for a student who has not handed it in,
        or whose answer still waits for a person.
    """
    most = {
        one.sheet: sum(verdict.max_points for verdict in one.verdicts)
        for one in sorted(graded, key=lambda one: one.sheet)
        if one.verdicts
    }
    return as_csv(FORMATS[platform or _packed_by(graded)](_students(graded), most))


def _moodle(students, most):
    yield "Identifier", "Full name", *most, "Grade", "Maximum Grade", "Last modified (grade)"
    for one in students:
        who = f"Participant {one.number}" if one.number else one.name
        yield who, one.name, *one.row(most), one.total, sum(most.values()), ""


def _canvas(students, most):
    yield "Student", "ID", "SIS User ID", "SIS Login ID", "Section", *most, "Final Points"
    yield "    Points Possible", "", "", "", "", *most.values(), "(read only)"
    for one in students:
        login = "" if one.number else one.name
        yield one.name, one.number, "", login, "", *one.row(most), one.total


FORMATS = {"moodle": _moodle, "canvas": _canvas}


def _students(graded):
    """One row for each student."""
    found = {}
    for one in graded:
        submission = one.paper.submission
        _, name, number = _origin(submission)
        student = found.setdefault(submission.student, _Student(name, number, {}))
        if one.verdicts:
            unread = any(v.verdict == "manual" and v.waits for v in one.verdicts)
            student.points[one.sheet] = None if unread else sum(v.points for v in one.verdicts)
    return found.values()


def _packed_by(graded):
    origins = Counter(_origin(one.paper.submission)[0] for one in graded)
    return max(FORMATS, key=lambda platform: origins[platform])


def _origin(submission):
    """The platform that has packed a submission, the name there, and the number if it has one."""
    student, path = submission.student, submission.path
    found = [("moodle", MOODLE.match(part)) for part in path.parts]
    for platform, match in [*found, ("canvas", CANVAS.match(path.name))]:
        whose = match["student"] + match.groupdict().get("number", "") if match else ""
        name, _, number = whose.rpartition("_")
        if name and student.endswith(f"_{number}"):  # else only the file happens to look so
            return platform, student.removesuffix(f"_{number}"), number
    return "", student, ""
