"""Assignment 02: what dense networks cost, and what they cannot know."""

from coursecnn.grading.task import Assignment

from .networks import LAYER_WEIGHTS, MLP_FORWARD, MLP_PARAMETERS
from .pixels import MOVE_IMAGES, SHUFFLE_PIXELS, TWIN_WEIGHT

ASSIGNMENT = Assignment(
    name="02-limits-of-mlps",
    version=1,
    tasks=(
        MLP_PARAMETERS,
        LAYER_WEIGHTS,
        MLP_FORWARD,
        SHUFFLE_PIXELS,
        TWIN_WEIGHT,
        MOVE_IMAGES,
    ),
    preload=("coursecnn.data", "coursecnn.plots"),
    hidden=("coursecnn.shapes", "coursecnn.numpy_net"),
)
