"""Assignment 03: write convolution by hand."""

from coursecnn.grading.task import Assignment

from .images import CONV2D_VALID, EDGE_MAP, FLIP
from .signals import CONVOLVE_1D, CROSS_CORRELATE_1D

ASSIGNMENT = Assignment(
    name="03-convolution-by-hand",
    version=1,
    tasks=(CROSS_CORRELATE_1D, CONVOLVE_1D, FLIP, CONV2D_VALID, EDGE_MAP),
    # The last is forbidden, but some import it all the same, and that takes a second each time.
    preload=("coursecnn.data", "coursecnn.plots", "scipy.signal"),
    hidden=("coursecnn.ops",),
)
