"""Which maps of a layer a class rests on, and where in the image they respond."""

import torch
from torch.nn import functional as F  # noqa: N812  torch's own habit

from coursecnn.explain.door import (
    as_input,
    class_scores,
    evaluating,
    last_output,
    named_layer,
    recording,
    to_array,
)


def grad_cam(model, images, layer, target=None, *, upsample=True):
    """Sum of the maps of a layer, each weighted by what it does for the score of a class.

    Parameters
    ----------
    model : nn.Module
        Gives logits, which are the scores; nothing in it is changed.
    images : ImageSet, or ndarray or Tensor, shape (N, C, H, W)
        Bytes, or floats as the model takes them.
    layer : str or nn.Module
        A layer that puts out maps, by its name or itself: usually the last before maps become a
        vector.
    target : int or sequence of int, shape (N,), optional
        The class, for all images or for each; by default the one that the model finds likeliest.
    upsample : bool, default True
        Whether to enlarge the result to the size of the images, which is right to within half a
        cell if the layers before pad evenly, so that the cells divide the image.

    Returns
    -------
    ndarray, shape (N, H, W), or (N, h, w) without `upsample`
        Not negative: evidence against the class counts as 0. With α the mean gradient of the
        score over each map A, it is ReLU(Σ α A).

    Raises
    ------
    TypeError
        If `images` are neither bytes nor floats, or classes are not whole numbers.
    ValueError
        If the images have another shape, the model no such class or layer, the layer puts out no
        maps, or the scores do not depend on them.

    References
    ----------
    .. [1] R. R. Selvaraju et al., "Grad-CAM: visual explanations from deep networks via
       gradient-based localization", ICCV 2017, equations 1 and 2.
    """
    x, layer = as_input(model, images).requires_grad_(), named_layer(model, layer)
    with evaluating(model), recording(layer) as outputs:
        scores, _ = class_scores(model, x, target)
        maps = last_output(outputs)
        if maps.ndim != 4:
            raise ValueError(
                f"`layer` must put out maps, shape (N, K, h, w); received {tuple(maps.shape)}."
            )
        (gradient,) = torch.autograd.grad(scores.sum(), maps, allow_unused=True)
    if gradient is None:
        raise ValueError("`layer` has no influence on the scores of `model`.")
    weights = gradient.mean((2, 3), keepdim=True)
    result = (weights * maps).sum(1).relu()
    if upsample:
        result = F.interpolate(result[:, None], x.shape[2:], mode="bilinear")[:, 0]
    return to_array(result)
