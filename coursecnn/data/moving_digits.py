"""Videos of digits that move: which way they go cannot be seen in one frame."""

import numpy as np

from coursecnn.data.card import Card
from coursecnn.data.imageset import VideoSet
from coursecnn.data.mnist import mnist
from coursecnn.data.splits import how_many, stream

CARD = Card(
    name="moving_digits",
    what="videos of a digit that moves right, down, left or up, 8 frames of 32×32, grey",
    origin=(
        "Made by the course from the bundled MNIST digits (LeCun, Cortes and Burges), halved to "
        "14×14."
    ),
    licence="CC BY-SA 3.0, as MNIST.",
    splits="The digits of each split are those of the same split of mnist. Seeded.",
    caveats=(
        "What leaves the frame on one side enters on the other, so that every place is equally "
        "likely in every frame and a single frame says nothing of the direction."
    ),
    where="drawn",
)

USUAL = {"train": 2000, "val": 500, "test": 500}

DIRECTIONS = {"right": (0, 1), "down": (1, 0), "left": (0, -1), "up": (-1, 0)}

_SIDE = 14


def moving_digits(split="train", *, n=None, frames=8, size=32, max_speed=2, seed=0):
    """Videos of a moving digit, 8 frames of 32×32: 2,000 to train on, 500 in each other split.

    Parameters
    ----------
    split : {"train", "val", "test"}, default "train"
        Which part to make; its digits are those of the same split of `mnist` (CC BY-SA 3.0).
    n : int, optional
        Number of videos; the four directions take turns.
    frames : int, default 8
        Frames of each video.
    size : int, default 32
        Height and width, in pixels, at least 14.
    max_speed : int, default 2
        Digits move by 1 to so many pixels per frame.
    seed : int, default 0
        The same seed makes the same videos.

    Returns
    -------
    VideoSet
        Images of shape (N, 1, frames, size, size); classes are the directions.

    Raises
    ------
    ValueError
        If an argument is out of range.
    DataError
        If the bundled file is missing or damaged.
    """
    n = how_many(n, split, USUAL)
    if frames < 1 or size < _SIDE or max_speed < 1:
        raise ValueError(
            f"`frames` must be ≥ 1, `size` ≥ {_SIDE} and `max_speed` ≥ 1; "
            f"received {frames}, {size} and {max_speed}."
        )
    rng = stream(seed, split, USUAL)
    digits = _halved(mnist(split).images[:, 0])
    chosen = digits[rng.integers(len(digits), size=n)]
    labels = np.arange(n) % len(DIRECTIONS)
    step = np.array(list(DIRECTIONS.values()))[labels] * rng.integers(1, max_speed + 1, (n, 1))
    corner = rng.integers(size, size=(n, 1, 2)) + np.arange(frames)[:, None] * step[:, None]
    rows, columns = (corner[..., None] + np.arange(_SIDE)).transpose(2, 0, 1, 3) % size
    images = np.zeros((n, 1, frames, size, size), np.uint8)
    video, time = np.ogrid[:n, :frames]
    images[video[..., None, None], 0, time[..., None, None], rows[..., None],
           columns[:, :, None]] = chosen[:, None]  # fmt: skip
    provenance = f"{CARD.provenance} Here seed {seed}."
    return VideoSet(images, labels, tuple(DIRECTIONS), split, provenance)


def _halved(images):
    """Means of 2×2 pixels, rounded."""
    n, height, width = images.shape
    blocks = images.reshape(n, height // 2, 2, width // 2, 2).astype(np.uint16)
    return ((blocks.sum((2, 4)) + 2) // 4).astype(np.uint8)
