"""Images as a model takes them, classes and layers by name, and a model that stays as it was."""

from contextlib import contextmanager

import numpy as np
import torch

from coursecnn.models import modules
from coursecnn.training import to_input


def as_input(model, images, name="images"):
    """The images as the model takes them: on its device, in its precision.

    Parameters
    ----------
    model : nn.Module
        Who takes them.
    images : ImageSet, or ndarray or Tensor of uint8 or floats, shape (N, C, H, W)
        Bytes are scaled as for training; floats are taken as they are.
    name : str, default "images"
        How the caller calls the argument; errors repeat it.

    Returns
    -------
    Tensor of floats, shape (N, C, H, W)
        A copy, or what was given; never to be changed in place.

    Raises
    ------
    TypeError
        If they are neither bytes nor floats.
    ValueError
        If there are no images, or they have another shape.
    """
    pixels = getattr(images, "images", images)
    # A copy of an array: one that is mapped from a file is read-only, of which torch would warn.
    x = pixels.detach() if isinstance(pixels, torch.Tensor) else torch.tensor(np.asarray(pixels))
    if x.ndim != 4 or not len(x):
        remedy = f"add the axis of the batch: {name}[None]" if x.ndim == 3 else "give at least one"
        raise ValueError(
            f"`{name}` must be a batch of images, shape (N, C, H, W); received {tuple(x.shape)}; "
            f"{remedy}."
        )
    example = next(model.parameters(), torch.zeros(()))
    if x.dtype == torch.uint8:
        x = to_input(x)
    elif not x.is_floating_point():
        raise TypeError(
            f"`{name}` must hold bytes (uint8), or floats as the model takes them; received "
            f"{x.dtype}."
        )
    return x.to(example.device, example.dtype)


@contextmanager
def evaluating(model):
    """Evaluation mode, and gradients even where the caller has none; each mode is restored."""
    with modules.evaluating(model), torch.enable_grad():
        yield


def named_layer(model, layer, name="layer"):
    """A layer by its name, or the layer itself; ValueError if the model has none such."""
    return modules.find_layer(model, layer, name)[1]


def class_scores(model, x, target):
    """The scores of one class per image.

    Parameters
    ----------
    model : nn.Module
        Gives logits, shape (N, num_classes).
    x : Tensor, shape (N, C, H, W)
        What it takes.
    target : int or sequence of int, shape (N,), optional
        A class for all images, or one for each; by default the likeliest.

    Returns
    -------
    Tensor, shape (N,)
        The logit of that class.
    Tensor of int64, shape (N,)
        The classes.

    Raises
    ------
    TypeError
        If classes are not whole numbers.
    ValueError
        If the model puts out something else, there is not one class per image, or no such class.
    """
    logits = model(x)
    if not isinstance(logits, torch.Tensor) or logits.ndim != 2:
        found = tuple(logits.shape) if isinstance(logits, torch.Tensor) else type(logits).__name__
        raise ValueError(
            f"`model` must put out logits of shape (N, num_classes); received {found}."
        )
    labels = logits.argmax(1) if target is None else as_labels(target, logits, "target")
    return logits.gather(1, labels[:, None])[:, 0], labels


def as_labels(labels, logits, name):
    """One class per row of the logits; a single one stands for all."""
    n, count = logits.shape
    found = torch.as_tensor(np.asarray(labels) if not isinstance(labels, torch.Tensor) else labels)
    if found.is_floating_point() or found.dtype == torch.bool:
        raise TypeError(f"`{name}` must hold classes as whole numbers; received {found.dtype}.")
    if found.shape not in ((), (n,)):
        raise ValueError(
            f"`{name}` must be one class, or {n}, one per image; received shape "
            f"{tuple(found.shape)}."
        )
    if found.min() < 0 or found.max() >= count:
        raise ValueError(
            f"`{name}` must lie in 0…{count - 1}, the classes of the model; received "
            f"{found.min()}…{found.max()}."
        )
    return found.to(logits.device, torch.int64).expand(n)


@contextmanager
def recording(layer):
    """What a layer puts out while this is active, in a list, one entry per call.

    Later layers get a copy, for some of them change their input in place. The hook is removed
    also after an error.
    """
    outputs = []

    def note(module, given, output):
        if isinstance(output, torch.Tensor):
            outputs.append(output)
            return output.clone()
        return None

    hook = layer.register_forward_hook(note)
    try:
        yield outputs
    finally:
        hook.remove()


def last_output(outputs):
    """What the layer put out in its last call.

    Raises
    ------
    ValueError
        If it was never called, or gave no tensor.
    """
    if not outputs:
        raise ValueError("`layer` gave no tensor: the model does not call it in evaluation mode.")
    return outputs[-1]


def to_array(tensor):
    """The numbers for NumPy and the plots."""
    return tensor.detach().cpu().numpy()
