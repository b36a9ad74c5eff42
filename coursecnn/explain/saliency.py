"""How the score of a class changes with each pixel: the gradient at the image."""

import torch

from coursecnn.explain.door import as_input, class_scores, evaluating, to_array
from coursecnn.shapes.integers import integer


def saliency(model, images, target=None, *, noise=0.0, samples=25, seed=0):
    """Size of the gradient of a class score at each pixel.

    It tells which pixels change the score most if they change a little, and no more: a pixel may
    have decided the score and have no gradient. With `noise` it is the size of the mean gradient of
    noisy copies (SmoothGrad).

    Parameters
    ----------
    model : nn.Module
        Gives logits, which are the scores; nothing in it is changed.
    images : ImageSet, or ndarray or Tensor, shape (N, C, H, W)
        Bytes, or floats as the model takes them.
    target : int or sequence of int, shape (N,), optional
        The class, for all images or for each; by default the one that the model finds likeliest.
    noise : float, default 0.0
        Standard deviation of the noise, as a share of the range of values of each image; the
        paper recommends 0.1 to 0.2.
    samples : int, default 25
        Noisy copies of each image.
    seed : int, default 0
        Decides the noise.

    Returns
    -------
    ndarray, shape (N, H, W)
        Not negative: the largest of the channels.

    Raises
    ------
    TypeError
        If `images` are neither bytes nor floats, or classes are not whole numbers.
    ValueError
        If the images have another shape, the model no such class, or an option is out of range.

    References
    ----------
    .. [1] K. Simonyan, A. Vedaldi and A. Zisserman, "Deep inside convolutional networks:
       visualising image classification models and saliency maps", ICLR workshop 2014, section 3.
    .. [2] D. Smilkov, N. Thorat, B. Kim, F. Viégas and M. Wattenberg, "SmoothGrad: removing noise
       by adding noise", arXiv:1706.03825.

    Examples
    --------
    The score of class 1 is 2 − 3 x₀ + 5 x₁ of an image of two pixels:

    >>> model = torch.nn.Sequential(torch.nn.Flatten(), torch.nn.Linear(2, 2))
    >>> model[1].weight.data = torch.tensor([[0.0, 0.0], [-3.0, 5.0]])
    >>> saliency(model, torch.ones(1, 1, 1, 2), target=1)
    array([[[3., 5.]]], dtype=float32)
    """
    if noise < 0:
        raise ValueError(f"`noise` must be ≥ 0; received {noise!r}.")
    samples = integer(samples, "samples", minimum=1)
    x = as_input(model, images)
    gradient, labels = _gradient(model, x, target)
    if noise:
        generator = torch.Generator().manual_seed(seed)
        deviation = noise * (x.amax((1, 2, 3)) - x.amin((1, 2, 3)))[:, None, None, None]
        gradient = torch.zeros_like(x)
        for _ in range(samples):
            drawn = torch.randn(x.shape, generator=generator).to(x)
            gradient += _gradient(model, x + deviation * drawn, labels)[0] / samples
    return to_array(gradient.abs().amax(1))


def gradient_times_input(model, images, target=None):
    """What each pixel adds to a class score, if the score were linear.

    In a network of convolutions, ReLU, pooling and dense layers without biases the sum over all
    pixels is the score, for such a network doubles its scores with its input. What counts is the
    distance from the input 0, which is mid-grey where bytes are scaled to −1…1.

    Parameters
    ----------
    model : nn.Module
        Gives logits, which are the scores; nothing in it is changed.
    images : ImageSet, or ndarray or Tensor, shape (N, C, H, W)
        Bytes, or floats as the model takes them.
    target : int or sequence of int, shape (N,), optional
        The class, for all images or for each; by default the one that the model finds likeliest.

    Returns
    -------
    ndarray, shape (N, H, W)
        Positive where a pixel raises the score; the sum over the channels.

    Raises
    ------
    TypeError
        If `images` are neither bytes nor floats, or classes are not whole numbers.
    ValueError
        If the images have another shape, or the model has no such class.

    References
    ----------
    .. [1] A. Shrikumar, P. Greenside, A. Shcherbina and A. Kundaje, "Not just a black box:
       learning important features through propagating activation differences",
       arXiv:1605.01713.

    Examples
    --------
    >>> model = torch.nn.Sequential(torch.nn.Flatten(), torch.nn.Linear(2, 2))
    >>> model[1].weight.data = torch.tensor([[0.0, 0.0], [-3.0, 5.0]])
    >>> gradient_times_input(model, torch.tensor([[[[2.0, 10.0]]]]), target=1)
    array([[[-6., 50.]]], dtype=float32)
    """
    x = as_input(model, images)
    gradient, _ = _gradient(model, x, target)
    return to_array((gradient * x).sum(1))


def _gradient(model, x, target):
    """Gradient of the score of each image at its own pixels, and the classes."""
    with evaluating(model):
        x = x.clone().requires_grad_()
        scores, labels = class_scores(model, x, target)
        (gradient,) = torch.autograd.grad(scores.sum(), x)  # in evaluation mode images are apart
    return gradient, labels
