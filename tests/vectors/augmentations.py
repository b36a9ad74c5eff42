"""Small images changed by `coursecnn.augment`, step by step and by the whole chain."""

import torch

from coursecnn import augment

SIZES = ((3, 11, 14), (3, 12, 10), (1, 13, 11))
DRAWS = 24  # of each step
CHAINS = 30
BLOB, HEIGHT, WIDTH = 2.0, 96, 144


def vectors(rng):
    """Arguments, an image and the changed image, both as bytes channel after channel."""
    made = [_step(rng, step) for step in STEPS for _ in range(DRAWS)]
    return made + [_chain(rng) for _ in range(CHAINS)] + [_corner(rng) for _ in range(30)]


def _step(rng, step):
    image = _image(rng)
    arguments = {name: draw(rng, image) for name, draw in STEPS[step][0].items()}
    changed = STEPS[step][1](image, **arguments)
    return {"step": step, "shape": list(image.shape[1:]), "pixels": image.flatten().tolist(),
            "arguments": arguments, "expected": changed.flatten().tolist()}  # fmt: skip


def _image(rng, shape=None):
    shape = SIZES[rng.integers(len(SIZES))] if shape is None else shape
    return torch.tensor(rng.integers(0, 256, (1, *shape)), dtype=torch.uint8)


def _even(low, high):
    return lambda rng, image: float(rng.uniform(low, high))


def _whole(low, high):
    return lambda rng, image: int(rng.integers(low, high + 1))


def _normal(rng, image):
    return rng.normal(size=image.shape).astype("float32").flatten().tolist()


def _bytes(rng, image):
    return _image(rng, tuple(image.shape[1:])).flatten().tolist()


def _flip(image, direction):
    return augment.flip(image, direction != "none", vertical=direction == "vertical")


def _affine(image, angle, scale, down, right):
    return augment.affine(image, angle, torch.tensor([[down, right]]).double(), scale)


def _noise(image, sigma, normal):
    return augment.noise(image, sigma, torch.tensor(normal).view(image.shape))


def _cutout(image, top, left, size):
    return augment.cutout(image, torch.tensor([[top, left]]), size)


def _mixup(image, partner, lent):
    both = torch.cat([image, torch.tensor(partner, dtype=torch.uint8).view(image.shape)])
    mixed, _ = augment.mixup(both, torch.eye(2), torch.tensor([1, 0]), 1 - lent)
    return mixed[:1]


#: By step, how its arguments are drawn, and the step itself.
STEPS = {
    "flip": (
        {"direction": lambda rng, image: str(rng.choice(["none", "horizontal", "vertical"]))},
        _flip,
    ),
    "affine": (
        {"angle": _even(-180, 180), "scale": _even(0.5, 2), "down": _whole(-5, 5),
         "right": _whole(-5, 5)},
        _affine,
    ),
    "shift": (
        {"down": _whole(-5, 5), "right": _whole(-5, 5)},
        lambda image, down, right: augment.shift(image, torch.tensor([[down, right]])),
    ),
    "brightness": ({"factor": _even(0, 2)}, lambda x, factor: augment.brightness(x, factor)),
    "contrast": ({"factor": _even(0, 2)}, lambda x, factor: augment.contrast(x, factor)),
    "saturation": ({"factor": _even(0, 2)}, lambda x, factor: augment.saturation(x, factor)),
    "hue": ({"turn": _even(-0.5, 0.5)}, lambda x, turn: augment.hue(x, turn)),
    "blur": (
        {"sigma": _even(0.1, 3)}, lambda image, sigma: augment.blur(image, sigma, kernel_size=9)
    ),
    "noise": ({"sigma": _even(0, 0.3), "normal": _normal}, _noise),
    "cutout": (
        {"top": _whole(-4, 10), "left": _whole(-4, 10), "size": _whole(0, 8)}, _cutout
    ),
    "mixup": ({"partner": _bytes, "lent": _even(0, 1)}, _mixup),
}  # fmt: skip


def _chain(rng):
    """All steps in their order."""
    image = _image(rng)
    p = {
        "flip": str(rng.choice(["horizontal", "vertical"])),
        "angle": float(rng.uniform(-40, 40)), "scale": float(rng.uniform(0.7, 1.4)),
        "down": int(rng.integers(-3, 4)), "right": int(rng.integers(-3, 4)),
        "brightness": float(rng.uniform(0.6, 1.4)), "contrast": float(rng.uniform(0.6, 1.4)),
        "saturation": float(rng.uniform(0.6, 1.4)), "hue": float(rng.uniform(-0.1, 0.1)),
        "blur": float(rng.uniform(0.3, 1.5)), "noise": float(rng.uniform(0, 0.1)),
        "cutout": int(rng.integers(1, 6)), "mixup": float(rng.uniform(0, 0.5)),
    }  # fmt: skip
    normal, partner = _normal(rng, image), _bytes(rng, image)
    centre = [int(rng.integers(size)) for size in image.shape[2:]]
    top, left = (place - p["cutout"] // 2 for place in centre)
    now = _affine(_flip(image, p["flip"]), p["angle"], p["scale"], p["down"], p["right"])
    for name in ("brightness", "contrast", "saturation", "hue"):
        now = getattr(augment, name)(now, p[name])
    now = _noise(augment.blur(now, p["blur"], kernel_size=9), p["noise"], normal)
    now = _mixup(_cutout(now, top, left, p["cutout"]), partner, p["mixup"])
    arguments = {"parameters": p, "normal": normal, "partner": partner, "centre": centre}
    return {"step": "chain", "shape": list(image.shape[1:]), "pixels": image.flatten().tolist(),
            "arguments": arguments, "expected": now.flatten().tolist()}  # fmt: skip


def _corner(rng):
    """Where a soft spot lies after a flip and an affine change: its centre of mass."""
    p = {
        "flip": str(rng.choice(["none", "horizontal", "vertical"])),
        "angle": float(rng.uniform(-60, 60)), "scale": float(rng.uniform(0.8, 1.2)),
        "down": int(rng.integers(-8, 9)), "right": int(rng.integers(-8, 9)),
    }  # fmt: skip
    row, column = float(rng.uniform(38, 58)), float(rng.uniform(50, 94))
    y, x = torch.meshgrid(torch.arange(HEIGHT) + 0.5, torch.arange(WIDTH) + 0.5, indexing="ij")
    spot = torch.exp(-((y - row) ** 2 + (x - column) ** 2) / (2 * BLOB**2)).double()[None, None]
    seen = _affine(_flip(spot, p["flip"]), p["angle"], p["scale"], p["down"], p["right"])[0, 0]
    place = [float((seen * axis).sum() / seen.sum()) for axis in (y, x)]
    return {"step": "corner", "shape": [HEIGHT, WIDTH], "arguments": {"parameters": p},
            "point": [row, column], "expected": place}  # fmt: skip
