"""Augmentations in a row are an augmentation."""


def compose(*augmentations):
    """Apply augmentations one after the other.

    Parameters
    ----------
    *augmentations : callable
        Each takes a batch and a torch.Generator and returns a batch, as `random_flip()` does.

    Returns
    -------
    callable
        Takes a batch and a torch.Generator, returns a batch; without any, the same batch.

    Raises
    ------
    TypeError
        If one of them cannot be called.
    """
    for number, augmentation in enumerate(augmentations, 1):
        if not callable(augmentation):
            raise TypeError(
                f"`augmentations` must be callable; number {number} is {augmentation!r}."
            )

    def augment(images, generator):
        for augmentation in augmentations:
            images = augmentation(images, generator)
        return images

    return augment
