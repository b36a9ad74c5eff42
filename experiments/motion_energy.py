"""How much more motion energy to the right than to the left there is in videos of moving digits."""

import numpy as np
import pandas as pd

from coursecnn import data, evidence
from coursecnn.ops import conv3d, motion_pair

SEEDS = range(10)
VIDEOS = 200  # a quarter of them in each direction
SPEED = 1.5  # pixels per frame; the digits move by 1 or 2

ARMS = {
    "right": lambda videos, seed: videos["right"],
    "left": lambda videos, seed: videos["left"],
    "down": lambda videos, seed: videos["down"],
    "up": lambda videos, seed: videos["up"],
    "shuffled": lambda videos, seed: in_random_order(videos["right"], seed),
    "down, leaning right": lambda videos, seed: videos["down"][lean(videos["down"]) > 0],
    "down, leaning left": lambda videos, seed: videos["down"][lean(videos["down"]) < 0],
}


def videos_of(seed):
    """The videos of each direction."""
    moving = data.moving_digits("test", n=VIDEOS, seed=seed)
    names = enumerate(moving.class_names)
    return {name: moving.images[moving.labels == label] for label, name in names}


def in_random_order(videos, seed):
    """The same frames, those of each video in an order of its own."""
    rng = np.random.default_rng(seed)
    return np.stack([video[:, rng.permutation(video.shape[1])] for video in videos])


def lean(videos):
    """Covariance of how far right and how far up the ink lies: positive for a stroke like /."""
    frames = [centred(video[0, 0]) for video in videos]
    return np.array([-np.cov(*np.nonzero(frame))[0, 1] for frame in frames])


def centred(frame):
    """A frame moved round until the ink lies in the middle, and no digit across the border."""
    size = len(frame)
    circle = np.exp(2j * np.pi * np.arange(size) / size)
    for axis in (0, 1):
        middle = np.angle(frame.sum(1 - axis) @ circle) / (2 * np.pi) * size
        frame = np.roll(frame, round(size / 2 - middle), axis)
    return frame


def ratio(videos):
    """Energy in the pair tuned to the right over that in the pair tuned to the left."""
    right, left = (conv3d(videos / 255, motion_pair(speed)) for speed in (SPEED, -SPEED))
    return (right**2).sum() / (left**2).sum()


def measure(seed):
    """The rows of one seed."""
    videos = videos_of(seed)
    for arm, choose in ARMS.items():
        yield {"seed": seed, "arm": arm, "ratio": ratio(choose(videos, seed))}


if __name__ == "__main__":
    rows = [row for seed in SEEDS for row in measure(seed)]
    evidence.save("motion_energy", pd.DataFrame(rows).round({"ratio": 5}))
