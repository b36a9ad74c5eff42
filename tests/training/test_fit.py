"""The loop learns what can be learned, repeats itself exactly, and stops when numbers break."""

import types

import numpy as np
import pytest
import torch
from tiny import bars, same_weights, small_cnn
from torch import nn

from coursecnn import augment, training
from coursecnn.data import SignalSet, VideoSet
from coursecnn.training.batches import Batches
from coursecnn.training.settings import OPTIMIZERS, SCHEDULES, groups


def fit(model, **options):
    return training.fit(model, bars(), **({"epochs": 3, "device": "cpu"} | options))


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
@pytest.mark.parametrize("schedule", SCHEDULES)
def test_every_optimizer_and_schedule_lowers_the_loss(optimizer, schedule):
    lr = {"sgd": 0.3, "momentum": 0.05}.get(optimizer, 0.02)
    history = fit(small_cnn(), optimizer=optimizer, schedule=schedule, lr=lr, epochs=6)
    assert history["train_loss"][-1] < 0.8 * history["train_loss"][0]


def test_the_bars_are_told_apart_on_images_not_seen():
    model = small_cnn()
    history = training.fit(model, bars(), bars(60, seed=1), epochs=15, lr=0.03, batch_size=16)
    unseen = bars(200, seed=2)
    assert training.accuracy(model, unseen) > 0.9  # chance is 0.5
    assert history["val_accuracy"][-1] > 0.9


def test_the_same_seeds_give_the_same_weights_bit_for_bit():
    first, again, other = small_cnn(), small_cnn(), small_cnn()
    shifts = augment.random_shift(1)
    fit(first, seed=3, augment=shifts)
    fit(again, seed=3, augment=shifts)
    fit(other, seed=4, augment=shifts)
    assert same_weights(first, again)
    assert not same_weights(first, other)


def test_one_step_of_sgd_is_weights_minus_rate_times_gradient():
    model, twin, images = small_cnn(), small_cnn(), bars(10)
    training.fit(
        model, images, epochs=1, batch_size=10, optimizer="sgd", schedule="constant", lr=0.5,
        weight_decay=0.0, device="cpu",
    )  # fmt: skip
    pixels = torch.as_tensor(images.images) / 127.5 - 1
    nn.functional.cross_entropy(twin(pixels), torch.as_tensor(images.labels)).backward()
    for after, before in zip(model.parameters(), twin.parameters(), strict=True):
        torch.testing.assert_close(after.data, before.data - 0.5 * before.grad)


def one_step(model, images, **options):
    """A single step of plain gradient descent on all images at once."""
    plain = {"optimizer": "sgd", "schedule": "constant", "lr": 0.5, "weight_decay": 0.0}
    fit = training.fit
    return fit(model, images, epochs=1, batch_size=len(images), device="cpu", **plain | options)


@pytest.mark.parametrize("n", [60, 61])
def test_work_in_parts_makes_the_same_steps(n):
    whole, parts = small_cnn(), small_cnn()
    options = {"epochs": 2, "batch_size": 16, "augment": augment.random_shift(1), "device": "cpu"}
    first = training.fit(whole, bars(n), **options)
    second = training.fit(parts, bars(n), accumulate=3, **options)
    torch.testing.assert_close(second["train_loss"], first["train_loss"])
    for a, b in zip(whole.parameters(), parts.parameters(), strict=True):
        torch.testing.assert_close(a, b)


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
def test_weights_that_are_frozen_are_not_moved_even_by_weight_decay(optimizer):
    model, twin = small_cnn(), small_cnn()
    model[0].requires_grad_(False)
    fit(model, optimizer=optimizer, weight_decay=0.5)
    assert torch.equal(model[0].weight, twin[0].weight)
    assert not torch.equal(model[4].weight, twin[4].weight)


def nested():
    """Two layers in a block, and one behind it."""
    torch.manual_seed(0)
    block = nn.Sequential(nn.Conv2d(1, 2, 3), nn.Conv2d(2, 2, 3))
    return nn.Sequential(block, nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(2, 2))


def test_modules_step_at_rates_of_their_own_and_the_inner_one_counts():
    model, twin, images = nested(), nested(), bars(10)
    one_step(model, images, lr=0.5, module_lr={"0": 0.1, "0.1": 0.02})
    pixels = torch.as_tensor(images.images) / 127.5 - 1
    nn.functional.cross_entropy(twin(pixels), torch.as_tensor(images.labels)).backward()
    for part, rate in (("0.0", 0.1), ("0.1", 0.02), ("3", 0.5)):
        before, after = twin.get_submodule(part), model.get_submodule(part)
        torch.testing.assert_close(after.weight.data, before.weight - rate * before.weight.grad)
        torch.testing.assert_close(after.bias.data, before.bias - rate * before.bias.grad)


def test_the_optimizer_gets_the_free_weights_of_each_module_and_no_others():
    model = nested()
    model[0][0].requires_grad_(False)
    found = groups(model, types.SimpleNamespace(lr=0.1, module_lr={"0": 0.02, "0.0": 0.01}))
    assert [group["lr"] for group in found] == [0.1, 0.02]
    for group, layer in zip(found, (model[3], model[0][1]), strict=True):
        assert list(map(id, group["params"])) == list(map(id, layer.parameters()))


@pytest.mark.parametrize("schedule", SCHEDULES)
def test_a_schedule_changes_all_rates_by_the_same_factors(schedule):
    settings = types.SimpleNamespace(lr=0.1, module_lr={"3": 0.004})
    optimizer = OPTIMIZERS["adamw"](groups(nested(), settings), 0.1, 0.0)
    plan, peaks = SCHEDULES[schedule](optimizer, 20), [0, 0]
    for _ in range(19):
        optimizer.step()
        plan.step()
        body, head = plan.get_last_lr()
        assert head == pytest.approx(0.04 * body)
        peaks = [max(peaks[0], body), max(peaks[1], head)]
    assert peaks == pytest.approx([0.1, 0.004], rel=0.03)


def test_a_rate_for_what_is_not_there_is_refused():
    with pytest.raises(ValueError, match=r"`module_lr` names 'fc', but `model` has no weights"):
        fit(nested(), module_lr={"fc": 0.1})
    with pytest.raises(ValueError, match=r"`module_lr\['3'\]` must be above 0; received 0"):
        fit(nested(), module_lr={"3": 0})


def test_a_long_gradient_is_shortened_to_the_norm_asked_for():
    model, twin, images = small_cnn(), small_cnn(), bars(10)
    one_step(model, images, clip_norm=1e-3)
    moved = torch.cat(
        [
            (after - before).flatten()
            for after, before in zip(model.parameters(), twin.parameters(), strict=True)
        ]
    )
    assert moved.norm().item() == pytest.approx(0.5 * 1e-3, rel=1e-3)


def test_label_smoothing_is_a_mixture_with_the_uniform_distribution():
    model, images = small_cnn(), bars(10)
    with torch.no_grad():
        surprise = -model(torch.as_tensor(images.images) / 127.5 - 1).log_softmax(1)
    right = surprise[torch.arange(10), torch.as_tensor(images.labels)].mean()
    history = one_step(model, images, label_smoothing=0.2)
    assert history["train_loss"][0] == pytest.approx((0.8 * right + 0.2 * surprise.mean()).item())


def test_mixed_images_are_learned_with_their_shares_of_both_labels():
    def mix(images, targets, generator):
        assert targets.sum() == len(images)
        return images, 0.25 * targets.flip(1) + 0.75 * targets

    model, images = small_cnn(), bars(10)
    with torch.no_grad():
        surprise = -model(torch.as_tensor(images.images) / 127.5 - 1).log_softmax(1)
    right, wrong = surprise[torch.arange(10), torch.as_tensor(images.labels)], surprise.sum(1)
    history = one_step(model, images, mix=mix)
    expected = (0.75 * right + 0.25 * (wrong - right)).mean().item()
    assert history["train_loss"][0] == pytest.approx(expected)
    assert history["train_accuracy"][0] == pytest.approx((2 * right < wrong).float().mean().item())


def test_the_validation_loss_of_a_confident_mistake_is_as_large_as_it_is():
    model, images = nn.Sequential(nn.Flatten(), nn.Linear(56, 2)), bars(10)
    model[1].weight.data.zero_()
    model[1].bias.data = torch.tensor([0.0, 40.0])  # half of the labels are 0: there the loss is 40
    options = {"optimizer": "sgd", "lr": 1e-9, "epochs": 1, "device": "cpu"}
    history = training.fit(model, images, images, **options)
    assert history["val_loss"][0] == pytest.approx((40 + 0) / 2)
    assert history["val_accuracy"][0] == 0.5


class TwoHeads(nn.Module):
    """A network that has a second head while it trains."""

    def __init__(self):
        super().__init__()
        self.body = small_cnn()
        self.first, self.second = nn.Linear(2, 2), nn.Linear(2, 2)

    def forward(self, x):
        x = self.body(x)
        return (self.first(x), self.second(x)) if self.training else self.first(x)


def test_a_loss_on_inner_layers_counts_less():
    model, images = TwoHeads(), bars(10)
    x, labels = torch.as_tensor(images.images) / 127.5 - 1, torch.as_tensor(images.labels)
    losses = [nn.functional.cross_entropy(logits, labels).item() for logits in model(x)]
    history = one_step(model, images)
    assert history["train_loss"][0] == pytest.approx(losses[0] + 0.3 * losses[1])


@pytest.mark.parametrize("channels_last", [False, True])
@pytest.mark.parametrize(("axes", "conv"), [((9,), nn.Conv1d), ((4, 5, 6), nn.Conv3d)])
def test_sounds_and_videos_are_learned_too(axes, conv, channels_last):
    flat = bars(40)
    kind = {1: SignalSet, 3: VideoSet}[len(axes)]
    pixels = (flat.labels * 200).astype(np.uint8).reshape(-1, 1, *(1 for _ in axes))
    options = {"rate": 8000} if kind is SignalSet else {}
    images = np.broadcast_to(pixels, (40, 2, *axes))
    train = kind(images, flat.labels, flat.class_names, "train", "drawn", **options)
    torch.manual_seed(0)
    model = nn.Sequential(conv(2, 4, 3), nn.ReLU(), nn.Flatten(), nn.LazyLinear(2))
    model(torch.zeros(1, 2, *axes))
    history = training.fit(
        model, train, channels_last=channels_last, device="cpu", epochs=5, batch_size=8, lr=0.02
    )
    assert history["train_accuracy"][-1] == 1.0


def test_channels_last_changes_the_layout_and_not_the_result():
    first, second = small_cnn(), small_cnn()
    one, two = fit(first), fit(second, channels_last=True)
    torch.testing.assert_close(one["train_loss"], two["train_loss"], rtol=1e-4, atol=1e-4)
    torch.testing.assert_close(first[0].weight, second[0].weight, rtol=1e-3, atol=1e-4)


def test_layers_compute_in_the_precision_asked_for_and_weights_stay_as_they_are():
    seen = set()
    model = small_cnn()
    model[0].register_forward_hook(
        lambda module, images, maps: seen.add((module.training, maps.dtype))
    )
    history = training.fit(model, bars(), bars(40), epochs=1, device="cpu", precision="bf16-mixed")
    assert {(True, torch.bfloat16), (False, torch.bfloat16)} <= seen
    assert model[0].weight.dtype == torch.float32
    assert 0.3 < history["val_loss"][0] < 1.2


@pytest.mark.parametrize(
    ("schedule", "expected"),
    [
        ("constant", [0.1, 0.1, 0.1]),
        ("step", [0.01, 0.001, 0.0001]),
        ("cosine", [0.075, 0.025, 0.0]),
    ],
)
def test_a_schedule_gives_each_epoch_its_rate(schedule, expected):
    history = fit(small_cnn(), schedule=schedule, lr=0.1)
    assert history["lr"] == pytest.approx(expected, abs=1e-9)


def test_one_cycle_rises_to_its_peak_and_falls_below_its_start():
    rates = []
    fit(small_cnn(), epochs=20, lr=0.1, on_epoch=lambda row: rates.append(row["lr"]))
    assert max(rates) == pytest.approx(0.1, rel=0.02)
    assert rates.index(max(rates)) == 5
    assert rates[0] < 0.02 > rates[-1]


def test_on_epoch_is_told_each_row_as_it_comes():
    rows = []
    history = fit(small_cnn(), on_epoch=rows.append)
    assert rows == history.rows


def test_an_epoch_shows_each_image_once_with_its_own_label():
    images = bars(23)
    source = Batches(images, 5, 0, torch.device("cpu"))
    batches = [source.draw() for _ in range(len(source))]
    assert [len(labels) for _, labels in batches] == [5, 5, 5, 5, 3]
    shown = {
        (image.numpy().tobytes(), int(label))
        for b in batches
        for image, label in zip(*b, strict=True)
    }
    assert shown == {
        (i.tobytes(), int(c)) for i, c in zip(images.images, images.labels, strict=True)
    }


@pytest.mark.parametrize(("argument", "known"), [("optimizer", "adamw"), ("schedule", "cosine")])
def test_an_unknown_choice_is_refused_with_what_there_is(argument, known):
    with pytest.raises(ValueError, match=rf"`{argument}` must be one of .*{known}.*'fast'"):
        fit(small_cnn(), **{argument: "fast"})


def test_history_is_a_table_indexed_by_epoch():
    table = fit(small_cnn()).to_frame()
    assert table.index.tolist() == [1, 2, 3]
    assert list(table) == ["lr", "train_loss", "train_accuracy"]
