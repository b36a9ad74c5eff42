"""Training: one loop for every model of the course, on whatever device there is.

To follow a training step in the code, read `fit.py`, the loop; `run.py`, how a run learns from a
batch and closes an epoch; `batches.py`, where the pixels come from; `evaluate.py`, how they are
judged. The others as they are needed: `settings.py` and `inputs.py`, what is checked beforehand;
`early_stopping.py`, when it is enough; `history.py`, what comes of it; `checkpoint.py`, a run in a
file; `devices.py`, GPUs and processes.
"""

import coursecnn._torch  # noqa: F401  says what to do when torch is missing
from coursecnn.training.batches import to_input
from coursecnn.training.checkpoint import CheckpointError
from coursecnn.training.evaluate import accuracy, predict
from coursecnn.training.fit import fit
from coursecnn.training.history import History, seeds

__all__ = ["CheckpointError", "History", "accuracy", "fit", "predict", "seeds", "to_input"]
