"""The numbers that decide how a training run goes, checked before it starts."""

from dataclasses import dataclass

from torch import optim
from torch.optim import lr_scheduler

OPTIMIZERS = {
    "sgd": lambda weights, lr, decay: optim.SGD(weights, lr, weight_decay=decay),
    "momentum": lambda weights, lr, decay: optim.SGD(weights, lr, momentum=0.9, weight_decay=decay),
    "adam": lambda weights, lr, decay: optim.Adam(weights, lr, weight_decay=decay),
    "adamw": lambda weights, lr, decay: optim.AdamW(weights, lr, weight_decay=decay),
}

SCHEDULES = {
    "constant": lambda optimizer, steps: lr_scheduler.ConstantLR(optimizer, factor=1.0),
    "step": lambda optimizer, steps: lr_scheduler.StepLR(optimizer, -(-steps // 3)),
    "cosine": lambda optimizer, steps: lr_scheduler.CosineAnnealingLR(optimizer, steps),
    "one_cycle": lambda optimizer, steps: lr_scheduler.OneCycleLR(
        optimizer, [group["lr"] for group in optimizer.param_groups], total_steps=steps
    ),
}

PRECISIONS = ("32-true", "bf16-mixed", "16-mixed")
MONITORS = {"val_loss": -1, "val_accuracy": 1}  # the sign of what is better


@dataclass(frozen=True)
class Settings:
    """The arguments of `fit` that a resumed run must share with the run that was stopped."""

    epochs: int
    batch_size: int
    optimizer: str
    lr: float
    module_lr: dict | None
    weight_decay: float
    schedule: str
    label_smoothing: float
    clip_norm: float | None
    accumulate: int
    patience: int | None
    monitor: str
    seed: int
    precision: str
    channels_last: bool

    def __post_init__(self):
        for name in ("epochs", "batch_size", "accumulate"):
            require_count(name, getattr(self, name))
        require_count("patience", self.patience, optional=True)
        _require("lr", self.lr, self.lr > 0, "above 0")
        for name, lr in (self.module_lr or {}).items():
            _require(f"module_lr[{name!r}]", lr, lr > 0, "above 0")
        _require("weight_decay", self.weight_decay, self.weight_decay >= 0, "≥ 0")
        smoothing, clip_norm = self.label_smoothing, self.clip_norm
        _require("label_smoothing", smoothing, 0 <= smoothing < 1, "in 0…1, 1 excluded")
        _require("clip_norm", clip_norm, clip_norm is None or clip_norm > 0, "above 0, or None")
        _require_one_of(OPTIMIZERS, "optimizer", self.optimizer)
        _require_one_of(SCHEDULES, "schedule", self.schedule)
        _require_one_of(MONITORS, "monitor", self.monitor)
        _require_one_of(PRECISIONS, "precision", self.precision)


def groups(model, settings):
    """The weights that are free to learn, in a group for each learning rate.

    Parameters
    ----------
    model : nn.Module
        Frozen weights, those without `requires_grad`, are in no group.
    settings : Settings
        Where modules with a rate of their own lie in one another, the inner one counts.

    Returns
    -------
    list of dict
        As the optimizers of torch take them; first those with the rate of all others.

    Raises
    ------
    ValueError
        If no module with weights has a name in `module_lr`.
    """
    rates = {"": settings.lr, **dict(sorted((settings.module_lr or {}).items()))}
    members = {part: [] for part in rates}
    for name, weight in model.named_parameters():
        around = [part for part in rates if not part or name.startswith(f"{part}.")]
        members[max(around, key=len)].append(weight)
    for part, weights in members.items():
        if part and not weights:
            raise ValueError(
                f"`module_lr` names {part!r}, but `model` has no weights there; "
                "`named_modules` lists the names."
            )
    free = {part: [w for w in weights if w.requires_grad] for part, weights in members.items()}
    return [{"params": weights, "lr": rates[part]} for part, weights in free.items() if weights]


def require_count(name, value, *, optional=False):
    """Raise ValueError unless `value` is a whole number ≥ 1, or None where that is allowed."""
    met = (isinstance(value, int) and value >= 1) or (optional and value is None)
    _require(name, value, met, "a whole number ≥ 1" + (", or None" if optional else ""))


def _require(name, value, met, what):
    if not met:
        raise ValueError(f"`{name}` must be {what}; received {value!r}.")


def _require_one_of(names, argument, value):
    if value not in names:
        raise ValueError(f"`{argument}` must be one of {', '.join(names)}; received {value!r}.")
