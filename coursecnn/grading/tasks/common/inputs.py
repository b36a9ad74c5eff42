"""What the inputs of a task are made of.

Each is a generator that takes `rng`, a `numpy.random.Generator`, and draws from nothing else, so
that one seed gives the same cases everywhere. It yields tuples of arguments without end: first the
worked example of the sheet, then the edge cases one by one, then all kinds of numbers in turn. A
student's check takes the first ten, so what everybody must meet stands at the front.
"""

import numpy as np

KINDS = ("uint8", "float64", "int64", "float32")
SIGNED = ("float64", "int64", "float32")
#: The image of the lecture's slide on pooling.
SLIDE = np.array([[8, 5, 2, 7], [1, 6, 0, 3], [2, 4, 7, 1], [5, 1, 8, 0]])


def numbers(rng, shape, kind):
    """An array of one kind, which is its dtype: bytes are light, whole numbers negative, too."""
    if kind == "uint8":
        return rng.integers(0, 256, shape).astype(np.uint8)
    if kind == "int64":
        return rng.integers(-9, 10, shape)
    return rng.normal(size=shape).astype(kind)


def mixes(count, *, pixels=None):
    """The number types in which so many arrays come together: a list of tuples of kinds.

    Draw them in turn from the second case on. In the first ones one array alone holds whole
    numbers, beside fractions: whoever gives the result its number type loses the fractions. Of
    three arrays or more, one alone then holds fractions. The array at the place `pixels` holds
    bytes, too, beside whole numbers with a sign.
    """

    def beside(own, at, others):
        return tuple(own if place == at else others for place in range(count))

    several = count > 2
    found = [beside("int64", at, "float64") for at in range(count)]
    found += [beside("uint8", at, "int64") for at in range(count) if at == pixels]
    found += [beside("float64", at, "int64") for at in range(count) if several]
    found += [(kind,) * count for kind in SIGNED]
    return list(dict.fromkeys(found))


def mixed(rng, mix, *shapes):
    """Arrays of these shapes, each of its kind in one of the `mixes`."""
    return tuple(numbers(rng, shape, kind) for shape, kind in zip(shapes, mix, strict=True))
