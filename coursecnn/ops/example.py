"""The worked example of the course: five by five pixels, three by three weights, nine steps."""

import numpy as np

#: The image, five by five pixels.
IMAGE = np.array(
    [
        [2, 9, 11, 22, 42],
        [12, 43, 2, 0, 65],
        [9, 87, 65, 2, 90],
        [21, 21, 44, 7, 2],
        [45, 2, 21, 2, 0],
    ]
)
#: The kernel, three by three weights.
KERNEL = np.array([[0, 0, 1], [1, 0, 0], [0, 0, 1]])

for _array in (IMAGE, KERNEL):
    _array.setflags(write=False)  # the text quotes these numbers
