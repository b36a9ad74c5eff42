"""A convolution with what usually follows it, and 1×1 convolutions behind it."""

from torch import nn


def conv_block(
    in_channels,
    out_channels,
    kernel_size=3,
    *,
    stride=1,
    groups=1,
    norm=nn.BatchNorm2d,
    activation=nn.ReLU,
):
    """Convolution that keeps the size but for its stride, normalisation, activation.

    Parameters
    ----------
    in_channels, out_channels : int
        Channels of the input and number of kernels.
    kernel_size : int, default 3
        Odd, so that the same padding on both sides keeps the size.
    stride : int, default 1
        Step between windows.
    groups : int, default 1
        Parts into which the channels are cut; each has kernels of its own. As many as channels
        makes a depthwise convolution.
    norm : callable or None, default nn.BatchNorm2d
        Makes the normalisation of so many channels; it has a shift of its own, so the convolution
        needs no bias. None leaves it out, and the convolution has a bias.
    activation : type of nn.Module or None, default nn.ReLU
        What comes last, if anything.

    Returns
    -------
    nn.Sequential
        Maps (N, in_channels, H, W) to (N, out_channels, H / stride, W / stride).
    """
    options = {"stride": stride, "padding": kernel_size // 2, "groups": groups, "bias": not norm}
    layers = [nn.Conv2d(in_channels, out_channels, kernel_size, **options)]
    if norm is not None:
        layers.append(norm(out_channels))
    if activation is not None:
        layers.append(activation())
    return nn.Sequential(*layers)


def mlpconv(in_channels, channels, kernel_size, *, norm=None):
    """A convolution and two of 1×1, which are a small dense network for each pixel.

    Parameters
    ----------
    in_channels : int
        Channels of the input.
    channels : (int, int, int)
        Kernels of the three convolutions.
    kernel_size : int
        Of the first, odd.
    norm : callable or None, default None
        As in `conv_block`; the paper has none.

    Returns
    -------
    nn.Sequential
        Maps (N, in_channels, H, W) to (N, channels[2], H, W).

    References
    ----------
    .. [1] M. Lin, Q. Chen and S. Yan, "Network in network", ICLR 2014, section 3.1.
    """
    first, second, third = channels
    return nn.Sequential(
        conv_block(in_channels, first, kernel_size, norm=norm),
        conv_block(first, second, 1, norm=norm),
        conv_block(second, third, 1, norm=norm),
    )
