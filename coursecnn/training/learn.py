"""One step of learning: predict, measure, differentiate, move the weights."""

import torch
from torch.nn import functional as F  # noqa: N812  torch's own habit

from coursecnn.training import finite
from coursecnn.training.pixels import to_input

IGNORED = -100  # the label that cross_entropy passes over


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
    fabric, settings = run.fabric, run.settings
    images, labels = run.batches.draw()
    weight = len(labels) / fabric.world_size  # DDP takes the mean over processes
    parts = _parts(images, labels, fabric, settings.accumulate)
    run.optimizer.zero_grad()
    for number, (images, labels) in enumerate(parts, 1):
        with fabric.no_backward_sync(run.model, enabled=number < len(parts)):
            logits = run.model(to_input(images, memory_format=run.layout))
            loss = (
                F.cross_entropy(
                    logits, labels, reduction="sum", label_smoothing=settings.label_smoothing
                )
                / weight
            )
            fabric.backward(loss)
        hits = (logits.argmax(1) == labels).sum()
        run.total += torch.stack([loss.detach() * weight, hits])
    finite.check_loss(run)
    if settings.clip_norm is not None:
        fabric.clip_gradients(
            run.model, run.optimizer, max_norm=settings.clip_norm, error_if_nonfinite=False
        )
    run.optimizer.step()
    run.schedule.step()
    run.step += 1


def _parts(images, labels, fabric, accumulate):
    """This process's share of a batch, in parts. One without a share looks on: it must take part
    in adding up the gradients, and does so with an image whose loss is ignored."""
    mine = [whole.tensor_split(fabric.world_size)[fabric.global_rank] for whole in (images, labels)]
    if not len(mine[1]):
        return [(images[:1], torch.full_like(labels[:1], IGNORED))]
    size = -(-len(mine[1]) // accumulate)
    return list(zip(*(share.split(size) for share in mine), strict=True))
