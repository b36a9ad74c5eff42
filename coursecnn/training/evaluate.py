"""What a trained model says of images it has not seen."""

import numpy as np
import torch
from torch.nn import functional as F  # noqa: N812  torch's own habit

from coursecnn.training import inputs
from coursecnn.training.batches import to_input


def predict(model, images, *, batch_size=500):
    """Class probabilities, in evaluation mode.

    Parameters
    ----------
    model : nn.Module
        Gives logits; its training mode is restored afterwards.
    images : ImageSet, or ndarray of uint8, shape (N, C, H, W)
        What to classify.
    batch_size : int, default 500
        How many images go through the model at once; the result does not depend on it.

    Returns
    -------
    ndarray of float32, shape (N, num_classes)
        Rows sum to 1.

    Raises
    ------
    ValueError
        If there are no images.
    """
    pixels = getattr(images, "images", images)
    inputs.check_not_empty("images", pixels)
    return _logits(model, pixels, batch_size).softmax(1).cpu().numpy()


def accuracy(model, image_set):
    """Share of the images whose most probable class is the right one.

    Parameters
    ----------
    model : nn.Module
        Gives logits.
    image_set : ImageSet
        Labelled images.

    Returns
    -------
    float
        Between 0 and 1.

    Raises
    ------
    ValueError
        If there are no images.

    Warns
    -----
    UserWarning
        If there is no image of some class.
    """
    inputs.check_not_empty("image_set", image_set)
    inputs.warn_of_missing_classes("image_set", image_set)
    return float(np.mean(predict(model, image_set).argmax(1) == image_set.labels))


def measure(fabric, model, image_set):
    """Mean cross-entropy in nats, and the share of right answers.

    Every process looks at its share of the images; `model` is not the one that Fabric has wrapped.
    """
    share = slice(fabric.global_rank, None, fabric.world_size)
    sums = torch.zeros(2, device=fabric.device)
    if len(image_set) > fabric.global_rank:
        with fabric.autocast():
            logits = _logits(model, image_set.images[share])
        labels = torch.as_tensor(image_set.labels[share], device=logits.device)
        # Not from probabilities: that of a confident mistake is 0 in float32.
        loss = F.cross_entropy(logits, labels, reduction="sum")
        sums += torch.stack([loss, (logits.argmax(1) == labels).sum()])
    return (fabric.all_reduce(sums, reduce_op="sum") / len(image_set)).tolist()


@torch.no_grad()
def _logits(model, pixels, batch_size=500):
    """What the model puts out in evaluation mode, as float32 and on its device."""
    device = next(model.parameters()).device
    was_training = model.training
    model.eval()
    outputs = [
        model(to_input(pixels[start : start + batch_size], device))
        for start in range(0, len(pixels), batch_size)
    ]
    model.train(was_training)
    return torch.cat(outputs).float()
