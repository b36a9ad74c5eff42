"""What pooling costs where every pixel counts: drawn shapes, cut out and named.

Every arm has as many weights and, up to a few pixels, the same receptive field. Two local layers
come first, then a maximum over n×n places, then two layers whose weights stand eight pixels apart.
With stride n these work on a coarse grid; "every pixel" takes the maxima of "pooled 4" with stride
1, and spreads the weights by dilation. With equal weights the outputs of "pooled 4" are every
fourth one of "every pixel", so between these two only the resolution differs.
Each arm is trained until the loss on validation images stops falling; its learning rate is the
one with the lowest such loss with a seed that is not used again.
"""

import sys
import time

import numpy as np
import pandas as pd
import torch
from scipy import ndimage
from torch import nn
from torch.nn import functional as F  # noqa: N812  torch's own habit

from coursecnn import data, evidence

SEEDS, TUNING_SEED = range(5), 99
RATES = (0.003, 0.01, 0.03)
IMAGES = {"mask": 200, "class": 400}  # to learn from
ARMS = {  # window, stride
    "no pooling": (1, 1),
    "pooled 2": (2, 2),
    "pooled 4": (4, 4),
    "pooled 8": (8, 8),
    "every pixel": (4, 1),
}
PATIENCE, MOST = 6, 200  # epochs


class DenseMax(nn.Module):
    """The maximum of the window around every pixel; the size stays."""

    def __init__(self, window):
        super().__init__()
        self.window = window

    def forward(self, x):
        """Maps (N, C, H, W) that are not negative, to the same shape."""
        before, after = (self.window - 1) // 2, self.window // 2
        rows = F.max_pool2d(F.pad(x, (before, after, before, after)), (self.window, 1), 1)
        return F.max_pool2d(rows, (1, self.window), 1)  # quicker than both at once


def network(window, stride, outputs, width=8):
    """The layers of one arm; per-pixel outputs come back in the size of the input."""
    dilation = 8 // stride
    pool = nn.MaxPool2d(window) if stride > 1 else DenseMax(window)

    def block(before, after, dilation=1):
        convolution = nn.Conv2d(before, after, 3, padding=dilation, dilation=dilation, bias=False)
        return [convolution, nn.BatchNorm2d(after), nn.ReLU()]

    return nn.Sequential(
        *block(3, width),
        *block(width, width),
        pool,
        *block(width, width, dilation),
        *block(width, width, dilation),
        nn.Conv2d(width, outputs, 1),
    )


def outputs(model, images, task):
    """Logits for every pixel, or for the whole image."""
    maps = model(images)
    if task == "class":
        return maps.mean((2, 3))
    return F.interpolate(maps, size=images.shape[2:], mode="bilinear", align_corners=False)


def tensors(split, task, n, seed):
    """Images in −1…1, and what is to be said of them."""
    shapes = data.geometric_shapes(split, n=n, size=24, seed=seed)
    images = torch.from_numpy(shapes.images).float() / 127.5 - 1
    target = shapes.masks if task == "mask" else shapes.labels
    return images.to(memory_format=torch.channels_last), torch.from_numpy(target).long()


def train(model, task, seed, rate):
    """Until the validation loss stops falling, then once more with a tenth of the rate."""
    x, y = tensors("train", task, IMAGES[task], seed)
    val_x, val_y = tensors("val", task, 200, seed)
    rng = torch.Generator().manual_seed(seed)
    best, epochs = np.inf, 0
    for lr in (rate, rate / 10):
        optimizer, waited = torch.optim.Adam(model.parameters(), lr), 0
        for _ in range(MOST):
            model.train()
            for batch in torch.randperm(len(x), generator=rng).split(25):
                loss = F.cross_entropy(outputs(model, x[batch], task), y[batch])
                optimizer.zero_grad()
                loss.backward()
                optimizer.step()
            epochs += 1
            model.eval()
            with torch.no_grad():
                val = F.cross_entropy(outputs(model, val_x, task), val_y).item()
            if val < best:
                best, waited = val, 0
                state = {name: value.clone() for name, value in model.state_dict().items()}
            elif (waited := waited + 1) == PATIENCE:
                break
        model.load_state_dict(state)
    return best, epochs


def near(masks, reach=2):
    """Which pixels lie within `reach` pixels of the outline."""
    shape = np.ones((1, 2 * reach + 1, 2 * reach + 1))
    return ndimage.grey_dilation(masks, footprint=shape) != ndimage.grey_erosion(
        masks, footprint=shape
    )


def judge(model, task, seed):
    """Errors on 400 test images, in percent."""
    x, y = tensors("test", task, 400, seed)
    with torch.no_grad():
        said = torch.cat([outputs(model, part, task).argmax(1) for part in x.split(100)])
    wrong = (said != y).numpy()
    if task == "class":
        return {"error": 100 * wrong.mean()}
    border = near(y.numpy())
    both, either = (said & y).sum((1, 2)), (said | y).sum((1, 2))
    return {
        "error": 100 * wrong.mean(),
        "border": 100 * wrong[border].mean(),
        "inside": 100 * wrong[~border].mean(),
        "iou": 100 * (both / either).mean().item(),
    }


def run(arm, task, seed, rate):
    """One network from first weights to its errors."""
    torch.manual_seed(seed)
    start = time.process_time()
    model = network(*ARMS[arm], outputs=2 if task == "mask" else 5)
    model.to(memory_format=torch.channels_last)
    val_loss, epochs = train(model, task, seed, rate)
    return {
        "rate": rate, "val_loss": val_loss, "epochs": epochs, **judge(model, task, seed),
        "seconds": time.process_time() - start,
    }  # fmt: skip


def tuned(arm, task):
    """The rate with the lowest validation loss, with a seed that is not used again."""
    losses = {rate: run(arm, task, TUNING_SEED, rate)["val_loss"] for rate in RATES}
    return min(losses, key=losses.get)


if __name__ == "__main__":
    torch.set_num_threads(1)
    rows = []
    for arm in ARMS:
        rates = {task: tuned(arm, task) for task in IMAGES}
        for seed in SEEDS:
            row = {"arm": arm, "seed": seed}
            for task, rate in rates.items():
                of_task = run(arm, task, seed, rate)
                row |= {f"{task}_{name}": value for name, value in of_task.items()}
            rows.append(row)
            print(row, file=sys.stderr, flush=True)
    evidence.save("pooled_shapes", pd.DataFrame(rows).round(4))
