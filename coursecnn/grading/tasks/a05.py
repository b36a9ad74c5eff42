"""Assignment 05: channels, and volumes."""

from ..task import Assignment
from .a05_budget import LAYER_BUDGET
from .a05_channels import CONV2D_MULTI, DEPTHWISE
from .a05_mixing import CONV1X1
from .a05_motion import MOTION_MAP
from .a05_volumes import CONV3D_VALID

ASSIGNMENT = Assignment(
    name="05-channels-and-volumes",
    version=1,
    tasks=(LAYER_BUDGET, CONV2D_MULTI, CONV1X1, DEPTHWISE, CONV3D_VALID, MOTION_MAP),
    preload=("coursecnn.data", "coursecnn.plots"),
    hidden=("coursecnn.ops", "coursecnn.shapes"),
)
