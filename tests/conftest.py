"""Fixtures that every room's tests share."""

import gc
import os

# One thread per worker, set before NumPy or torch start: two threads on loaded cores stall.
for _name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ.setdefault(_name, "1")
os.environ.setdefault("COURSECNN_PROGRESS", "0")

# To look for garbage among modules and collected tests, which live to the end, is a tenth of the
# time: nobody looks before all are there, nor among them afterwards.
gc.disable()

import numpy as np
import pytest
from hypothesis import settings

# What hypothesis draws is the same on every machine and has no clock to fear: `make test` looks at
# 30 examples of each law, `make test-all` (HYPOTHESIS_PROFILE=deep) at 500.
_STEADY = {"deadline": None, "derandomize": True, "database": None}
settings.register_profile("bounded", max_examples=30, **_STEADY)
settings.register_profile("deep", max_examples=500, **_STEADY)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "bounded"))


def pytest_collection_finish():
    """From here on garbage is looked for among what the tests make."""
    gc.freeze()
    gc.enable()


def pytest_unconfigure():
    """What lives to the end may end: libraries in C++ complain of what is left."""
    gc.unfreeze()


@pytest.fixture
def rng():
    """A generator with a fixed seed, fresh for each test."""
    return np.random.default_rng(20261121)
