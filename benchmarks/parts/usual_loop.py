"""The usual way to train on images: a folder of files, two loading workers, step after step."""

import tarfile
from pathlib import Path

import numpy as np
from torch import nn, optim
from torch.utils.data import DataLoader
from torchvision import transforms
from torchvision.datasets import ImageFolder

from coursecnn.data import bundled
from coursecnn.data.cifar10 import CLASSES


def extract(folder, every=1):
    """Write the training files of the course, or every n-th of them: a folder for each class."""
    with tarfile.open(bundled.path("cifar10-jpeg.tar.gz")) as archive:
        for member in archive:
            if member.name.endswith(".jpg"):
                _, part, name, number = member.name.removesuffix(".jpg").split("/")
                rank = 4500 * CLASSES.index(name) + int(number) // 10 * 9 + int(number) % 10
                if part == "train" and int(number) % 10 != 9 and rank % every == 0:
                    file = Path(folder, name, f"{number}.jpg")
                    file.parent.mkdir(exist_ok=True)
                    file.write_bytes(archive.extractfile(member).read())


def files(folder, transform=None):
    """The folder as a data set; with no transform its images are PIL's."""
    return ImageFolder(folder, transform)


def train(model, folder, *, epochs, batch_size, lr, workers=2):
    """Train as tutorials do; the optimizer and its schedule are those of `fit`."""
    transform = transforms.Compose(
        [
            transforms.RandomCrop(32, padding=4),
            transforms.RandomHorizontalFlip(),
            transforms.ToTensor(),
            transforms.Normalize([0.5] * 3, [0.5] * 3),
        ]
    )
    loader = DataLoader(
        files(folder, transform), batch_size, shuffle=True, num_workers=workers,
        persistent_workers=workers > 0,
    )  # fmt: skip
    criterion = nn.CrossEntropyLoss()
    optimizer = optim.AdamW(model.parameters(), lr, weight_decay=0.01)
    schedule = optim.lr_scheduler.OneCycleLR(optimizer, lr, total_steps=epochs * len(loader))
    model.train()
    for _ in range(epochs):
        for images, labels in loader:
            optimizer.zero_grad()
            loss = criterion(model(images), labels)
            loss.backward()
            optimizer.step()
            schedule.step()


def same_pixels(folder, image_set, count=50):
    """Whether the files hold the pixels of the set, in its order, at some places."""
    pictures = files(folder)
    places = np.linspace(0, len(image_set) - 1, count).astype(int)
    return len(pictures) == len(image_set) and all(
        np.array_equal(np.asarray(pictures[i][0]).transpose(2, 0, 1), image_set.images[i])
        for i in places
    )
