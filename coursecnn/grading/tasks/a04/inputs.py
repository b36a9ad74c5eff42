"""What answers to assignment 04 are tried on: sizes that fit, and plans of layers."""

from itertools import count, cycle


def windows(rng):
    """size, kernel_size, and up to three of stride, padding and dilation.

    First come windows as large as the axis, and one that fits only thanks to its padding.
    """
    yield from ((5, 3), (6, 3, 2), (5, 3, 2, 1), (7, 3, 1, 0, 2), (1, 1), (4, 4, 3), (2, 4, 1, 1))
    for given in cycle((3, 5, 4, 2, 5)):
        yield _window(rng)[:given]


def strides(rng):
    """As `windows`, without dilation; first all that may be left over: nothing, padding, pixels."""
    yield from (
        (6, 3, 2),
        (6, 3, 2, 1),
        (7, 3, 2),
        (8, 3, 4),
        (6, 3),
        (1, 1),
        (9, 2, 5),
        (11, 3, 5, 1),
        (13, 3, 5, 1),
    )
    for given in cycle((3, 4, 4)):
        size, kernel_size, stride, padding, _ = _window(rng)
        yield (size, kernel_size, stride + 1, padding)[:given]


def kernels(rng):
    """kernel_size and perhaps dilation; even and odd ones first, and a single tap."""
    yield from ((3,), (4,), (2, 2), (1,), (2,), (3, 2), (4, 3))
    for given in cycle((2, 2, 1)):
        yield tuple(int(n) for n in (rng.integers(1, 12), rng.integers(1, 6)))[:given]


def layers(rng):
    """in_channels, out_channels, kernel_size (int or pair), bias; the last may be missing.

    First come small ones, then more parameters than 32 bits can count.
    """
    yield from ((3, 10, 3), (1, 1, (5, 5), False), (3, 5, 8), (1, 6, 5), (2, 4, (3, 5)), (1, 1, 1))
    yield 4096, 8192, (9, 8)
    for number in count():
        channels = tuple(rng.integers(2, 9, 2).tolist())
        rows, columns = rng.integers(1, 8, 2).tolist()
        kernel_size = rows if number % 3 == 0 else (rows, columns + (rows == columns))
        yield *channels, kernel_size, *((), (True,), (False,))[number % 3]


def chains(rng):
    """Lists of (kernel_size, stride) along one axis, of no layer, which comes early, to eight."""
    yield ([(3, 1), (3, 1)],)
    yield ([(3, 1), (3, 1), (2, 2)],)
    yield ([(3, 2), (3, 1)],)
    yield ([(5, 1), (2, 2), (5, 1), (2, 2)],)
    yield ([(11, 4), (3, 2), (5, 1), (3, 2), (3, 1), (3, 1), (3, 1), (3, 2)],)
    yield ([(1, 1)],)
    yield ([],)
    for length in cycle(range(2, 7)):
        yield ([(int(rng.integers(1, 8)), int(rng.integers(1, 4))) for _ in range(length)],)


def networks(rng):
    """Shape (C, H, W), list of (out_channels, kernel_size, stride, padding).

    First come one layer and small ones, then a large one.
    """
    yield (3, 6, 6), [(10, 3, 1, 0)]
    yield (1, 28, 20), [(6, 5, 1, 2), (16, 5, 2, 0)]
    yield (2, 5, 9), [(4, 1, 1, 0)]
    yield (64, 224, 224), [(128, 3, 1, 1)]  # more multiplications than 32 bits can count
    for length in cycle((2, 3, 4)):
        shape = tuple(int(n) for n in (rng.integers(1, 5), *rng.integers(20, 40, 2)))
        yield shape, [_layer(rng) for _ in range(length)]


def _layer(rng):
    """A layer that shrinks an axis by no more than half: four of them fit into 20 pixels."""
    padding = int(rng.integers(0, 2))
    kernel_size = int(rng.integers(1, 3)) + 2 * padding
    return int(rng.integers(2, 9)), kernel_size, int(rng.integers(1, 3)), padding


def _window(rng):
    """Five numbers of a window that fits; stride and dilation are at least 2 in most cases."""
    kernel_size, stride = int(rng.integers(1, 6)), int(rng.integers(1, 5))
    padding, dilation = int(rng.integers(0, 4)), int(rng.integers(1, 4))
    span = dilation * (kernel_size - 1) + 1
    least = max(1, kernel_size, span - 2 * padding)  # also fits where the last numbers are left out
    return least + int(rng.integers(0, 20)), kernel_size, stride, padding, dilation
