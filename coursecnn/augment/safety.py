"""Which augmentations leave a label true depends on the task: a mirrored b is a d."""

MENU = (
    "random_shift(2)",
    "random_crop(4, padding_mode='reflect')",
    "random_flip()",
    "random_flip(vertical=True)",
    "random_rotate(15)",
    "random_rotate(180)",
    "random_affine(scale=(0.8, 1.2), max_shear=15)",
    "random_color(brightness=0.4, contrast=0.4)",
    "random_color(saturation=0.4, hue=0.1)",
    "random_grayscale()",
    "random_blur(1.0)",
    "random_noise(0.05)",
    "random_cutout(8)",
)

_NOT_SEEN = "things stand on the ground: what is upside down hardly occurs in new pictures"
_SIDES = "left and right are part of the answer"

#: Kinds of tasks, and for each the changes that falsify its labels, with the reason.
TASKS = {
    "digits": {
        "random_flip()": "a mirrored 2 resembles a 5, and most mirrored digits are none",
        "random_flip(vertical=True)": "2 and 5 change places, and most digits become none",
        "random_rotate(180)": "6 and 9 change places",
        "random_cutout(8)": "on 28×28 pixels the hole can make a 3 of an 8, or a 5 of a 6",
    },
    "letters": {
        "random_flip()": "b and d change places, and p and q",
        "random_flip(vertical=True)": "b and p change places, d and q, M and W",
        "random_rotate(180)": "d and p change places, b and q, n and u, M and W",
        "random_cutout(8)": "on 28×28 pixels the hole can make an F of an E, or a P of an R",
    },
    "photos": {
        "random_flip(vertical=True)": _NOT_SEEN,
        "random_rotate(180)": _NOT_SEEN,
    },
    "from above": {
        "random_color(saturation=0.4, hue=0.1)": "the bands of a satellite are measurements",
        "random_grayscale()": "the bands of a satellite are measurements",
    },
    "directions": {
        "random_flip()": _SIDES,
        "random_flip(vertical=True)": "up and down are part of the answer",
        "random_rotate(180)": "every direction is turned round",
    },
    "scans": {
        "random_flip()": f"{_SIDES}: organs have their sides, and so have findings",
        "random_flip(vertical=True)": "front and back of the body change places",
        "random_rotate(180)": f"{_SIDES}, and so are front and back",
        "random_color(brightness=0.4, contrast=0.4)": "a scanner's grey levels can be measurements",
    },
    "colours": {
        "random_color(saturation=0.4, hue=0.1)": "the colour is the answer: ripe or unripe",
        "random_grayscale()": "the colour is the answer: ripe or unripe",
    },
}


def label_safe(task):
    """Augmentations that leave the labels of a task true.

    Parameters
    ----------
    task : str
        A key of `TASKS`: "digits", "letters", "photos" of things that stand on the ground,
        pictures "from above" (satellite, microscope), "directions" (arrows, motion), medical
        "scans", or "colours", where the colour is the class.

    Returns
    -------
    tuple of str
        Calls of this module, with strengths that are usual.

    Raises
    ------
    ValueError
        If the task is not listed.

    Examples
    --------
    >>> "random_flip()" in label_safe("photos"), "random_flip()" in label_safe("digits")
    (True, False)
    """
    unsafe = why_not(task)
    return tuple(call for call in MENU if call not in unsafe)


def why_not(task):
    """Augmentations that can make a label wrong or a picture one that never occurs.

    Parameters
    ----------
    task : str
        A key of `TASKS`, see `label_safe`.

    Returns
    -------
    dict of str to str
        A call of this module, and what it would do.

    Raises
    ------
    ValueError
        If the task is not listed.

    Examples
    --------
    >>> why_not("digits")["random_rotate(180)"]
    '6 and 9 change places'
    """
    if task not in TASKS:
        names = ", ".join(f'"{name}"' for name in TASKS)
        raise ValueError(f"`task` must be one of {names}; received {task!r}.")
    return dict(TASKS[task])
