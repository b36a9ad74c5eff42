"""LeNet-5 on MNIST in `numpy_net` beside torch: seconds of an epoch, and what it learns.

Both run in one process on one thread. Writes numpy_net.md.
"""

import os

os.environ["OMP_NUM_THREADS"] = os.environ["OPENBLAS_NUM_THREADS"] = "1"  # before NumPy starts
os.environ["COURSECNN_PROGRESS"] = "0"

from pathlib import Path

import numpy as np
import torch
from parts.clock import holds, machine, markdown_table, race, ratio, spread, write

from coursecnn import data
from coursecnn.models import LeNet5
from coursecnn.numpy_net import Adam, evaluate, fit, lenet5

BATCH, ROUNDS, EPOCHS, SEEDS = 64, 5, 10, range(5)


def torch_epoch(model, optimizer, train, rng):
    """The usual loop, on tensors in memory."""
    images, labels = torch.as_tensor(train.images), torch.as_tensor(train.labels)
    for batch in torch.as_tensor(rng.permutation(len(train))).split(BATCH):
        pixels = images[batch].float().mul_(2 / 255).sub_(1)
        loss = torch.nn.functional.cross_entropy(model(pixels), labels[batch])
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()


def epochs():
    """CPU seconds of one epoch in torch and in NumPy, round by round."""
    train, rng = data.mnist("train"), np.random.default_rng(0)
    net, model = lenet5(rng=rng), LeNet5(padding=2)
    ours, theirs = Adam(), torch.optim.Adam(model.parameters())
    return race(
        [
            lambda: torch_epoch(model, theirs, train, rng),
            lambda: fit(net, train, optimizer=ours, epochs=1, batch_size=BATCH),
        ],
        ROUNDS,
    )


def accuracy(seed):
    """Share of the test digits that a network reads after all epochs."""
    net = lenet5(rng=np.random.default_rng(seed))
    fit(net, data.mnist("train"), optimizer=Adam(0.005), epochs=EPOCHS, batch_size=BATCH,
        schedule="one_cycle", seed=seed)  # fmt: skip
    return evaluate(net, data.mnist("test"))["accuracy"]


def main():
    """Measure, and write the report."""
    torch.set_num_threads(1)
    times = epochs()
    quotient = ratio(times, 1)
    shares = [accuracy(seed) for seed in SEEDS]
    theirs, ours = np.median(times, axis=0)
    rows = [
        ["epoch, ours / torch", spread(quotient), "≤ 2", holds(quotient[0] <= 2)],
        ["test accuracy, worst seed", f"{min(shares):.2%}", "≥ 97.5%", holds(min(shares) >= 0.975)],
    ]
    text = f"""# LeNet-5 on MNIST in NumPy beside torch

Written by `benchmarks/numpy_net.py`; `make bench` measures anew. {machine(torch)}
One thread, CPU time; 7,000 images in batches of {BATCH}, Adam; {ROUNDS} rounds in which both run in
turn, quartiles in brackets. An epoch takes torch {theirs:.2f} s and NumPy {ours:.2f} s.

{markdown_table(["what", "measured", "bar", "holds"], rows)}

After {EPOCHS} epochs of one cycle at 0.005, {len(SEEDS)} seeds read
{", ".join(f"{share:.2%}" for share in shares)} of the 2,000 test digits.
"""
    write(Path(__file__).with_suffix(".md"), text)
    print(text)


if __name__ == "__main__":
    main()
