"""Numbers as the figures write them, in the pictures and in what is read aloud."""

from fractions import Fraction
from math import ceil, log10

import numpy as np


def decimal(number):
    """At most two decimals and a true minus sign, as the script writes results."""
    text = f"{number:.2f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text.replace("-", "−")


def precise(number):
    """Three decimals, or the first digit where that stands further behind."""
    if abs(number) < 5e-6:
        return "0"
    digits = max(3, ceil(-log10(abs(number))))
    return f"{number:.{digits}f}".rstrip("0").rstrip(".").replace("-", "−")


def exact(number):
    """A short fraction where two decimals would not do, as the script writes what is edited."""
    near = Fraction(number).limit_denominator(16)
    if round(number, 2) == number or not near or abs(near - Fraction(number)) > 1e-9:
        return decimal(number)
    return str(near).replace("-", "−")


def size(grid):
    """Rows × columns of a grid of numbers, or of those of several channels."""
    *_, rows, columns = np.shape(grid)
    return f"{rows}×{columns}"
