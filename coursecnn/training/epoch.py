"""The end of an epoch: take stock, and note it in the history."""

from coursecnn.training.finite import check_weights
from coursecnn.training.measure import measure


def close_epoch(run, val, on_epoch):
    """Add a row to the history, and look whether this was the best epoch.

    Parameters
    ----------
    run : Run
        Its last step was the last of an epoch; all processes must call this together.
    val : ImageSet or None
        What to measure.
    on_epoch : callable or None
        Called with the row, by the first process.
    """
    check_weights(run)
    loss, accuracy = (run.sums() / len(run.batches.labels)).tolist()
    row = {
        "epoch": len(run.history.rows) + 1,
        "lr": run.schedule.get_last_lr()[0],
        "train_loss": loss,
        "train_accuracy": accuracy,
    }
    if val is not None:
        measured = measure(run.fabric, run.model.module, val)
        row |= dict(zip(("val_loss", "val_accuracy"), measured, strict=True))
    run.history.rows.append(row)
    run.total.zero_()
    run.best.update(row, run.model)
    if on_epoch is not None and run.fabric.is_global_zero:
        on_epoch(row)
