"""The look at the door: images that a network cannot read are refused with the remedy."""


def check_images(x, channels, *, smallest=1, size=None):
    """Refuse a batch of images that the network cannot read.

    Parameters
    ----------
    x : Tensor
        What should be images, shape (N, C, H, W).
    channels : int
        The C that the network reads.
    smallest : int, default 1
        Least height and width, in pixels.
    size : int, optional
        The one height and width that fits, where a dense layer counts the pixels.

    Raises
    ------
    ValueError
        If the shape is another one; the message says what to do.
    """
    *_, found, height, width = (0, 0, 0, *x.shape)
    if x.ndim != 4:
        remedy = "add the axis of the batch: x[None]" if x.ndim == 3 else "put images into a batch"
    elif found != channels:
        remedy = f"make the model with `in_channels`={found}, or convert the images"
    elif size not in (None, height) or size not in (None, width):
        remedy = f"resize or pad the images to {size}×{size} pixels"
    elif min(height, width) < smallest:
        remedy = f"enlarge the images to {smallest}×{smallest} pixels or more"
    else:
        return
    wanted = f"{size}×{size}" if size else f"{smallest}×{smallest} or larger"
    raise ValueError(
        f"`x` must be a batch of images of {channels} × {wanted}, shape (N, {channels}, H, W); "
        f"received {tuple(x.shape)}; {remedy}"
    )
