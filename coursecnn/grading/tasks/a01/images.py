"""Images as arrays: channels last and first, grey from colour, a batch from many."""

from itertools import permutations

import numpy as np

from coursecnn.grading.task import Misconception, Task

from ..common.mistakes import stored
from .inputs import batches, collections, colour_images

RESHAPE_HINT = (
    "The shape is right, but `reshape` deals the numbers out in the order in which they are "
    "stored: the picture is torn into stripes. Exchange axes instead."
)
THREE_HINT = "Images may have any number of channels, not always three: take it from the shape."
GREY = np.array([0.299, 0.587, 0.114])


def _first(images):
    return np.moveaxis(images, -1, 1)


TO_CHANNELS_FIRST = Task(
    id="to_channels_first",
    points=1,
    reference=_first,
    arguments=("images",),
    inputs=batches,
    misconceptions=(
        Misconception(
            "reshaped",
            lambda images: images.reshape(_first(images).shape),
            RESHAPE_HINT,
        ),
        Misconception(
            "rows-and-columns-exchanged",
            lambda images: np.swapaxes(images, 1, 3),
            "Rows and columns have changed places: every picture lies on its side, mirrored. "
            "The channels move to axis 1, and the rows still come before the columns.",
        ),
        Misconception(
            "all-axes-reversed",
            np.transpose,
            "`.T` reverses all axes, that of the images, too, and so does `np.transpose` alone. "
            "Say for each axis of the result where it comes from.",
        ),
        Misconception(
            "order-of-axes-misread",
            lambda images: images.transpose(0, 2, 3, 1),
            "`np.transpose` takes, for each axis of the result, the number of the old axis. Here "
            "the numbers say where each old axis goes.",
        ),
        Misconception(
            "one-axis-short-of-it",
            lambda images: np.swapaxes(images, 2, 3),
            "The channels stand on axis 2 now, behind the rows; they must come before the rows.",
        ),
        Misconception(
            "channels-before-images",
            lambda images: np.moveaxis(images, -1, 0),
            "The channels stand before the images. Axis 0 keeps counting the images.",
        ),
        Misconception(
            "colours-reversed",
            lambda images: _first(images)[:, ::-1],
            "The axes are right, but the channels come in reverse order: blue has become red.",
        ),
        Misconception(
            "axes-of-one-image",
            lambda images: images.transpose(2, 0, 1),
            "A batch has four axes, and `transpose` wants a number for each: axis 0, the images, "
            "stays in front.",
        ),
        Misconception(
            "first-image-only",
            lambda images: _first(images)[0],
            "Only the first image has come out: the axis that counts the images stays in front.",
        ),
        Misconception(
            "three-channels-only",
            lambda images: _first(images)[:, :3],
            THREE_HINT,
        ),
        Misconception(
            "three-channels-only",
            lambda images: np.stack([images[..., channel] for channel in range(3)], axis=1),
            THREE_HINT,
        ),
        Misconception(
            "integer-output",
            lambda images: _first(images).astype(int),
            "The result was made of an integer type and cut off what stands behind the point.",
        ),
    ),
)


def _grey(image):
    return np.tensordot(GREY, image, 1)


def _grey_of_columns(image):
    red, green, blue = (image[..., colour] for colour in range(3))
    return 0.299 * red + 0.587 * green + 0.114 * blue


def _with_bare_weights(image):
    """Weights that are laid on the columns, as no axes were added to them."""
    return (image * GREY).sum(axis=0)


def _weighted(weights):
    return lambda image: np.tensordot(weights, image, 1)


AXIS_HINT = (
    "The weights were laid on the last axis, which counts columns; the channels are axis 0 here."
)
MEAN_HINT = (
    "All three colours have the same weight here. To the eye green is much brighter than blue: use "
    "the weights of the formula."
)
WHOLE_HINT = "The result was turned into whole numbers and lost what stands behind the point."
RANGE_HINT = (
    "The range of the numbers has changed: a pixel that is grey already keeps its number. Nothing "
    "is divided by 255 here."
)

TO_GREY = Task(
    id="to_grey",
    points=1,
    reference=_grey,
    arguments=("image",),
    inputs=colour_images,
    misconceptions=(
        Misconception("plain-mean", lambda image: image.mean(axis=0), MEAN_HINT),
        Misconception("plain-mean", lambda image: (image[0] + image[1] + image[2]) / 3, MEAN_HINT),
        Misconception("wrong-axis", lambda image: image @ GREY, AXIS_HINT),
        Misconception("wrong-axis", _grey_of_columns, AXIS_HINT),
        Misconception(
            "wrong-axis",
            lambda image: GREY @ image,
            "`@` and `np.dot` lay the weights on the last axis but one, which counts rows; the "
            "channels are axis 0 here.",
        ),
        Misconception("wrong-axis", _with_bare_weights, AXIS_HINT),
        Misconception(
            "axis-missing",
            lambda image: np.average(image, weights=GREY),
            "`np.average` must be told which axis the weights belong to; the channels are axis 0.",
        ),
        Misconception(
            "one-number",
            lambda image: _grey(image).sum(),
            "All pixels were added up to one number: add the three channels only, along axis 0.",
        ),
        Misconception(
            "rows-and-columns-exchanged",
            lambda image: _grey(image).T,
            "Rows and columns have changed places: `.T` reverses all three axes, not only that of "
            "the channels.",
        ),
        Misconception(
            "colours-reversed",
            _weighted(GREY[::-1]),
            "The weights of red and blue have changed places: channel 0 is red.",
        ),
        *(
            Misconception(
                "weights-exchanged",
                _weighted(weights),
                "The weights stand at the wrong colours: the channels are red, green and blue.",
            )
            for weights in permutations(GREY)
            if weights not in (tuple(GREY), tuple(GREY[::-1]))
        ),
        Misconception(
            "divided-by-three",
            lambda image: _grey(image) / 3,
            "The weights add up to 1 already: their sum is a mean, and nothing is divided.",
        ),
        Misconception(
            "integer-output",
            lambda image: _grey(image).astype(image.dtype),
            "The result took the number type of the image and lost what stands behind the point.",
        ),
        Misconception(
            "integer-output",
            lambda image: _grey(image).astype(int),
            WHOLE_HINT,
        ),
        Misconception(
            "integer-output", lambda image: stored(_grey(image), np.dtype(np.uint8)), WHOLE_HINT
        ),
        Misconception(
            "rounded",
            lambda image: np.round(_grey(image)),
            "The result was rounded; keep what stands behind the point.",
        ),
        Misconception("divided-by-255", lambda image: _grey(image / 255), RANGE_HINT),
        Misconception(
            "divided-by-255",
            lambda image: _grey(image / 255 if image.max() > 1 else image),
            RANGE_HINT,
        ),
        Misconception(
            "not-weighted",
            lambda image: image.sum(axis=0),
            "The three channels were added as they are; multiply each by its weight first.",
        ),
        Misconception(
            "other-weights",
            _weighted([0.2126, 0.7152, 0.0722]),
            "These weights are a later standard (Rec. 709); use those of the formula.",
        ),
        Misconception(
            "one-channel",
            lambda image: image[1],
            "This is the green channel alone; red and blue count, too.",
        ),
        Misconception(
            "brightest-channel",
            lambda image: image.max(axis=0),
            "This takes the largest of the three; they are weighted and added.",
        ),
    ),
    forbidden=("PIL.Image", "cv2", "matplotlib.image", "skimage.color", "torchvision"),
)


def _frame(images, of=max, axes=(1, 2)):
    return [of(image.shape[axis] for image in images) for axis in axes]


def _batch(images):
    return _laid(images, _frame(images), lambda spare: 0)


def _laid(images, frame, before):
    """Lay each image into a frame, with some of what it leaves over before it."""
    batch = np.zeros((len(images), images[0].shape[0], *frame))
    for place, image in zip(batch, images, strict=True):
        _, rows, columns = image.shape
        top, left = before(frame[0] - rows), before(frame[1] - columns)
        place[:, top : top + rows, left : left + columns] = image
    return batch


def _edges_repeated(images):
    height, width = _frame(images)
    sides = ([(0, 0), (0, height - x.shape[1]), (0, width - x.shape[2])] for x in images)
    return np.stack([np.pad(x, side, mode="edge") for x, side in zip(images, sides, strict=True)])


def _cropped(images):
    height, width = _frame(images, min)
    return np.stack([image[:, :height, :width] for image in images])


def _refilled(images):
    """Every image begins anew where its numbers are used up."""
    return np.stack([np.resize(x, (x.shape[0], *_frame(images))) for x in images])


def _on_one_canvas(images, copied):
    """Every image laid into the same array, which still holds the ones before."""
    canvas, batch = _batch(images)[0] * 0, []
    for image in images:
        canvas[:, : image.shape[1], : image.shape[2]] = image
        batch.append(canvas.copy() if copied else canvas)
    return np.stack(batch)


def _like_the_first(images):
    """Size and number type of the first image, as `np.zeros_like` takes both."""
    batch = []
    for image in images:
        canvas = np.zeros_like(images[0])
        canvas[:, : image.shape[1], : image.shape[2]] = image
        batch.append(canvas)
    return np.array(batch)


def _of_three_channels(images):
    batch = np.zeros((len(images), 3, *_frame(images)))
    for canvas, image in zip(batch, images, strict=True):
        canvas[:, : image.shape[1], : image.shape[2]] = image
    return batch


def _as_large_as(key):
    """The mistake of taking both sizes from the image that is largest by `key`."""
    return lambda images: _laid(images, max(images, key=key).shape[1:], lambda spare: 0)


def _of_the_type_of(place):
    """The mistake of making the zeros of the number type that one of the images has."""

    def wrong(images):
        batch = _batch(images).astype(images[place].dtype)
        for canvas, image in zip(batch, images, strict=True):
            canvas[:, : image.shape[1], : image.shape[2]] = image
        return batch

    return wrong


TYPE_HINT = (
    "The zeros took the number type of one image, and the others lost what does not fit; "
    "`np.zeros` without `dtype` takes any number."
)
ONE_IMAGE_HINT = (
    "Both sizes were taken from one image; the highest image need not be the widest. Find each "
    "over all images."
)

MAKE_BATCH = Task(
    id="make_batch",
    points=2,
    reference=_batch,
    arguments=("images",),
    inputs=collections,
    misconceptions=(
        Misconception(
            "cropped",
            _cropped,
            "The images were cut down to the smallest. Nothing may be lost: the batch is as high "
            "as the highest image and as wide as the widest.",
        ),
        Misconception(
            "stacked-as-they-are",
            np.stack,
            "`np.stack` wants images of one size: fill them up with zeros first.",
        ),
        Misconception(
            "stacked-as-they-are",
            np.array,
            "`np.array` makes a batch of images of one size only: fill them up with zeros first.",
        ),
        Misconception("three-channels-only", _of_three_channels, THREE_HINT),
        Misconception(
            "first-channel-only",
            lambda images: _batch(images)[:, 0],
            "The channels are gone: each image keeps all of its own, between the axis that counts "
            "the images and that of the rows.",
        ),
        Misconception(
            "size-of-the-first",
            lambda images: _laid(images, images[0].shape[1:], lambda spare: 0),
            "The first image need not be the largest: look at all of them.",
        ),
        Misconception(
            "size-of-the-first",
            _like_the_first,
            "The first image need not be the largest: look at all of them.",
        ),
        Misconception("size-of-one-image", _as_large_as(np.size), ONE_IMAGE_HINT),
        Misconception("size-of-one-image", _as_large_as(np.shape), ONE_IMAGE_HINT),
        Misconception(
            "first-image-only",
            lambda images: _batch([images[0], *(0 * image for image in images[1:])]),
            "Only the first image has arrived. Does `return` stand in the loop? It belongs behind "
            "it.",
        ),
        Misconception(
            "canvas-not-cleared",
            lambda images: _on_one_canvas(images, copied=True),
            "What earlier images have left stands in the room of smaller ones: begin with new "
            "zeros for each image.",
        ),
        Misconception(
            "same-canvas",
            lambda images: _on_one_canvas(images, copied=False),
            "All images of the batch are one and the same array, which holds the last: make a new "
            "array of zeros for each image.",
        ),
        Misconception(
            "order-changed",
            lambda images: _batch(sorted(images, key=np.size)),
            "The images come in another order; sorting is not asked for.",
        ),
        Misconception(
            "integer-output",
            lambda images: _batch(images).astype(int),
            "The zeros were made of an integer type and cut off what stands behind the point.",
        ),
        Misconception("type-of-one-image", _of_the_type_of(0), TYPE_HINT),
        Misconception("type-of-one-image", _of_the_type_of(-1), TYPE_HINT),
        Misconception(
            "centred",
            lambda images: _laid(images, _frame(images), lambda spare: spare // 2),
            "The images were centred; each must begin at row 0 and column 0.",
        ),
        Misconception(
            "padded-in-front",
            lambda images: _laid(images, _frame(images), lambda spare: spare),
            "The zeros stand above and on the left; they belong below and on the right.",
        ),
        Misconception(
            "edges-repeated",
            _edges_repeated,
            "The room that is left over was filled with the last row and column; fill it with "
            "zeros.",
        ),
        Misconception(
            "refilled",
            _refilled,
            "`np.resize` deals the numbers out anew and tears the rows apart; lay each image into "
            "zeros instead.",
        ),
        Misconception(
            "square",
            lambda images: _laid(images, [max(_frame(images))] * 2, lambda spare: 0),
            "Height and width are found separately; the batch need not hold squares.",
        ),
        Misconception(
            "height-and-width-exchanged",
            lambda images: _laid(images, _frame(images)[::-1], lambda spare: 0),
            "Height and width have changed places: the shape of the batch is (N, C, H, W).",
        ),
        Misconception(
            "axes-miscounted",
            lambda images: _laid(images, _frame(images, axes=(0, 1)), lambda spare: 0),
            "Axis 0 of an image counts its channels; the rows are axis 1 and the columns axis 2.",
        ),
        Misconception(
            "no-axis-of-its-own",
            lambda images: np.concatenate(_batch(images)),
            "The images were strung together along the channels; a batch has a new axis in front, "
            "as `np.stack` makes it.",
        ),
    ),
    forbidden=("torch.nn.utils.rnn.pad_sequence",),
)
