"""The same networks as in `overfitting.py`, trained four times as long.

With shifts, 320 steps do not bring the training loss to rest. Here each arm takes 1,280, with the
rate and the strengths that it was given there; `wrong labels` takes the larger of the two rates.
"""

import overfitting
import pandas as pd
import torch
from common import small_cnns

from coursecnn import evidence

ARMS = ("nothing", "shifts", "batch norm", "wrong labels", "all", "all but shifts")

if __name__ == "__main__":
    torch.set_num_threads(1)
    sets = [small_cnns.digits(split) for split in ("train", "val", "test")]
    tuned = evidence.load("overfitting").groupby("arm").first()
    tables = []
    for arm in ARMS:
        row = tuned.loc[arm]
        strengths = {name: row[name] for name in overfitting.ARMS[arm]}
        if "shifts" in strengths:
            strengths["shifts"] = int(strengths["shifts"])
        rate = max(overfitting.RATES) if arm == "wrong labels" else row["rate"]
        grid = [(rate, seed) for seed in overfitting.SEEDS]
        epochs = 4 * overfitting.EPOCHS
        tables.append(overfitting.run(arm, strengths, grid, sets, epochs)[0])
        print(arm, tables[-1][["train", "train_loss", "val_loss", "test"]].mean(), flush=True)
    evidence.save("overfitting_longer", pd.concat(tables).round(4))
