"""Checkerboards in generated digits, by how the generator enlarges its maps.

The conditional DCGAN of width 16 doubles its maps twice, from 7×7 to 28×28:

- `kernel 4`: by a transposed convolution with a 4×4 kernel and stride 2, as in the book;
- `kernel 3`: by one with a 3×3 kernel and stride 2, whose copies overlap unevenly;
- `resized`: each pixel becomes 2×2 equal ones, then a 3×3 convolution.

`nyquist` is the share of an image's variance at the frequency that changes sign from pixel to
pixel, along rows, columns or both. `phases` compares the mean square of the pixels in the four
places of 2×2 blocks: the largest over the smallest. Both are taken of 1,000 generated digits:
before training (`step` 0, ahead of tanh, with the statistics of the batch) and after it. The rows
of the arm `real` are the test digits'.

Every arm is trained for 800 steps of 32 digits, less than the bundled generator, at the best of
three rates, by the share of samples that a LeNet-5 reads as asked for a further seed. That LeNet-5
learned from validation and test digits, which no generator sees. `worst` is the class that it reads
least well, `density` and `coverage` compare with the test digits, `z` is below −3 if samples are
nearer to training digits than test digits are.
"""

import numpy as np
import pandas as pd
import torch
from judged_digits import lenet, together
from torch import nn

from coursecnn import data, evidence, gan, models

SEEDS, TUNING, RATES, STEPS, PER_CLASS = range(5), 100, (0.0003, 0.0006, 0.0012), 800, 100
ARMS = ("kernel 4", "kernel 3", "resized")


def enlarge(arm, maps, out, *, bias):
    """A layer that doubles height and width."""
    if arm == "resized":
        layers = nn.Upsample(scale_factor=2), nn.Conv2d(maps, out, 3, padding=1, bias=bias)
        return nn.Sequential(*layers)
    if arm == "kernel 3":
        return nn.ConvTranspose2d(maps, out, 3, 2, padding=1, output_padding=1, bias=bias)
    return nn.ConvTranspose2d(maps, out, 4, 2, padding=1, bias=bias)


def build(arm, seed):
    """A generator whose two enlarging layers are those of an arm."""
    torch.manual_seed(seed)
    generator = models.build("dcgan_generator")
    for place in (4, 7):
        old = generator.layers[place]
        new = enlarge(arm, old.in_channels, old.out_channels, bias=old.bias is not None)
        for layer in new.modules():
            if isinstance(layer, nn.Conv2d | nn.ConvTranspose2d):
                nn.init.normal_(layer.weight, std=0.02)
        generator.layers[place] = new
    return generator


def nyquist(images):
    """Share of the variance at the highest frequency of rows or columns; images (N, 28, 28)."""
    power = np.abs(np.fft.fft2(images - images.mean((1, 2), keepdims=True))) ** 2
    half = images.shape[-1] // 2
    highest = power[:, half].sum() + power[:, :, half].sum() - power[:, half, half].sum()
    return highest / power.sum()


def phases(images):
    """Largest over smallest mean square of the four places in a 2×2 block, away from borders."""
    inside = images[:, 4:-4, 4:-4]
    squares = [np.mean(inside[:, i::2, j::2] ** 2) for i in (0, 1) for j in (0, 1)]
    return max(squares) / min(squares)


@torch.no_grad()
def before(arm, seed):
    """A row: what a generator draws before training."""
    generator = build(arm, seed).train()
    latents = torch.from_numpy(gan.draw_latents(1000, generator.latent_size, seed=seed))
    images = generator.layers[:-1](
        torch.cat([latents, nn.functional.one_hot(torch.arange(1000) % 10, 10)], 1)
    )
    images = images[:, 0].numpy()
    return {
        "arm": arm, "seed": seed, "step": 0, "tuned": True, "nyquist": nyquist(images),
        "phases": phases(images),
    }  # fmt: skip


def after(arm, seed, rate, judge, tuned):
    """A row: what it draws after training, and how good that is."""
    generator = build(arm, seed)
    gan.train(
        generator, models.build("dcgan_discriminator"), data.mnist("train"), steps=STEPS,
        batch_size=32, lr=rate, seed=seed, device="cpu",
    )  # fmt: skip
    samples = gan.synthesise(generator, 10 * PER_CLASS, seed=seed)
    test = data.mnist("test")
    table = gan.mode_coverage(samples, test, judge)
    pixels = samples.images[:, 0] / 255
    return {
        "arm": arm, "seed": seed, "step": STEPS, "tuned": tuned, "rate": rate,
        "nyquist": nyquist(pixels), "phases": phases(pixels),
        "recognised": table["recognised"].mean(), "worst": table["recognised"].min(),
        **table[["diversity", "density", "coverage"]].mean(),
        "z": gan.memorisation(samples, data.mnist("train"), test).z,
    }  # fmt: skip


def main():
    """Measure the networks before training, choose rates, train."""
    torch.set_num_threads(1)
    judge = lenet(0, together(data.mnist("val"), data.mnist("test")))
    rows = [before(arm, seed) for arm in ARMS for seed in range(10)]
    real = data.mnist("test").images[:, 0] / 255
    rows.append({
        "arm": "real", "seed": 0, "step": STEPS, "tuned": True, "nyquist": nyquist(real),
        "phases": phases(real),
    })  # fmt: skip
    print(pd.DataFrame(rows).groupby("arm").mean(), flush=True)
    rates = {}
    for arm in ARMS:
        sweep = [after(arm, TUNING, rate, judge, False) for rate in RATES]
        rates[arm] = max(sweep, key=lambda row: row["recognised"])["rate"]
        rows += sweep
        print(arm, sweep, flush=True)
    for seed in SEEDS:
        for arm in ARMS:
            rows.append(after(arm, seed, rates[arm], judge, True))
            print(rows[-1], flush=True)
        evidence.save("enlarged_maps", pd.DataFrame(rows).round(4))


if __name__ == "__main__":
    main()
