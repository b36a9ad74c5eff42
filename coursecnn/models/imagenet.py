"""From a photograph to a guess among the thousand classes of ImageNet, and back to words."""

import numpy as np
import torch


def class_names():
    """The classes of ImageNet in the order of the scores.

    Returns
    -------
    tuple of str
        A thousand names.

    Examples
    --------
    >>> class_names()[285]
    'Egyptian cat'
    """
    from torchvision.models import AlexNet_Weights  # slow to import; the names are its metadata

    return tuple(AlexNet_Weights.IMAGENET1K_V1.meta["categories"])


def prepare(photo, size=224):
    """Cut the largest square out of the middle of a photograph, resize it and scale its values.

    EfficientNet-Lite was trained on values between −1 and 1: mean 0.5, standard deviation 0.5.

    Parameters
    ----------
    photo : ndarray of uint8, shape (H, W, 3) or (H, W)
        Red, green and blue, or grey levels.
    size : int, default 224
        Height and width of the result, in pixels; the `image_size` of the network.

    Returns
    -------
    Tensor, shape (1, 3, size, size)
        A batch of one.

    Raises
    ------
    ValueError
        If `photo` is not such an array.
    """
    photo = np.asarray(photo)
    if photo.dtype != np.uint8 or photo.ndim not in (2, 3) or photo.shape[2:] not in ((), (3,)):
        raise ValueError(
            "`photo` must be an array of uint8 of shape (H, W, 3) or (H, W); "
            f"received {photo.dtype} of shape {photo.shape}"
        )
    height, width = photo.shape[:2]
    side = min(height, width)
    top, left = (height - side) // 2, (width - side) // 2
    square = torch.tensor(photo[top : top + side, left : left + side]).float() / 255
    square = square.reshape(1, side, side, -1).permute(0, 3, 1, 2).expand(-1, 3, -1, -1)
    resized = torch.nn.functional.interpolate(square, (size, size), mode="bicubic", antialias=True)
    return (resized.clamp(0, 1) - 0.5) / 0.5


def guesses(scores, k=5):
    """The likeliest classes of ImageNet.

    Parameters
    ----------
    scores : Tensor, shape (1, 1000)
        What a network says of one photograph.
    k : int, default 5
        How many guesses.

    Returns
    -------
    list of (str, float)
        Names and probabilities, the likeliest first.
    """
    probabilities, classes = torch.softmax(scores.detach(), 1)[0].topk(k)
    names = class_names()
    pairs = zip(classes.tolist(), probabilities.tolist(), strict=True)
    return [(names[index], probability) for index, probability in pairs]
