"""Draw the picture of the README: `python book/readme_picture.py`."""

from pathlib import Path

import matplotlib as mpl

mpl.use("agg")

from coursecnn import plots
from coursecnn.ops import cross_correlate, example
from coursecnn.plots.svg import svg

FILE = Path(__file__).parent / "_static" / "img" / "readme.svg"

if __name__ == "__main__":
    plots.use_style()
    axes = plots.operation(
        example.IMAGE, example.KERNEL, cross_correlate(example.IMAGE, example.KERNEL)
    )
    # The README is shown on white and on black pages: the picture brings its own ground.
    FILE.write_text(svg(axes[0].figure), "utf-8")
