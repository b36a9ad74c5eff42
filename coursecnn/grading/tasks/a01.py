"""Assignment 01: images as arrays, and what becomes of them in a vector."""

from ..task import Assignment
from .a01_axes import TO_CHANNELS_FIRST, TO_GREY
from .a01_batches import MAKE_BATCH
from .a01_pictures import REPAIR_RESHAPE, UNFLATTEN
from .a01_vectors import FLAT_POSITION, PIXEL_AT

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
