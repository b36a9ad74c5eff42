"""Assignment 07: what a layer does after its sums, activations and pooling."""

from ..task import Assignment
from .a07_activations import RELU, SIGMOID_SLOPE
from .a07_maps import GLOBAL_AVG_POOL
from .a07_pooling import AVG_POOL2D, MAX_POOL2D
from .a07_slopes import CHAIN_SLOPES
from .a07_softmax import SOFTMAX

ASSIGNMENT = Assignment(
    name="07-activations-and-pooling",
    version=1,
    tasks=(
        RELU,
        SOFTMAX,
        SIGMOID_SLOPE,
        CHAIN_SLOPES,
        MAX_POOL2D,
        AVG_POOL2D,
        GLOBAL_AVG_POOL,
    ),
    preload=("coursecnn.data", "coursecnn.plots"),
    hidden=("coursecnn.ops",),
)
