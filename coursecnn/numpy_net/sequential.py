"""A network is a chain of layers, and behaves like a layer itself."""

import numpy as np

from coursecnn.numpy_net.layer import Layer


class Sequential(Layer):
    """Layers that hand their output to the next one.

    Parameters
    ----------
    *layers : Layer
        Named "0", "1", ... as torch names them.
    **named : Layer
        Layers or whole chains with names of their own; they come last.

    Examples
    --------
    >>> from coursecnn.numpy_net import Linear, ReLU
    >>> rng = np.random.default_rng(0)
    >>> net = Sequential(Linear(3, 2, rng=rng), ReLU(), head=Linear(2, 1, rng=rng))
    >>> {name: array.shape for name, array in net.parameters.items()}
    {'0.weight': (2, 3), '0.bias': (2,), 'head.weight': (1, 2), 'head.bias': (1,)}
    """

    def __init__(self, *layers, **named):
        super().__init__()
        self.layers = {str(number): layer for number, layer in enumerate(layers)} | named
        self.parameters, self.buffers = self._all("parameters"), self._all("buffers")

    def forward(self, x):
        """Through all layers in turn.

        Parameters
        ----------
        x : ndarray
            What the first layer takes.

        Returns
        -------
        ndarray
            What the last layer gives.
        """
        for layer in self.layers.values():
            x = layer.forward(x)
        return x

    def backward(self, grad):
        """Through all layers, last one first.

        Parameters
        ----------
        grad : ndarray
            Gradient of the loss with respect to the output.

        Returns
        -------
        ndarray
            Gradient of the loss with respect to the input, unless the first layer does without;
            `gradients` holds the others.
        """
        for layer in reversed(self.layers.values()):
            grad = layer.backward(grad)
        self.gradients = self._all("gradients")
        return grad

    def train(self, training=True):
        """Say whether all layers are being trained from now on.

        Parameters
        ----------
        training : bool, default True
            False for tests and for use.
        """
        super().train(training)
        for layer in self.layers.values():
            layer.train(training)

    def state(self):
        """Copies of all arrays that make the network what it is.

        Returns
        -------
        dict of str to ndarray
            Parameters and buffers, named as in the `state_dict` of the same chain in torch.
        """
        return {name: array.copy() for name, array in (self.parameters | self.buffers).items()}

    def load(self, state):
        """Take over all arrays from another network.

        Parameters
        ----------
        state : dict of str to array
            As `state` gives it, or a `state_dict` of torch.

        Raises
        ------
        ValueError
            If names are missing or not known, or a shape differs; nothing is changed then.
        """
        own = self.parameters | self.buffers
        given = {name: np.asarray(array) for name, array in state.items()}
        if given.keys() != own.keys():
            missing, unknown = sorted(own.keys() - given.keys()), sorted(given.keys() - own.keys())
            raise ValueError(f"`state` does not fit: missing are {missing}, not known {unknown}")
        for name, array in own.items():
            if array.shape != given[name].shape:
                raise ValueError(
                    f"`state` does not fit: {name!r} must have shape {array.shape}, "
                    f"not {given[name].shape}"
                )
        for name, array in own.items():
            array[...] = given[name]

    def _all(self, kind):
        """The dicts of all layers as one, each name behind that of its layer."""
        return {
            f"{name}.{key}": array
            for name, layer in self.layers.items()
            for key, array in getattr(layer, kind).items()
        }
