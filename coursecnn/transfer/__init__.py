"""Transfer: what a network has learned from many images, used where there are few.

To follow the code, read `features.py`, what a layer says of images; `heads.py`, classifiers that
learn from that; `freeze.py`, weights that stay as they are; `fine_tune.py`, a network that goes on
learning. `resize.py` gives images the size of the network.
"""

import coursecnn._torch  # noqa: F401  says what to do when torch is missing
from coursecnn.transfer.features import Features, extract_features
from coursecnn.transfer.fine_tune import fine_tune, replace_head
from coursecnn.transfer.freeze import WeightCounts, freeze, keep_norms, unfreeze
from coursecnn.transfer.heads import Head, linear_head, mlp_head, svm_head
from coursecnn.transfer.resize import resize

__all__ = [
    "Features",
    "Head",
    "WeightCounts",
    "extract_features",
    "fine_tune",
    "freeze",
    "keep_norms",
    "linear_head",
    "mlp_head",
    "replace_head",
    "resize",
    "svm_head",
    "unfreeze",
]
