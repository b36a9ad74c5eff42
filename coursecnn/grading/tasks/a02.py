"""Assignment 02: what dense networks cost, and what they cannot know."""

from ..task import Assignment
from .a02_counts import LAYER_WEIGHTS, MLP_PARAMETERS
from .a02_moves import MOVE_IMAGES
from .a02_networks import MLP_FORWARD
from .a02_shuffles import SHUFFLE_PIXELS, TWIN_WEIGHT

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
