"""Do these images fit this model? Asked before anything is trained."""

import warnings

import numpy as np
import torch

from coursecnn.training.batches import to_input


def check(model, train, val=None):
    """Try one image of each set, and compare the labels with what the model puts out.

    Parameters
    ----------
    model : nn.Module
        Left as it was.
    train : ImageSet
        What it shall learn from.
    val : ImageSet, optional
        What it shall be measured on.

    Returns
    -------
    int
        How many classes the model tells apart.

    Raises
    ------
    ValueError
        If a set is empty, its images do not fit the model, a label has no output, the two sets
        name different classes, or all weights are frozen.

    Warns
    -----
    UserWarning
        If a set has no image of some class.
    """
    sets = {"train": train} | ({"val": val} if val is not None else {})
    for name, image_set in sets.items():
        check_not_empty(name, image_set.images)
        outputs = _outputs(model, name, image_set.images[:1])
        if image_set.labels.max() >= outputs:
            raise ValueError(
                f"`{name}` has labels up to {image_set.labels.max()}, but `model` has "
                f"{outputs} outputs, for 0…{outputs - 1}; build it with `num_classes` = "
                f"{len(image_set.class_names)}."
            )
        warn_of_missing_classes(name, image_set, stacklevel=4)
    if val is not None and val.class_names != train.class_names:
        raise ValueError(
            f"`val` must have the classes of `train`, in the same order; received "
            f"{_few(val.class_names)} and {_few(train.class_names)}."
        )
    if not any(weight.requires_grad for weight in model.parameters()):
        raise ValueError(
            "`model` has no weight that is free to learn; `transfer.unfreeze` frees frozen ones."
        )
    return outputs


def check_not_empty(name, images):
    """Raise ValueError if there are none."""
    if not len(images):
        raise ValueError(f"`{name}` is empty; it must have at least one image.")


def warn_of_missing_classes(name, image_set, *, stacklevel=3):
    """Say which classes a set knows by name only."""
    counts = np.bincount(image_set.labels, minlength=len(image_set.class_names))
    missing = [image_set.class_names[label] for label in np.flatnonzero(counts == 0)]
    if missing:
        warnings.warn(
            f"`{name}` has no image of {len(missing)} of its {len(counts)} classes "
            f"({_few(missing)}); accuracies say nothing about them.",
            stacklevel=stacklevel,
        )


@torch.no_grad()
def _outputs(model, name, image):
    """How many classes the model tells apart, by trying it on one image."""
    weights = next(model.parameters(), None)
    if weights is None:
        raise ValueError("`model` has no parameters, so there is nothing to train.")
    modes = {module: module.training for module in model.modules()}
    shape = "×".join(map(str, image.shape[1:]))  # C×H×W, C×L or C×T×H×W
    try:
        logits = model.eval()(to_input(image.copy(), weights.device))
    except (RuntimeError, ValueError) as error:
        raise ValueError(
            f"`model` does not take the images of `{name}`, each {shape}: {error}"
        ) from error
    finally:
        for module, mode in modes.items():
            module.training = mode
    if not isinstance(logits, torch.Tensor) or logits.ndim != 2:
        found = tuple(logits.shape) if isinstance(logits, torch.Tensor) else type(logits).__name__
        raise ValueError(
            f"`model` must put out logits of shape (N, num_classes); for an image of {shape} it "
            f"gave {found}."
        )
    return logits.shape[1]


def _few(names, most=5):
    return ", ".join(names[:most]) + (", …" if len(names) > most else "")
