"""Images on demand: latents and labels go in, labelled images come out."""

import numpy as np
import torch

from coursecnn.data import ImageSet
from coursecnn.gan.latents import draw_latents
from coursecnn.shapes.integers import integer

PROVENANCE = (
    "Synthetic: drawn by a generator, a network that was trained on other images; nobody made or "
    "recorded any of these. A label is the class that the generator was asked for, which is not "
    "always what the image shows."
)


def synthesise(generator, n, labels=None, *, seed=0, class_names=None):
    """Draw a labelled set of images that nobody recorded.

    Parameters
    ----------
    generator : nn.Module
        Such as `models.Generator`; its training mode is restored afterwards.
    n : int
        How many images.
    labels : int or array_like of int, shape (n,), optional
        One class for all, or a class for each; by default the classes take turns, so that there
        are equally many of each.
    seed : int, default 0
        The same seed draws the same latents.
    class_names : sequence of str, optional
        One name per class; by default its number.

    Returns
    -------
    ImageSet
        Its provenance says that it is synthetic.

    Raises
    ------
    TypeError
        If `n` or a label is no whole number.
    ValueError
        If there are not `n` labels, a label is no class of the generator, or the names do not fit.

    Examples
    --------
    >>> from coursecnn.models import Generator
    >>> synthesise(Generator(), 20)
    ImageSet(synthetic: 20 images of 1×28×28, 10 classes)
    """
    integer(n, "n", minimum=1)
    classes = generator.num_classes
    names = tuple(map(str, range(classes))) if class_names is None else tuple(class_names)
    if len(names) != classes:
        raise ValueError(
            f"`class_names` must be {classes} names, one per class; received {len(names)}."
        )
    labels = _labels(labels, n, classes)
    latents = draw_latents(n, generator.latent_size, seed=seed)
    return ImageSet(generate(generator, latents, labels), labels, names, "synthetic", PROVENANCE)


def _labels(labels, n, classes):
    """One label per image."""
    if labels is None:
        return np.arange(n) % classes
    labels = np.asarray(labels)
    if labels.dtype.kind not in "iu":
        raise TypeError(f"`labels` must be whole numbers; received {labels.dtype}.")
    if labels.shape not in ((), (n,)):
        raise ValueError(
            f"`labels` must be one class, or one for each of the {n} images; received an array of "
            f"shape {labels.shape}."
        )
    if labels.size and not 0 <= labels.min() <= labels.max() < classes:
        raise ValueError(
            f"`labels` must lie in 0…{classes - 1}, the classes of `generator`; received "
            f"{labels.min()}…{labels.max()}."
        )
    return np.broadcast_to(labels, n).astype(np.int64)


@torch.no_grad()
def generate(generator, latents, labels, *, batch_size=500):
    """What a generator draws of given latents, in evaluation mode.

    Parameters
    ----------
    generator : nn.Module
        Such as `models.Generator`; its training mode is restored afterwards.
    latents : array_like, shape (N, latent_size)
        Where in the space to look.
    labels : array_like of int, shape (N,)
        The class of each image.
    batch_size : int, default 500
        How many images go through the generator at once; the result does not depend on it.

    Returns
    -------
    ndarray of uint8, shape (N, C, H, W)
        Pixels.
    """
    device = next(generator.parameters()).device
    latents = torch.as_tensor(np.asarray(latents, np.float32), device=device)
    labels = torch.as_tensor(np.asarray(labels), device=device)
    was_training = generator.training
    generator.eval()
    parts = zip(latents.split(batch_size), labels.split(batch_size), strict=True)
    images = [to_pixels(generator(*part)).cpu() for part in parts]
    generator.train(was_training)
    return torch.cat(images).numpy()


def to_pixels(images):
    """Bytes 0…255 from floats −1…1: the way back from `training.to_input`.

    Parameters
    ----------
    images : Tensor, shape (N, C, H, W)
        Black is −1, white is 1; what lies beyond is cut off.

    Returns
    -------
    Tensor of uint8, shape (N, C, H, W)
        Rounded to the nearest byte.
    """
    return ((images.detach() + 1) * 127.5).round().clamp(0, 255).to(torch.uint8)
