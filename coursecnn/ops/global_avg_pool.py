"""Global average pooling: one number per feature map, whatever its size."""

import numpy as np

from coursecnn.ops._arrays import batched, floats, like_output


def global_avg_pool2d(x):
    """Mean of each feature map.

    Parameters
    ----------
    x : ndarray, shape (N, C, H, W) or (C, H, W)
        Feature maps of a batch, or of one image. Whole numbers are promoted to float64.

    Returns
    -------
    ndarray, shape (N, C) or (C,)
        Ready for a dense layer.

    Raises
    ------
    TypeError
        If `x` does not hold real numbers.
    ValueError
        If `x` has the wrong number of axes, or its maps have no pixels.

    References
    ----------
    .. [1] M. Lin, Q. Chen and S. Yan, "Network in network", arXiv:1312.4400, section 3.2.

    Examples
    --------
    >>> global_avg_pool2d([[[1, 2], [3, 6]]])
    array([3.])
    """
    x, _ = _read(x)
    return x.mean(axis=(-2, -1))


def global_avg_pool2d_backward(grad, x):
    """Gradient of the loss with respect to the input of `global_avg_pool2d`.

    Parameters
    ----------
    grad : ndarray, shape (N, C) or (C,)
        Gradient of the loss with respect to the output of `global_avg_pool2d`.
    x : ndarray, shape (N, C, H, W) or (C, H, W)
        The feature maps that it was given; only their shape matters.

    Returns
    -------
    ndarray, shape of `x`
        Each gradient, in equal shares on all pixels of its map.

    Raises
    ------
    TypeError
        If an array does not hold real numbers.
    ValueError
        If `grad` has not the shape of the output, or for the reasons of `global_avg_pool2d`.
    """
    x, pixels = _read(x)
    grad, x = floats(grad=grad, x=x)
    share = like_output(grad, x.shape[:-2]) / pixels
    return np.broadcast_to(share[..., None, None], x.shape).copy()


def _read(x):
    """The maps as floats, and how many pixels each has."""
    (x,) = floats(x=x)
    pixels = batched(x, 2).shape[-2] * x.shape[-1]
    if pixels == 0:
        raise ValueError(f"the maps of `x` have no pixels: its shape is {x.shape}")
    return x, pixels
