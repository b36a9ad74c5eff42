"""Training: one loop for every model of the course, on whatever device there is."""

import coursecnn._torch  # noqa: F401  says what to do when torch is missing
from coursecnn.training.checkpoint import CheckpointError
from coursecnn.training.evaluate import accuracy, predict
from coursecnn.training.fit import fit
from coursecnn.training.history import History
from coursecnn.training.pixels import to_input
from coursecnn.training.seeds import seeds

__all__ = ["CheckpointError", "History", "accuracy", "fit", "predict", "seeds", "to_input"]
