"""States of slide-and-sum: both rules, all modes, kernels of odd and even size."""

from coursecnn import ops


def vectors(rng):
    """Every second state holds whole numbers, whose sums are exact."""
    rules = [(flip, mode) for flip in (False, True) for mode in ("valid", "same", "full")]
    return [_vector(rng, index % 2 == 0, *rules[index // 2 % 6]) for index in range(420)]


def _vector(rng, exact, flip, mode):
    kernel_size = int(rng.integers(1, 6))
    size = int(rng.integers(kernel_size if mode == "valid" else 1, 13))
    signal, kernel = rng.integers(-99, 100, size), rng.integers(-9, 10, kernel_size)
    if not exact:
        signal, kernel = signal / 7, kernel + rng.normal(size=kernel_size)
    rule = ops.convolve if flip else ops.cross_correlate
    state = {"signal": signal.tolist(), "kernel": kernel.tolist(), "flip": flip, "mode": mode,
             "position": 0}  # fmt: skip
    return {"state": state, "expected": rule(signal, kernel, mode=mode).tolist(), "exact": exact}
