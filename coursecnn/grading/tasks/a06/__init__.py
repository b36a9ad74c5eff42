"""Assignment 06: the convolutional layer as a matrix, and what it commutes with."""

from coursecnn.grading.task import Assignment

from .equivariance import EQUIVARIANCE_MAP, ROTATION_GAP, SHIFT_IMAGE
from .matrices import BAND_MATRIX, COUNT_CONNECTIONS, TOEPLITZ

ASSIGNMENT = Assignment(
    name="06-the-convolutional-layer",
    version=1,
    tasks=(
        BAND_MATRIX,
        TOEPLITZ,
        COUNT_CONNECTIONS,
        SHIFT_IMAGE,
        EQUIVARIANCE_MAP,
        ROTATION_GAP,
    ),
    preload=("coursecnn.data", "coursecnn.plots"),
    hidden=("coursecnn.ops",),
)
