"""LeNet in NumPy with the first weights of torch, and a backward pass that is wrong on purpose.

What the experiments of the chapter on backpropagation share.
"""

import numpy as np
import torch

from coursecnn import models, numpy_net, ops


def start(seed):
    """LeNet-5 in torch with the first weights of a seed.

    Parameters
    ----------
    seed : int
        Of torch's generator.

    Returns
    -------
    nn.Module
    """
    torch.manual_seed(seed)
    return models.build("lenet5", padding=2)


def from_torch(seed):
    """LeNet-5 in NumPy with the same weights.

    Parameters
    ----------
    seed : int
        As for `start`.

    Returns
    -------
    numpy_net.Sequential
    """
    net = numpy_net.lenet5(rng=np.random.default_rng(0))
    net.load(start(seed).state_dict())
    return net


def not_turned(grad, x, weight, *, input_gradient=True, **geometry):
    """As `ops.conv2d_backward`, with the mistake that the kernel is not turned round."""
    _, *others = ops.conv2d_backward(grad, x, weight, input_gradient=False, **geometry)
    if not input_gradient:
        return None, *others
    mirrored = weight[..., ::-1, ::-1]
    return ops.conv2d_backward(grad, x, mirrored, **geometry)[0], *others


class NotTurned(numpy_net.Conv2d):
    """Hands down a gradient that was computed with the kernel as it stands."""

    derivative = staticmethod(not_turned)


def keep(layer):
    """Let a layer keep the weights that it has: its gradients are zero from now on.

    Parameters
    ----------
    layer : numpy_net.Layer
        Changed in place.
    """
    true_backward = layer.backward

    def backward(grad):
        grad = true_backward(grad)
        layer.gradients = {name: 0 * array for name, array in layer.gradients.items()}
        return grad

    layer.backward = backward
