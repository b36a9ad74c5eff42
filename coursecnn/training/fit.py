"""The training loop: predict, measure, differentiate, step."""

import torch
from lightning_fabric import Fabric
from torch.nn import functional as F  # noqa: N812  torch's own habit

from coursecnn.progress import progress
from coursecnn.training.evaluate import predict
from coursecnn.training.history import History
from coursecnn.training.optimizers import OPTIMIZERS, SCHEDULES, choose
from coursecnn.training.pixels import to_input


def fit(
    model,
    train,
    val=None,
    *,
    epochs=10,
    batch_size=64,
    optimizer="adamw",
    lr=0.005,
    weight_decay=0.01,
    schedule="one_cycle",
    label_smoothing=0.0,
    augment=None,
    seed=0,
    accelerator="auto",
):
    """Train a classifier in place.

    The whole set lies on the device as one tensor of bytes; a batch is a gather from it.

    Parameters
    ----------
    model : nn.Module
        Maps images, shape (N, C, H, W), to logits, shape (N, num_classes).
    train : ImageSet
        What to learn from.
    val : ImageSet, optional
        What to measure after each epoch; nothing is learned from it.
    epochs : int, default 10
        How often each image is seen.
    batch_size : int, default 64
        Images per step; the last batch of an epoch may be smaller.
    optimizer : {"sgd", "momentum", "adam", "adamw"}, default "adamw"
        The rule that turns gradients into steps.
    lr : float, default 0.005
        Learning rate; the peak of it where the schedule has one.
    weight_decay : float, default 0.01
        As the optimizer understands it.
    schedule : {"constant", "step", "cosine", "one_cycle"}, default "one_cycle"
        How the learning rate changes from step to step.
    label_smoothing : float, default 0.0
        Share of the target that is spread over all classes.
    augment : callable, optional
        Takes a batch of bytes and a torch.Generator, returns a batch: `augment.random_shift(2)`.
    seed : int, default 0
        Decides the order of the images and the augmentation, not the model's first weights.
    accelerator : str, default "auto"
        As Lightning Fabric names them: "cpu", "cuda", "mps"; "auto" takes the best there is.

    Returns
    -------
    History
        One row per epoch.

    Raises
    ------
    ValueError
        If an argument is not one of those listed.
    FloatingPointError
        If the loss stops being a number; the message says in which epoch and batch.

    Notes
    -----
    The training loss and accuracy of a row are means over the epoch, taken while the weights
    were changing and on augmented images; those of `val` are taken after it.
    """
    fabric = Fabric(accelerator=accelerator, devices=1)
    steps = epochs * -(-len(train) // batch_size)
    step_rule = choose(OPTIMIZERS, "optimizer", optimizer)(model.parameters(), lr, weight_decay)
    rate = choose(SCHEDULES, "schedule", schedule)(step_rule, lr, steps)
    model, step_rule = fabric.setup(model, step_rule)
    batches = _Batches(train, batch_size, augment, seed, fabric.device)
    history = History()
    for epoch in progress(range(1, epochs + 1), "train"):
        model.train()
        total = torch.zeros(2)
        for number, (images, labels) in enumerate(batches, 1):
            logits = model(to_input(images))
            loss = F.cross_entropy(logits, labels, label_smoothing=label_smoothing)
            _check_finite(loss, epoch, number)
            step_rule.zero_grad()
            fabric.backward(loss)
            step_rule.step()
            rate.step()
            hits = (logits.argmax(1) == labels).sum()
            total += torch.stack([loss.detach() * len(labels), hits]).cpu()
        history.rows.append(
            {"epoch": epoch, "lr": rate.get_last_lr()[0]}
            | dict(
                zip(("train_loss", "train_accuracy"), (total / len(train)).tolist(), strict=True)
            )
            | (_measure(model, val) if val is not None else {})
        )
    return history


class _Batches:
    """The images in a fresh random order each time it is iterated, augmented batch by batch."""

    def __init__(self, image_set, batch_size, augment, seed, device):
        self.images = torch.as_tensor(image_set.images, device=device)
        self.labels = torch.as_tensor(image_set.labels, device=device)
        self.batch_size = batch_size
        self.augment = augment
        self.generator = torch.Generator().manual_seed(seed)

    def __iter__(self):
        order = torch.randperm(len(self.labels), generator=self.generator)
        for indices in order.to(self.labels.device).split(self.batch_size):
            images = self.images[indices]
            if self.augment is not None:
                images = self.augment(images, self.generator)
            yield images, self.labels[indices]


def _check_finite(loss, epoch, number):
    if not torch.isfinite(loss):
        raise FloatingPointError(
            f"the loss became {loss.item()} in epoch {epoch}, batch {number}; "
            "a smaller `lr` usually helps"
        )


def _measure(model, val):
    probabilities = torch.as_tensor(predict(model, val))
    labels = torch.as_tensor(val.labels)
    loss = F.nll_loss(probabilities.clamp_min(1e-12).log(), labels)
    hits = (probabilities.argmax(1) == labels).float().mean()
    return {"val_loss": loss.item(), "val_accuracy": hits.item()}
