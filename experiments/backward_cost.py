"""CPU seconds of the backward pass of a convolution, in units of its forward pass.

Eight shapes, one thread, ten rounds each, forward and backward in turn. `both` is the gradient with
respect to input and weights, `weights` that of a first layer, whose input needs none. By the count
of multiplications the ratios would be 2 and 1.
"""

import time

import pandas as pd
import torch

from coursecnn import evidence

ROUNDS, SECONDS = range(10), 0.05  # a measurement repeats until it has lasted so long
SHAPES = {  # images, C, K, size, kernel, stride
    "3→16, 3×3, 64×64": (16, 3, 16, 64, 3, 1),
    "16→32, 3×3, 32×32": (16, 16, 32, 32, 3, 1),
    "32→64, 3×3, 16×16": (16, 32, 64, 16, 3, 1),
    "64→128, 3×3, 8×8": (16, 64, 128, 8, 3, 1),
    "6→16, 5×5, 14×14": (64, 6, 16, 14, 5, 1),
    "16→32, 5×5, 32×32": (16, 16, 32, 32, 5, 1),
    "64→64, 1×1, 32×32": (16, 64, 64, 32, 1, 1),
    "32→64, stride 2": (16, 32, 64, 32, 3, 2),
}


def seconds(call):
    """CPU seconds of one call."""
    call()
    calls, start = 0, time.process_time()
    while (spent := time.process_time() - start) < SECONDS:
        call()
        calls += 1
    return spent / calls


def measure(name, number):
    """One row: two ratios."""
    images, channels, kernels, size, k, stride = SHAPES[name]
    torch.manual_seed(number)
    x = torch.randn(images, channels, size, size, requires_grad=True)
    w = torch.randn(kernels, channels, k, k, requires_grad=True)
    geometry = {"stride": stride, "padding": k // 2}
    y = torch.conv2d(x, w, **geometry)
    grad = torch.randn_like(y)

    def forward():
        with torch.no_grad():
            torch.conv2d(x, w, **geometry)

    def backward(*inputs):
        torch.autograd.grad(y, inputs, grad, retain_graph=True)

    once = seconds(forward)
    return {
        "arm": name,
        "seed": number,
        "both": seconds(lambda: backward(x, w)) / once,
        "weights": seconds(lambda: backward(w)) / once,
    }


if __name__ == "__main__":
    torch.set_num_threads(1)
    table = pd.DataFrame(measure(name, number) for number in ROUNDS for name in SHAPES)
    evidence.save("backward_cost", table.round(3))
