"""All sets in one list, and what of them is on this machine."""

from dataclasses import dataclass

from coursecnn.data import bundled, cache
from coursecnn.data.cifar10 import CARD as CIFAR10
from coursecnn.data.cifar10 import ORIGINAL as WHOLE_CIFAR10
from coursecnn.data.digits import CARD as DIGITS
from coursecnn.data.fashion_mnist import CARD as FASHION_MNIST
from coursecnn.data.fashion_mnist import ORIGINAL as WHOLE_FASHION_MNIST
from coursecnn.data.geometric_shapes import CARD as GEOMETRIC_SHAPES
from coursecnn.data.glyphs import CARD as GLYPHS
from coursecnn.data.mni152 import CARD as MNI152
from coursecnn.data.mnist import CARD as MNIST
from coursecnn.data.mnist import ORIGINAL as WHOLE_MNIST
from coursecnn.data.moving_digits import CARD as MOVING_DIGITS
from coursecnn.data.photos import CARD as PHOTOS
from coursecnn.data.tones import CARD as TONES

#: The data card of every set, by name.
CARDS = {
    card.name: card
    for card in (MNIST, FASHION_MNIST, CIFAR10, DIGITS, GLYPHS, GEOMETRIC_SHAPES, MOVING_DIGITS,
                 TONES, PHOTOS, MNI152)
}  # fmt: skip

ORIGINALS = {whole.name: whole for whole in (WHOLE_MNIST, WHOLE_FASHION_MNIST, WHOLE_CIFAR10)}


@dataclass(frozen=True)
class Holding:
    """What this machine has of a set, in bytes.

    Parameters
    ----------
    bundled : int
        Files of this package.
    cached : int
        Files of the cache folder.
    """

    bundled: int
    cached: int


def holding(card):
    """Measure what this machine has of a set.

    Parameters
    ----------
    card : Card
        Its card.

    Returns
    -------
    Holding
        Sizes in bytes.
    """
    shipped = (bundled.FOLDER / file for file in card.files)
    return Holding(
        sum(file.stat().st_size for file in shipped if file.is_file()),
        sum(file.stat().st_size for file in cache.files(card.name)),
    )
