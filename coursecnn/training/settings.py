"""The numbers that decide how a training run goes, checked before it starts."""

from dataclasses import dataclass

from coursecnn.training.optimizers import OPTIMIZERS, SCHEDULES, choose

PRECISIONS = ("32-true", "bf16-mixed", "16-mixed")
MONITORS = {"val_loss": -1, "val_accuracy": 1}  # the sign of what is better


@dataclass(frozen=True)
class Settings:
    """The arguments of `fit` that a resumed run must share with the run that was stopped.

    Parameters
    ----------
    epochs, batch_size, accumulate, seed : int
        As `fit` has them.
    optimizer, schedule, monitor, precision : str
        As `fit` has them.
    lr, weight_decay, label_smoothing : float
        As `fit` has them.
    clip_norm : float or None
        As `fit` has it.
    patience : int or None
        As `fit` has it.
    channels_last : bool
        As `fit` has it.

    Raises
    ------
    ValueError
        If one of them makes no sense; the message says what it must be.
    """

    epochs: int
    batch_size: int
    optimizer: str
    lr: float
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
        _require("weight_decay", self.weight_decay, self.weight_decay >= 0, "≥ 0")
        smoothing, clip_norm = self.label_smoothing, self.clip_norm
        _require("label_smoothing", smoothing, 0 <= smoothing < 1, "in 0…1, 1 excluded")
        _require("clip_norm", clip_norm, clip_norm is None or clip_norm > 0, "above 0, or None")
        choose(OPTIMIZERS, "optimizer", self.optimizer)
        choose(SCHEDULES, "schedule", self.schedule)
        choose(MONITORS, "monitor", self.monitor)
        choose(dict.fromkeys(PRECISIONS), "precision", self.precision)


def require_count(name, value, *, optional=False):
    """Raise ValueError unless `value` is a whole number ≥ 1, or None where that is allowed."""
    met = (isinstance(value, int) and value >= 1) or (optional and value is None)
    _require(name, value, met, "a whole number ≥ 1" + (", or None" if optional else ""))


def _require(name, value, met, what):
    if not met:
        raise ValueError(f"`{name}` must be {what}; received {value!r}.")
