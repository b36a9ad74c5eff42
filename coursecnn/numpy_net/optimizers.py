"""Optimizers: rules that turn gradients into steps."""

import numpy as np


class SGD:
    """Step against the gradient.

    Parameters
    ----------
    lr : float, default 0.01
        Learning rate: length of a step per unit of gradient.
    """

    def __init__(self, lr=0.01):
        self.lr = lr

    def step(self, net):
        """Change the parameters of a network in place.

        Parameters
        ----------
        net : Layer
            With the `gradients` of its last `backward`.
        """
        for name, parameter in net.parameters.items():
            parameter -= self.lr * self.direction(name, net.gradients[name])

    def direction(self, name, grad):
        """What to step against, for one parameter."""
        return grad


class Momentum(SGD):
    """Step against a running sum of gradients, in which old ones fade.

    Parameters
    ----------
    lr : float, default 0.01
        Learning rate.
    momentum : float, default 0.9
        What is left of the sum after each step.

    References
    ----------
    .. [1] B. Polyak, "Some methods of speeding up the convergence of iteration methods", 1964.
    """

    def __init__(self, lr=0.01, *, momentum=0.9):
        super().__init__(lr)
        self.momentum, self.velocities = momentum, {}

    def direction(self, name, grad):
        """The running sum, this gradient included."""
        self.velocities[name] = self.momentum * self.velocities.get(name, 0) + grad
        return self.velocities[name]


class Adam(SGD):
    """Step against the running mean gradient, in units of its running root mean square.

    Parameters
    ----------
    lr : float, default 0.001
        Learning rate.
    betas : (float, float), default (0.9, 0.999)
        How slowly the two running means forget.
    eps : float, default 1e-8
        Added to the root, so that a parameter without gradient does not divide by zero.

    References
    ----------
    .. [1] D. Kingma and J. Ba, "Adam: a method for stochastic optimization", arXiv:1412.6980,
       algorithm 1.
    """

    def __init__(self, lr=0.001, *, betas=(0.9, 0.999), eps=1e-8):
        super().__init__(lr)
        self.betas, self.eps, self.moments = betas, eps, {}

    def direction(self, name, grad):
        """The mean gradient over its root mean square, both freed of their start at zero."""
        first, second, steps = self.moments.get(name, (0, 0, 0))
        slow, slower = self.betas
        first = slow * first + (1 - slow) * grad
        second = slower * second + (1 - slower) * grad**2
        steps += 1
        self.moments[name] = first, second, steps
        scale = np.sqrt(second / (1 - slower**steps)) + self.eps
        return first / (1 - slow**steps) / scale
