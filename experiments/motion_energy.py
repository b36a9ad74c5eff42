"""How much more motion energy to the right than to the left there is in videos of moving digits."""

import numpy as np
import pandas as pd

from coursecnn import data, evidence
from coursecnn.ops import conv3d, motion_pair

ARMS = ("right", "left", "down", "up", "shuffled")
SEEDS = range(10)
VIDEOS = 200  # a quarter of them in each direction
SPEED = 1.5  # pixels per frame; the digits move by 1 or 2


def energy(videos, speed):
    """Motion energy of each video at one speed, summed over places and frames, shape (N,)."""
    answers = conv3d(videos / 255, motion_pair(speed))
    return (answers**2).sum((1, 2, 3, 4))


def in_random_order(videos, seed):
    """The same frames, those of each video in an order of its own."""
    rng = np.random.default_rng(seed)
    return np.stack([video[:, rng.permutation(video.shape[1])] for video in videos])


def videos_of(arm, seed):
    """All videos of one direction; `shuffled` are those to the right, out of order."""
    moving = data.moving_digits("test", n=VIDEOS, seed=seed)
    direction = moving.class_names.index("right" if arm == "shuffled" else arm)
    videos = moving.images[moving.labels == direction]
    return in_random_order(videos, seed) if arm == "shuffled" else videos


def measure(arm, seed):
    """One row of the table."""
    videos = videos_of(arm, seed)
    right, left = energy(videos, SPEED), energy(videos, -SPEED)
    return {
        "seed": seed,
        "arm": arm,
        "ratio": right.sum() / left.sum(),
        "to_the_right": np.mean(right > left),  # share of videos that the energies call so
    }


if __name__ == "__main__":
    rows = [measure(arm, seed) for arm in ARMS for seed in SEEDS]
    evidence.save("motion_energy", pd.DataFrame(rows).round(5))
