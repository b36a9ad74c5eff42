"""Many small CNNs trained at once: their convolutions are the groups of one convolution.

Two convolutions and two dense layers read digits of 8×8 pixels. Every network of a stack has its
own first weights, its own digits and their order, and its own learning rate; they share no number.
"""

import math

import torch
from torch.nn import functional as F  # noqa: N812  torch's own habit

from coursecnn import data

WIDTHS = 8, 16, 64  # maps, maps, units


class Stack:
    """R networks of one form.

    Parameters
    ----------
    seeds : sequence of int
        One per network; networks with the same seed begin with the same weights.
    norms : sequence of {None, "batch", "group", "start"}, default three times None
        What stands before each of the three hidden activations. "start" keeps the statistics of the
        first batch for ever.
    dropout : float, default 0.0
        Probability of 0, before each dense layer, in training.
    """

    def __init__(self, seeds, norms=(None, None, None), dropout=0.0):
        self.seeds, self.norms, self.dropout = list(seeds), norms, dropout
        fans = (1, 9), (8, 9), (16 * 4, 1), (64, 1)
        outs = *WIDTHS, 10
        draws = {seed: self._draw(fans, outs, seed) for seed in set(seeds)}
        stacked = [torch.stack(same) for same in zip(*(draws[s] for s in seeds), strict=True)]
        self.weights, self.biases = stacked[::2], stacked[1::2]
        runs = len(self.seeds)
        self.scales = [torch.ones(runs, width) for width, n in zip(WIDTHS, norms, strict=True) if n]
        self.moves = [torch.zeros_like(scale) for scale in self.scales]
        self.running = [[torch.zeros(runs * w), torch.ones(runs * w)] for w in WIDTHS]
        self.fixed = {}
        for parameter in self.parameters():
            parameter.requires_grad_()

    @staticmethod
    def _draw(fans, outs, seed):
        """Weights and biases of one network in turn, as PyTorch's layers draw them."""
        generator = torch.Generator().manual_seed(seed)
        drawn = []
        for (channels, places), out in zip(fans, outs, strict=True):
            bound = (channels * places) ** -0.5
            shape = (out, channels, 3, 3) if places == 9 else (out, channels)
            drawn.append((2 * torch.rand(shape, generator=generator) - 1) * bound)
            drawn.append((2 * torch.rand(out, generator=generator) - 1) * bound)
        return drawn

    def parameters(self):
        """All weights, biases, scales and shifts, each with the axis of the networks in front."""
        return [*self.weights, *self.biases, *self.scales, *self.moves]

    def __call__(self, x, *, training=False):
        """Logits, shape (N, R, 10), of images, shape (N, R, 8, 8)."""
        runs = len(self.seeds)
        for layer in (0, 1):
            weight = self.weights[layer].flatten(0, 1)
            x = F.conv2d(x, weight, self.biases[layer].flatten(), padding=1, groups=runs)
            x = F.max_pool2d(self._normalise(x, layer, training).relu(), 2)
        x = F.dropout(x.unflatten(1, (runs, -1)).flatten(2), self.dropout, training)
        x = self._dense(x, 2).flatten(1)
        x = self._normalise(x, 2, training).relu().unflatten(1, (runs, -1))
        return self._dense(F.dropout(x, self.dropout, training), 3)

    def _dense(self, x, layer):
        """A dense layer of (N, R, units)."""
        product = torch.einsum("nri,roi->nro", x, self.weights[layer])
        return product + self.biases[layer]

    def _normalise(self, x, layer, training):
        """What stands before an activation; `x` has the axis of all channels of all networks."""
        kind = self.norms[layer]
        if kind is None:
            return x
        number = sum(norm is not None for norm in self.norms[:layer])
        scale, move = self.scales[number].flatten(), self.moves[number].flatten()
        if kind == "group":
            return F.group_norm(x, 4 * len(self.seeds), scale, move)
        if kind == "batch":
            return F.batch_norm(x, *self.running[layer], scale, move, training=training)
        if layer not in self.fixed:
            axes = [0, *range(2, x.ndim)]
            self.fixed[layer] = torch.var_mean(x.detach(), axes, correction=0)
        var, mean = self.fixed[layer]
        return F.batch_norm(x, mean, var, scale, move, training=False)

    def losses(self, x, labels, *, training=False):
        """Cross-entropy of every network, shape (R,); labels have shape (N, R)."""
        logits = self(x, training=training)
        return F.cross_entropy(logits.transpose(1, 2), labels, reduction="none").mean(0)

    @torch.no_grad()
    def measured(self, x, labels):
        """Loss and accuracy of every network, in evaluation mode; (N, R, 8, 8) and (N, R)."""
        logits = self(x)
        losses = F.cross_entropy(logits.transpose(1, 2), labels, reduction="none").mean(0)
        return losses, (logits.argmax(2) == labels).float().mean(0)


class SGD:
    """Steps against the gradient, with a rate for each network.

    Parameters
    ----------
    stack : Stack
        Changed in place.
    rates : sequence of float
        One per network.
    momentum : float, default 0.0
        What is left of the running sum of gradients after each step.
    clip : float, optional
        Longest gradient that is followed.
    """

    def __init__(self, stack, rates, *, momentum=0.0, clip=None):
        self.stack, self.rates = stack, torch.tensor(rates)
        self.momentum, self.clip = momentum, clip
        self.sums = [torch.zeros_like(p) for p in stack.parameters()]

    def step(self, x, labels, factor=1.0):
        """One step at `factor` times the rates; a network that overflows harms no other."""
        parameters = self.stack.parameters()
        loss = self.stack.losses(x, labels, training=True).sum()
        gradients = torch.autograd.grad(loss, parameters)
        if self.clip is not None:
            squares = sum(g.flatten(1).square().sum(1) for g in gradients)
            shorter = (self.clip / squares.sqrt()).clamp(max=1)
            gradients = [g * _wide(shorter, g) for g in gradients]
        with torch.no_grad():
            self.move(parameters, gradients, self.rates * factor)

    def move(self, parameters, gradients, rates):
        """Change the parameters."""
        for p, total, g in zip(parameters, self.sums, gradients, strict=True):
            total.mul_(self.momentum).add_(g)
            p.sub_(_wide(rates, p) * total)


class Adam(SGD):
    """Adam with the usual constants; with `decay`, AdamW.

    Parameters
    ----------
    stack, rates
        As for `SGD`.
    decay : float, default 0.0
        Every step takes this share of each weight away, times the rate.
    """

    def __init__(self, stack, rates, *, decay=0.0):
        super().__init__(stack, rates)
        self.decay, self.count = decay, 0
        self.squares = [torch.zeros_like(p) for p in stack.parameters()]

    def move(self, parameters, gradients, rates):
        """Change the parameters."""
        self.count += 1
        rows = zip(parameters, self.sums, self.squares, gradients, strict=True)
        for p, first, second, g in rows:
            first.mul_(0.9).add_(g, alpha=0.1)
            second.mul_(0.999).addcmul_(g, g, value=0.001)
            mean, square = first / (1 - 0.9**self.count), second / (1 - 0.999**self.count)
            p.mul_(1 - _wide(rates, p) * self.decay)
            p.sub_(_wide(rates, p) * mean / (square.sqrt() + 1e-8))


def _wide(values, like):
    """One number per network, shaped to meet every entry of its network."""
    return values.reshape(-1, *(1,) * (like.ndim - 1))


def digits(split):
    """Images, shape (N, 8, 8), by the mean and spread of the training digits, and labels."""
    learn = data.digits("train").images
    chosen = data.digits(split)
    images = torch.tensor((chosen.images - learn.mean()) / learn.std()).float()
    return images.reshape(-1, 8, 8), torch.tensor(chosen.labels)


def subset(digits, count, seeds):
    """For each seed other digits of the set: images (count, R, 8, 8) and labels (count, R)."""
    images, labels = digits
    chosen = torch.stack([_order(len(labels), 7000 + seed)[:count] for seed in seeds], 1)
    return images[chosen], labels[chosen]


def shared(digits, runs):
    """The same digits for all networks: images (N, R, 8, 8) and labels (N, R)."""
    images, labels = digits
    return images[:, None].expand(-1, runs, -1, -1), labels[:, None].expand(-1, runs)


def _order(count, seed):
    return torch.randperm(count, generator=torch.Generator().manual_seed(seed))


def epochs(optimizer, x, labels, count, *, batch_size, falling=False, change=None):
    """Train, and hand over the number of epochs done after each.

    Parameters
    ----------
    optimizer : SGD
        With its stack.
    x, labels : Tensor, shape (N, R, 8, 8) and (N, R)
        Digits of each network.
    count, batch_size : int
        A last batch that would be smaller is left out.
    falling : bool, default False
        Whether the rates go down to 0 along half a cosine.
    change : callable, optional
        Takes a batch and a generator, returns a batch.

    Yields
    ------
    int
    """
    seeds, size = optimizer.stack.seeds, len(x)
    generator = torch.Generator().manual_seed(0)
    steps, done = count * (size // batch_size), 0
    across = torch.arange(len(seeds))
    for epoch in range(1, count + 1):
        orders = {seed: _order(size, 1000 * seed + epoch) for seed in set(seeds)}
        order = torch.stack([orders[seed] for seed in seeds], 1)
        for start in range(0, size - batch_size + 1, batch_size):
            batch = order[start : start + batch_size], across
            images = x[batch] if change is None else change(x[batch], generator)
            factor = (1 + math.cos(math.pi * done / steps)) / 2 if falling else 1.0
            optimizer.step(images, labels[batch], factor)
            done += 1
        yield epoch
