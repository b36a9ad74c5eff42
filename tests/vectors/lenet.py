"""Test digits and what PyTorch makes of them with the stored weights.

The logits are computed in float64, to be met within rounding, and in float32, as networks run
everywhere. Of the maps some have all units, the others a few of each level.
"""

import torch

from coursecnn import data, models, training
from coursecnn.widgets import lenet

LAYERS = {"C1": "features.0", "C3": "features.3", "F5": "classifier.1", "F6": "classifier.3",
          "output": "classifier.5"}  # fmt: skip
COUNT, WHOLE, FEW = 200, 4, 12
ENDS = {"features.1": "C1", "features.2": "S2", "features.4": "C3", "features.5": "S4",
        "classifier.2": "F5", "classifier.4": "F6", "classifier.5": "output"}  # fmt: skip


def network():
    """LeNet-5 in PyTorch with the stored weights."""
    model = models.build("lenet5", padding=lenet.PADDING)
    state = {}
    for name, pair in lenet.parameters().items():
        for kind, array in zip(("weight", "bias"), pair, strict=True):
            state[f"{LAYERS[name]}.{kind}"] = torch.tensor(array)
    model.load_state_dict(state)
    return model.eval()


@torch.no_grad()
def maps_of(model, images):
    """All maps of a batch of images, shape (N, 1, 28, 28) of numbers, flat, by level."""
    found = {"input": images.flatten(1)}
    hooks = [
        model.get_submodule(name).register_forward_hook(
            lambda _, __, out, level=level: found.update({level: out.flatten(1)})
        )
        for name, level in ENDS.items()
    ]
    model(images)
    for hook in hooks:
        hook.remove()
    return {level: found[level] for level in lenet.LEVELS}


def vectors(rng):
    """As many test digits as the figure is held to, from all classes."""
    test, model = data.mnist("test"), network()
    chosen = test.images[rng.permutation(len(test))[:COUNT]]
    rough = maps_of(model, training.to_input(chosen))["output"]
    exact = maps_of(model.double(), torch.tensor(chosen, dtype=torch.float64) * 2 / 255 - 1)
    return [_vector(rng, index, chosen[index], rough[index], exact) for index in range(COUNT)]


def _vector(rng, index, image, rough, exact):
    maps = {level: each[index].tolist() for level, each in exact.items()}
    some = [
        [depth, n, values[n]]
        for depth, values in enumerate(maps.values())
        for n in rng.integers(len(values), size=FEW).tolist()
    ]
    vector = {
        "pixels": image.ravel().tolist(),
        "expected": maps["output"],
        "float32": rough.tolist(),
        "probabilities": torch.softmax(rough, 0).tolist(),
        "some": some,
    }
    return vector | {"maps": [*maps.values()]} if index < WHOLE else vector
