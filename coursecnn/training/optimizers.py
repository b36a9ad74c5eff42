"""Optimizers and learning-rate schedules by name."""

from torch import optim
from torch.optim import lr_scheduler

OPTIMIZERS = {
    "sgd": lambda weights, lr, decay: optim.SGD(weights, lr, weight_decay=decay),
    "momentum": lambda weights, lr, decay: optim.SGD(weights, lr, momentum=0.9, weight_decay=decay),
    "adam": lambda weights, lr, decay: optim.Adam(weights, lr, weight_decay=decay),
    "adamw": lambda weights, lr, decay: optim.AdamW(weights, lr, weight_decay=decay),
}

SCHEDULES = {
    "constant": lambda optimizer, lr, steps: lr_scheduler.ConstantLR(optimizer, factor=1.0),
    "step": lambda optimizer, lr, steps: lr_scheduler.StepLR(optimizer, -(-steps // 3)),
    "cosine": lambda optimizer, lr, steps: lr_scheduler.CosineAnnealingLR(optimizer, steps),
    "one_cycle": lambda optimizer, lr, steps: lr_scheduler.OneCycleLR(
        optimizer, lr, total_steps=steps
    ),
}


def choose(table, argument, name):
    """The entry `name` of `table`, or a ValueError that lists what there is."""
    if name not in table:
        raise ValueError(f"`{argument}` must be one of {', '.join(table)}; received {name!r}.")
    return table[name]
