"""Batched augmentation beside torchvision's transforms of single PIL images: the data path alone.

Both take bytes and give batches of floats that a network can read. All run in one process on one
thread. Writes augment.md; `--quick` takes three rounds and writes nothing.
"""

import os

os.environ["OMP_NUM_THREADS"] = os.environ["OPENBLAS_NUM_THREADS"] = "1"  # before NumPy starts

import argparse
from pathlib import Path

import numpy as np
import PIL
import torch
import torchvision
from parts.clock import holds, machine, markdown_table, race, ratio, spread, write
from parts.loaders import batched, decoded, from_arrays, from_files, jpegs, one_by_one

from coursecnn import augment, data

BATCH = 128
BAR = 10.0

RECIPES = {  # ours, and the calls of torchvision.transforms that do the same
    "crop, flip": (
        [augment.random_crop(4), augment.random_flip()],
        lambda t: [t.RandomCrop(32, 4), t.RandomHorizontalFlip()],
    ),
    "crop, flip, light and colour": (
        [augment.random_crop(4), augment.random_flip(), augment.random_color(0.4, 0.4, 0.4)],
        lambda t: [t.RandomCrop(32, 4), t.RandomHorizontalFlip(), t.ColorJitter(0.4, 0.4, 0.4)],
    ),
    "crop, flip, light, colour and hue": (
        [augment.random_crop(4), augment.random_flip(), augment.random_color(0.4, 0.4, 0.4, 0.1)],
        lambda t: [t.RandomCrop(32, 4), t.RandomHorizontalFlip(),
                   t.ColorJitter(0.4, 0.4, 0.4, 0.1)],
    ),
    "crop, flip, turn": (
        [augment.random_crop(4), augment.random_flip(), augment.random_rotate(15)],
        lambda t: [t.RandomCrop(32, 4), t.RandomHorizontalFlip(),
                   t.RandomRotation(15, t.InterpolationMode.BILINEAR)],
    ),
    "crop, flip, hole": (
        [augment.random_crop(4), augment.random_flip(), augment.random_cutout(8)],
        lambda t: [t.RandomCrop(32, 4), t.RandomHorizontalFlip(), t.ToTensor(),
                   t.RandomErasing(1.0, (1 / 16, 1 / 16), (1, 1))],
    ),
}  # fmt: skip


def measure(pixels, images, files, recipe, rounds):
    """Seconds for one batch: ours, one by one from arrays, one by one from JPEG files."""
    change, transform = augment.compose(*recipe[0]), one_by_one(recipe[1])
    pixels, rng = torch.as_tensor(pixels), np.random.default_rng(0)
    generator = torch.Generator().manual_seed(0)
    torch.manual_seed(0)

    def draw():
        return rng.integers(len(pixels), size=BATCH)

    return race(
        [
            lambda: batched(pixels, draw(), change, generator),
            lambda: from_arrays(images, draw(), transform),
            lambda: from_files(files, draw(), transform),
        ],
        rounds,
    )


def agree(pixels):
    """Without a change both ways must give the same floats, or they do not do the same work."""
    everything = np.arange(len(pixels))
    ours = batched(torch.as_tensor(pixels), everything, augment.compose(), None)
    theirs = from_arrays(decoded(pixels), everything, one_by_one(lambda t: []))
    torch.testing.assert_close(ours, theirs)


def main():
    """Measure every recipe and write the report."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="three rounds, no report")
    rounds = 3 if parser.parse_args().quick else 25
    torch.set_num_threads(1)
    image_set = data.cifar10("test").subset(2000)
    images = decoded(image_set.images)
    files = jpegs(images)
    agree(image_set.images[:BATCH])
    rows, ratios = [], []
    for name in RECIPES:
        times = measure(image_set.images, images, files, RECIPES[name], rounds)
        ratios.append([ratio(times, number) for number in (1, 2)])
        speed = BATCH / np.median(times, axis=0)
        rows.append([name, f"{speed[0]:,.0f}", f"{speed[1]:,.0f}", spread(ratios[-1][0]),
                     f"{speed[2]:,.0f}", spread(ratios[-1][1])])  # fmt: skip
        print(" | ".join(rows[-1]), flush=True)
    if rounds > 3:
        write(Path(__file__).with_suffix(".md"), report(rows, np.array(ratios), rounds))


def report(rows, ratios, rounds):
    """The page: what was measured, the table, and whether the bar holds."""
    header = ["recipe", "ours, images/s", "PIL, images/s", "ours / PIL", "PIL from JPEG, images/s",
              "ours / PIL from JPEG"]  # fmt: skip
    medians = ratios[:, :, 0]
    checks = [
        ["crop and flip, from pixels in memory", medians[0, 0]],
        ["geometric mean over the recipes, from pixels in memory", geometric(medians[:, 0])],
        ["slowest recipe, from pixels in memory", medians[:, 0].min()],
        ["slowest recipe, from JPEG files", medians[:, 1].min()],
    ]
    verdicts = [[what, f"{value:.1f}", f"≥ {BAR:.0f}", holds(value >= BAR)]
                for what, value in checks]  # fmt: skip
    return f"""# Batched augmentation beside PIL transforms

Written by `benchmarks/augment.py`; `make bench` measures anew. {machine(torch, torchvision, PIL)}
Batches of {BATCH} images of 3×32×32 (CIFAR-10), bytes in, scaled floats out; no network, no
loading processes, one thread, CPU time; {rounds} rounds, every contestant in turn. A ratio is the
median over rounds, quartiles in brackets; above 1 ours is quicker. *PIL* transforms one image
after the other with `torchvision.transforms`, `ToTensor` and `Normalize`, and stacks them; the
second time it also decodes each image from JPEG bytes in memory, as a loop over files would.

{markdown_table(header, rows)}

{markdown_table(["ours / PIL", "measured", "bar", "holds"], verdicts)}
"""


def geometric(values):
    """Geometric mean."""
    return float(np.exp(np.log(values).mean()))


if __name__ == "__main__":
    main()
