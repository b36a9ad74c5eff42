"""What several networks share: the look at the door, one block, one way to start."""

from torch import nn


def check_images(x, channels, *, smallest=1, size=None):
    """Refuse a batch of images that the network cannot read.

    Parameters
    ----------
    x : Tensor
        What should be images, shape (N, C, H, W).
    channels : int
        The C that the network reads.
    smallest : int, default 1
        Least height and width, in pixels.
    size : int, optional
        The one height and width that fits, where a dense layer counts the pixels.

    Raises
    ------
    ValueError
        If the shape is another one; the message says what to do.
    """
    *_, found, height, width = (0, 0, 0, *x.shape)
    if x.ndim != 4:
        remedy = "add the axis of the batch: x[None]" if x.ndim == 3 else "put images into a batch"
    elif found != channels:
        remedy = f"make the model with `in_channels`={found}, or convert the images"
    elif size not in (None, height) or size not in (None, width):
        remedy = f"resize or pad the images to {size}×{size} pixels"
    elif min(height, width) < smallest:
        remedy = f"enlarge the images to {smallest}×{smallest} pixels or more"
    else:
        return
    wanted = f"{size}×{size}" if size else f"{smallest}×{smallest} or larger"
    raise ValueError(
        f"`x` must be a batch of images of {channels} × {wanted}, shape (N, {channels}, H, W); "
        f"received {tuple(x.shape)}; {remedy}"
    )


def conv_block(in_channels, out_channels, kernel_size=3, *, activation=nn.ReLU):
    """Convolution that keeps the size, batch normalisation, activation.

    Parameters
    ----------
    in_channels, out_channels : int
        Channels of the input and number of kernels.
    kernel_size : int, default 3
        Odd, so that the same padding on both sides keeps the size.
    activation : type of nn.Module, default nn.ReLU
        What comes last.

    Returns
    -------
    nn.Sequential
        Maps (N, in_channels, H, W) to (N, out_channels, H, W).
    """
    return nn.Sequential(
        nn.Conv2d(in_channels, out_channels, kernel_size, padding=kernel_size // 2, bias=False),
        nn.BatchNorm2d(out_channels),  # has a shift of its own, so the convolution needs no bias
        activation(),
    )


def he_initialisation(model):
    """Draw the weights of all convolutions so that a ReLU keeps the spread of the gradients.

    Parameters
    ----------
    model : nn.Module
        Changed in place.

    References
    ----------
    .. [1] K. He, X. Zhang, S. Ren and J. Sun, "Delving deep into rectifiers", ICCV 2015,
       section 2.2.
    """
    for layer in model.modules():
        if isinstance(layer, nn.Conv2d):
            nn.init.kaiming_normal_(layer.weight, mode="fan_out", nonlinearity="relu")
            if layer.bias is not None:
                nn.init.zeros_(layer.bias)
