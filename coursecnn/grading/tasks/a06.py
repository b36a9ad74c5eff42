"""Assignment 06: the convolutional layer as a matrix, and what it commutes with."""

from ..task import Assignment
from .a06_bands import BAND_MATRIX
from .a06_equivariance import EQUIVARIANCE_MAP
from .a06_matrices import TOEPLITZ
from .a06_sharing import COUNT_CONNECTIONS
from .a06_shifts import SHIFT_IMAGE
from .a06_turns import ROTATION_GAP

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
