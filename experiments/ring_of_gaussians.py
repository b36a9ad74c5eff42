"""How many of eight modes does a small GAN reach, and what changes their number?

The data lie in eight equal Gaussians (standard deviation 0.1) on a ring of radius 2. Generator and
discriminator have two hidden layers of 64 ReLU units; Adam (0.5, 0.999), batches of 64, 4,000 steps
of the generator. A mode is reached if at least 3 % of 1,000 samples (a fair share is 12.5 %) lie
within three standard deviations of it; `modes` and `near`, the share of samples near any mode, are
means over the last ten hundreds of steps, `fewest` is the smallest number of modes among them.

- `1 : 1`: a step of the discriminator, then one of the generator.
- `1 : 5`: five steps of the generator for each of the discriminator.
- `5 : 1`: five steps of the discriminator for each of the generator.
- `minimax`: as `1 : 1`, and the generator's loss is ln(1 − D) instead of −ln D.
- `frozen`: the runs of `1 : 1`, number for number, up to step 2,000 (`modes_before` says how many
  modes they reach there); from then on the discriminator stands still, and the generator learns
  alone.

Each arm but the last has the best of five rates, the same for both networks, by the modes that a
further seed reaches; of equals the one with more samples near them. All runs of an arm are trained
at once as stacks of matrices, and share no number.
"""

import itertools
import math

import numpy as np
import pandas as pd
import torch
from torch.nn import functional as F  # noqa: N812  torch's own habit

from coursecnn import evidence

SEEDS, TUNING, RATES = range(10), 100, (0.0002, 0.0005, 0.001, 0.002, 0.005)
STEPS, BATCH, HIDDEN, LATENT, SPREAD, LIMIT = 4000, 64, 64, 8, 0.1, 0.03
ARMS = {
    "1 : 1": {},
    "1 : 5": {"generator_steps": 5},
    "5 : 1": {"discriminator_steps": 5},
    "minimax": {"minimax": True},
    "frozen": {"stop": 2000},
}
ANGLES = torch.arange(8) * math.pi / 4
CENTRES = 2 * torch.stack([ANGLES.cos(), ANGLES.sin()], 1)


class Stack:
    """One dense network for each run, with an axis of runs in front of every weight."""

    def __init__(self, sizes, generators):
        self.weights, self.biases = [], []
        for fan_in, fan_out in itertools.pairwise(sizes):
            bound = fan_in**-0.5  # as PyTorch's layers begin
            for rows, kept in ((fan_in, self.weights), (1, self.biases)):
                drawn = [2 * torch.rand(rows, fan_out, generator=g) - 1 for g in generators]
                kept.append((bound * torch.stack(drawn)).requires_grad_())

    def parameters(self):
        return [*self.weights, *self.biases]

    def __call__(self, x):
        """Shape (runs, N, out) of shape (runs, N, in)."""
        for layer, (weight, bias) in enumerate(zip(self.weights, self.biases, strict=True)):
            x = torch.baddbmm(bias, x if layer == 0 else x.relu(), weight)
        return x


class Adam:
    """Adam with a rate for each run, so that runs of different rates share a stack."""

    def __init__(self, stack, rates):
        self.parameters, self.rates, self.count = stack.parameters(), rates[:, None, None], 0
        self.means = [torch.zeros_like(p) for p in self.parameters]
        self.squares = [torch.zeros_like(p) for p in self.parameters]

    def step(self, loss):
        gradients = torch.autograd.grad(loss, self.parameters)
        self.count += 1
        rows = zip(self.parameters, self.means, self.squares, gradients, strict=True)
        with torch.no_grad():
            for p, m, s, g in rows:
                m.mul_(0.5).add_(g, alpha=0.5)
                s.mul_(0.999).addcmul_(g, g, value=0.001)
                mean, square = m / (1 - 0.5**self.count), s / (1 - 0.999**self.count)
                p.sub_(self.rates * mean / (square.sqrt() + 1e-8))


def measured(samples):
    """Modes reached, and the share of samples near one, for each run."""
    distances = torch.cdist(samples, CENTRES.expand(len(samples), -1, -1))
    near, mode = distances.min(2)
    close = near < 3 * SPREAD
    shares = (F.one_hot(mode, 8) * close[..., None]).float().mean(1)
    return (shares >= LIMIT).sum(1).numpy(), close.float().mean(1).numpy()


def train(rates, seeds, *, generator_steps=1, discriminator_steps=1, minimax=False, stop=None):
    """A row of measures for each run, and what the first one drew at the end."""
    chances = [torch.Generator().manual_seed(seed) for seed in seeds]
    generator = Stack((LATENT, HIDDEN, HIDDEN, 2), chances)
    discriminator = Stack((2, HIDDEN, HIDDEN, 1), chances)
    rates = torch.tensor(rates)
    adam_g, adam_d = Adam(generator, rates), Adam(discriminator, rates)

    def latents(count):
        return torch.stack([torch.randn(count, LATENT, generator=g) for g in chances])

    def real():
        drawn = []
        for g in chances:
            which = torch.randint(8, (BATCH,), generator=g)
            drawn.append(CENTRES[which] + SPREAD * torch.randn(BATCH, 2, generator=g))
        return torch.stack(drawn)

    modes, near, before = [], [], None
    for step in range(1, STEPS + 1):
        if step % generator_steps == 0 and (stop is None or step <= stop):
            for _ in range(discriminator_steps):
                fake = generator(latents(BATCH)).detach()
                loss = F.softplus(-discriminator(real())) + F.softplus(discriminator(fake))
                adam_d.step(loss.mean((1, 2)).sum())
        fake = discriminator(generator(latents(BATCH)))
        loss = -F.softplus(fake) if minimax else F.softplus(-fake)
        adam_g.step(loss.mean((1, 2)).sum())
        if step == stop:
            with torch.no_grad():
                before = measured(generator(latents(1000)))[0]
        if step > STEPS - 1000 and step % 100 == 0:
            with torch.no_grad():
                for kept, value in zip(
                    (modes, near), measured(generator(latents(1000))), strict=True
                ):
                    kept.append(value)
    modes, near = np.array(modes), np.array(near)
    return pd.DataFrame({
        "seed": seeds, "rate": rates.numpy(), "modes": modes.mean(0), "fewest": modes.min(0),
        "near": near.mean(0), "modes_before": before,
    })  # fmt: skip


def main():
    """Choose the rate of each arm, then run its seeds."""
    torch.set_num_threads(1)
    tables, first = [], None
    for arm, options in ARMS.items():
        sweep = train(list(RATES), [TUNING] * len(RATES), **options)
        best = max(range(len(RATES)), key=lambda n: (sweep["modes"][n], sweep["near"][n]))
        first = best if arm == "1 : 1" else first
        best = first if arm == "frozen" else best
        runs = train([RATES[best]] * len(SEEDS), [*SEEDS], **options)
        for table, tuned in ((sweep, False), (runs, True)):
            tables.append(table.assign(arm=arm, tuned=tuned))
            print(tables[-1].round(3).to_string(), flush=True)
    table = pd.concat(tables)
    table["rate"] = table["rate"].astype(float).round(6)
    evidence.save("ring_of_gaussians", table.round(4))


if __name__ == "__main__":
    main()
