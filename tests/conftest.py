"""Fixtures that every room's tests share."""

import os

# One thread per worker, set before NumPy or torch start: two threads on loaded cores stall.
for _name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ.setdefault(_name, "1")
os.environ.setdefault("COURSECNN_PROGRESS", "0")

import numpy as np
import pytest


@pytest.fixture
def rng():
    """A generator with a fixed seed, fresh for each test."""
    return np.random.default_rng(20261121)
