"""Small changes of an image that mislead a network."""

import torch
from torch.nn import functional as F  # noqa: N812  torch's own habit

from coursecnn.explain.door import as_input, as_labels, evaluating
from coursecnn.shapes.integers import integer

_SLACK = 1e-4  # of rounding when images were scaled


def adversarial_step(model, images, labels, epsilon, *, limits=(-1.0, 1.0)):
    """One step uphill on the loss, by ε in every pixel (the fast gradient sign method).

    Parameters
    ----------
    model : nn.Module
        Gives logits; nothing in it is changed.
    images : ImageSet, or ndarray or Tensor, shape (N, C, H, W)
        Bytes, or floats as the model takes them.
    labels : sequence of int, shape (N,), or int
        The right classes, from which the step leads away.
    epsilon : float
        How far a value moves, in the units of the model's input: where bytes are scaled to
        −1…1, one grey level is 2/255.
    limits : (float, float), default (−1, 1)
        Smallest and largest value that an image may have.

    Returns
    -------
    Tensor, shape (N, C, H, W)
        x + ε sign(∇ₓ J), cut off at the limits; as the model takes it.

    Raises
    ------
    TypeError
        If `images` are neither bytes nor floats, or labels are not whole numbers.
    ValueError
        If the images have another shape or exceed the limits, there is not one label per image,
        the model has no such class, or `epsilon` is negative.

    References
    ----------
    .. [1] I. J. Goodfellow, J. Shlens and C. Szegedy, "Explaining and harnessing adversarial
       examples", ICLR 2015, section 4.

    Examples
    --------
    The loss falls with x₀ and rises with x₁:

    >>> model = torch.nn.Sequential(torch.nn.Flatten(), torch.nn.Linear(2, 2))
    >>> model[1].weight.data = torch.tensor([[1.0, 0.0], [0.0, 2.0]])
    >>> adversarial_step(model, torch.zeros(1, 1, 1, 2), labels=0, epsilon=0.25)
    tensor([[[[-0.2500,  0.2500]]]])
    """
    x = _within(as_input(model, images), limits)
    _check_not_negative("epsilon", epsilon)
    return _step(model, x, labels, epsilon).clamp(*limits)


def adversarial_steps(
    model,
    images,
    labels,
    epsilon,
    *,
    steps=10,
    step_size=None,
    random_start=True,
    limits=(-1.0, 1.0),
    seed=0,
):
    """Many small steps uphill on the loss, none further than ε from the image (PGD).

    Parameters
    ----------
    model : nn.Module
        Gives logits; nothing in it is changed.
    images : ImageSet, or ndarray or Tensor, shape (N, C, H, W)
        Bytes, or floats as the model takes them.
    labels : sequence of int, shape (N,), or int
        The right classes, from which the steps lead away.
    epsilon : float
        Most that a value may move in all, in the units of the model's input.
    steps : int, default 10
        How many steps.
    step_size : float, optional
        How far a value moves in one step; by default 2.5 ε / steps, with which it can cross
        from any side of the ball to any other.
    random_start : bool, default True
        Whether to begin at a random point within ε of the image, or at the image.
    limits : (float, float), default (−1, 1)
        Smallest and largest value that an image may have.
    seed : int, default 0
        Decides where it begins.

    Returns
    -------
    Tensor, shape (N, C, H, W)
        As the model takes it, within the limits and within ε of the images.

    Raises
    ------
    TypeError
        If `images` are neither bytes nor floats, or labels or `steps` are not whole numbers.
    ValueError
        If the images have another shape or exceed the limits, there is not one label per image,
        the model has no such class, or an option is out of range.

    References
    ----------
    .. [1] A. Madry, A. Makelov, L. Schmidt, D. Tsipras and A. Vladu, "Towards deep learning models
       resistant to adversarial attacks", ICLR 2018, section 2.1.
    """
    x, steps = _within(as_input(model, images), limits), integer(steps, "steps", minimum=1)
    step_size = 2.5 * epsilon / steps if step_size is None else step_size
    _check_not_negative("epsilon", epsilon)
    _check_not_negative("step_size", step_size)
    low, high = (x - epsilon).clamp(*limits), (x + epsilon).clamp(*limits)
    if random_start:
        generator = torch.Generator().manual_seed(seed)
        x = low + (high - low) * torch.rand(x.shape, generator=generator).to(x)
    for _ in range(steps):
        x = _step(model, x, labels, step_size).clamp(low, high)
    return x


def _step(model, x, labels, size):
    """Every value moves by `size`, to where the loss of its image grows."""
    with evaluating(model):
        x = x.detach().clone().requires_grad_()
        logits = model(x)
        labels = as_labels(labels, logits, "labels")[:, None]
        # Cross-entropy as softplus(others − own): that of a class with a probability of 1 − 1e-9
        # would be 0 in float32, and so would its gradient.
        others = logits.scatter(1, labels, -torch.inf).logsumexp(1)
        loss = F.softplus(others - logits.gather(1, labels)[:, 0])
        (gradient,) = torch.autograd.grad(loss.sum(), x)  # of each image at its own pixels
    return x.detach() + size * gradient.sign()


def _within(x, limits):
    """The images, if they lie within the limits."""
    low, high = limits
    least, most = x.min().item(), x.max().item()
    if least < low - _SLACK or most > high + _SLACK:
        raise ValueError(
            f"`images` must lie within `limits`, {low:g}…{high:g}; received values "
            f"{least:.3g}…{most:.3g}. Give the limits that belong to them."
        )
    return x.clamp(low, high)


def _check_not_negative(name, value):
    if not value >= 0:
        raise ValueError(f"`{name}` must be ≥ 0; received {value!r}.")
