"""Layers by the names that torch gives them."""

from difflib import get_close_matches

from torch import nn


def find_layer(model, layer, argument):
    """A module inside a model.

    Parameters
    ----------
    model : nn.Module
        Where to look.
    layer : str or nn.Module
        A name of `named_modules`, or the module itself.
    argument : str
        What the caller calls it, for the message.

    Returns
    -------
    name : str
        Its name.
    module : nn.Module
        The module.

    Raises
    ------
    ValueError
        If the model has no such module; the message lists the nearest names.
    """
    modules = {name: module for name, module in model.named_modules() if name}
    if isinstance(layer, nn.Module):
        for name, module in modules.items():
            if module is layer:
                return name, module
        raise ValueError(f"`{argument}` is no module of `model`: {_first_line(layer)}")
    if layer not in modules:
        near = get_close_matches(str(layer), modules, n=5, cutoff=0.3) or [*modules][-5:]
        raise ValueError(
            f"`{argument}` must be a name of `model.named_modules()`; received {layer!r}; near it "
            f"are {', '.join(map(repr, near))}"
        )
    return layer, modules[layer]


def _first_line(module):
    return repr(module).splitlines()[0]
