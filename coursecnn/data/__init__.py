"""Images and their labels, offline first: what ships with the package needs no network."""

from coursecnn.data.bundled import DataError
from coursecnn.data.cifar10 import cifar10
from coursecnn.data.imageset import ImageSet
from coursecnn.data.mnist import mnist
from coursecnn.data.photos import photo

__all__ = ["DataError", "ImageSet", "cifar10", "mnist", "photo"]
