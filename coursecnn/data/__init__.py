"""Images and their labels, offline first: what ships with the package needs no network."""

from coursecnn.data.bundled import DataError
from coursecnn.data.catalogue import CARDS
from coursecnn.data.cifar10 import cifar10
from coursecnn.data.digits import digits
from coursecnn.data.download import OfflineWarning
from coursecnn.data.fashion_mnist import fashion_mnist
from coursecnn.data.folder import UnreadableImages, image_folder
from coursecnn.data.geometric_shapes import geometric_shapes
from coursecnn.data.glyphs import glyphs
from coursecnn.data.imageset import ImageSet, MaskedSet, SignalSet, VideoSet
from coursecnn.data.mni152 import Brain, mni152
from coursecnn.data.mnist import mnist
from coursecnn.data.moving_digits import moving_digits
from coursecnn.data.photos import photo, photos
from coursecnn.data.tones import tones

__all__ = [
    "CARDS",
    "Brain",
    "DataError",
    "ImageSet",
    "MaskedSet",
    "OfflineWarning",
    "SignalSet",
    "UnreadableImages",
    "VideoSet",
    "cifar10",
    "digits",
    "fashion_mnist",
    "geometric_shapes",
    "glyphs",
    "image_folder",
    "mni152",
    "mnist",
    "moving_digits",
    "photo",
    "photos",
    "tones",
]
