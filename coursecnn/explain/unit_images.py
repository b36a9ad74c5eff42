"""An image made for a unit: from noise uphill, until the unit responds as strongly as it can."""

import torch
from torch.nn import functional as F  # noqa: N812  torch's own habit

from coursecnn.explain.door import (
    as_input,
    evaluating,
    last_output,
    named_layer,
    recording,
    to_array,
)
from coursecnn.shapes.integers import integer, ntuple


def unit_activation(model, images, layer, unit):
    """How strongly a unit responds to each image.

    Parameters
    ----------
    model : nn.Module
        A network; nothing in it is changed.
    images : ImageSet, or ndarray or Tensor, shape (N, C, H, W)
        Bytes, or floats as the model takes them.
    layer : str or nn.Module
        Where the unit is, by its name or itself.
    unit : int or (int, int, int)
        A channel, of which the mean over its map counts; or a channel, row and column.

    Returns
    -------
    ndarray, shape (N,)
        The responses.

    Raises
    ------
    TypeError
        If `images` are neither bytes nor floats, or `unit` is not given by whole numbers.
    ValueError
        If the images have another shape, or the model has no such layer or unit.
    """
    x, layer = as_input(model, images), named_layer(model, layer)
    with evaluating(model), torch.no_grad():
        return to_array(_respond(model, x, layer, unit))


def image_for_unit(
    model,
    layer,
    unit,
    *,
    shape,
    steps=200,
    lr=0.1,
    l2=0.0,
    blur=0.0,
    jitter=0,
    limits=(-1.0, 1.0),
    seed=0,
):
    """Climb from faint noise to an image that a unit responds to most.

    Each step goes along the gradient of ``response − l2/2 · Σ x²``, and is as long as `lr` says,
    however steep the way. Without options such an image is often a fine pattern that resembles no
    photograph: `l2` draws its pixels to 0, `blur` makes it smoother, and `jitter` keeps it from
    depending on single pixels.

    Parameters
    ----------
    model : nn.Module
        A network; nothing in it is changed.
    layer : str or nn.Module
        Where the unit is, by its name or itself; best before an activation, which may hide the
        way uphill.
    unit : int or (int, int, int)
        A channel, of which the mean over its map counts; or a channel, row and column.
    shape : (int, int, int)
        Channels, height and width of the image.
    steps : int, default 200
        How many steps.
    lr : float, default 0.1
        Root mean square of what the first step adds to a pixel; it falls evenly to 0.
    l2 : float, default 0.0
        Weight of the penalty that draws pixels to 0.
    blur : float, default 0.0
        Standard deviation, in pixels, of the Gaussian that each gradient passes.
    jitter : int, default 0
        Most pixels by which the image is rolled to either side, anew for each step.
    limits : (float, float), default (−1, 1)
        Smallest and largest value of a pixel.
    seed : int, default 0
        Decides the noise and the jitter.

    Returns
    -------
    ndarray of float32, shape (C, H, W)
        In the units of the model's input.

    Raises
    ------
    TypeError
        If `unit`, `shape`, `steps` or `jitter` are not whole numbers.
    ValueError
        If the model has no such layer or unit, does not take images of that shape, an option is
        out of range, or the unit never changes with the image.

    References
    ----------
    .. [1] D. Erhan, Y. Bengio, A. Courville and P. Vincent, "Visualizing higher-layer features of
       a deep network", technical report 1341, Université de Montréal, 2009.
    .. [2] K. Simonyan, A. Vedaldi and A. Zisserman, "Deep inside convolutional networks:
       visualising image classification models and saliency maps", ICLR workshop 2014, section 2
       (the penalty).
    .. [3] C. Olah, A. Mordvintsev and L. Schubert, "Feature visualization", Distill, 2017 (jitter
       and smooth gradients).
    """
    shape = ntuple(shape, 3, name="shape", minimum=1)
    steps, jitter = integer(steps, "steps", minimum=1), integer(jitter, "jitter", minimum=0)
    low, high = limits
    _check_options(lr=lr, l2=l2, blur=blur, low=low, high=high)
    generator = torch.Generator().manual_seed(seed)
    noise = 0.05 * torch.randn(1, *shape, generator=generator)
    x, layer, moved = as_input(model, noise.clamp(low, high)), named_layer(model, layer), False
    for step in range(steps):
        shift = torch.randint(-jitter, jitter + 1, (2,), generator=generator).tolist()
        gradient = _uphill(model, x, layer, unit, shift)
        moved = moved or bool(gradient.any())
        gradient = _smooth(gradient - l2 * x, blur)
        length = gradient.square().mean().sqrt().clamp(min=1e-20)
        x = (x + lr * (1 - step / steps) * gradient / length).clamp(low, high)
    if not moved:
        raise ValueError(
            "`unit` did not change with the image in any step; take the layer before its "
            "activation, or another `seed`."
        )
    return to_array(x[0].float())


def _check_options(*, lr, l2, blur, low, high):
    for name, value, met, what in [
        ("lr", lr, lr > 0, "above 0"),
        ("l2", l2, l2 >= 0, "≥ 0"),
        ("blur", blur, blur >= 0, "≥ 0"),
        ("limits", (low, high), low < high, "in ascending order"),
    ]:
        if not met:
            raise ValueError(f"`{name}` must be {what}; received {value!r}.")


def _uphill(model, x, layer, unit, shift):
    """Gradient of the response to the rolled image, at the pixels of the image itself."""
    with evaluating(model):
        x = x.detach().requires_grad_()
        response = _respond(model, x.roll(shift, (2, 3)), layer, unit)
        (gradient,) = torch.autograd.grad(response.sum(), x)
    return gradient


def _respond(model, x, layer, unit):
    """The response of a unit to each image, shape (N,)."""
    with recording(layer) as outputs:
        model(x)
    maps = last_output(outputs)
    place = ntuple(unit, 3 if isinstance(unit, tuple | list) else 1, name="unit", minimum=0)
    if len(place) > maps.ndim - 1 or any(
        index >= size for index, size in zip(place, maps.shape[1:], strict=False)
    ):
        sizes = "×".join(map(str, maps.shape[1:]))
        raise ValueError(f"`unit` must lie in what the layer puts out, {sizes}; received {unit!r}.")
    return maps[:, *place].reshape(len(maps), -1).mean(1)


def _smooth(gradient, blur):
    """The gradient behind a Gaussian along rows and columns; outside the image it is 0."""
    if not blur:
        return gradient
    reach = int(4 * blur + 0.5)
    place = torch.arange(-reach, reach + 1).to(gradient)
    bell = (-((place / blur) ** 2) / 2).softmax(0)
    channels = gradient.shape[1]
    for kernel in (bell[:, None], bell[None, :]):
        bank = kernel.expand(channels, 1, -1, -1)
        gradient = F.conv2d(gradient, bank, padding="same", groups=channels)
    return gradient
