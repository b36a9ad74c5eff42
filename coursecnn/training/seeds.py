"""The same experiment with several seeds, so that a result has a spread."""

import time

import pandas as pd
import torch

from coursecnn.progress import progress


def seeds(numbers, run):
    """Run an experiment once per seed.

    Parameters
    ----------
    numbers : iterable of int
        The seeds.
    run : callable
        Takes a seed, returns a dict of results. torch's global generator is seeded before each
        call, so that a model made inside starts from weights which the seed decides.

    Returns
    -------
    pandas.DataFrame
        One row per seed: seed, the results, and cpu_seconds of this process.
    """
    rows = []
    for seed in progress(list(numbers), "seeds"):
        torch.manual_seed(seed)
        start = time.process_time()
        result = run(seed)
        rows.append({"seed": seed, **result, "cpu_seconds": time.process_time() - start})
    return pd.DataFrame(rows)
