"""A training run: where it stands, and how it learns from a batch."""

import math

import torch
from torch.nn import functional as F  # noqa: N812  torch's own habit

from coursecnn.training.batches import Batches, to_input
from coursecnn.training.devices import rng_states, set_rng_states
from coursecnn.training.early_stopping import EarlyStopping
from coursecnn.training.evaluate import measure
from coursecnn.training.history import History
from coursecnn.training.settings import OPTIMIZERS, SCHEDULES, groups

AUXILIARY = 0.3  # weight of a loss on inner layers: Szegedy et al. 2015, section 5


class Run:
    """A model with its optimizer, schedule, batches and history, as far as it has got.

    Where there are several processes, all of them must call the methods together.

    Parameters
    ----------
    fabric : Fabric
        The processes and their devices, as `devices.start` gives them.
    model : nn.Module
        Trained in place.
    train : ImageSet
        What it learns from.
    settings : Settings
        The arguments of `fit`.
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
            groups(model, settings), settings.lr, settings.weight_decay
        )
        self.schedule = SCHEDULES[settings.schedule](optimizer, self.steps)
        self.model, self.optimizer = fabric.setup(model, optimizer)
        self.early_stopping = EarlyStopping(settings.monitor, settings.patience)
        self.history = History()
        self.step = 0
        self.total = torch.zeros(2, device=fabric.device)  # loss and hits since the epoch began

    @property
    def between_epochs(self):
        """Whether the next step is the first of an epoch."""
        return self.step % len(self.batches) == 0

    @property
    def finished(self):
        """Whether no step is left, or early stopping says that it is enough."""
        return self.step == self.steps or self.early_stopping.stop

    def remaining(self):
        """Yield once before each step that is left; the caller takes it."""
        self.model.train()
        while not self.finished:
            yield

    def learn(self):
        """Take one batch and make one step with it.

        The batch is shared out over the processes, and each share is worked off in `accumulate`
        parts. Every image weighs the same, so neither changes the step but for rounding; batch
        norm and dropout, though, see the parts.
        """
        images, targets = self.batches.draw()
        weight = len(targets) / self.fabric.world_size  # DDP takes the mean over processes
        parts = self._parts(images, targets)
        self.optimizer.zero_grad()
        for number, part in enumerate(parts, 1):
            with self.fabric.no_backward_sync(self.model, enabled=number < len(parts)):
                self._differentiate(*part, weight)
        self._stop_if_the_loss_diverged()
        if self.settings.clip_norm is not None:
            norm = {"max_norm": self.settings.clip_norm, "error_if_nonfinite": False}
            self.fabric.clip_gradients(self.model, self.optimizer, **norm)
        self.optimizer.step()
        self.schedule.step()
        self.step += 1

    def _parts(self, images, targets):
        """The share of this process in a batch, in parts. One without a share must still take part
        in adding up the gradients, and does so with an image that nothing is wanted of."""
        rank, world = self.fabric.global_rank, self.fabric.world_size
        mine = [whole.tensor_split(world)[rank] for whole in (images, targets)]
        if not len(mine[1]):
            return [(images[:1], targets[:0])]
        size = -(-len(mine[1]) // self.settings.accumulate)
        return list(zip(*(share.split(size) for share in mine), strict=True))

    def _differentiate(self, images, targets, weight):
        """Add the gradient of some images to what there is, and their loss to the sum."""
        outputs = self.model(to_input(images, memory_format=self.layout))
        logits, *others = outputs if isinstance(outputs, tuple) else (outputs,)
        loss = self._loss(logits, targets) / weight
        for auxiliary in others:
            loss = loss + AUXILIARY * self._loss(auxiliary, targets) / weight
        self.fabric.backward(loss)
        labels = targets if targets.ndim == 1 else targets.argmax(1)
        hits = (logits[: len(targets)].argmax(1) == labels).sum()
        self.total += torch.stack([loss.detach() * weight, hits])

    def _loss(self, logits, targets):
        smoothing = self.settings.label_smoothing
        return F.cross_entropy(
            logits[: len(targets)], targets, reduction="sum", label_smoothing=smoothing
        )

    def close_epoch(self, val, on_epoch):
        """Add a row to the history, and look whether this was the best epoch."""
        self.stop_if_weights_diverged()
        loss, accuracy = (self._sums() / len(self.batches.labels)).tolist()
        row = {
            "epoch": len(self.history.rows) + 1,
            "lr": self.schedule.get_last_lr()[0],
            "train_loss": loss,
            "train_accuracy": accuracy,
        }
        if val is not None:
            row["val_loss"], row["val_accuracy"] = measure(self.fabric, self.model.module, val)
        self.history.rows.append(row)
        self.total.zero_()
        self.early_stopping.update(row, self.model)
        if on_epoch is not None and self.fabric.is_global_zero:
            on_epoch(row)

    def _sums(self):
        """The sums of losses and of hits since the epoch began, over all processes."""
        return self.fabric.all_reduce(self.total.clone(), reduce_op="sum")

    def _stop_if_the_loss_diverged(self):
        """Raise FloatingPointError if the sum of the losses of this epoch is no number.

        One process on the CPU looks at each batch, so the last step that was made is still a
        sound one.
        """
        every, batch = divergence_interval(self.fabric), self.step % len(self.batches) + 1
        if batch % every and batch != len(self.batches):
            return
        loss = self._sums()[0].item()
        if not math.isfinite(loss):
            first = (batch - 1) // every * every + 1
            raise self._divergence(f"the loss became {loss}", first, batch)

    def stop_if_weights_diverged(self):
        """Raise FloatingPointError if a weight is no number; between two steps."""
        batch = (self.step - 1) % len(self.batches) + 1
        for name, weight in self.model.module.named_parameters():
            if not torch.isfinite(weight).all():
                raise self._divergence(f"weights of {name} are no numbers", batch, batch)

    def _divergence(self, what, first, last):
        batches = f"batch {first}" if first == last else f"batches {first} to {last}"
        lr = self.optimizer.param_groups[0]["lr"]
        return FloatingPointError(
            f"{what} in epoch {len(self.history.rows) + 1}, {batches} (lr {lr:.3g}); a smaller "
            "`lr` usually helps, or `clip_norm`"
        )

    def state_dict(self):
        """All that the next step depends on, as numbers and tensors."""
        parts = {name: part.state_dict() for name, part in self._stateful().items()}
        return parts | {
            "step": self.step,
            "total": self._sums(),
            "rows": self.history.rows,
            "chance": rng_states(self.fabric),
        }

    def load_state_dict(self, state):
        """Go on from where `state_dict` was taken."""
        for name, part in self._stateful().items():
            part.load_state_dict(state[name])
        self.step = state["step"]
        self.history.rows = state["rows"]
        if self.fabric.is_global_zero:  # it holds the sum over all processes
            self.total = state["total"].to(self.total)
        set_rng_states(self.fabric, state["chance"])

    def _stateful(self):
        return {
            "model": self.model,
            "optimizer": self.optimizer,
            "schedule": self.schedule,
            "precision": self.fabric.strategy.precision,
            "batches": self.batches,
            "best": self.early_stopping,
        }


def divergence_interval(fabric):
    """Every how many batches to look at the loss: to see a number on a GPU, or that of another
    process, is to wait for it."""
    return 1 if fabric.device.type == "cpu" and fabric.world_size == 1 else 50


def _layout(shape, channels_last):
    """How a batch lies in memory. For grey images both orders are the same bytes, and convolutions
    are quicker if they take them as channels last."""
    if len(shape) == 3 and (channels_last or shape[0] == 1):
        return torch.channels_last
    if len(shape) == 4 and channels_last:
        return torch.channels_last_3d
    return torch.preserve_format
