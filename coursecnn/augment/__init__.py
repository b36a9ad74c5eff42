"""Changes of a batch of images, made on the device in one go.

Each change comes twice: `flip(images, chosen)` does what it is told, `random_flip(p)` returns an
augmentation that draws the parameters of each image from a torch.Generator.
"""

import coursecnn._torch  # noqa: F401  says what to do when torch is missing
from coursecnn.augment.affine import affine, random_affine, random_rotate, rotate
from coursecnn.augment.blur import blur, random_blur
from coursecnn.augment.color import (
    brightness,
    contrast,
    grayscale,
    random_color,
    random_grayscale,
    saturation,
)
from coursecnn.augment.compose import compose
from coursecnn.augment.crop import crop, random_crop
from coursecnn.augment.cutout import cutout, random_cutout
from coursecnn.augment.flip import flip, random_flip
from coursecnn.augment.hue import hue
from coursecnn.augment.mix import cutmix, mixup, random_cutmix, random_mixup
from coursecnn.augment.noise import noise, random_noise
from coursecnn.augment.safety import TASKS, label_safe, why_not
from coursecnn.augment.shift import random_shift, shift

__all__ = [
    "TASKS",
    "affine",
    "blur",
    "brightness",
    "compose",
    "contrast",
    "crop",
    "cutmix",
    "cutout",
    "flip",
    "grayscale",
    "hue",
    "label_safe",
    "mixup",
    "noise",
    "random_affine",
    "random_blur",
    "random_color",
    "random_crop",
    "random_cutmix",
    "random_cutout",
    "random_flip",
    "random_grayscale",
    "random_mixup",
    "random_noise",
    "random_rotate",
    "random_shift",
    "rotate",
    "saturation",
    "shift",
    "why_not",
]
