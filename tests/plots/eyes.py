"""How a colour is seen: its contrast, and by colour-blind eyes.

The simulation of colour blindness is that of Machado, Oliveira and Fernandes, "A physiologically-
based model for simulation of color vision deficiency", IEEE TVCG 15(6), 2009, severity 1.0.
"""

import re

import matplotlib as mpl
import numpy as np
from skimage.color import deltaE_ciede2000, rgb2lab

from coursecnn._palette import custom_properties

EYES = {
    "usual": np.eye(3),
    "red-blind": np.array(
        [
            [0.152286, 1.052583, -0.204868],
            [0.114503, 0.786281, 0.099216],
            [-0.003882, -0.048116, 1.051998],
        ]
    ),
    "green-blind": np.array(
        [
            [0.367322, 0.860646, -0.227968],
            [0.280085, 0.672501, 0.047413],
            [-0.011820, 0.042940, 0.968881],
        ]
    ),
    "blue-blind": np.array(
        [
            [1.255528, -0.076749, -0.178779],
            [-0.078411, 0.930809, 0.147602],
            [0.004733, 0.691367, 0.303900],
        ]
    ),
}


def linear(rgb):
    """Intensities of light, from what a file stores."""
    rgb = np.asarray(rgb)
    return np.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4)


def stored(light):
    """What a file stores, from intensities of light."""
    light = np.clip(light, 0, 1)
    return np.where(light <= 0.0031308, 12.92 * light, 1.055 * light ** (1 / 2.4) - 0.055)


def contrast(first, second):
    """Contrast of two colours as WCAG defines it, from 1 to 21."""
    weights = [0.2126, 0.7152, 0.0722]
    low, high = sorted(linear(mpl.colors.to_rgb(c)) @ weights for c in (first, second))
    return (high + 0.05) / (low + 0.05)


def difference(first, second, eye="usual"):
    """CIEDE2000 of two colours as an eye sees them: 1 can just be noticed."""
    seen = [stored(EYES[eye] @ linear(mpl.colors.to_rgb(colour))) for colour in (first, second)]
    return float(deltaE_ciede2000(*map(rgb2lab, seen)))


def page(theme, name):
    """A colour of the book's pages, such as "panel", in one of its themes."""
    parts = dict(zip(("light", "dark"), custom_properties().split("}"), strict=False))
    return re.search(rf"--cc-{name}: (#\w{{6}})", parts[theme])[1]
