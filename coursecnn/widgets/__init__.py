"""Interactive figures: one script each, alive in a notebook with a kernel and on a static page."""

from coursecnn.widgets.conv_stepper import ConvStepper

#: Every interactive figure of the course.
FIGURES = (ConvStepper,)

__all__ = ["FIGURES", "ConvStepper"]
