"""Assignment 04: the arithmetic of layers."""

from coursecnn.grading.task import Assignment

from .layers import CONV_PARAMETERS, LAYER_TABLE, RECEPTIVE_FIELD
from .sizes import OUTPUT_SIZE, SAME_PADDING, UNREAD_PIXELS

ASSIGNMENT = Assignment(
    name="04-geometry",
    version=1,
    tasks=(
        OUTPUT_SIZE,
        UNREAD_PIXELS,
        SAME_PADDING,
        CONV_PARAMETERS,
        RECEPTIVE_FIELD,
        LAYER_TABLE,
    ),
    preload=("coursecnn.plots",),
    hidden=("coursecnn.ops", "coursecnn.shapes"),
)
