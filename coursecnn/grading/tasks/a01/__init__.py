"""Assignment 01: images as arrays, and what becomes of them in a vector."""

from coursecnn.grading.task import Assignment

from .images import MAKE_BATCH, TO_CHANNELS_FIRST, TO_GREY
from .vectors import FLAT_POSITION, PIXEL_AT, REPAIR_RESHAPE, UNFLATTEN

ASSIGNMENT = Assignment(
    name="01-images-and-tensors",
    version=1,
    tasks=(
        TO_CHANNELS_FIRST,
        TO_GREY,
        MAKE_BATCH,
        FLAT_POSITION,
        PIXEL_AT,
        REPAIR_RESHAPE,
        UNFLATTEN,
    ),
    preload=("coursecnn.data", "coursecnn.plots"),
)
