"""Chains of layers, their fields on every level, and the stretches that one unit depends on."""

from coursecnn import shapes
from coursecnn.widgets.receptive_field import ReceptiveFieldExplorer, unit_counts


def vectors(rng):
    """Random chains of one to five layers; at the end those without room in the picture."""
    made = [_vector(rng, index % 5 + 1) for index in range(500)]
    return sorted(made, key=lambda vector: vector["expected"] is None)


def _vector(rng, depth):
    largest = (11, 7, 5, 3, 3)[depth - 1]
    sizes, strides = rng.integers(1, largest + 1, depth), rng.integers(1, 4, depth)
    layers = [[int(k), int(s)] for k, s in zip(sizes, strides, strict=True)]
    try:
        ReceptiveFieldExplorer(layers=layers)
    except ValueError:
        return {"layers": layers, "expected": None}
    level = int(rng.integers(1, depth + 1))
    counts = unit_counts(layers)
    unit = int(rng.integers(counts[level]))
    fields = [shapes.receptive_field(layers[:below]) for below in range(depth + 1)]
    stretches = shapes.receptive_intervals(layers[:level], unit)
    return {"layers": layers, "position": [level, unit], "counts": counts,
            "fields": [[field.size, field.jump] for field in fields],
            "expected": [list(stretch) for stretch in stretches]}  # fmt: skip
