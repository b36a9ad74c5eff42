"""Assignment 05: channels, and volumes."""

from coursecnn.grading.task import Assignment

from .budget import LAYER_BUDGET
from .channels import CONV1X1, CONV2D_MULTI, DEPTHWISE
from .videos import CONV3D_VALID, MOTION_MAP

ASSIGNMENT = Assignment(
    name="05-channels-and-volumes",
    version=1,
    tasks=(LAYER_BUDGET, CONV2D_MULTI, CONV1X1, DEPTHWISE, CONV3D_VALID, MOTION_MAP),
    preload=("coursecnn.data", "coursecnn.plots"),
    hidden=("coursecnn.ops", "coursecnn.shapes"),
)
