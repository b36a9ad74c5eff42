"""From an image set to what a network takes: pixels as numbers, and batches in a random order."""

import warnings

import numpy as np
import torch
from torch.nn import functional as F  # noqa: N812  torch's own habit


def to_input(images, device=None, memory_format=torch.preserve_format):
    """Scale bytes 0…255 to floats −1…1.

    Parameters
    ----------
    images : ndarray or Tensor of uint8, shape (N, C, H, W)
        Pixels.
    device : torch.device, optional
        Where the result shall be; by default where `images` is.
    memory_format : torch.memory_format, default torch.preserve_format
        How the result lies in memory: as `images` do, or `torch.channels_last`.

    Returns
    -------
    Tensor of float32, shape (N, C, H, W)
        Black is −1, white is 1.
    """
    pixels = torch.as_tensor(images, device=device)
    return pixels.to(torch.float32, memory_format=memory_format).mul_(2 / 255).sub_(1)


class Batches:
    """An image set as one tensor of bytes; a batch is a gather from it, then augmented.

    The tensor lies on the device, unless it would fill more than half of what is free on a GPU:
    then it stays where it is, and batches travel.

    Parameters
    ----------
    image_set : ImageSet
        The images; their array may be mapped from a file.
    batch_size : int
        Images per batch; the last of an epoch may have fewer.
    seed : int
        Decides the order and the augmentation.
    device : torch.device
        Where batches are wanted.
    augment, mix : callable, optional
        As `fit` takes them.
    outputs : int, optional
        How many classes targets have; `mix` needs it.
    """

    def __init__(
        self, image_set, batch_size, seed, device, *, augment=None, mix=None, outputs=None
    ):
        self.device = device
        self.images = _place(image_set.images, device)
        self.labels = torch.as_tensor(image_set.labels, device=device)
        self.batch_size = batch_size
        self.augment, self.mix, self.outputs = augment, mix, outputs
        self.generator = torch.Generator().manual_seed(seed)
        self.order, self.place = None, 0

    def __len__(self):
        return -(-len(self.labels) // self.batch_size)

    def draw(self):
        """The next batch; after the last of an epoch the images are shuffled anew.

        Returns
        -------
        Tensor of uint8, shape (n, C, H, W)
            Images, on the device.
        Tensor
            Labels, int64, shape (n,); where there is a `mix`, probabilities, shape (n, outputs).
        """
        if self.place == 0:
            self.order = torch.randperm(len(self.labels), generator=self.generator)
        indices = self.order[self.place : self.place + self.batch_size]
        self.place = (self.place + len(indices)) % len(self.labels)
        images = self.images.index_select(0, indices.to(self.images.device)).to(self.device)
        if self.augment is not None:
            images = self.augment(images, self.generator)
        labels = self.labels[indices.to(self.device)]
        if self.mix is None:
            return images, labels
        return self.mix(images, F.one_hot(labels, self.outputs).float(), self.generator)

    def state_dict(self):
        """Where in the epoch this stands, as tensors and numbers."""
        return {
            "generator": self.generator.get_state(),
            "order": self.order,
            "place": self.place,
        }

    def load_state_dict(self, state):
        """Go on from where `state_dict` was taken."""
        self.generator.set_state(state["generator"].cpu())
        self.order, self.place = state["order"], state["place"]


def _place(images, device):
    """The array as a tensor, on the device if it may be there."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)  # mapped files are read-only; so are we
        pixels = torch.from_numpy(np.ascontiguousarray(images))
    if device.type == "cuda" and pixels.nbytes > torch.cuda.mem_get_info(device)[0] // 2:
        return pixels
    return pixels.to(device)
