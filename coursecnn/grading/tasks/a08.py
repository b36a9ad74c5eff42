"""Assignment 08: backpropagation, from the loss to the first kernel."""

from ..task import Assignment
from .a08_images import CONV2D_BACKWARD
from .a08_loss import CROSS_ENTROPY_BACKWARD
from .a08_network import NETWORK_GRADIENTS
from .a08_pooling import MAX_POOL2D_BACKWARD
from .a08_vectors import DENSE_BACKWARD, RELU_BACKWARD

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
