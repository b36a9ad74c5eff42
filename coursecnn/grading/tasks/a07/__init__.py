"""Assignment 07: what a layer does after its sums, activations and pooling."""

from coursecnn.grading.task import Assignment

from .activations import RELU, SOFTMAX
from .pooling import AVG_POOL2D, GLOBAL_AVG_POOL, MAX_POOL2D
from .slopes import CHAIN_SLOPES, SIGMOID_SLOPE

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
