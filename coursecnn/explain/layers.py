"""The weights of a layer, and what each layer puts out."""

import torch

from coursecnn.explain.door import as_input, evaluating, named_layer, to_array


def filters(model, layer):
    """The kernels of a convolution.

    Parameters
    ----------
    model : nn.Module
        A network.
    layer : str or nn.Module
        The convolution, by its name ("features.0") or itself.

    Returns
    -------
    ndarray, shape (K, C, kH, kW)
        A copy, one kernel per output channel; in a grouped convolution C is the number of
        channels that a kernel reads.

    Raises
    ------
    ValueError
        If the model has no such layer, or the layer no kernels.

    Examples
    --------
    >>> from coursecnn.models import LeNet5
    >>> filters(LeNet5(), "features.0").shape
    (6, 1, 5, 5)
    """
    found = named_layer(model, layer)
    weight = getattr(found, "weight", None)
    if weight is None or weight.ndim != 4:
        raise ValueError(
            f"`layer` must be a convolution, with weights of shape (K, C, kH, kW); received "
            f"{found!r:.60}."
        )
    return to_array(weight).copy()


def feature_maps(model, images, layers=None):
    """What layers put out for some images, noted by hooks while the model computes.

    Parameters
    ----------
    model : nn.Module
        A network; its mode is restored and its hooks are removed, also after an error.
    images : ImageSet, or ndarray or Tensor, shape (N, C, H, W)
        Bytes, or floats as the model takes them.
    layers : str or sequence of str, optional
        Names of layers, or one; by default all that have no layers inside.

    Returns
    -------
    dict of str to ndarray
        In the order in which the model calls them: maps of shape (N, K, H', W'), or vectors of
        shape (N, K). A layer that is called again has "(2)" behind its name.

    Raises
    ------
    TypeError
        If `images` are neither bytes nor floats.
    ValueError
        If the images have another shape, or the model has no such layer or does not call it.

    Examples
    --------
    >>> from coursecnn.models import LeNet5
    >>> maps = feature_maps(LeNet5(), torch.zeros(2, 1, 32, 32), ["features.0", "classifier.1"])
    >>> {name: outputs.shape for name, outputs in maps.items()}
    {'features.0': (2, 6, 28, 28), 'classifier.1': (2, 120)}
    """
    x = as_input(model, images)
    if layers is None:
        chosen = {n: layer for n, layer in model.named_modules() if not list(layer.children())}
    else:
        names = [layers] if isinstance(layers, str) else layers
        chosen = {name: named_layer(model, name, "layers") for name in names}
    maps, calls = {}, dict.fromkeys(chosen, 0)

    def note(name):
        def hook(layer, given, output):
            if isinstance(output, torch.Tensor):
                calls[name] += 1
                again = f" ({calls[name]})" if calls[name] > 1 else ""
                maps[name + again] = to_array(output.clone())  # the next may change it in place

        return hook

    hooks = [layer.register_forward_hook(note(name)) for name, layer in chosen.items()]
    try:
        with evaluating(model), torch.no_grad():
            model(x)
    finally:
        for hook in hooks:
            hook.remove()
    silent = [name for name in chosen if not calls[name]]
    if layers is not None and silent:
        raise ValueError(
            f"`layers` must name layers that put out a tensor; the model does not call "
            f"{', '.join(silent)} in evaluation mode."
        )
    return maps
