"""How many windows fit along one axis, and what it takes for the answer to be the same size."""

from coursecnn.shapes.integers import integer


def output_size(size, kernel_size, stride=1, padding=0, dilation=1, *, ceil_mode=False):
    """Count the windows that fit along one axis.

    Parameters
    ----------
    size : int
        Entries along the axis, before padding.
    kernel_size : int
        Entries that one window reads.
    stride : int, default 1
        Step between neighbouring windows.
    padding : int, default 0
        Entries added on each of the two sides.
    dilation : int, default 1
        Step between neighbouring entries of one window.
    ceil_mode : bool, default False
        Let the last window hang over the end, as long as it starts inside the input or the
        padding before it; pooling layers offer this.

    Returns
    -------
    int
        ``(size + 2 * padding - dilation * (kernel_size - 1) - 1) // stride + 1``.

    Raises
    ------
    TypeError
        If an argument is not an integer.
    ValueError
        If an argument is out of its range, or the window exceeds the padded axis.

    References
    ----------
    .. [1] V. Dumoulin and F. Visin, "A guide to convolution arithmetic for deep learning",
       arXiv:1603.07285, relationships 6 and 15.

    Examples
    --------
    >>> output_size(32, 5), output_size(224, 7, stride=2, padding=3)
    (28, 112)
    """
    size = integer(size, "size", minimum=1)
    stride = integer(stride, "stride", minimum=1)
    padding = integer(padding, "padding", minimum=0)
    span = _span(kernel_size, dilation)
    room = size + 2 * padding - span
    count = room // stride + 1
    if ceil_mode and room % stride and count * stride < size + padding:
        count += 1  # one more window starts inside, and hangs over the end
    if count < 1:
        raise ValueError(
            f"there is no output: a window of `kernel_size`={kernel_size} with "
            f"`dilation`={dilation} spans {span} entries, but `size`={size} with "
            f"`padding`={padding} offers {size + 2 * padding}; use a smaller kernel or more padding"
        )
    return count


def transposed_output_size(size, kernel_size, stride=1, padding=0, *, output_padding=0, dilation=1):
    """Size along one axis that a transposed convolution gives back.

    Parameters
    ----------
    size : int
        Entries along the axis.
    kernel_size : int
        Entries that each input entry is spread over.
    stride : int, default 1
        Step between the places where neighbouring input entries are spread.
    padding : int, default 0
        Entries cut off on each of the two sides.
    output_padding : int, default 0
        Entries added at the end: several sizes share one `output_size` when the stride exceeds 1,
        and this picks one of them.
    dilation : int, default 1
        Step between neighbouring entries of the kernel.

    Returns
    -------
    int
        ``(size - 1) * stride - 2 * padding + dilation * (kernel_size - 1) + output_padding + 1``.

    Raises
    ------
    TypeError
        If an argument is not an integer.
    ValueError
        If an argument is out of its range, or nothing is left after cutting.

    References
    ----------
    .. [1] V. Dumoulin and F. Visin, "A guide to convolution arithmetic for deep learning",
       arXiv:1603.07285, relationship 14.

    Examples
    --------
    >>> transposed_output_size(7, 4, stride=2, padding=1)
    14
    """
    size = integer(size, "size", minimum=1)
    stride = integer(stride, "stride", minimum=1)
    padding = integer(padding, "padding", minimum=0)
    extra = integer(output_padding, "output_padding", minimum=0)
    span = _span(kernel_size, dilation)
    if extra >= max(stride, dilation):
        raise ValueError(
            f"`output_padding` must be smaller than `stride` or `dilation`, "
            f"but is {extra} with `stride`={stride} and `dilation`={dilation}"
        )
    out = (size - 1) * stride - 2 * padding + span + extra
    if out < 1:
        raise ValueError(
            f"there is no output: `padding`={padding} cuts off all of the "
            f"{out + 2 * padding} entries; use less padding"
        )
    return out


def same_padding(kernel_size, dilation=1):
    """Padding that keeps the size of an axis at stride 1.

    Parameters
    ----------
    kernel_size : int
        Entries that one window reads.
    dilation : int, default 1
        Step between neighbouring entries of one window.

    Returns
    -------
    (int, int)
        Entries to add before and after; together ``dilation * (kernel_size - 1)``. When that is
        odd, the additional one goes after, as torch does with ``padding="same"``.

    Raises
    ------
    TypeError
        If an argument is not an integer.
    ValueError
        If an argument is smaller than 1.

    Examples
    --------
    >>> same_padding(5), same_padding(4), same_padding(2, dilation=2)
    ((2, 2), (1, 2), (1, 1))
    """
    total = _span(kernel_size, dilation) - 1
    return total // 2, total - total // 2


def _span(kernel_size, dilation):
    """Entries from the first to the last that one window reads."""
    kernel_size = integer(kernel_size, "kernel_size", minimum=1)
    return integer(dilation, "dilation", minimum=1) * (kernel_size - 1) + 1
