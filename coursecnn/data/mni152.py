"""The averaged brain of 152 adults as three small volumes: what a scan looks like from inside."""

from dataclasses import dataclass

import numpy as np

from coursecnn.data import bundled
from coursecnn.data.card import Card

FILE = "mni152-2mm.npz"
VOXEL = 2.0  # mm, in all three directions

#: Where the template's point (0, 0, 0) lies; `book/brain_template.py` asserts it.
ORIGIN = (41, 37, 36)

NOTICE = (
    "Copyright (C) 1993–2004 Louis Collins, McConnell Brain Imaging Centre, Montreal Neurological "
    "Institute, McGill University. Permission to use, copy, modify, and distribute this software "
    "and its documentation for any purpose and without fee is hereby granted, provided that the "
    "above copyright notice appear in all copies. The authors and McGill University make no "
    "representations about the suitability of this software for any purpose. It is provided "
    "“as is” without express or implied warranty. The authors are not responsible for any data "
    "loss, equipment damage, property loss, or injury to subjects or patients resulting from the "
    "use or misuse of this software package."
)

CARD = Card(
    name="mni152",
    what="the averaged brain of 152 adults: an MRI and two maps of tissue, 77×92×73 voxels",
    origin=(
        "The template ICBM 152, nonlinear and symmetric, release 2009a (Fonov et al. 2009 and "
        "2011), as the package nilearn 0.14.1 has it in voxels of 1 mm; `book/brain_template.py` "
        "made voxels of 2 mm and cut them to the brain."
    ),
    licence=f"{NOTICE} The description inside nilearn says that the licence is unknown.",
    splits=(
        "One brain, no parts: whoever learns from patches of it must keep those of a test apart, "
        "and the right half is a copy of the left."
    ),
    caveats=(
        "An average of healthy young adults: it shows no person, no patient and no tumour, its "
        "folds are smoother than anybody's, and no clinical claim can rest on it. The maps were "
        "averaged from the same scans, so that brightness tells the tissue better than in a scan "
        "of one person."
    ),
    where="bundled",
    files=(FILE,),
)


@dataclass(frozen=True, eq=False)
class Brain:
    """A scan, and how much of each of two tissues is in its voxels.

    The axes run from the crown down, from the forehead back, and from the left of the person to
    the right. So every slice across an axis stands upright when it is drawn as an image.

    Parameters
    ----------
    t1 : ndarray of uint8, shape (D, H, W)
        The MRI: white matter is brightest, fluid dark, and what is not brain 0.
    grey, white : ndarray of uint8, shape (D, H, W)
        How likely a voxel is grey or white matter; 255 is certain.
    voxel : float
        Edge of a voxel, in mm.
    origin : tuple of int, length 3
        The voxel whose centre is the point (0, 0, 0) of the template's coordinates, which is near
        the anterior commissure. The voxel (d, h, w) lies (w − origin[2]) · voxel to the right of
        it, (origin[1] − h) · voxel in front and (origin[0] − d) · voxel above.
    provenance : str
        A few sentences: origin, licence, what to beware of.

    Raises
    ------
    TypeError
        If a volume is not an array of uint8.
    ValueError
        If the volumes differ in shape, or have not three axes.
    """

    t1: np.ndarray
    grey: np.ndarray
    white: np.ndarray
    voxel: float
    origin: tuple[int, int, int]
    provenance: str

    def __post_init__(self):
        for name in ("t1", "grey", "white"):
            volume = getattr(self, name)
            if volume.dtype != np.uint8:
                raise TypeError(f"`{name}` must be uint8 (0 to 255); received {volume.dtype}.")
            if volume.ndim != 3 or volume.shape != self.t1.shape:
                raise ValueError(
                    f"`{name}` must have the shape (D, H, W) of `t1`, {self.t1.shape}; "
                    f"received {volume.shape}."
                )

    def __repr__(self):
        sizes = "×".join(map(str, self.t1.shape))
        return f"Brain({sizes} voxels of {self.voxel:g} mm: t1, grey, white)"


def mni152():
    """The averaged brain of 152 healthy young adults, and maps of its grey and white matter.

    The template ICBM 152 of 2009, nonlinear and symmetric [1]_ [2]_: its right half is the exact
    mirror image of its left. The licence, a notice of McGill University, is in the data card.

    Returns
    -------
    Brain
        Volumes of shape (77, 92, 73) in voxels of 2 mm; the middle column, 36, is the midline.

    Raises
    ------
    DataError
        If the bundled file is missing or damaged.

    Notes
    -----
    A voxel of 2 mm is the mean of the block of 2×2×2 mm around its centre. The centres are those
    voxels of 1 mm that lie an even number of mm from the midline, and so in each direction; along
    every axis the block takes the whole of the voxel in its middle and a half of both neighbours.

    References
    ----------
    .. [1] V. Fonov et al., "Unbiased average age-appropriate atlases for pediatric studies",
       NeuroImage 54, 2011.
    .. [2] V. Fonov et al., "Unbiased nonlinear average age-appropriate brain templates from birth
       to adulthood", NeuroImage 47, 2009.

    Examples
    --------
    >>> brain = mni152()
    >>> brain
    Brain(77×92×73 voxels of 2 mm: t1, grey, white)
    >>> d, h, w = brain.origin
    >>> brain.t1[d].shape, brain.t1[:, h].shape, brain.t1[:, :, w].shape
    ((92, 73), (77, 73), (77, 92))
    """
    with np.load(bundled.path(FILE)) as file:
        volumes = {name: file[name] for name in ("t1", "grey", "white")}
    return Brain(**volumes, voxel=VOXEL, origin=ORIGIN, provenance=CARD.provenance)
