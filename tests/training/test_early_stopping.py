"""Early stopping ends a run that no longer gets better, with the weights of its best epoch."""

import numpy as np
import pytest
from tiny import bars, same_weights, small_cnn

from coursecnn import training


@pytest.mark.parametrize(("monitor", "better"), [("val_loss", min), ("val_accuracy", max)])
def test_the_best_epoch_decides_when_to_stop_and_gives_the_weights(monitor, better):
    train, val = bars(40), bars(60, seed=9)
    options = {"lr": 0.3, "schedule": "constant", "epochs": 60, "device": "cpu"}
    model, weights = small_cnn(), []
    history = training.fit(
        model, train, val, patience=3, monitor=monitor, **options,
        on_epoch=lambda row: weights.append({k: v.clone() for k, v in model.state_dict().items()}),
    )  # fmt: skip
    column = history[monitor]
    best = column.index(better(column))
    assert len(column) == best + 1 + 3 < 60
    restored = small_cnn()
    restored.load_state_dict(weights[best])
    assert same_weights(model, restored)
    assert not np.array_equal(weights[best]["0.weight"], weights[-1]["0.weight"])


def test_without_patience_the_last_weights_stay():
    model, weights = small_cnn(), []
    training.fit(
        model, bars(40), bars(60, seed=9), lr=0.3, schedule="constant", epochs=6, device="cpu",
        on_epoch=lambda row: weights.append(model[0].weight.detach().clone()),
    )  # fmt: skip
    assert np.array_equal(weights[-1], model[0].weight.detach())
