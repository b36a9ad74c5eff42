"""Many small dense networks trained at once, as one stack of matrices.

Every network of a stack has its own first weights, its own order of the images and its own learning
rate; they share no number. One product of stacks costs little more than one product of matrices, so
sixty networks of 20 layers take about as long as ten would one after the other.
"""

import torch
from torch.nn import functional as F  # noqa: N812  torch's own habit

from coursecnn import data


class Stack:
    """R dense networks of the same sizes.

    Parameters
    ----------
    sizes : sequence of int
        Units of the input, of every hidden layer and of the output.
    activation : callable
        Applied behind every layer but the last.
    bounds : sequence of float
        For each layer, weights are drawn uniformly from −bound … bound.
    seeds : sequence of int
        One per network: networks with the same seed begin with the same random numbers.
    bias_bound : sequence of float, optional
        The same for the biases, which otherwise begin at 0.
    """

    def __init__(self, sizes, activation, bounds, seeds, bias_bounds=None):
        self.activation, self.seeds = activation, list(seeds)
        draws = {seed: self._draw(sizes, bounds, bias_bounds, seed) for seed in set(seeds)}
        stacked = [torch.stack(same) for same in zip(*(draws[seed] for seed in seeds), strict=True)]
        self.weights, self.biases = stacked[::2], stacked[1::2]
        for parameter in self.parameters():
            parameter.requires_grad_()

    @staticmethod
    def _draw(sizes, bounds, bias_bounds, seed):
        """Weights and biases of one network, in turn."""
        generator = torch.Generator().manual_seed(seed)
        drawn = []
        for layer, bound in enumerate(bounds):
            shape = sizes[layer], sizes[layer + 1]
            edge = bias_bounds[layer] if bias_bounds else 0.0
            drawn.append((2 * torch.rand(shape, generator=generator) - 1) * bound)
            drawn.append((2 * torch.rand(1, shape[1], generator=generator) - 1) * edge)
        return drawn

    def parameters(self):
        """All weights and biases, each with the axis of the networks in front."""
        return [*self.weights, *self.biases]

    def layers(self, x):
        """Weighted sums of every layer, each (R, N, units), of images (R or 1, N, pixels)."""
        x, sums = x.expand(len(self.seeds), -1, -1), []
        for layer, (weight, bias) in enumerate(zip(self.weights, self.biases, strict=True)):
            x = torch.baddbmm(bias, self.activation(x) if layer else x, weight)
            sums.append(x)
        return sums

    def losses(self, x, labels):
        """Cross-entropy of every network, shape (R,), for labels of shape (R or 1, N)."""
        logits = self.layers(x)[-1]
        labels = labels.expand(len(self.seeds), -1)
        return F.cross_entropy(logits.transpose(1, 2), labels, reduction="none").mean(1)

    @torch.no_grad()
    def accuracy(self, x, labels):
        """Share of right answers of every network, shape (R,)."""
        return (self.layers(x[None])[-1].argmax(-1) == labels).float().mean(1)

    def signals(self, x, labels):
        """Error signal behind every layer, shape (layers, R).

        It is the gradient of the loss of one image with respect to the weighted sums of a layer:
        its norm, as a root mean square over the images.
        """
        sums = self.layers(x[None])
        many = labels.expand(len(self.seeds), -1)
        loss = F.cross_entropy(sums[-1].transpose(1, 2), many, reduction="sum")
        gradients = torch.autograd.grad(loss, sums)
        return torch.stack([g.square().sum(-1).mean(-1).sqrt() for g in gradients])


class Descent:
    """Mini-batch gradient descent with momentum 0.9, with a rate for each network.

    Parameters
    ----------
    stack : Stack
        The networks, changed in place.
    """

    def __init__(self, stack):
        self.stack = stack
        self.velocities = [torch.zeros_like(p) for p in stack.parameters()]

    def step(self, x, labels, rates):
        """One step; a network whose loss is no number any more harms no other."""
        rows = zip(*self._gradients(x, labels), strict=True)
        with torch.no_grad():
            for p, v, g in rows:
                v.mul_(0.9).add_(g)
                p.sub_(rates[:, None, None] * v)

    def _gradients(self, x, labels):
        parameters = self.stack.parameters()
        loss = self.stack.losses(x, labels).sum()
        return parameters, self.velocities, torch.autograd.grad(loss, parameters)


class Adam(Descent):
    """The optimizer that gives each weight steps of its own size, for a tenth of the rates.

    Its ε is so small that no gradient of these networks is lost in it.
    """

    def __init__(self, stack):
        super().__init__(stack)
        self.squares = [torch.zeros_like(p) for p in stack.parameters()]
        self.count = 0

    def step(self, x, labels, rates):
        """One step."""
        self.count += 1
        rows = zip(*self._gradients(x, labels), self.squares, strict=True)
        with torch.no_grad():
            for p, v, g, q in rows:
                v.mul_(0.9).add_(g, alpha=0.1)
                q.mul_(0.999).addcmul_(g, g, value=0.001)
                mean, square = v / (1 - 0.9**self.count), q / (1 - 0.999**self.count)
                p.sub_(rates[:, None, None] / 10 * mean / (square.sqrt() + 1e-15))


def epoch(descent, x, labels, rates, number, batch_size=60):
    """One pass over the images, in an order that the seed of each network decides."""
    seeds, orders = descent.stack.seeds, {}
    for seed in set(seeds):
        generator = torch.Generator().manual_seed(1000 * seed + number)
        orders[seed] = torch.randperm(len(x), generator=generator)
    order = torch.stack([orders[seed] for seed in seeds])
    for start in range(0, len(x) - batch_size + 1, batch_size):
        chosen = order[:, start : start + batch_size]
        descent.step(x[chosen], labels[chosen], rates)


def standardised_digits():
    """Images (N, 64) and labels of all three splits, by the mean and spread of the training set."""
    splits = [data.digits(split) for split in ("train", "val", "test")]
    pixels = [torch.tensor(split.images, dtype=torch.float32).flatten(1) for split in splits]
    mean, spread = pixels[0].mean(), pixels[0].std()
    labels = [torch.tensor(split.labels) for split in splits]
    return [((x - mean) / spread, y) for x, y in zip(pixels, labels, strict=True)]
