"""Frozen weights: they stay as they are while the rest of the network learns."""

from typing import NamedTuple

from torch import nn

from coursecnn.models.modules import find_layer

_NORMS = (nn.BatchNorm1d, nn.BatchNorm2d, nn.BatchNorm3d, nn.SyncBatchNorm)


class WeightCounts(NamedTuple):
    """How many weights of a model stay as they are, and how many are free to learn."""

    frozen: int
    free: int


def freeze(model, until=None):
    """Keep the first layers of a model as they are.

    To take the weights from the optimizer is not enough: batch normalisation has numbers that are
    no weights, the running means and variances, and they move whenever it sees a batch in training
    mode. A layer whose weights are frozen would put out other features after each step. Here the
    batch norms of frozen layers stay in evaluation mode, whatever mode the model is in.

    Parameters
    ----------
    model : nn.Module
        Changed in place.
    until : str or nn.Module, optional
        The last module that is frozen, with all that is inside it: a name of
        `model.named_modules()`, or the module itself. Before it is what stands before it in that
        order, which in sequential networks is the order of computation. By default everything is
        frozen; `replace_head` then gives the model a last layer that is free.

    Returns
    -------
    WeightCounts
        Of the whole model: `frozen` and `free`.

    Raises
    ------
    ValueError
        If the model has no such module.

    References
    ----------
    .. [1] J. Yosinski et al., "How transferable are features in deep neural networks?", NeurIPS
       2014: the features of the first n layers, frozen or free.

    Examples
    --------
    >>> import torch
    >>> model = nn.Sequential(nn.Conv2d(3, 8, 3), nn.BatchNorm2d(8), nn.Flatten(), nn.Linear(8, 2))
    >>> freeze(model, until="1")
    WeightCounts(frozen=240, free=18)
    >>> images = torch.rand(4, 3, 3, 3)
    >>> _ = model.train()(images)
    >>> model[1].running_mean.abs().max().item()
    0.0
    """
    frozen = _modules_until(model, until)
    for module in frozen:
        for weight in module.parameters(recurse=False):
            weight.requires_grad = False
            weight.grad = None
    _keep(frozen)
    return _count(model)


def keep_norms(model):
    """Let the batch norms of a model keep their means and variances, in training mode too.

    Few images say little of the mean and variance of a map, and those that the network has
    learned from many fit its weights. Scale and shift of the batch norms stay free to learn.

    Parameters
    ----------
    model : nn.Module
        Changed in place, until `unfreeze`.

    Returns
    -------
    int
        How many batch norms there are.

    Examples
    --------
    >>> import torch
    >>> model = nn.Sequential(nn.Conv2d(3, 8, 3), nn.BatchNorm2d(8))
    >>> keep_norms(model)
    1
    >>> _ = model.train()(torch.rand(4, 3, 5, 5))
    >>> model[1].running_mean.abs().max().item(), model[1].weight.requires_grad
    (0.0, True)
    """
    return _keep(model.modules())


def _keep(modules):
    """Hold the batch norms among the modules in evaluation mode, and count them."""
    norms = [module for module in modules if isinstance(module, _NORMS)]
    for module in norms:
        if _evaluate not in module._forward_pre_hooks.values():
            module.register_forward_pre_hook(_evaluate)
    return len(norms)


def unfreeze(model):
    """Let all weights of a model learn, and its batch norms follow the model's mode again.

    Parameters
    ----------
    model : nn.Module
        Changed in place.

    Returns
    -------
    WeightCounts
        With `frozen` 0.
    """
    model.requires_grad_()
    for module in model.modules():
        hooks = module._forward_pre_hooks
        for key in [key for key, hook in hooks.items() if hook is _evaluate]:
            del hooks[key]
            module.training = model.training
    return _count(model)


def _modules_until(model, until):
    """The modules up to one of them, and those inside it."""
    modules = list(model.modules())
    if until is None:
        return modules
    _, last = find_layer(model, until, "until")
    inside = list(last.modules())
    return modules[: modules.index(last)] + inside


def _evaluate(module, given):
    """A hook that runs before the module: `model.train()` may have been called meanwhile."""
    module.training = False


def _count(model):
    sizes = [(weight.numel(), weight.requires_grad) for weight in model.parameters()]
    free = sum(size for size, learns in sizes if learns)
    return WeightCounts(sum(size for size, _ in sizes) - free, free)
