"""The inside of a model: a layer by its name, and a model that is afterwards in its old mode."""

from contextlib import contextmanager
from difflib import get_close_matches

from torch import nn


def find_layer(model, layer, argument="layer"):
    """A layer by its name, as `summary` lists it, or the layer itself.

    Parameters
    ----------
    model : nn.Module
        Where it is.
    layer : str or nn.Module
        A name of `model.named_modules()` such as "features.3", or `model.features[3]`.
    argument : str, default "layer"
        What the caller calls it; errors repeat it.

    Returns
    -------
    name : str
        Its name; empty for the model itself.
    module : nn.Module
        The layer.

    Raises
    ------
    ValueError
        If the model has no such layer; the message lists names that are near.
    """
    modules = dict(model.named_modules())
    if isinstance(layer, nn.Module):
        for name, module in modules.items():
            if module is layer:
                return name, module
        raise ValueError(f"`{argument}` must be a part of `model`; received another {layer!r:.60}.")
    if layer not in modules:
        names = [name for name in modules if name]
        listed = ", ".join(get_close_matches(str(layer), names, n=5, cutoff=0.3) or names[:12])
        raise ValueError(
            f"`{argument}` must name a part of `model`; received {layer!r}. There are {listed}; "
            "`models.summary` lists all."
        )
    return layer, modules[layer]


@contextmanager
def evaluating(model):
    """All modules are in evaluation mode meanwhile; the mode of each is restored."""
    modes = {module: module.training for module in model.modules()}
    model.eval()
    try:
        yield
    finally:
        for module, training in modes.items():
            module.training = training
