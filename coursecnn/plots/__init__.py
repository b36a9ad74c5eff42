"""The pictures of the book: one language for images, kernels, results and their spread."""

from coursecnn.plots.activation import activation
from coursecnn.plots.alt import alt_text
from coursecnn.plots.arms import arms
from coursecnn.plots.block import block
from coursecnn.plots.by_arm import by_arm
from coursecnn.plots.colours import ROLES
from coursecnn.plots.confusion import confusion
from coursecnn.plots.curves import curves
from coursecnn.plots.feature_maps import feature_maps
from coursecnn.plots.flattening import flattening
from coursecnn.plots.geometry import geometry
from coursecnn.plots.graph import graph
from coursecnn.plots.grid import image_grid
from coursecnn.plots.history import history
from coursecnn.plots.kernels import kernels
from coursecnn.plots.matrix import matrix
from coursecnn.plots.network import network
from coursecnn.plots.operation import operation
from coursecnn.plots.overlays import overlays
from coursecnn.plots.plane import plane
from coursecnn.plots.predictions import predictions
from coursecnn.plots.receptive_field import receptive_field
from coursecnn.plots.reliability import reliability
from coursecnn.plots.scatter import scatter
from coursecnn.plots.style import use_style

__all__ = [
    "ROLES",
    "activation",
    "alt_text",
    "arms",
    "block",
    "by_arm",
    "confusion",
    "curves",
    "feature_maps",
    "flattening",
    "geometry",
    "graph",
    "history",
    "image_grid",
    "kernels",
    "matrix",
    "network",
    "operation",
    "overlays",
    "plane",
    "predictions",
    "receptive_field",
    "reliability",
    "scatter",
    "use_style",
]
