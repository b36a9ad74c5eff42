"""Train a generator and a discriminator against each other."""

import copy
import math
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from zlib import crc32

import numpy as np
import torch

from coursecnn.gan.history import GanHistory
from coursecnn.gan.latents import draw_latents
from coursecnn.gan.losses import discriminator_loss, generator_loss
from coursecnn.gan.synthesise import generate
from coursecnn.progress import progress
from coursecnn.shapes.integers import integer
from coursecnn.training import to_input
from coursecnn.training.batches import Batches
from coursecnn.training.checkpoint import Checkpoint, describe
from coursecnn.training.devices import rng_states, set_rng_states, start
from coursecnn.training.inputs import check_not_empty
from coursecnn.training.run import divergence_interval

COLUMNS = ("discriminator_loss", "generator_loss", "real_score", "generated_score")


def train(
    generator,
    discriminator,
    data,
    *,
    steps=3000,
    batch_size=64,
    lr=0.0004,
    beta1=0.5,
    real_label=0.9,
    ema=0.999,
    seed=0,
    device="auto",
    snapshots=None,
    latents=None,
    labels=None,
    on_snapshot=None,
    checkpoint=None,
    checkpoint_steps=500,
):
    """Train both in place: one learns to draw images of a class, the other to doubt them.

    Parameters
    ----------
    generator : nn.Module
        Maps latents, shape (N, latent_size), and labels to images between −1 and 1, such as
        `models.Generator`.
    discriminator : nn.Module
        Maps images and labels to scores, shape (N,): logits of being real.
    data : ImageSet
        What real images look like.
    steps : int, default 3000
        Steps of either network.
    batch_size : int, default 64
        Real images per step, and as many generated ones, of the same classes.
    lr : float, default 0.0004
        Learning rate of both, by Adam.
    beta1 : float, default 0.5
        Adam's decay of the mean gradient; with the usual 0.9 the two were seen to swing.
    real_label : float, default 0.9
        What the discriminator shall say to real images, as `discriminator_loss` takes it.
    ema : float or None, default 0.999
        How much of the generator's mean weights stays at each step; in the first steps it is
        less. Snapshots are drawn with the mean, and the generator gets it at the end. None: the
        weights themselves.
    seed : int, default 0
        Decides the order of the images and the latents, not the first weights.
    device : {"auto", "cuda", "mps", "cpu"}, default "auto"
        Where to compute; both models stay there.
    snapshots : int or iterable of int, optional
        Draw the fixed latents after every so many steps, or after these; 0 is before the first.
    latents : array_like, shape (N, latent_size), optional
        The fixed latents; default four, each for every class.
    labels : array_like of int, shape (N,), optional
        The class of each of them; goes with `latents`.
    on_snapshot : callable, optional
        Called with the step and the images, ndarray of uint8, shape (N, C, H, W).
    checkpoint : str or Path, optional
        File in which the run is kept. If it exists, the run in it goes on from there.
    checkpoint_steps : int, default 500
        Write it after every so many steps, and at the end.

    Returns
    -------
    GanHistory
        One row per step, and the snapshots.

    Raises
    ------
    ValueError
        If an argument is not one of those listed, or the images, the generator and the
        discriminator do not fit one another.
    CheckpointError
        If `checkpoint` is damaged, or belongs to another run. The file is left as it is.
    FloatingPointError
        If a loss stops being a number; the message says in which step.

    References
    ----------
    .. [1] I. Goodfellow et al., "Generative adversarial nets", NeurIPS 2014, algorithm 1.
    .. [2] A. Radford, L. Metz and S. Chintala, "Unsupervised representation learning with deep
       convolutional generative adversarial networks", ICLR 2016, section 4.
    .. [3] Y. Yazıcı et al., "The unusual effectiveness of averaging in GAN training", ICLR 2019.

    Notes
    -----
    A run that is killed and called again with the same arguments ends with the weights that it
    would have had, bit for bit on one CPU thread.
    """
    settings = Settings(steps, batch_size, lr, beta1, real_label, ema, seed)
    fixed = _fixed(generator, latents, labels, seed)
    due = _due(snapshots, steps)
    integer(checkpoint_steps, "checkpoint_steps", minimum=1)
    _check(generator, discriminator, data)
    fabric = start(device, 1, "32-true")
    run = Run(fabric, generator, discriminator, data, settings)
    file = checkpoint and Checkpoint(checkpoint, _about(run, data, fixed, due))
    if file:
        file.resume(run)
    if run.step == 0 and 0 in due:
        run.take_snapshot(fixed, on_snapshot)
    for _ in progress(range(run.step, steps), "train"):
        run.learn()
        if run.step in due:
            run.take_snapshot(fixed, on_snapshot)
        if file and (run.step == steps or run.step % checkpoint_steps == 0):
            file.keep(run)
    run.finish()
    return run.history


class Run:
    """The two networks with their optimizers, as far as they have got.

    Parameters
    ----------
    fabric : Fabric
        The device, as `training.devices.start` gives it.
    generator, discriminator : nn.Module
        Trained in place.
    data : ImageSet
        What real images look like.
    settings : Settings
        The arguments of `train`.
    """

    def __init__(self, fabric, generator, discriminator, data, settings):
        self.fabric, self.settings = fabric, settings
        self.batches = Batches(data, settings.batch_size, settings.seed, fabric.device)
        self.randomness = torch.Generator().manual_seed(settings.seed)
        self.latent_size = generator.latent_size
        averaged = settings.ema is not None
        self.mean = copy.deepcopy(generator).to(fabric.device) if averaged else generator
        self.generator, self.generator_adam = self._set_up(generator)
        self.discriminator, self.discriminator_adam = self._set_up(discriminator)
        self.history, self.unread, self.step = GanHistory(), [], 0

    def _set_up(self, model):
        adam = torch.optim.Adam(
            model.parameters(), self.settings.lr, betas=(self.settings.beta1, 0.999)
        )
        return self.fabric.setup(model.train(), adam)

    def learn(self):
        """One step of either network, on as many generated images as real ones."""
        pixels, labels = self.batches.draw()
        real = to_input(pixels)
        latents = torch.randn(len(labels), self.latent_size, generator=self.randomness)
        generated = self.generator(latents.to(real.device), labels)
        doubt, *scores = self.teach_discriminator(real, generated.detach(), labels)
        wish = self.teach_generator(generated, labels)
        self.step += 1
        self._average()
        self._note(doubt, wish, *scores)

    def teach_discriminator(self, real, generated, labels):
        """Move the discriminator alone; its loss, and the mean probability of either kind."""
        on_real = self.discriminator(real, labels)
        on_generated = self.discriminator(generated, labels)
        loss = discriminator_loss(on_real, on_generated, real_label=self.settings.real_label)
        self.discriminator_adam.zero_grad()
        self.fabric.backward(loss)
        self.discriminator_adam.step()
        return loss.detach(), *(s.detach().sigmoid().mean() for s in (on_real, on_generated))

    def teach_generator(self, generated, labels):
        """Move the generator alone, by what the discriminator says of its images; its loss."""
        with _held_still(self.discriminator):
            loss = generator_loss(self.discriminator(generated, labels))
            self.generator_adam.zero_grad()
            self.fabric.backward(loss)
        self.generator_adam.step()
        return loss.detach()

    @torch.no_grad()
    def _average(self):
        """Let the mean weights, and those of batch norm, follow the generator."""
        if self.settings.ema is None:
            return
        # Early on the mean would be one of weights that have hardly learned.
        stays = min(self.settings.ema, self.step / (self.step + 9))
        now = self.generator.module.state_dict().values()
        for mean, value in zip(self.mean.state_dict().values(), now, strict=True):
            if mean.is_floating_point():
                mean.lerp_(value, 1 - stays)
            else:
                mean.copy_(value)

    def _note(self, *numbers):
        """Keep the numbers of this step, and look at them when it is time."""
        self.unread.append(torch.stack(numbers))
        if len(self.unread) >= divergence_interval(self.fabric):
            self.read()

    def read(self):
        """Write what was kept into the history; raise FloatingPointError if a loss is no number."""
        if not self.unread:
            return
        first = self.step - len(self.unread) + 1
        for step, numbers in enumerate(torch.stack(self.unread).tolist(), first):
            row = dict(zip(COLUMNS, numbers, strict=True))
            for who in ("discriminator", "generator"):
                if not math.isfinite(loss := row[f"{who}_loss"]):
                    raise FloatingPointError(
                        f"the loss of the {who} became {loss} in step {step} "
                        f"(lr {self.settings.lr:.3g}); a smaller `lr` usually helps"
                    )
            self.history.rows.append({"step": step, **row})
        self.unread = []

    def take_snapshot(self, fixed, on_snapshot):
        """Draw the fixed latents into the history."""
        images = generate(self.mean, *fixed)
        self.history.snapshots[self.step] = images
        if on_snapshot is not None:
            on_snapshot(self.step, images)

    def finish(self):
        """Give the generator its mean weights."""
        self.read()
        if self.settings.ema is not None:
            self.generator.module.load_state_dict(self.mean.state_dict())

    # --- what `training.checkpoint` keeps and brings back ---

    def stop_if_weights_diverged(self):
        """Raise FloatingPointError if a loss or a weight is no number."""
        self.read()
        for model in (self.generator, self.discriminator):
            for name, weight in model.module.named_parameters():
                if not torch.isfinite(weight).all():
                    raise FloatingPointError(
                        f"weights of {name} are no numbers in step {self.step}; a smaller `lr` "
                        "usually helps"
                    )

    def state_dict(self):
        """All that the next step depends on, as numbers and tensors."""
        parts = {name: part.state_dict() for name, part in self._stateful().items()}
        return parts | {
            "step": self.step,
            "rows": self.history.rows,
            "snapshots": {n: torch.from_numpy(s) for n, s in self.history.snapshots.items()},
            "randomness": self.randomness.get_state(),
            "chance": rng_states(self.fabric),
        }

    def load_state_dict(self, state):
        """Go on from where `state_dict` was taken."""
        for name, part in self._stateful().items():
            part.load_state_dict(state[name])
        self.step = state["step"]
        self.history.rows = state["rows"]
        self.history.snapshots = {n: s.numpy() for n, s in state["snapshots"].items()}
        self.randomness.set_state(state["randomness"])
        set_rng_states(self.fabric, state["chance"])

    def _stateful(self):
        return {
            "generator": self.generator,
            "discriminator": self.discriminator,
            "generator_adam": self.generator_adam,
            "discriminator_adam": self.discriminator_adam,
            "mean": self.mean,
            "batches": self.batches,
        }


@contextmanager
def _held_still(model):
    """Gradients go through the model, but not to its weights."""
    free = [weight for weight in model.parameters() if weight.requires_grad]
    for weight in free:
        weight.requires_grad_(False)
    try:
        yield
    finally:
        for weight in free:
            weight.requires_grad_(True)


# --- what is checked before anything is trained ---


@dataclass(frozen=True)
class Settings:
    """The arguments of `train` that a resumed run must share with the run that was stopped."""

    steps: int
    batch_size: int
    lr: float
    beta1: float
    real_label: float
    ema: float | None
    seed: int

    def __post_init__(self):
        integer(self.steps, "steps", minimum=1)
        integer(self.batch_size, "batch_size", minimum=2)  # batch norm needs company
        ema = self.ema
        self._require("lr", self.lr > 0, "above 0")
        self._require("beta1", 0 <= self.beta1 < 1, "in 0…1, 1 excluded")
        self._require("real_label", 0 < self.real_label <= 1, "above 0 and at most 1")
        self._require("ema", ema is None or 0 <= ema < 1, "in 0…1, 1 excluded, or None")

    def _require(self, name, met, what):
        if not met:
            raise ValueError(f"`{name}` must be {what}; received {getattr(self, name)!r}.")


def _fixed(generator, latents, labels, seed):
    """The latents and labels of the snapshots."""
    if (latents is None) != (labels is None):
        raise ValueError("`latents` and `labels` belong together; received only one of them.")
    if latents is None:
        drawn = draw_latents(4, generator.latent_size, seed=seed)
        classes = generator.num_classes
        return np.tile(drawn, (classes, 1)), np.repeat(np.arange(classes), len(drawn))
    latents, labels = np.asarray(latents, np.float32), np.asarray(labels, np.int64)
    if latents.ndim != 2 or labels.shape != latents.shape[:1]:
        raise ValueError(
            f"`latents` must have shape (N, latent_size) and `labels` (N,); received "
            f"{latents.shape} and {labels.shape}."
        )
    return latents, labels


def _due(snapshots, steps):
    """The steps after which the fixed latents are drawn."""
    if snapshots is None:
        return frozenset()
    if isinstance(snapshots, int):
        return frozenset(range(0, steps + 1, integer(snapshots, "snapshots", minimum=1)))
    due = frozenset(integer(step, "snapshots", minimum=0) for step in snapshots)
    if due and max(due) > steps:
        raise ValueError(
            f"`snapshots` must not lie after the last step; received {max(due)} of {steps}."
        )
    return due


@torch.no_grad()
def _check(generator, discriminator, data):
    """Try one image: does what the generator draws look like `data` to the discriminator?"""
    check_not_empty("data", data.images)
    if len(data.class_names) > generator.num_classes:
        raise ValueError(
            f"`data` has {len(data.class_names)} classes, but `generator` draws "
            f"{generator.num_classes}; build it with `num_classes` = {len(data.class_names)}."
        )
    drawn = generate(generator, np.zeros((1, generator.latent_size)), [0])
    if drawn.shape[1:] != data.images.shape[1:]:
        ours, theirs = ("×".join(map(str, images.shape[1:])) for images in (drawn, data.images))
        raise ValueError(f"`generator` draws images of {ours}, but those of `data` are {theirs}.")
    device = next(discriminator.parameters()).device
    was_training = discriminator.training
    image, label = to_input(drawn, device), torch.zeros(1, dtype=torch.int64, device=device)
    try:
        scores = discriminator.eval()(image, label)
    except (RuntimeError, ValueError) as error:
        raise ValueError(f"`discriminator` does not take the images of `data`: {error}") from error
    finally:
        discriminator.train(was_training)
    if scores.shape != (1,):
        raise ValueError(
            f"`discriminator` must give one score per image, shape (N,); for one image it gave "
            f"{tuple(scores.shape)}."
        )


def _about(run, data, fixed, due):
    """What a run is about: another run with the same description may go on with it."""
    models = {"generator": run.generator.module, "discriminator": run.discriminator.module}
    described = {
        name: describe(model, data, None, run.settings, {}) for name, model in models.items()
    }
    return {
        **asdict(run.settings),
        **{name: about["model"] for name, about in described.items()},
        "data": described["generator"]["train"],
        "snapshots": f"{sorted(due)} of {crc32(fixed[0]) + crc32(fixed[1])}",
    }
