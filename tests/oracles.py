"""Two judges of a derivative: torch's autograd, and differences of the function itself."""

import numpy as np
import torch
from numpy.testing import assert_allclose

TOLERANCE = {
    np.dtype(np.float64): {"rtol": 1e-10, "atol": 1e-11},
    np.dtype(np.float32): {"rtol": 1e-4, "atol": 1e-4},
}


def assert_agrees_with_torch(forward, backward, reference, arrays, rng):
    """Compare values and gradients, with a random gradient coming from above."""
    tensors = [torch.tensor(a, requires_grad=True) for a in arrays]
    expected = reference(*tensors)
    grad = rng.normal(size=tuple(expected.shape)).astype(arrays[0].dtype)
    expected.backward(torch.tensor(grad))
    assert_same(forward(*arrays), expected.detach(), "the output")
    gradients = as_tuple(backward(grad, *arrays))
    assert len(gradients) >= len(arrays)
    for number, (ours, tensor) in enumerate(zip(gradients, tensors, strict=False)):
        assert_same(ours, tensor.grad, f"the gradient of argument {number}")


def assert_same(ours, theirs, what):
    """Same shape, same dtype, and the same numbers but for rounding."""
    theirs = theirs.numpy()
    assert ours.dtype == theirs.dtype, f"{what} is {ours.dtype}, torch's is {theirs.dtype}"
    assert ours.shape == theirs.shape, f"{what} has shape {ours.shape}, torch's {theirs.shape}"
    assert_allclose(ours, theirs, **TOLERANCE[theirs.dtype], err_msg=f"{what} differs from torch's")


def assert_agrees_with_differences(forward, backward, arrays, rng, *, step=1e-5):
    """Compare gradients with central differences, at up to twelve entries of each argument."""
    grad = rng.normal(size=np.shape(forward(*arrays)))
    gradients = as_tuple(backward(grad, *arrays))
    for number, array in enumerate(arrays):
        for entry in rng.permutation(array.size)[:12]:
            index = np.unravel_index(entry, array.shape)
            up, down = (moved(array, index, by) for by in (step, -step))
            others = arrays[:number], arrays[number + 1 :]
            high, low = (np.sum(grad * forward(*others[0], a, *others[1])) for a in (up, down))
            derived, expected = gradients[number][index], (high - low) / (2 * step)
            message = f"argument {number} at {index}: derived {derived}, differences {expected}"
            assert_allclose(derived, expected, rtol=1e-5, atol=1e-7, err_msg=message)


def moved(array, index, by):
    """The array with one entry changed."""
    copy = array.copy()
    copy[index] += by
    return copy


def as_tuple(gradients):
    """One gradient, or several, as several."""
    return gradients if isinstance(gradients, tuple) else (gradients,)
