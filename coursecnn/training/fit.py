"""Train a classifier: one call, from a laptop to several GPUs."""

from dataclasses import fields

from coursecnn.progress import progress
from coursecnn.training import inputs
from coursecnn.training.checkpoint import Checkpoint, describe
from coursecnn.training.devices import start
from coursecnn.training.run import Run
from coursecnn.training.settings import Settings, require_count


def fit(
    model,
    train,
    val=None,
    *,
    epochs=10,
    batch_size=64,
    optimizer="adamw",
    lr=0.005,
    module_lr=None,
    weight_decay=0.01,
    schedule="one_cycle",
    label_smoothing=0.0,
    clip_norm=None,
    augment=None,
    mix=None,
    patience=None,
    monitor="val_loss",
    seed=0,
    device="auto",
    devices=1,
    precision="32-true",
    channels_last=False,
    accumulate=1,
    checkpoint=None,
    checkpoint_epochs=1,
    checkpoint_steps=None,
    on_epoch=None,
):
    """Train a classifier in place.

    The whole set lies on the device as one tensor of bytes; a batch is a gather from it.

    Parameters
    ----------
    model : nn.Module
        Maps images, shape (N, C, H, W), to logits, shape (N, num_classes). Weights without
        `requires_grad` stay as they are.
    train : ImageSet
        What to learn from.
    val : ImageSet, optional
        What to measure after each epoch; nothing is learned from it.
    epochs : int, default 10
        How often each image is seen.
    batch_size : int, default 64
        Images per step, over all devices; the last batch of an epoch may be smaller.
    optimizer : {"sgd", "momentum", "adam", "adamw"}, default "adamw"
        The rule that turns gradients into steps.
    lr : float, default 0.005
        Learning rate; the peak of it where the schedule has one.
    module_lr : dict of str to float, optional
        Rates of single modules that differ from it, by the names of `named_modules`, such as
        `{"fc": 0.01}`; of modules inside one another, the rate of the inner one counts.
        The schedule changes all rates by the same factors.
    weight_decay : float, default 0.01
        As the optimizer understands it.
    schedule : {"constant", "step", "cosine", "one_cycle"}, default "one_cycle"
        How the learning rate changes from step to step; "step" divides it by ten after each third.
    label_smoothing : float, default 0.0
        Share of the target that is spread over all classes.
    clip_norm : float, optional
        Longest gradient, as a vector of all weights, that is followed; longer ones are shortened.
    augment : callable, optional
        Takes a batch of bytes and a torch.Generator, returns a batch: `augment.random_shift(2)`.
    mix : callable, optional
        Takes a batch, its targets (probabilities, shape (N, num_classes)) and a torch.Generator,
        returns both, mixed: `augment.random_mixup()`. The training accuracy then asks for the
        class with the larger share.
    patience : int, optional
        Stop after so many epochs in a row without a better one; the model gets the weights of
        the best epoch back. Needs `val`.
    monitor : {"val_loss", "val_accuracy"}, default "val_loss"
        What is better, for `patience`.
    seed : int, default 0
        Decides the order of the images and the augmentation, not the model's first weights.
    device : {"auto", "cuda", "mps", "cpu"}, default "auto"
        Where to compute; "auto" takes the first of the others that is there. The model stays there.
    devices : int, default 1
        How many of them, on this machine, each with a process of its own.
    precision : {"32-true", "bf16-mixed", "16-mixed"}, default "32-true"
        Of the layers that bear it; the weights are float32 always.
    channels_last : bool, default False
        Lay images out with the channels last, which convolutions on many machines like better.
    accumulate : int, default 1
        Work a batch off in so many parts, one after the other, to save memory.
    checkpoint : str or Path, optional
        File in which the run is kept. If it exists, the run in it goes on from there. The
        checkpoint before it stays beside it, as `….previous`.
    checkpoint_epochs : int, default 1
        Write it after every so many epochs, and at the end.
    checkpoint_steps : int, optional
        Write it after every so many steps, too.
    on_epoch : callable, optional
        Called after each epoch with its row of the history.

    Returns
    -------
    History
        One row per epoch.

    Raises
    ------
    ValueError
        If an argument is not one of those listed, there is no such device, or the images do not
        fit the model.
    CheckpointError
        If `checkpoint` is damaged, or belongs to another run. The file is left as it is.
    FloatingPointError
        If the loss stops being a number; the message says in which epoch and batch.

    Warns
    -----
    UserWarning
        If a set has no image of some class.

    Notes
    -----
    The training loss and accuracy of a row are means over the epoch, taken while the weights
    were changing and on augmented images; those of `val` are taken after it.

    A run that is killed and called again with the same arguments ends with the weights that it
    would have had, bit for bit on one CPU thread. What was done since the last checkpoint is
    done again.

    With `devices` above 1, each process runs the whole script, from its first line; after `fit`
    all of them hold the same weights and history. `torchrun --nproc-per-node 2 FILE.py` starts
    them as well. The step is that of one device: the batch is shared out, and the gradients are
    added up. Batch norm sees its own share only.
    """
    arguments = locals()  # by name, as Settings has some of them
    settings = Settings(**{field.name: arguments[field.name] for field in fields(Settings)})
    require_count("checkpoint_epochs", checkpoint_epochs)
    require_count("checkpoint_steps", checkpoint_steps, optional=True)
    if patience is not None and val is None:
        raise ValueError("`patience` needs `val`: without it no epoch is better than another.")
    changes = {"augment": augment, "mix": mix, "outputs": inputs.check(model, train, val)}
    file = checkpoint and Checkpoint(checkpoint, describe(model, train, val, settings, changes))
    run = Run(start(device, devices, precision), model, train, settings, **changes)
    if file:
        file.resume(run)
    steps = run.remaining()
    if run.fabric.is_global_zero:
        steps = progress(steps, "train", total=run.steps - run.step)
    for _ in steps:
        run.learn()
        if run.between_epochs:
            run.close_epoch(val, on_epoch)
        if file and _is_due(run, checkpoint_epochs, checkpoint_steps):
            file.keep(run)
    run.early_stopping.restore(run.model)
    return run.history


def _is_due(run, epochs, steps):
    """Whether it is time for a checkpoint: at the end, and every so many epochs and steps."""
    after_epochs = run.between_epochs and len(run.history.rows) % epochs == 0
    after_steps = steps is not None and run.step % steps == 0
    return run.finished or after_epochs or after_steps
