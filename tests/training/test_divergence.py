"""A run whose numbers break is stopped, says where, and leaves the last good checkpoint alone."""

import pytest
import torch
from tiny import bars, small_cnn

from coursecnn import training
from coursecnn.training import run


class Explode(torch.nn.Module):
    """Passes its input on until the given batch, and then a value that is no number."""

    def __init__(self, batch, value):
        super().__init__()
        self.left, self.value = batch, value

    def forward(self, x):
        self.left -= self.training
        return x if self.left > 0 else x * self.value


def fit(model, **options):
    return training.fit(model, bars(), epochs=3, batch_size=30, lr=0.01, device="cpu", **options)


@pytest.mark.parametrize("value", ["nan", "inf"])
def test_a_loss_that_is_not_a_number_stops_the_run_and_says_where(value):
    model = small_cnn(0, Explode(7, float(value)))
    with pytest.raises(FloatingPointError, match=r"loss became nan in epoch 2, batch 3 \(lr 0\.01"):
        fit(model, schedule="constant")
    assert all(torch.isfinite(weight).all() for weight in model.parameters())


@pytest.mark.parametrize(
    ("batch", "told"), [(2, "epoch 1, batches 1 to 3 "), (4, "epoch 1, batch 4 ")]
)
def test_where_looking_is_slow_it_is_told_between_which_batches(monkeypatch, batch, told):
    monkeypatch.setattr(run, "divergence_interval", lambda fabric: 3)
    with pytest.raises(FloatingPointError, match=f"became nan in {told}"):
        fit(small_cnn(0, Explode(batch, float("nan"))))


def test_the_checkpoint_from_before_stays(tmp_path):
    file = tmp_path / "run.pt"
    with pytest.raises(FloatingPointError):
        fit(small_cnn(0, Explode(7, float("nan"))), checkpoint=file, checkpoint_steps=3)
    state = torch.load(file, weights_only=True)["state"]
    assert state["step"] == 6
    assert all(torch.isfinite(weight).all() for weight in state["model"].values())
    assert [path.name for path in tmp_path.glob("*.part")] == []


def test_weights_that_are_no_numbers_are_not_kept(tmp_path):
    model, file = small_cnn(), tmp_path / "run.pt"

    def spoil(row):
        model[0].bias.data[1] = float("nan")

    with pytest.raises(FloatingPointError, match=r"0\.bias are no numbers in epoch"):
        fit(model, checkpoint=file, on_epoch=spoil)
    assert not file.exists()
