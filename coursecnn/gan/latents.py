"""The space that images come from, and ways through it; NumPy only."""

import numpy as np

from coursecnn.shapes.integers import integer


def draw_latents(n, latent_size, *, seed=0):
    """Standard normal numbers, as a generator is trained on.

    Parameters
    ----------
    n : int
        How many latents.
    latent_size : int
        Numbers in each.
    seed : int, default 0
        The same seed draws the same numbers.

    Returns
    -------
    ndarray of float32, shape (n, latent_size)
        Their lengths are near the root of `latent_size`.
    """
    rng = np.random.default_rng(seed)
    return rng.standard_normal((n, latent_size)).astype(np.float32)


def orthogonal_latents(n, latent_size, *, seed=0):
    """Latents of the usual length, each at a right angle to all the others.

    Of two latents drawn at random the angle is near a right one, too; here it is exact, so that
    the shares of a mix add up to one.

    Parameters
    ----------
    n : int
        How many latents, at most `latent_size`.
    latent_size : int
        Numbers in each.
    seed : int, default 0
        The same seed draws the same latents.

    Returns
    -------
    ndarray of float64, shape (n, latent_size)
        Each of length √latent_size.

    Raises
    ------
    ValueError
        If there is no room for so many right angles.
    """
    integer(n, "n", minimum=1)
    if n > latent_size:
        raise ValueError(
            f"`n` must be at most `latent_size`, as no more latents stand at right angles; "
            f"received {n} and {latent_size}."
        )
    drawn = np.random.default_rng(seed).standard_normal((latent_size, n))
    directions, triangle = np.linalg.qr(drawn)
    return (directions * np.sign(np.diag(triangle))).T * np.sqrt(latent_size)


def slerp(start, end, share):
    """Go from one latent to another along the arc between them.

    On the straight line between two latents the middle is shorter than either, shorter than
    nearly all latents that a generator was trained on. The arc keeps the length.

    Parameters
    ----------
    start, end : array_like, shape (latent_size,)
        Where the way begins and ends; neither is zero, and they do not point opposite ways.
    share : array_like, shape (N,) or ()
        How far to go, as a share of the angle: 0 is `start`, 1 is `end`.

    Returns
    -------
    ndarray of float64, shape (N, latent_size) or (latent_size,)
        The latents on the way.

    Raises
    ------
    ValueError
        If the shapes differ, or there is no one shortest arc.

    References
    ----------
    .. [1] K. Shoemake, "Animating rotation with quaternion curves", SIGGRAPH 1985, section 3.3.
    .. [2] T. White, "Sampling generative networks", arXiv:1609.04468, section 2.1.

    Examples
    --------
    >>> slerp([2, 0], [0, 2], 0.5).round(4)  # half of a right angle: 2 cos 45°, 2 sin 45°
    array([1.4142, 1.4142])
    """
    start, end = np.asarray(start, float), np.asarray(end, float)
    if start.shape != end.shape or start.ndim != 1:
        raise ValueError(
            f"`start` and `end` must have one shape (latent_size,); received {start.shape} and "
            f"{end.shape}."
        )
    lengths = np.linalg.norm(start) * np.linalg.norm(end)
    if lengths == 0 or start @ end <= (1e-12 - 1) * lengths:
        raise ValueError(
            "`start` and `end` must not be zero, nor point opposite ways: no arc between them is "
            "the shortest."
        )
    share = np.asarray(share, float)[..., np.newaxis]
    angle = np.arccos(np.clip(start @ end / lengths, -1, 1))
    if angle < 1e-6:  # the arc is a straight line, and sin(angle) too small to divide by
        return (1 - share) * start + share * end
    return (np.sin((1 - share) * angle) * start + np.sin(share * angle) * end) / np.sin(angle)


def latent_grid(corners, size):
    """Latents between four corners: from left to right along arcs, then from top to bottom.

    Parameters
    ----------
    corners : array_like, shape (4, latent_size)
        Top left, top right, bottom left, bottom right.
    size : int
        Rows and columns, at least 2.

    Returns
    -------
    ndarray of float64, shape (size, size, latent_size)
        Row by row; the corners are the first and last of the first and last row.

    Raises
    ------
    ValueError
        If there are not four corners, or an arc between them is not defined.

    Examples
    --------
    >>> latent_grid(orthogonal_latents(4, 54), 5).shape
    (5, 5, 54)
    """
    corners = np.asarray(corners, float)
    if corners.ndim != 2 or len(corners) != 4:
        raise ValueError(f"`corners` must have shape (4, latent_size); received {corners.shape}.")
    shares = np.linspace(0, 1, integer(size, "size", minimum=2))
    top, bottom = (slerp(*pair, shares) for pair in (corners[:2], corners[2:]))
    columns = [slerp(*ends, shares) for ends in zip(top, bottom, strict=True)]
    return np.stack(columns, axis=1)
