"""Short sounds: steady, rising, falling, warbling."""

import numpy as np

from coursecnn.data.card import Card
from coursecnn.data.imageset import SignalSet
from coursecnn.data.splits import how_many, stream

CARD = Card(
    name="tones",
    what="sounds of a quarter of a second: steady, rising, falling or warbling; 8-bit, 8 kHz",
    origin="Computed by the course.",
    licence="The sounds are ours (CC BY 4.0).",
    splits="Seeded, and drawn anew for each split.",
    caveats=(
        "A falling tone is a rising one played backwards, so both have the same spectrum: what "
        "tells them apart is the order in time."
    ),
    where="drawn",
)

USUAL = {"train": 1600, "val": 400, "test": 400}

CLASSES = ("steady", "rising", "falling", "warbling")
RATE = 8000


def tones(split="train", *, n=None, length=2048, noise=0.1, seed=0):
    """Short sounds at 8 kHz: 1,600 to train on, 400 in each other split.

    Pitch (300 to 2,640 Hz), loudness and phase are random and say nothing of the class.

    Parameters
    ----------
    split : {"train", "val", "test"}, default "train"
        Which part to compute.
    n : int, optional
        Number of sounds; the four classes take turns.
    length : int, default 2048
        Samples of each sound.
    noise : float, default 0.1
        Standard deviation, as a share of the largest amplitude.
    seed : int, default 0
        The same seed gives the same sounds.

    Returns
    -------
    SignalSet
        Images of shape (N, 1, length); 128 is silence.

    Raises
    ------
    ValueError
        If an argument is out of range.
    """
    n = how_many(n, split, USUAL)
    if length < 64 or noise < 0:
        raise ValueError(f"`length` must be ≥ 64 and `noise` ≥ 0; received {length} and {noise}.")
    rng = stream(seed, split, USUAL)
    labels = np.arange(n) % len(CLASSES)
    pitch = _pitch(rng, labels, length)
    phase = 2 * np.pi * (np.cumsum(pitch, axis=1) / RATE + rng.uniform(size=(n, 1)))
    wave = rng.uniform(0.3, 0.7, (n, 1)) * np.sin(phase)
    wave += noise * rng.standard_normal(wave.shape)
    images = np.rint(128 + 127 * wave).clip(0, 255).astype(np.uint8)
    provenance = f"{CARD.provenance} Here seed {seed}."
    return SignalSet(images[:, None], labels, CLASSES, split, provenance, RATE)


def _pitch(rng, labels, length):
    """Hertz at each sample, shape (N, length): all classes cover the same range."""
    n = len(labels)
    low = np.exp(rng.uniform(np.log(300), np.log(1200), (n, 1)))
    high = low * rng.uniform(1.3, 2.2, (n, 1))
    way = np.linspace(0, 1, length) * np.ones((n, 1))  # from low to high
    way[labels == 0] = rng.uniform(size=(n, 1))[labels == 0]
    way[labels == 2] = 1 - way[labels == 2]
    swing = rng.uniform(8, 20, (n, 1)) * np.arange(length) / RATE + rng.uniform(size=(n, 1))
    way[labels == 3] = 0.5 + 0.5 * np.sin(2 * np.pi * swing[labels == 3])
    return low + (high - low) * way
