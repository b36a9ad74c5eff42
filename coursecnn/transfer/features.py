"""Features: what a layer of a trained network says of images, as rows of a table."""

from contextlib import contextmanager
from dataclasses import dataclass, replace

import numpy as np
import torch

from coursecnn.data.imageset import draw
from coursecnn.models.modules import evaluating, find_layer
from coursecnn.progress import progress
from coursecnn.shapes.integers import integer
from coursecnn.training import to_input
from coursecnn.transfer.resize import resized

#: What becomes of the maps of a layer, shape (N, C, H, W).
POOLS = {
    "mean": lambda maps: maps.flatten(2).mean(2),
    "max": lambda maps: maps.flatten(2).amax(2),
    None: lambda maps: maps.flatten(1),
}


@dataclass(frozen=True, eq=False)
class Features:
    """Labelled vectors: to a head what an `ImageSet` is to a network.

    Parameters
    ----------
    values : ndarray of float32, shape (N, D)
        A row for each image.
    labels : ndarray of int64, shape (N,)
        Index into `class_names`.
    class_names : tuple of str
        One name per class.

    Raises
    ------
    ValueError
        If the shapes disagree.
    """

    values: np.ndarray
    labels: np.ndarray
    class_names: tuple[str, ...]

    def __post_init__(self):
        if self.values.ndim != 2:
            raise ValueError(f"`values` must have shape (N, D); received {self.values.shape}")
        if self.labels.shape != (len(self.values),):
            raise ValueError(
                f"`labels` must have shape ({len(self.values)},), one label per row of `values`; "
                f"received {self.labels.shape}"
            )

    def __len__(self):
        return len(self.values)

    def __repr__(self):
        n, d = self.values.shape
        return f"Features({n:,} vectors of {d:,} numbers, {len(self.class_names)} classes)"

    def take(self, indices):
        """The rows at `indices`, in that order.

        Parameters
        ----------
        indices : ndarray of int or bool, shape (M,) or (N,)
            Positions, or a mask over all rows.

        Returns
        -------
        Features
            A copy with M rows.
        """
        return replace(self, values=self.values[indices], labels=self.labels[indices])

    def subset(self, n, *, seed=0):
        """Draw `n` rows at random, as many of each class as `n` allows.

        They are those of the images that `ImageSet.subset` draws with the same seed, so that
        features need to be extracted once only.

        Parameters
        ----------
        n : int
            How many rows to draw, without replacement.
        seed : int, default 0
            The same seed draws the same rows.

        Returns
        -------
        Features
            Classes differ by at most one row, unless a class runs out.

        Raises
        ------
        ValueError
            If there are fewer than `n` rows.
        """
        return self.take(draw(self.labels, n, seed))


def extract_features(model, layer, images, *, pool="mean", size=None, batch_size=50):
    """What a layer puts out for each image, in evaluation mode.

    Parameters
    ----------
    model : nn.Module
        A trained network. It is left as it was; nothing behind the layer is computed.
    layer : str or nn.Module
        A name of `model.named_modules()`, or the module itself. Where it is called several times
        for one batch, its first output counts.
    images : ImageSet
        What to look at.
    pool : {"mean", "max", None}, default "mean"
        What becomes of maps, shape (C, H, W): the mean or the largest value of each, C numbers;
        None lays all C·H·W numbers out in a row. The output of a dense layer is taken as it is.
    size : int, optional
        Height and width to which images are resized, as `resize` does it; by default
        `model.image_size`, or as they are if the model has no such attribute.
    batch_size : int, default 50
        How many images go through the model at once; the result does not depend on it.

    Returns
    -------
    Features
        A row for each image, with its label and the names of the classes: what heads learn from.

    Raises
    ------
    TypeError
        If `size` or `batch_size` is not an integer.
    ValueError
        If the model has no such layer, never calls it or does not take the images, there are no
        images, or `pool` is not known.

    References
    ----------
    .. [1] A. S. Razavian et al., "CNN features off-the-shelf: an astounding baseline for
       recognition", CVPR workshops 2014.

    Examples
    --------
    >>> from coursecnn import data, models
    >>> digits, lenet = data.mnist("test"), models.build("lenet5", padding=2)
    >>> extract_features(lenet, "features", digits, pool=None)
    Features(2,000 vectors of 400 numbers, 10 classes)
    """
    if pool not in POOLS:
        known = ", ".join(map(repr, POOLS))
        raise ValueError(f"`pool` must be one of {known}; received {pool!r}")
    batch_size = integer(batch_size, "batch_size", minimum=1)
    size = getattr(model, "image_size", None) if size is None else integer(size, "size", minimum=1)
    if not len(images):
        raise ValueError("`images` is empty; it must have at least one image")
    name, module = find_layer(model, layer, "layer")
    rows = []
    with torch.no_grad(), _stopping_behind(module), evaluating(model):
        for start in progress(range(0, len(images), batch_size), "features"):
            pixels = torch.as_tensor(images.images[start : start + batch_size])
            pixels = pixels if size is None else resized(pixels, size)
            rows.append(_rows(_output(model, name, pixels), name, pool))
    return Features(np.concatenate(rows), images.labels, images.class_names)


class _Reached(Exception):  # noqa: N818  no error: what stops the forward pass at the layer
    """Carries the output of the layer."""


@contextmanager
def _stopping_behind(module):
    """What comes behind the module is not computed meanwhile."""

    def stop(module, given, output):
        raise _Reached(output)

    hook = module.register_forward_hook(stop)
    try:
        yield
    finally:
        hook.remove()


def _output(model, name, pixels):
    """What the layer puts out for a batch of bytes."""
    weights = next(model.parameters(), torch.zeros(()))
    layout = torch.channels_last if pixels.ndim == 4 else torch.preserve_format
    try:
        model(to_input(pixels, weights.device, layout))  # convolutions are quicker in this layout
    except _Reached as reached:
        return reached.args[0]
    except (RuntimeError, ValueError) as error:
        shape = "×".join(map(str, pixels.shape[1:]))
        raise ValueError(f"`model` does not take images of {shape}: {error}") from error
    raise ValueError(f"`layer`={name!r} is never called when `model` sees an image")


def _rows(output, name, pool):
    """An output as an array with a row for each image."""
    if not isinstance(output, torch.Tensor) or output.ndim < 2:
        found = tuple(output.shape) if isinstance(output, torch.Tensor) else type(output).__name__
        raise ValueError(
            f"`layer`={name!r} must put out maps, shape (N, C, H, W), or vectors, shape (N, D); "
            f"it gave {found}"
        )
    output = output.float()
    return (POOLS[pool](output) if output.ndim > 2 else output).cpu().numpy()
