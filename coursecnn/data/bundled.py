"""The files that ship with the package, and the proof that they are whole."""

import hashlib
from pathlib import Path

FOLDER = Path(__file__).parent / "bundled"

SHA256 = {
    "mnist-10k.npz": "0217e13bd0668deb198aa7d305edbf0331eb89f8a6e7dd226e03d1aa3a9bd4ef",
    "cifar10-jpeg.tar.gz": "5bf401670f8eefdf5d27709a7dd90fe0494b6dff61b116777feccfe53d5a68b6",
    "digits.csv.gz": "09f66e6debdee2cd2b5ae59e0d6abbb73fc2b0e0185d2e1957e9ebb51e23aa22",
    "digit-gan.npz": "b07617e78fd5a06265e313befc6f75338cd9e62fb2d939de12e2396c93cce1be",
    "mni152-2mm.npz": "05057470f9b7245b97600093c05b62e09826c4e2a3c8a8ef62c4c1886edcfe9f",
    "photo-cnn.npz": "172539358818d55fe83c04c0c4cbe2a1a85f958b86904e385c3706482db098f4",
    "photos.zip": "f8499c1ca29b150134131fdcaf2988aedd9c4acda17b73c96d0f5e324ca4d6f7",
}


class DataError(OSError):
    """A data file is missing, damaged or cannot be written; the message names it and the remedy."""


def path(name):
    """Where the bundled file `name` lies, once its checksum has been verified.

    Parameters
    ----------
    name : str
        A key of `SHA256`.

    Returns
    -------
    pathlib.Path
        The file, whole and unaltered.

    Raises
    ------
    DataError
        If the file is missing, truncated or altered.
    """
    file = FOLDER / name
    if not file.is_file():
        raise DataError(f"{file} is missing; {_REMEDY}")
    with file.open("rb") as stream:
        found = hashlib.file_digest(stream, "sha256").hexdigest()
    if found != SHA256[name]:
        raise DataError(
            f"{file} is damaged: its SHA-256 is {found[:12]}…, expected {SHA256[name][:12]}…; "
            f"{_REMEDY}"
        )
    return file


_REMEDY = "reinstall the package: pip install --force-reinstall --no-deps ."
