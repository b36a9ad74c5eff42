"""Assignment 03: write convolution by hand."""

from ..task import Assignment
from .a03_images import CONV2D_VALID, EDGE_MAP, FLIP
from .a03_signals import CONVOLVE_1D, CROSS_CORRELATE_1D

ASSIGNMENT = Assignment(
    name="03-convolution-by-hand",
    version=1,
    tasks=(CROSS_CORRELATE_1D, CONVOLVE_1D, FLIP, CONV2D_VALID, EDGE_MAP),
    preload=("coursecnn.data", "coursecnn.plots"),
    hidden=("coursecnn.ops",),
)
