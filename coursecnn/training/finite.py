"""Training that has gone astray is stopped, with a message that says where."""

import math

import torch


def interval(fabric):
    """Every how many batches to look: to see a number on a GPU, or that of another process, is to
    wait for it.

    Parameters
    ----------
    fabric : Fabric
        Launched.

    Returns
    -------
    int
        Batches.
    """
    return 1 if fabric.device.type == "cpu" and fabric.world_size == 1 else 50


def check_loss(run):
    """Look at the sum of the losses of this epoch, every so often.

    One process on the CPU looks at once, so the last step that was made is still a sound one.

    Parameters
    ----------
    run : Run
        In the middle of a batch; all processes must call this together.

    Raises
    ------
    FloatingPointError
        If the sum is not a number.
    """
    every = interval(run.fabric)
    if run.batch % every and run.batch != len(run.batches):
        return
    loss = run.sums()[0].item()
    if not math.isfinite(loss):
        first = (run.batch - 1) // every * every + 1
        raise _error(f"the loss became {loss}", run, first, run.batch)


def check_weights(run):
    """Look at all weights.

    Parameters
    ----------
    run : Run
        Between two steps.

    Raises
    ------
    FloatingPointError
        If one of them is not a number.
    """
    batch = (run.step - 1) % len(run.batches) + 1
    for name, weight in run.model.module.named_parameters():
        if not torch.isfinite(weight).all():
            raise _error(f"weights of {name} are no numbers", run, batch, batch)


def _error(what, run, first, last):
    batches = f"batch {first}" if first == last else f"batches {first} to {last}"
    lr = run.optimizer.param_groups[0]["lr"]
    return FloatingPointError(
        f"{what} in epoch {len(run.history.rows) + 1}, {batches} (lr {lr:.3g}); a smaller `lr` "
        "usually helps, or `clip_norm`"
    )
