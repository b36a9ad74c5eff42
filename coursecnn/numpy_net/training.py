"""The training loop: predict, measure, go back, step."""

import numpy as np

from coursecnn.numpy_net.schedules import SCHEDULES
from coursecnn.ops import cross_entropy, cross_entropy_backward
from coursecnn.progress import progress
from coursecnn.shapes.integers import integer


def fit(net, train, val=None, *, optimizer, epochs=10, batch_size=64, schedule="constant", seed=0):
    """Train a classifier in place.

    Parameters
    ----------
    net : Layer
        Maps images, shape (N, C, H, W), to class scores, shape (N, K).
    train : ImageSet
        Labelled images to learn from.
    val : ImageSet, optional
        Labelled images to measure on after each epoch; nothing is learned from them.
    optimizer : SGD, Momentum or Adam
        The rule that turns gradients into steps.
    epochs : int, default 10
        How often each image is seen.
    batch_size : int, default 64
        Images per step; the last batch of an epoch may be smaller.
    schedule : {"constant", "cosine", "one_cycle"}, default "constant"
        How the optimizer's learning rate changes from step to step; it is restored afterwards.
    seed : int, default 0
        Decides the order of the images.

    Returns
    -------
    list of dict
        One row per epoch: `epoch`, `train_loss`, and with `val` also `val_loss`, `val_accuracy`.

    Raises
    ------
    ValueError
        If `train` has no images, `epochs` or `batch_size` is not positive, or `schedule` is not
        known.
    FloatingPointError
        If the loss stops being a number; the message says in which epoch.
    """
    if len(train) == 0:
        raise ValueError("`train` has no images")
    epochs = integer(epochs, "epochs", minimum=1)
    batch_size = integer(batch_size, "batch_size", minimum=1)
    if schedule not in SCHEDULES:
        raise ValueError(f"`schedule` must be one of {', '.join(SCHEDULES)}, not {schedule!r}")
    rates = _rates(optimizer.lr, SCHEDULES[schedule], epochs * -(-len(train) // batch_size))
    rng, rows = np.random.default_rng(seed), []
    for epoch in progress(range(1, epochs + 1), "train"):
        net.train()
        losses = 0.0
        for batch in _batches(rng.permutation(len(train)), batch_size):
            scores = net.forward(to_input(train.images[batch]))
            losses += len(batch) * float(cross_entropy(scores, train.labels[batch]))
            net.backward(cross_entropy_backward(1.0, scores, train.labels[batch]))
            optimizer.lr = next(rates)
            optimizer.step(net)
        if not np.isfinite(losses):
            raise FloatingPointError(f"the loss became {losses} in epoch {epoch}; lower the `lr`")
        rows.append({"epoch": epoch, "train_loss": losses / len(train)})
        if val is not None:
            rows[-1] |= {f"val_{name}": value for name, value in evaluate(net, val).items()}
    optimizer.lr = next(rates)
    return rows


def evaluate(net, images, *, batch_size=500):
    """Loss and accuracy on labelled images.

    Parameters
    ----------
    net : Layer
        A classifier; it is left in evaluation mode.
    images : ImageSet
        Labelled images.
    batch_size : int, default 500
        How many images go through the network at once; the result does not depend on it.

    Returns
    -------
    dict
        `loss`, the mean cross-entropy, and `accuracy`, between 0 and 1.
    """
    scores = predict(net, images.images, batch_size=batch_size)
    hits = scores.argmax(axis=1) == images.labels
    return {"loss": float(cross_entropy(scores, images.labels)), "accuracy": float(hits.mean())}


def predict(net, images, *, batch_size=500):
    """Class scores of images.

    Parameters
    ----------
    net : Layer
        A classifier; it is left in evaluation mode.
    images : ndarray of uint8, shape (N, C, H, W)
        Pixels, at least one image.
    batch_size : int, default 500
        How many images go through the network at once; the result does not depend on it.

    Returns
    -------
    ndarray of float32, shape (N, K)
        Scores (logits), before any softmax.
    """
    net.train(False)
    parts = _batches(np.arange(len(images)), batch_size)
    return np.concatenate([net.forward(to_input(images[part])) for part in parts])


def to_input(images):
    """Scale bytes 0…255 to floats −1…1.

    Parameters
    ----------
    images : ndarray of uint8, shape (N, C, H, W)
        Pixels.

    Returns
    -------
    ndarray of float32, shape (N, C, H, W)
        Black is −1, white is 1.
    """
    return images.astype(np.float32) * np.float32(2 / 255) - np.float32(1)


def _rates(lr, schedule, steps):
    """The learning rate of each step, and at last the one that it was before."""
    yield from (lr * schedule(step / steps) for step in range(steps))
    yield lr


def _batches(order, batch_size):
    """The positions in `order`, so many at a time."""
    return [order[start : start + batch_size] for start in range(0, len(order), batch_size)]
