"""Four times the photographs and four times the steps: which ingredients pay then?

Four arms of `small_alexnet.py`, as described there, on 6,000 photographs and in 2,800 steps. The
rate of each is chosen anew for this length, by the validation loss of the same seed, which is not
used again.
"""

import pandas as pd
import small_alexnet
import torch
from common import rates

from coursecnn import evidence

LONG = ("small AlexNet", "dropout", "tanh", "two convolutions")
MORE = 4


def tuned(arm):
    """The rate with the lowest validation loss at the end."""
    seed = small_alexnet.TUNING_SEED
    return rates.best(
        lambda rate: small_alexnet.run(arm, seed, rate)["val_loss"], small_alexnet.RATES
    )


if __name__ == "__main__":
    torch.set_num_threads(1)
    small_alexnet.STEPS *= MORE
    for arm in LONG:
        small_alexnet.ARMS[arm] = small_alexnet.ARMS[arm] | {"learn": MORE * small_alexnet.LEARN}
    rows = []
    for arm in LONG:
        rate = tuned(arm)
        rows += [small_alexnet.run(arm, seed, rate) for seed in small_alexnet.SEEDS]
        print(pd.DataFrame(rows[-5:]).to_string(), flush=True)
    evidence.save("more_of_everything", pd.DataFrame(rows).round(4))
