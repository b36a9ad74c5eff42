"""Models by name, as torchvision does it."""

from coursecnn.models.lenet import LeNet5

_MODELS = {"lenet5": LeNet5}


def build(name, num_classes=None, **options):
    """Make a model with fresh random weights.

    Parameters
    ----------
    name : str
        "lenet5".
    num_classes : int, optional
        Size of the output; by default the model's own.
    **options
        Handed to the model's class.

    Returns
    -------
    nn.Module
        The model, in training mode.

    Raises
    ------
    ValueError
        If no model has that name.
    """
    if name not in _MODELS:
        raise ValueError(f"`name` must be one of {', '.join(sorted(_MODELS))}; received {name!r}.")
    if num_classes is not None:
        options["num_classes"] = num_classes
    return _MODELS[name](**options)
