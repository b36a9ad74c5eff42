"""An assignment of one's own: one task for the grader, two for a person."""

import numpy as np

from coursecnn.grading.task import Assignment, ManualTask, Task


def pairs(rng):
    """Two signals of the same length, without end."""
    while True:
        yield rng.normal(size=5), rng.normal(size=5)


ASSIGNMENT = Assignment(
    name="91-mixed",
    version=1,
    tasks=(
        ManualTask("why_dot", 4, ((3, "Names the `cos` of the angle."), (1, "Draws it."))),
        Task("dot", 2, np.dot, ("a", "b"), pairs, forbidden=("numpy.dot",)),
        ManualTask("best_kernel", 1, ((1, "Has a sum of 0."),)),
    ),
)
