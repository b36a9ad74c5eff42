"""Where a training run stands: everything that its next step depends on."""

import torch

from coursecnn.training import chance
from coursecnn.training.batches import Batches
from coursecnn.training.best import Best
from coursecnn.training.history import History
from coursecnn.training.optimizers import OPTIMIZERS, SCHEDULES


class Run:
    """A model with its optimizer, schedule, batches and history, as far as it has got.

    Parameters
    ----------
    fabric : Fabric
        Launched.
    model : nn.Module
        What is trained, in place.
    train : ImageSet
        What it learns from.
    settings : Settings
        How.
    **changes
        What the batches go through: `augment`, `mix` and the number of `outputs`.
    """

    def __init__(self, fabric, model, train, settings, **changes):
        self.fabric, self.settings = fabric, settings
        self.batches = Batches(train, settings.batch_size, settings.seed, fabric.device, **changes)
        self.steps = settings.epochs * len(self.batches)
        self.layout = _layout(train.images.shape[1:], settings.channels_last)
        if settings.channels_last and self.layout is not torch.preserve_format:
            model.to(memory_format=self.layout)
        optimizer = OPTIMIZERS[settings.optimizer](
            model.parameters(), settings.lr, settings.weight_decay
        )
        self.schedule = SCHEDULES[settings.schedule](optimizer, settings.lr, self.steps)
        self.model, self.optimizer = fabric.setup(model, optimizer)
        self.best = Best(settings.monitor, settings.patience)
        self.history = History()
        self.step = 0
        self.total = torch.zeros(2, device=fabric.device)  # loss and hits since the epoch began

    @property
    def batch(self):
        """The batch of the next step within its epoch; they count from 1."""
        return self.step % len(self.batches) + 1

    @property
    def between_epochs(self):
        """Whether the next step is the first of an epoch."""
        return self.step % len(self.batches) == 0

    @property
    def finished(self):
        """Whether no step is left, or early stopping says that it is enough."""
        return self.step == self.steps or self.best.stop

    def remaining(self):
        """Yield once before each step that is left; the caller takes it."""
        self.model.train()
        while not self.finished:
            yield

    def sums(self):
        """The sums of losses and of hits since the epoch began, over all processes."""
        return self.fabric.all_reduce(self.total.clone(), reduce_op="sum")

    def state_dict(self):
        """All of it as numbers and tensors; all processes must call this together."""
        parts = {name: part.state_dict() for name, part in self._parts().items()}
        return parts | {
            "step": self.step,
            "total": self.sums(),
            "rows": self.history.rows,
            "chance": chance.states(self.fabric),
        }

    def load_state_dict(self, state):
        """Go on from where `state_dict` was taken."""
        for name, part in self._parts().items():
            part.load_state_dict(state[name])
        self.step = state["step"]
        self.history.rows = state["rows"]
        if self.fabric.is_global_zero:  # it holds the sum over all processes
            self.total = state["total"].to(self.total)
        chance.restore(self.fabric, state["chance"])

    def _parts(self):
        return {
            "model": self.model,
            "optimizer": self.optimizer,
            "schedule": self.schedule,
            "precision": self.fabric.strategy.precision,
            "batches": self.batches,
            "best": self.best,
        }


def _layout(shape, channels_last):
    """How a batch lies in memory. For grey images both orders are the same bytes, and convolutions
    are quicker if they take them as channels last."""
    if len(shape) == 3 and (channels_last or shape[0] == 1):
        return torch.channels_last
    if len(shape) == 4 and channels_last:
        return torch.channels_last_3d
    return torch.preserve_format
