"""Dense layers one behind the other: what activations and first weights do to a deep network."""

from itertools import pairwise

from torch import nn


def deep_mlp(sizes, activation=nn.ReLU, init=nn.init.kaiming_uniform_):
    """Dense layers with an activation between each two, and biases that begin at 0.

    Parameters
    ----------
    sizes : sequence of int
        Units of the input, of each hidden layer and of the output.
    activation : callable, default nn.ReLU
        Makes the layer behind each hidden layer: a class of `torch.nn`.
    init : callable, optional
        Fills the weights of a layer in place, as the functions of `torch.nn.init` do; by default,
        as ``kaiming_uniform_`` does.

    Returns
    -------
    nn.Sequential
        Maps arrays (N, sizes[0]) to arrays (N, sizes[-1]).

    Raises
    ------
    ValueError
        If there are fewer than two sizes.

    Examples
    --------
    >>> [type(layer).__name__ for layer in deep_mlp((64, 32, 32, 10))]
    ['Linear', 'ReLU', 'Linear', 'ReLU', 'Linear']
    """
    if len(sizes) < 2:
        raise ValueError(f"`sizes` must hold at least 2 sizes; received {len(sizes)}.")
    layers = []
    for fan_in, fan_out in pairwise(sizes):
        dense = nn.Linear(fan_in, fan_out)
        init(dense.weight)
        nn.init.zeros_(dense.bias)
        layers += [dense, activation()]
    return nn.Sequential(*layers[:-1])
