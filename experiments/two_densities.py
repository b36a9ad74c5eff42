"""A GAN of numbers: does the discriminator follow p/(p + q), and does the generator reach p?

Real numbers come from two Gaussians (standard deviation 0.5) at −1.5 and 1.5, p in all; the
generator turns standard normal numbers into others, of density q. Both networks have two hidden
layers of 32 tanh units, batches hold 128 numbers, and Adam has β₁ = 0.5 and the rates 0.0005
(generator) and 0.01 (discriminator), found by hand.

q is estimated from 4,000 samples with a Gaussian kernel of width 0.1, on 161 places from −4 to 4.
`gap` is the mean of |D − p/(p + q)| weighted by (p + q)/2; `divergence` is the Jensen–Shannon
divergence of p and q, in nats; `loss` is the discriminator's with all of p and q, and `least` is
2 ln 2 − 2 · divergence, which no discriminator falls below. The arm `frozen generator` stops the
generator after 100 steps, and the discriminator goes on.
"""

import numpy as np
import pandas as pd
import torch
from torch import nn
from torch.nn import functional as F  # noqa: N812  torch's own habit

from coursecnn import evidence

SEEDS, STAGES, BATCH = range(10), (0, 100, 500, 3000), 128
PLACES = np.linspace(-4, 4, 161)
WIDTH = PLACES[1] - PLACES[0]


def bumps(x, centres, deviation):
    """The mean of Gaussian densities."""
    away = (x[:, None] - centres) / deviation
    return np.exp(-(away**2) / 2).mean(1) / (deviation * np.sqrt(2 * np.pi))


P = bumps(PLACES, np.array([-1.5, 1.5]), 0.5)


def dense():
    """A network from a number to a number."""
    hidden = nn.Linear(1, 32), nn.Tanh(), nn.Linear(32, 32), nn.Tanh()
    return nn.Sequential(*hidden, nn.Linear(32, 1))


@torch.no_grad()
def measured(generator, discriminator):
    """How far the two have got."""
    latents = torch.randn(4000, 1, generator=torch.Generator().manual_seed(1))
    q = bumps(PLACES, generator(latents).numpy().ravel(), 0.1)
    score = discriminator(torch.tensor(PLACES).float()[:, None]).ravel()
    best, both = P / (P + q), (P + q) / 2
    gap = np.abs(score.sigmoid().numpy() - best)
    divergence = ((P * np.log(P / both) + q * np.log(np.maximum(q, 1e-300) / both)) / 2).sum()
    loss = P * F.softplus(-score).numpy() + q * F.softplus(score).numpy()
    return {
        "gap": (gap * both).sum() / both.sum(), "divergence": divergence * WIDTH,
        "loss": loss.sum() * WIDTH, "least": 2 * np.log(2) - 2 * divergence * WIDTH,
    }  # fmt: skip


def run(seed, arm):
    """A row for each stage."""
    torch.manual_seed(seed)
    generator, discriminator = dense(), dense()
    adam = torch.optim.Adam(discriminator.parameters(), 0.01, betas=(0.5, 0.999))
    other = torch.optim.Adam(generator.parameters(), 0.0005, betas=(0.5, 0.999))
    rows = []
    for step in range(STAGES[-1] + 1):
        if step in STAGES:
            rows.append({"arm": arm, "seed": seed, "step": step})
            rows[-1] |= measured(generator, discriminator)
        real = 3.0 * torch.randint(2, (BATCH, 1)) - 1.5 + 0.5 * torch.randn(BATCH, 1)
        fake = generator(torch.randn(BATCH, 1))
        loss = F.softplus(-discriminator(real)) + F.softplus(discriminator(fake.detach()))
        adam.zero_grad()
        loss.mean().backward()
        adam.step()
        if arm == "frozen generator" and step >= 100:
            continue
        wish = F.softplus(-discriminator(fake)).mean()
        other.zero_grad()
        wish.backward()
        other.step()
    return rows


if __name__ == "__main__":
    torch.set_num_threads(1)
    arms = "both learn", "frozen generator"
    rows = [row for arm in arms for seed in SEEDS for row in run(seed, arm)]
    table = pd.DataFrame(rows)
    print(table.groupby(["arm", "step"]).mean())
    evidence.save("two_densities", table.round(4))
