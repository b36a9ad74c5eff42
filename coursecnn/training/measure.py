"""What a model makes of images that it does not learn from, over all processes together."""

import torch
from torch.nn import functional as F  # noqa: N812  torch's own habit

from coursecnn.training.evaluate import logits


def measure(fabric, model, image_set):
    """Loss and accuracy; every process looks at its share of the images.

    Parameters
    ----------
    fabric : Fabric
        Launched.
    model : nn.Module
        Not wrapped for several processes.
    image_set : ImageSet
        Labelled images.

    Returns
    -------
    tuple of float
        Mean cross-entropy in nats, and the share of right answers.
    """
    share = slice(fabric.global_rank, None, fabric.world_size)
    sums = torch.zeros(2, device=fabric.device)
    if len(image_set) > fabric.global_rank:
        with fabric.autocast():
            outputs = logits(model, image_set.images[share])
        labels = torch.as_tensor(image_set.labels[share], device=outputs.device)
        # Not from probabilities: that of a confident mistake is 0 in float32.
        loss = F.cross_entropy(outputs, labels, reduction="sum")
        sums += torch.stack([loss, (outputs.argmax(1) == labels).sum()])
    return (fabric.all_reduce(sums, reduce_op="sum") / len(image_set)).tolist()
