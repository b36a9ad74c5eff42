"""What a layer costs: numbers to learn and multiplications to do."""

from math import prod

from coursecnn.shapes.integers import integer, ntuple


def conv_parameters(in_channels, out_channels, kernel_size, *, groups=1, bias=True):
    """Count the numbers that a convolutional layer learns.

    Parameters
    ----------
    in_channels, out_channels : int
        Channels of the input and number of kernels.
    kernel_size : int or tuple of int
        Size of the kernel; one integer means a square kernel, a tuple of one or three is a layer
        over one or three axes.
    groups : int, default 1
        The channels are dealt into so many groups, and each kernel sees one group only.
    bias : bool, default True
        Whether each kernel has a bias.

    Returns
    -------
    int
        Weights and biases. The size of the image does not matter.

    Raises
    ------
    TypeError
        If a size is not an integer.
    ValueError
        If a size is smaller than 1, or `groups` does not divide both channel counts.

    Examples
    --------
    >>> conv_parameters(3, 10, 3), conv_parameters(3, 5, (8, 8))
    (280, 965)
    """
    kernels, weights = _kernels(in_channels, out_channels, kernel_size, groups)
    return kernels * (weights + (1 if bias else 0))


def linear_parameters(in_features, out_features, *, bias=True):
    """Count the numbers that a dense layer learns.

    Parameters
    ----------
    in_features, out_features : int
        Numbers that go in and numbers that come out.
    bias : bool, default True
        Whether each output has a bias.

    Returns
    -------
    int
        Weights and biases.

    Raises
    ------
    TypeError
        If a size is not an integer.
    ValueError
        If a size is smaller than 1.

    Examples
    --------
    >>> linear_parameters(400, 120)
    48120
    """
    in_features = integer(in_features, "in_features", minimum=1)
    out_features = integer(out_features, "out_features", minimum=1)
    return out_features * (in_features + (1 if bias else 0))


def macs(in_channels, out_channels, kernel_size=1, output_size=1, *, groups=1):
    """Count the multiplications (each followed by an addition) that one image costs.

    Parameters
    ----------
    in_channels, out_channels : int
        Channels of the input and number of kernels.
    kernel_size : int or tuple of int, default 1
        Size of the kernel; one integer means a square kernel.
    output_size : int or tuple of int, default 1
        Size of the feature map; one integer means a square map. With both defaults the layer is
        a dense one: a single pixel with many channels.
    groups : int, default 1
        The channels are dealt into so many groups, and each kernel sees one group only.

    Returns
    -------
    int
        Multiply-accumulate operations; biases are additions and not counted.

    Raises
    ------
    TypeError
        If a size is not an integer.
    ValueError
        If a size is smaller than 1, or `groups` does not divide both channel counts.

    Examples
    --------
    >>> macs(1, 6, 5, 28), macs(400, 120)
    (117600, 48000)
    """
    kernels, weights = _kernels(in_channels, out_channels, kernel_size, groups)
    return kernels * weights * prod(_sizes(output_size, "output_size"))


def _kernels(in_channels, out_channels, kernel_size, groups):
    """Number of kernels and weights of each, once the channels are known to fit the groups."""
    in_channels = integer(in_channels, "in_channels", minimum=1)
    out_channels = integer(out_channels, "out_channels", minimum=1)
    groups = integer(groups, "groups", minimum=1)
    for name, channels in (("in_channels", in_channels), ("out_channels", out_channels)):
        if channels % groups:
            raise ValueError(f"`{name}` (={channels}) must be divisible by `groups` (={groups})")
    return out_channels, in_channels // groups * prod(_sizes(kernel_size, "kernel_size"))


def _sizes(value, name):
    """One size per axis; a single integer means a square."""
    axes = len(value) if isinstance(value, tuple | list) else 2
    return ntuple(value, axes, name=name, minimum=1)
