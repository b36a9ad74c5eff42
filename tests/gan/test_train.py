"""Training a pair: who moves when, what is repeated exactly, and what is refused."""

import copy
from importlib import import_module

import numpy as np
import pytest
import torch
from gan.conftest import halves, pair
from tiny import same_weights

from coursecnn import gan
from coursecnn.gan.train import Run, Settings
from coursecnn.training import CheckpointError, to_input
from coursecnn.training.devices import start

OPTIONS = {"steps": 6, "batch_size": 16, "lr": 0.002, "device": "cpu"}


@pytest.fixture
def run():
    """A run that has not begun, with a batch of real and one of generated images."""
    fabric = start("cpu", 1, "32-true")
    run = Run(fabric, *pair(), halves(), Settings(6, 16, 0.002, 0.5, 0.9, 0.5, 0))
    pixels, labels = run.batches.draw()
    generated = run.generator(torch.randn(16, 6), labels)
    return run, to_input(pixels), generated, labels


def weights_of(model):
    return copy.deepcopy(dict(model.module.named_parameters()))


def moved(model, before):
    return [not torch.equal(w, before[name]) for name, w in model.module.named_parameters()]


def test_the_discriminators_step_moves_the_discriminator_alone(run):
    run, real, generated, labels = run
    before = weights_of(run.generator), weights_of(run.discriminator)
    run.teach_discriminator(real, generated.detach(), labels)
    assert not any(moved(run.generator, before[0]))
    assert all(moved(run.discriminator, before[1]))
    assert all(weight.grad is None for weight in run.generator.parameters())


def test_the_generators_step_moves_the_generator_alone(run):
    run, _, generated, labels = run
    before = weights_of(run.generator), weights_of(run.discriminator)
    run.teach_generator(generated, labels)
    # A bias in front of a batch norm would have no gradient; the generator has none.
    assert all(moved(run.generator, before[0]))
    assert not any(moved(run.discriminator, before[1]))
    assert all(weight.grad is None for weight in run.discriminator.parameters())
    assert all(weight.requires_grad for weight in run.discriminator.parameters())


def test_a_step_against_the_algorithm_written_out():
    """One step with plain torch: the same losses, the same weights."""
    generator, discriminator = pair()
    ours = pair()
    data = halves(16)
    history = gan.train(*ours, data, **(OPTIONS | {"steps": 1}), ema=None, real_label=0.9)
    order = torch.randperm(16, generator=torch.Generator().manual_seed(0))
    real, labels = to_input(data.images)[order], torch.as_tensor(data.labels)[order]
    latents = torch.randn(16, 6, generator=torch.Generator().manual_seed(0))
    adams = [
        torch.optim.Adam(model.parameters(), 0.002, betas=(0.5, 0.999))
        for model in (generator, discriminator)
    ]
    drawn = generator(latents, labels)
    on_real = discriminator(real, labels).sigmoid()
    on_drawn = discriminator(drawn.detach(), labels).sigmoid()
    doubt = -(0.9 * on_real.log() + 0.1 * (1 - on_real).log()).mean() - (1 - on_drawn).log().mean()
    doubt.backward()
    adams[1].step()
    wish = -discriminator(drawn, labels).sigmoid().log().mean()
    adams[0].zero_grad()
    wish.backward()
    adams[0].step()
    row = [doubt.item(), wish.item(), on_real.mean().item(), on_drawn.mean().item()]
    assert list(history.rows[0].values())[1:] == pytest.approx(row, rel=1e-5)
    for name, weight in generator.named_parameters():
        # Adam's first step is 0.002 for every weight, even where its gradient is mere rounding.
        clear = weight.grad.abs() > 1e-5
        assert clear.float().mean() > 0.5, name
        moved = ours[0].get_parameter(name)
        torch.testing.assert_close(moved[clear], weight[clear], rtol=1e-4, atol=2e-5)
        torch.testing.assert_close(moved, weight, rtol=0, atol=0.0041)


def test_it_learns_to_draw_the_class_that_it_is_asked_for(learned):
    generator, _, _ = learned
    samples = gan.synthesise(generator, 40)
    left, right = (samples.images[..., part].mean((1, 2, 3)) for part in (np.s_[:4], np.s_[4:]))
    assert ((right > left) == samples.labels).mean() > 0.95


def test_the_history_has_a_row_per_step_and_survives_in_a_file(learned, tmp_path):
    _, history, _ = learned
    table = history.to_frame()
    assert table.index.tolist() == list(range(1, 121))
    assert list(table) == [
        "discriminator_loss", "generator_loss", "real_score", "generated_score"
    ]  # fmt: skip
    scores = table[["real_score", "generated_score"]].to_numpy()
    assert ((scores > 0) & (scores < 1)).all()
    assert history["real_score"] == table["real_score"].tolist()
    history.to_csv(tmp_path / "gan.csv")
    assert (tmp_path / "gan.csv").read_text().startswith("step,discriminator_loss,generator_loss")
    assert len((tmp_path / "gan.csv").read_text().splitlines()) == 121


def test_snapshots_show_the_same_latents_of_every_class_while_it_learns(learned):
    generator, history, drawn = learned
    assert list(history.snapshots) == [0, 40, 80, 120]
    assert [step for step, _ in drawn] == [0, 40, 80, 120]
    last = history.snapshots[120]
    assert (last.shape, last.dtype) == ((8, 1, 8, 8), np.uint8)
    latents = np.tile(gan.draw_latents(4, 6, seed=0), (2, 1))
    assert np.array_equal(last, gan.generate(generator, latents, np.repeat([0, 1], 4)))
    assert np.array_equal(drawn[-1][1], last)
    assert len({images.tobytes() for images in history.snapshots.values()}) == 4


def test_snapshots_are_drawn_of_the_latents_and_after_the_steps_that_were_asked_for():
    latents, labels = gan.draw_latents(3, 6, seed=5), [1, 1, 0]
    generator, discriminator = pair()
    first = gan.generate(generator, latents, labels)
    history = gan.train(
        generator, discriminator, halves(), **OPTIONS,
        snapshots=(0, 5), latents=latents, labels=labels,
    )  # fmt: skip
    assert list(history.snapshots) == [0, 5]
    assert np.array_equal(history.snapshots[0], first)
    assert history.snapshots[5].shape == (3, 1, 8, 8)


def test_seeds_repeat_a_run_bit_for_bit_and_looking_on_changes_nothing():
    pairs = [pair() for _ in range(3)]
    first = gan.train(*pairs[0], halves(), **OPTIONS)
    again = gan.train(*pairs[1], halves(), **OPTIONS, snapshots=2)
    other = gan.train(*pairs[2], halves(), **OPTIONS, seed=1)
    assert first.rows == again.rows != other.rows
    assert all(same_weights(*models) for models in zip(pairs[0], pairs[1], strict=True))


def test_the_mean_follows_the_weights_by_hand():
    generator, discriminator = pair()
    start, name = copy.deepcopy(generator), "layers.0.weight"
    raw = [pair() for _ in range(2)]
    for steps, models in enumerate(raw, 1):
        gan.train(*models, halves(), **(OPTIONS | {"steps": steps}), ema=None)
    gan.train(generator, discriminator, halves(), **(OPTIONS | {"steps": 2}), ema=0.15)
    zero, one, two = (m.get_parameter(name) for m in (start, raw[0][0], raw[1][0]))
    stays = 1 / 10, min(0.15, 2 / 11)  # of the mean, at the first step and at the second
    mean = stays[0] * zero + (1 - stays[0]) * one
    mean = stays[1] * mean + (1 - stays[1]) * two
    torch.testing.assert_close(generator.get_parameter(name), mean, rtol=1e-5, atol=1e-7)
    assert same_weights(discriminator, raw[1][1])


def test_a_run_that_was_stopped_goes_on_as_if_nothing_had_happened(tmp_path):
    whole, parts = pair(), pair()
    expected = gan.train(*whole, halves(), **OPTIONS, snapshots=2)

    def stop(step, images):
        if step == 4:
            raise KeyboardInterrupt

    resume = {"snapshots": 2, "checkpoint": tmp_path / "gan.pt", "checkpoint_steps": 3}
    with pytest.raises(KeyboardInterrupt):
        gan.train(*pair(), halves(), **OPTIONS, **resume, on_snapshot=stop)
    found = gan.train(*parts, halves(), **OPTIONS, **resume)
    assert found.rows == expected.rows
    assert list(found.snapshots) == list(expected.snapshots)
    assert all(np.array_equal(found.snapshots[n], expected.snapshots[n]) for n in found.snapshots)
    assert all(same_weights(*models) for models in zip(whole, parts, strict=True))
    with pytest.raises(CheckpointError, match=r"belongs to another run: `lr` was 0\.002"):
        gan.train(*pair(), halves(), **(OPTIONS | {"lr": 0.001}), **resume)


@pytest.mark.parametrize("who", ["discriminator", "generator"])
def test_a_loss_that_is_no_number_stops_the_run_and_says_whose_it_is(monkeypatch, who):
    module = import_module("coursecnn.gan.train")  # of the name is the function, too
    losses, calls = getattr(module, f"{who}_loss"), iter([1, 1, float("nan")])
    monkeypatch.setattr(
        module, f"{who}_loss", lambda *scores, **options: losses(*scores, **options) * next(calls)
    )
    with pytest.raises(FloatingPointError, match=rf"loss of the {who} became nan in step 3 \(lr"):
        gan.train(*pair(), halves(), **OPTIONS)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"steps": 0}, "`steps` must be at least 1, not 0"),
        ({"batch_size": 1}, "`batch_size` must be at least 2, not 1"),
        ({"lr": 0}, "`lr` must be above 0; received 0"),
        ({"beta1": 1}, "`beta1` must be in 0…1, 1 excluded; received 1"),
        ({"real_label": 1.5}, "`real_label` must be above 0 and at most 1; received 1.5"),
        ({"ema": 1}, "`ema` must be in 0…1, 1 excluded, or None; received 1"),
        ({"snapshots": 0}, "`snapshots` must be at least 1, not 0"),
        ({"snapshots": [3, 7]}, "`snapshots` must not lie after the last step; received 7 of 6"),
        ({"labels": [1]}, "`latents` and `labels` belong together"),
        ({"latents": np.zeros((2, 6)), "labels": [1]}, r"and `labels` \(N,\); received \(2, 6\)"),
        ({"checkpoint_steps": 0}, "`checkpoint_steps` must be at least 1, not 0"),
        ({"device": "gpu"}, "`device` must be one of auto, cuda, mps, cpu; received 'gpu'"),
    ],
    ids=str,
)
def test_what_cannot_be_is_refused(options, message):
    with pytest.raises(ValueError, match=message):
        gan.train(*pair(), halves(), **(OPTIONS | options))


def test_networks_and_images_that_do_not_fit_are_refused():
    from coursecnn.data import mnist
    from coursecnn.models import Discriminator, Generator

    generator, discriminator = pair()
    with pytest.raises(ValueError, match="`data` has 10 classes, but `generator` draws 2; build"):
        gan.train(generator, discriminator, mnist("val"), **OPTIONS)
    ten = Generator(width=1, image_size=8)
    with pytest.raises(ValueError, match="draws images of 1×8×8, but those of `data` are 1×28×28"):
        gan.train(ten, discriminator, mnist("val"), **OPTIONS)
    with pytest.raises(ValueError, match="`discriminator` does not take the images of `data`: `x`"):
        gan.train(generator, Discriminator(2, width=1), halves(), **OPTIONS)
    with pytest.raises(ValueError, match=r"must give one score per image.* it gave \(1, 8, 8\)"):
        gan.train(generator, Maps(), halves(), **OPTIONS)
    with pytest.raises(ValueError, match="`data` is empty"):
        gan.train(generator, discriminator, halves(2).take([]), **OPTIONS)


class Maps(torch.nn.Conv2d):
    """No discriminator: a score for every pixel."""

    def __init__(self):
        super().__init__(1, 1, 1)

    def forward(self, x, labels):
        return super().forward(x)[:, 0]
