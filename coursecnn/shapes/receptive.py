"""How much of the input one unit deep in the network sees, along one axis."""

from typing import NamedTuple

from coursecnn.shapes.integers import integer


class ReceptiveField(NamedTuple):
    """The stretch of input that unit i sees: ``size`` pixels from ``start + i * jump`` on.

    Attributes
    ----------
    size : int
        Input pixels that one unit sees.
    jump : int
        Input pixels between the fields of neighbouring units.
    start : int
        First input pixel that unit 0 sees; negative when it lies in the padding.
    """

    size: int
    jump: int
    start: int


def receptive_field(layers):
    """Follow the receptive field of one unit through a chain of layers.

    Parameters
    ----------
    layers : iterable of tuple of int
        Convolutions and poolings from the input on, each (kernel_size, stride) or
        (kernel_size, stride, padding) or (kernel_size, stride, padding, dilation).

    Returns
    -------
    ReceptiveField
        Size, jump and start, in input pixels. No layer at all gives (1, 1, 0).

    Raises
    ------
    TypeError
        If an entry is not an integer.
    ValueError
        If a layer has fewer than 2 or more than 4 entries, or one is out of its range.

    References
    ----------
    .. [1] A. Araujo, W. Norris and J. Sim, "Computing receptive fields of convolutional neural
       networks", Distill, 2019, doi:10.23915/distill.00021.

    Examples
    --------
    >>> receptive_field([(3, 1), (3, 1), (2, 2)])
    ReceptiveField(size=6, jump=2, start=0)
    """
    size, jump, start = 1, 1, 0
    for layer in layers:
        kernel_size, stride, padding, dilation = _read(layer)
        size += dilation * (kernel_size - 1) * jump
        start -= padding * jump
        jump *= stride
    return ReceptiveField(size, jump, start)


def receptive_intervals(layers, unit=0):
    """Which units of every layer below, and which pixels of the input, one unit depends on.

    Parameters
    ----------
    layers : iterable of tuple of int
        As for `receptive_field`.
    unit : int, default 0
        A unit of the last layer, counted from 0.

    Returns
    -------
    list of (int, int)
        First and last unit of each stretch, counted from 0: on the input, on the output of each
        layer, and at the end the unit itself. Below 0 and beyond the end lies the padding. Where
        a stride or a dilation leaves gaps, the stretch contains them.

    Raises
    ------
    TypeError
        If an entry or `unit` is not an integer.
    ValueError
        For the reasons of `receptive_field`, or if `unit` is negative.

    Examples
    --------
    >>> receptive_intervals([(3, 1), (3, 1), (2, 2)], unit=1)
    [(2, 7), (2, 5), (2, 3), (1, 1)]
    """
    first = last = integer(unit, "unit", minimum=0)
    intervals = [(first, last)]
    for kernel_size, stride, padding, dilation in reversed([_read(layer) for layer in layers]):
        first = first * stride - padding
        last = last * stride - padding + dilation * (kernel_size - 1)
        intervals.append((first, last))
    return intervals[::-1]


def _read(layer):
    """The four numbers of a layer, with no padding and no dilation unless said."""
    entries = tuple(layer)
    if not 2 <= len(entries) <= 4:
        raise ValueError(
            "each of `layers` must be (kernel_size, stride), optionally followed by padding and "
            f"dilation, not {layer!r}"
        )
    names = ("kernel_size", 1), ("stride", 1), ("padding", 0), ("dilation", 1)
    full = entries + (0, 1)[len(entries) - 2 :]
    return [integer(v, n, minimum=m) for v, (n, m) in zip(full, names, strict=True)]
