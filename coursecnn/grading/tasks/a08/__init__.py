"""Assignment 08: backpropagation, from the loss to the first kernel."""

from coursecnn.grading.task import Assignment

from .images import CONV2D_BACKWARD, MAX_POOL2D_BACKWARD
from .network import NETWORK_GRADIENTS
from .vectors import CROSS_ENTROPY_BACKWARD, DENSE_BACKWARD, RELU_BACKWARD

ASSIGNMENT = Assignment(
    name="08-backpropagation",
    version=1,
    tasks=(
        RELU_BACKWARD,
        CROSS_ENTROPY_BACKWARD,
        DENSE_BACKWARD,
        MAX_POOL2D_BACKWARD,
        CONV2D_BACKWARD,
        NETWORK_GRADIENTS,
    ),
    preload=("coursecnn.data", "coursecnn.plots"),
    hidden=("coursecnn.ops", "coursecnn.numpy_net"),
)
