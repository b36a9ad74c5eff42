"""The pictures of the book: one language for images, kernels, results and their spread."""

from coursecnn.plots.arms import arms
from coursecnn.plots.confusion import confusion
from coursecnn.plots.grid import image_grid
from coursecnn.plots.history import history
from coursecnn.plots.matrix import matrix
from coursecnn.plots.operation import operation
from coursecnn.plots.roles import ROLES
from coursecnn.plots.style import use_style

__all__ = [
    "ROLES",
    "arms",
    "confusion",
    "history",
    "image_grid",
    "matrix",
    "operation",
    "use_style",
]
