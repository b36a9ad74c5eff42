"""A training run: python training_script.py OUT [OPTIONS OF FIT, as JSON] [KILL AT BATCH].

Leaves the weights and the losses in OUT. The tests kill it, and run it in two processes.
"""

import json
import os
import signal
import sys
from pathlib import Path

import torch

sys.path.insert(0, str(Path(__file__).parent))
from tiny import bars, small_cnn
from torch import nn

from coursecnn import augment, training


def run(out, options, kill_at=None):
    """Train, and kill this process in the middle of a batch if told to."""
    batches, shifts = iter(range(1, 1000)), augment.random_shift(1)

    def shift_or_die(images, generator):
        if next(batches) == kill_at:
            os.kill(os.getpid(), signal.SIGKILL)
        return shifts(images, generator)

    between = [nn.Dropout(0.2)] if options.pop("dropout", False) else []
    model = small_cnn(0, *between)
    history = training.fit(model, bars(113), bars(41, seed=1), augment=shift_or_die, **options)
    if os.environ.get("LOCAL_RANK", "0") == "0":
        torch.save({"weights": model.state_dict(), "rows": history.rows}, out)


if __name__ == "__main__":
    torch.set_num_threads(1)
    options = json.loads(sys.argv[2]) if len(sys.argv) > 2 else {}
    run(sys.argv[1], options, int(sys.argv[3]) if len(sys.argv) > 3 else None)
