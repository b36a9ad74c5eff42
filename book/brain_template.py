"""Make the bundled brain from nilearn's: `python book/brain_template.py nilearn-0.14.1….whl`.

`pip download --no-deps nilearn==0.14.1` brings the wheel. It holds the template in voxels of 1 mm
as three files of the format NIfTI: gzip around a header of 352 bytes and the voxels.
"""

import gzip
import hashlib
import io
import sys
import zipfile

import numpy as np

from coursecnn import _files
from coursecnn.data import bundled
from coursecnn.data.mni152 import FILE, NOTICE, ORIGIN

MEMBER = "nilearn/datasets/data/mni_icbm152_{}_tal_nlin_sym_09a_converted.nii.gz"
NAMES = {"t1": "t1", "grey": "gm", "white": "wm"}


def read(content):
    """The voxels of a NIfTI file, and where they lie.

    Parameters
    ----------
    content : bytes
        The file: one byte a voxel, 1 mm wide, axes to the right, front and top.

    Returns
    -------
    voxels : ndarray of uint8, shape (X, Y, Z)
        Along x from left to right, y from back to front, z from bottom to top.
    zero : ndarray of int, shape (3,)
        The voxel whose centre is the point (0, 0, 0).

    Raises
    ------
    ValueError
        If the header says something else.
    """
    content = gzip.decompress(content)
    axes, *shape = np.frombuffer(content, "<i2", 4, 40)
    kind, start = np.frombuffer(content, "<i2", 1, 70)[0], np.frombuffer(content, "<f4", 1, 108)[0]
    affine = np.frombuffer(content, "<f4", 12, 280).reshape(3, 4)  # from voxels to mm
    if axes != 3 or kind != 2 or start != 352 or not np.array_equal(affine[:, :3], np.eye(3)):
        raise ValueError(
            "the file must have 3 axes, to the right, front and top, and bytes of 1 mm from byte "
            f"352 on; its header has {axes} axes, type {kind}, start {start:g} and\n{affine}"
        )
    voxels = np.frombuffer(content, np.uint8, offset=352).reshape(shape, order="F")
    return voxels, -affine[:, 3].astype(int)


def halved(voxels, zero):
    """Means of blocks twice as wide, whose centres lie evenly around one voxel.

    Along each axis a block holds one voxel and a half of both its neighbours; a block that would
    reach beyond the end is left out.

    Parameters
    ----------
    voxels : ndarray of uint8, shape (X, Y, Z)
        A volume.
    zero : array_like of int, shape (3,)
        The voxel in the middle of a block.

    Returns
    -------
    means : ndarray of uint8, shape (X', Y', Z')
        Rounded, halves up.
    zero : ndarray of int, shape (3,)
        Where the middle voxel has gone.
    """
    sums, moved = voxels.astype(np.int64), []
    for axis, middle in enumerate(zero):
        lines = np.moveaxis(sums, axis, 0)
        first = 2 - middle % 2  # the first centre that has a neighbour before it
        centres = np.arange(first, len(lines) - 1, 2)
        sums = np.moveaxis(lines[centres - 1] + 2 * lines[centres] + lines[centres + 1], 0, axis)
        moved.append((middle - first) // 2)
    return ((sums + 32) // 64).astype(np.uint8), np.array(moved)


def upright(voxels):
    """From (right, front, top) to (down, back, right), as images are drawn."""
    return np.ascontiguousarray(voxels.transpose(2, 1, 0)[::-1, ::-1])


def made(wheel):
    """The three volumes, cut to the brain, and where the point (0, 0, 0) lies.

    Parameters
    ----------
    wheel : path-like or file
        The wheel of nilearn.

    Returns
    -------
    volumes : dict of str to ndarray of uint8, shape (D, H, W)
        The arrays of the bundled file.
    origin : tuple of int, length 3
        A voxel of them.
    """
    with zipfile.ZipFile(wheel) as archive:
        files = {name: read(archive.read(MEMBER.format(own))) for name, own in NAMES.items()}
    small = {name: halved(*file) for name, file in files.items()}
    found = np.argwhere(small["t1"][0])
    low, high = found.min(0), found.max(0) + 1
    brain = tuple(map(slice, low, high))
    x, y, z = small["t1"][1]
    origin = (int(high[2] - 1 - z), int(high[1] - 1 - y), int(x - low[0]))
    return {name: upright(voxels[brain]) for name, (voxels, _) in small.items()}, origin


if __name__ == "__main__":
    volumes, origin = made(sys.argv[1])
    assert origin == ORIGIN, origin
    file = io.BytesIO()
    np.savez_compressed(file, **volumes, notice=NOTICE)  # its terms go along with every copy
    _files.write(bundled.FOLDER / FILE, file.getvalue())
    print(FILE, len(file.getvalue()), hashlib.sha256(file.getvalue()).hexdigest())
