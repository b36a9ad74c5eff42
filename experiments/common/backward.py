"""Convolutions whose backward pass is wrong on purpose, for the chapter on backpropagation."""

from coursecnn import numpy_net, ops


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


class OtherKernels(numpy_net.Conv2d):
    """Hands down a gradient that was computed with random kernels; `draw` comes first."""

    def draw(self, rng):
        """Draw them, once, as large as the present weights.

        Parameters
        ----------
        rng : numpy.random.Generator
            Where they come from.
        """
        weight = self.parameters["weight"]
        self.others = (rng.normal(size=weight.shape) * weight.std()).astype(weight.dtype)

    def backward(self, grad):
        """As usual, but for the gradient of the input."""
        super().backward(grad)
        return ops.conv2d_backward(grad, self.x, self.others, **self.options)[0]


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
