"""Hide a part of the image, and see whether the network still recognises it."""

from dataclasses import dataclass

import numpy as np
import torch

from coursecnn.explain.door import as_input, class_scores, evaluating
from coursecnn.shapes import pair


@dataclass(frozen=True, eq=False)
class Occlusion:
    """What hiding each window did to the probability of a class.

    Attributes
    ----------
    drop : ndarray, shape (N, rows, columns)
        Probability of the whole image minus that of the image with the window hidden: positive
        where the window was evidence for the class, negative where it was evidence against it.
    tops : ndarray of int, shape (rows,)
        First row of pixels of each window.
    lefts : ndarray of int, shape (columns,)
        First column of pixels of each window.
    size : (int, int)
        Height and width of the windows.
    target : ndarray of int, shape (N,)
        The class of each image.
    """

    drop: np.ndarray
    tops: np.ndarray
    lefts: np.ndarray
    size: tuple[int, int]
    target: np.ndarray

    @property
    def map(self):
        """For each pixel the mean drop of the windows that hid it, shape (N, H, W)."""
        (height, width), n = self.size, len(self.drop)
        shape = self.tops[-1] + height, self.lefts[-1] + width
        total, count = np.zeros((n, *shape), self.drop.dtype), np.zeros(shape, self.drop.dtype)
        for row, top in enumerate(self.tops):
            for column, left in enumerate(self.lefts):
                window = slice(top, top + height), slice(left, left + width)
                total[:, *window] += self.drop[:, row, column, None, None]
                count[window] += 1
        return total / count


def occlusion(model, images, target=None, *, size, stride=None, fill=0.0):
    """Slide a plain window over the images, and note how the probability of a class drops.

    Parameters
    ----------
    model : nn.Module
        Gives logits; nothing in it is changed.
    images : ImageSet, or ndarray or Tensor, shape (N, C, H, W)
        Bytes, or floats as the model takes them.
    target : int or sequence of int, shape (N,), optional
        The class, for all images or for each; by default the one that the model finds likeliest.
    size : int or (int, int)
        Height and width of the window, in pixels.
    stride : int or (int, int), optional
        Step between neighbouring windows, at most their size, by default half of it. Where it does
        not divide the image, the last window ends at the border.
    fill : float, default 0.0
        Value of the window in every channel, in the units of the model's input: 0 is mid-grey
        where bytes are scaled to −1…1.

    Returns
    -------
    Occlusion
        The drops, and where the windows were.

    Raises
    ------
    TypeError
        If `images` are neither bytes nor floats, or sizes or classes are not whole numbers.
    ValueError
        If the images have another shape, the model no such class, a window exceeds the image, or
        windows would leave gaps.

    References
    ----------
    .. [1] M. D. Zeiler and R. Fergus, "Visualizing and understanding convolutional networks",
       ECCV 2014, section 4.2.
    """
    x = as_input(model, images)
    size = pair(size, name="size", minimum=1)
    default = [max(1, length // 2) for length in size]
    stride = pair(default if stride is None else stride, name="stride", minimum=1)
    tops, lefts = (_starts(*lengths) for lengths in zip(x.shape[2:], size, stride, strict=True))
    with evaluating(model), torch.no_grad():
        _, labels = class_scores(model, x, target)
        whole = _probabilities(model, x, labels)
        drop = np.empty((len(x), len(tops), len(lefts)), whole.dtype)
        for row, top in enumerate(tops):
            for column, left in enumerate(lefts):
                hidden = x.clone()
                hidden[:, :, top : top + size[0], left : left + size[1]] = fill
                drop[:, row, column] = whole - _probabilities(model, hidden, labels)
    return Occlusion(drop, tops, lefts, size, labels.cpu().numpy())


def _starts(length, size, stride):
    """Where windows begin along an axis: every `stride` pixels, and the last one at the border."""
    if size > length:
        raise ValueError(f"`size` must fit into the image; received {size} for {length} pixels.")
    if stride > size:
        raise ValueError(
            f"`stride` must be at most `size`, so that every pixel is hidden once; received "
            f"{stride} and {size}."
        )
    return np.array([*range(0, length - size, stride), length - size])


def _probabilities(model, x, labels):
    """Probability of one class per image."""
    return model(x).softmax(1).gather(1, labels[:, None])[:, 0].cpu().numpy()
