"""A network for small photographs that is trained already, to look into."""

import numpy as np
import torch
from torch import nn

from coursecnn.data import bundled

FILE = "photo-cnn.npz"


def network():
    """The network before training: three convolutions, the first with kernels of 9×9."""
    return nn.Sequential(
        nn.Conv2d(3, 16, 9, stride=2, padding=4, bias=False), nn.BatchNorm2d(16), nn.ReLU(),
        nn.Conv2d(16, 32, 3, padding=1, bias=False), nn.BatchNorm2d(32), nn.ReLU(),
        nn.MaxPool2d(2),
        nn.Conv2d(32, 64, 3, padding=1, bias=False), nn.BatchNorm2d(64), nn.ReLU(),
        nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(64, 10),
    )  # fmt: skip


def trained_network():
    """The CNN that `experiments/look_inside.py` has trained on 16,000 photographs of CIFAR-10.

    Its weights are stored in half precision.

    Returns
    -------
    nn.Sequential
        In evaluation mode, on the CPU. Maps images, shape (N, 3, H, W), to the logits of the ten
        classes of `data.cifar10`.

    Raises
    ------
    DataError
        If the file is missing, truncated or altered.

    Examples
    --------
    >>> from coursecnn.explain import filters
    >>> filters(trained_network(), "0").shape
    (16, 3, 9, 9)
    """
    with np.load(bundled.path(FILE)) as stored:
        state = {name: torch.from_numpy(stored[name]) for name in stored.files}
    model = network()
    model.load_state_dict(state)  # float16 becomes float32 on the way
    return model.eval()
