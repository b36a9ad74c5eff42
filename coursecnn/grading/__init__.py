"""Graded exercises: instant feedback for students, and a grader that trusts nobody.

A notebook needs two names: `check` tries an answer, and `when_written` keeps a picture from
failing while the function that it shows is still to be written. Graders that go by what a cell
raises, such as nbgrader, need a third: `require` raises unless an answer is right.

What is asked is in `task` and `tasks`; students run `checking`. A class goes the way that
`grade.STEPS` lists: `intake`, `sandbox`, `running`, `judging`, `reports`.
"""

from coursecnn.grading.checking.check import check, require, when_written

__all__ = ["check", "require", "when_written"]
