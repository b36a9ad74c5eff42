"""Fine-tuning: a trained network gets another last layer and goes on learning."""

import torch
from torch import nn

from coursecnn import training
from coursecnn.shapes.integers import integer
from coursecnn.transfer.freeze import freeze, keep_norms


def replace_head(model, num_classes, *, seed=0):
    """Put a fresh dense layer in the place of the last one.

    Parameters
    ----------
    model : nn.Module
        Changed in place.
    num_classes : int
        Size of the output: the classes of the new task.
    seed : int, default 0
        Decides the weights of the new layer, drawn as torch draws them.

    Returns
    -------
    str
        The name of the layer in `model.named_modules()`; its weights are free to learn.

    Raises
    ------
    TypeError
        If `num_classes` is not an integer.
    ValueError
        If `num_classes` is not positive, or the model has no dense layer inside.

    Examples
    --------
    >>> from coursecnn import models
    >>> model = models.build("resnet9")
    >>> replace_head(model, 2), model.classifier[2]
    ('classifier.2', Linear(in_features=128, out_features=2, bias=True))
    """
    num_classes = integer(num_classes, "num_classes", minimum=1)
    name, old = _last_dense(model)
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(seed)
        new = nn.Linear(old.in_features, num_classes, bias=old.bias is not None)
    around, _, own = name.rpartition(".")
    setattr(model.get_submodule(around), own, new.to(old.weight).train(old.training))
    return name


def fine_tune(
    model,
    train,
    val=None,
    *,
    until=None,
    lr=0.0005,
    head_lr=0.005,
    new_head=True,
    norms="keep",
    seed=0,
    **options,
):
    """Let a trained network learn another task, its last layer at a rate of its own.

    The first steps of a fresh last layer are large and arbitrary; what the layers before it have
    learned would be lost if they followed at the same rate.

    Parameters
    ----------
    model : nn.Module
        A trained classifier, changed in place. What is frozen stays frozen.
    train : ImageSet
        What to learn from. Images are taken as they are: `resize` makes them as large as those that
        the model knows.
    val : ImageSet, optional
        What to measure after each epoch.
    until : str or nn.Module, optional
        The last module that keeps its weights, as in `freeze`; by default all are free.
    lr : float, default 0.0005
        Learning rate of all layers but the last.
    head_lr : float, default 0.005
        Learning rate of the last dense layer.
    new_head : bool, default True
        Whether the last layer is replaced by a fresh one with an output for each class of `train`.
        If not, it goes on from its own weights.
    norms : {"keep", "learn"}, default "keep"
        Whether batch norms keep the means and variances that the model brings, as `keep_norms`
        does it, or take those of each batch and learn them anew.
    seed : int, default 0
        Decides the weights of the fresh layer, the order of the images and their augmentation.
    **options
        Handed to `training.fit`, which describes them: `epochs`, `augment`, `patience` and others.

    Returns
    -------
    History
        One row per epoch; its learning rates are those of the layers before the last, if these
        are not all frozen.

    Raises
    ------
    ValueError
        If the model has no module `until` or no dense layer, `norms` is not known, or as
        `training.fit` does.

    References
    ----------
    .. [1] R. Girshick et al., "Rich feature hierarchies for accurate object detection and semantic
       segmentation", CVPR 2014, section 2.3: fine-tuning at a tenth of the rate.
    """
    if norms not in ("keep", "learn"):
        raise ValueError(f"`norms` must be 'keep' or 'learn'; received {norms!r}")
    if norms == "keep":
        keep_norms(model)
    if until is not None:
        freeze(model, until)
    if new_head:
        name = replace_head(model, len(train.class_names), seed=seed)
    else:
        name, _ = _last_dense(model)
    return training.fit(model, train, val, lr=lr, module_lr={name: head_lr}, seed=seed, **options)


def _last_dense(model):
    """Name and module of the dense layer that comes last."""
    dense = [(name, m) for name, m in model.named_modules() if name and isinstance(m, nn.Linear)]
    if not dense:
        raise ValueError(
            f"`model` must have a dense layer (nn.Linear) inside; this {type(model).__name__} has "
            "none"
        )
    return dense[-1]
