"""One step of learning: predict, measure, differentiate, move the weights."""

import torch
from torch.nn import functional as F  # noqa: N812  torch's own habit

from coursecnn.training import finite
from coursecnn.training.pixels import to_input

AUXILIARY = 0.3  # weight of a loss on inner layers: Szegedy et al. 2015, section 5


def learn(run):
    """Take one batch and make one step with it.

    The batch is shared out over the processes, and each share is worked off in `accumulate`
    parts. Every image weighs the same, so neither changes the step but for rounding; batch norm
    and dropout, though, see the parts.

    Parameters
    ----------
    run : Run
        All processes must call this together.

    Raises
    ------
    FloatingPointError
        If the loss is not a number; the message says where.
    """
    images, targets = run.batches.draw()
    weight = len(targets) / run.fabric.world_size  # DDP takes the mean over processes
    parts = _parts(images, targets, run)
    run.optimizer.zero_grad()
    for number, part in enumerate(parts, 1):
        with run.fabric.no_backward_sync(run.model, enabled=number < len(parts)):
            _differentiate(run, *part, weight)
    finite.check_loss(run)
    _step(run)


def _parts(images, targets, run):
    """The share of this process in a batch, in parts. One without a share looks on: it must take
    part in adding up the gradients, and does so with an image that nothing is wanted of."""
    rank, world = run.fabric.global_rank, run.fabric.world_size
    mine = [whole.tensor_split(world)[rank] for whole in (images, targets)]
    if not len(mine[1]):
        return [(images[:1], targets[:0])]
    size = -(-len(mine[1]) // run.settings.accumulate)
    return list(zip(*(share.split(size) for share in mine), strict=True))


def _differentiate(run, images, targets, weight):
    """Add the gradient of some images to what there is, and their loss to the sum."""
    outputs = run.model(to_input(images, memory_format=run.layout))
    logits, *others = outputs if isinstance(outputs, tuple) else (outputs,)
    loss = _loss(run, logits, targets) / weight
    for auxiliary in others:
        loss = loss + AUXILIARY * _loss(run, auxiliary, targets) / weight
    run.fabric.backward(loss)
    labels = targets if targets.ndim == 1 else targets.argmax(1)
    hits = (logits[: len(targets)].argmax(1) == labels).sum()
    run.total += torch.stack([loss.detach() * weight, hits])


def _loss(run, logits, targets):
    smoothing = run.settings.label_smoothing
    return F.cross_entropy(
        logits[: len(targets)], targets, reduction="sum", label_smoothing=smoothing
    )


def _step(run):
    """Move the weights against the gradient."""
    if run.settings.clip_norm is not None:
        norm = {"max_norm": run.settings.clip_norm, "error_if_nonfinite": False}
        run.fabric.clip_gradients(run.model, run.optimizer, **norm)
    run.optimizer.step()
    run.schedule.step()
    run.step += 1
