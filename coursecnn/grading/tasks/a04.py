"""Assignment 04: the arithmetic of layers."""

from ..task import Assignment
from .a04_counts import CONV_PARAMETERS
from .a04_fields import RECEPTIVE_FIELD
from .a04_padding import SAME_PADDING
from .a04_sizes import OUTPUT_SIZE
from .a04_table import LAYER_TABLE
from .a04_unread import UNREAD_PIXELS

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
