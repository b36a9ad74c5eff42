"""Output sizes and same padding of all geometries in a grid, and of some large ones."""

from itertools import product

from coursecnn import shapes


def vectors(rng):
    """Arguments and answer; 0 where the library refuses, as no window fits."""
    small = list(product(range(1, 10), range(1, 6), range(1, 5), range(0, 4), range(1, 4)))
    large = zip(*(rng.integers(low, high, 100) for low, high in
                  [(30, 600), (1, 20), (1, 9), (0, 12), (1, 7)]), strict=True)  # fmt: skip
    return [_vector(*map(int, numbers)) for numbers in [*small, *large]]


def _vector(size, kernel_size, stride, padding, dilation):
    arguments = [size, kernel_size, stride, padding, dilation]
    try:
        expected = shapes.output_size(*arguments)
    except ValueError:
        expected = 0
    same = shapes.same_padding(kernel_size, dilation)
    return {"arguments": arguments, "expected": expected, "same": list(same)}
