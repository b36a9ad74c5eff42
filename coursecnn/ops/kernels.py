"""A gallery of 3×3 kernels, each written as the idea behind it; made for cross-correlation."""

import numpy as np

#: The weights 1, 2, 1: a mean in which the middle counts double.
SMOOTH = np.array([1.0, 2.0, 1.0])
#: The weights 1, 0, −1: left neighbour less right neighbour.
DIFFERENCE = np.array([1.0, 0.0, -1.0])

#: The pixel itself.
IDENTITY = np.zeros((3, 3))
IDENTITY[1, 1] = 1

#: How much a pixel exceeds its eight neighbours: nothing on flat ground.
OUTLINE = 9 * IDENTITY - np.ones((3, 3))

# A difference across the border, smoothed along it. Each answers where its side is the bright one.
#: Answers where the left side is brighter than the right.
SOBEL_LEFT = np.outer(SMOOTH, DIFFERENCE)
#: Answers where the right side is the brighter one.
SOBEL_RIGHT = np.outer(SMOOTH, DIFFERENCE[::-1])
#: Answers where the upper side is the brighter one.
SOBEL_TOP = np.outer(DIFFERENCE, SMOOTH)
#: Answers where the lower side is the brighter one.
SOBEL_BOTTOM = np.outer(DIFFERENCE[::-1], SMOOTH)

#: The pixel, half as bright again.
LIGHTEN = 1.5 * IDENTITY
#: The pixel, half as bright.
DARKEN = 0.5 * IDENTITY

#: A weighted mean of the neighbourhood: near pixels count more.
BLUR = np.outer(SMOOTH, SMOOTH) / 16

#: The sum of the four nearest neighbours.
NEIGHBOURS = np.array([[0, 1, 0], [1, 0, 1], [0, 1, 0]])
#: The pixel, plus all by which it exceeds its four nearest neighbours.
SHARPEN = IDENTITY + (4 * IDENTITY - NEIGHBOURS)

#: The pixel, plus the slope along the diagonal: light seems to fall from the upper left.
EMBOSS = IDENTITY + np.add.outer(DIFFERENCE[::-1], DIFFERENCE[::-1])

#: The kernels that the course shows, by name.
GALLERY = {
    "identity": IDENTITY,
    "outline": OUTLINE,
    "sobel_left": SOBEL_LEFT,
    "sobel_right": SOBEL_RIGHT,
    "sobel_top": SOBEL_TOP,
    "sobel_bottom": SOBEL_BOTTOM,
    "lighten": LIGHTEN,
    "darken": DARKEN,
    "blur": BLUR,
    "sharpen": SHARPEN,
    "emboss": EMBOSS,
}

for _kernel in GALLERY.values():
    _kernel.setflags(write=False)  # one reader's edit must not change another's kernel
