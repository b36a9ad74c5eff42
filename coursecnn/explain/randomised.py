"""A network that has forgotten what it learned: an explanation of it must look different."""

from copy import deepcopy

import torch

from coursecnn.shapes.integers import integer


def randomised(model, layers=None, *, seed=0):
    """A copy of a model in which the last layers hold their weights in random order.

    A map that stays the same without the learned weights says nothing about the network.
    The paper draws new weights; here each tensor keeps its numbers and loses their places, so that
    signals keep about their strength in a network of any depth, however it was initialised.

    Parameters
    ----------
    model : nn.Module
        Left as it is.
    layers : int, optional
        How many of the layers that have weights, counted from the last one that the model
        defines; by default all of them. The tensors of a layer are permuted one by one.
    seed : int, default 0
        Decides the order; the same layer gets the same order whatever `layers` is.

    Returns
    -------
    nn.Module
        The copy, in the mode of the model. Running means and variances are those of the model.

    Raises
    ------
    TypeError
        If `layers` is not a whole number.
    ValueError
        If the model has not so many layers.

    References
    ----------
    .. [1] J. Adebayo et al., "Sanity checks for saliency maps", NeurIPS 2018, section 3.1.

    Examples
    --------
    >>> from coursecnn.models import LeNet5
    >>> model = LeNet5()
    >>> copy = randomised(model, layers=1)
    >>> [torch.equal(new, old) for new, old in zip(copy.parameters(), model.parameters())][-4:]
    [True, True, False, False]
    """
    copy, generator = deepcopy(model), torch.Generator().manual_seed(seed)
    weighted = [m for m in copy.modules() if list(m.parameters(recurse=False))]
    count = len(weighted) if layers is None else integer(layers, "layers", minimum=0)
    if count > len(weighted):
        raise ValueError(
            f"`layers` must be at most {len(weighted)}, the layers that have weights; received "
            f"{count}."
        )
    with torch.no_grad():
        for layer in weighted[::-1][:count]:
            for weight in layer.parameters(recurse=False):
                order = torch.randperm(weight.numel(), generator=generator).to(weight.device)
                weight.copy_(weight.flatten()[order].reshape(weight.shape))
    return copy
