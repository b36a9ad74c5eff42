"""Batch normalisation as a layer: it remembers the statistics that it will need at test time."""

import numpy as np

from coursecnn import ops
from coursecnn.numpy_net.layer import Layer
from coursecnn.shapes.integers import integer


class BatchNorm2d(Layer):
    """`ops.batch_norm`: by the batch's own statistics while training, by remembered ones otherwise.

    Parameters
    ----------
    num_features : int
        Number of channels.
    eps : float, default 1e-5
        Added to the variances.
    momentum : float, default 0.1
        Weight of the newest batch in what is remembered.
    """

    def __init__(self, num_features, *, eps=1e-5, momentum=0.1):
        super().__init__()
        channels = integer(num_features, "num_features", minimum=1)
        self.eps, self.momentum = eps, momentum
        self.parameters = {
            "weight": np.ones(channels, np.float32),
            "bias": np.zeros(channels, np.float32),
        }
        self.buffers = {
            "running_mean": np.zeros(channels, np.float32),
            "running_var": np.ones(channels, np.float32),
            "num_batches_tracked": np.zeros((), np.int64),
        }

    def forward(self, x):
        """Normalise, scale and shift each channel."""
        self.x = x
        if self.training:
            self._remember(x)
        return ops.batch_norm(x, *self.parameters.values(), **self._statistics(), eps=self.eps)

    def backward(self, grad):
        """Keep the gradients of scale and shift, hand back that of the input."""
        weight = self.parameters["weight"]
        options = self._statistics() | {"eps": self.eps}
        grad_x, *others = ops.batch_norm_backward(grad, self.x, weight, **options)
        self.gradients = dict(zip(self.parameters, others, strict=True))
        return grad_x

    def _statistics(self):
        """The remembered statistics, or none where those of the batch shall be used."""
        names = {} if self.training else {"mean": "running_mean", "var": "running_var"}
        return {option: self.buffers[name] for option, name in names.items()}

    def _remember(self, x):
        """Move what is remembered towards this batch; its variance counts one entry less."""
        mean, var = ops.batch_statistics(x)
        count = x.size // x.shape[1]
        newest = {"running_mean": mean, "running_var": var * count / (count - 1)}
        for name, value in newest.items():
            self.buffers[name] += self.momentum * (value - self.buffers[name])
        self.buffers["num_batches_tracked"] += 1
