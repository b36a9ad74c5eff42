"""Two ways from bytes to a batch that a network can read: all at once, and image by image."""

import io

import torch
from PIL import Image
from torchvision import transforms

from coursecnn.training import to_input


def batched(pixels, chosen, change, generator):
    """One gather, the changes of the whole batch, one scaling."""
    return to_input(change(pixels[torch.from_numpy(chosen)], generator))


def decoded(images):
    """Bytes, shape (N, 3, H, W), as PIL images."""
    return [Image.fromarray(image.transpose(1, 2, 0)) for image in images]


def jpegs(images):
    """PIL images as the bytes of JPEG files."""
    files = []
    for image in images:
        stream = io.BytesIO()
        image.save(stream, "JPEG", quality=95)
        files.append(stream.getvalue())
    return files


def one_by_one(steps):
    """The usual chain for one PIL image, ending in a scaled tensor."""
    chain = steps(transforms)
    if not any(isinstance(step, transforms.ToTensor) for step in chain):
        chain.append(transforms.ToTensor())
    return transforms.Compose([*chain, transforms.Normalize([0.5] * 3, [0.5] * 3)])


def from_arrays(images, chosen, transform):
    """Images that are decoded already, one after the other."""
    return torch.stack([transform(images[number]) for number in chosen])


def from_files(files, chosen, transform):
    """The same, each decoded first."""
    opened = (Image.open(io.BytesIO(files[number])).convert("RGB") for number in chosen)
    return torch.stack([transform(image) for image in opened])
