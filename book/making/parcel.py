"""The whole site in one zip file, to carry on a stick: unpack it and open `index.html`."""

import os
import zipfile

from .failure import BuildError

FOLDER = "coursecnn-book"
MOST_BYTES = 60_000_000
NOT_NEEDED = {".buildinfo", "objects.inv"}  # of Sphinx; no page reads them
THE_SAME_TIME = (1980, 1, 1, 0, 0, 0)
READABLE_FILE = 0o100644 << 16


def pack(site, target):
    """Write the zip file; the same site gives the same bytes.

    Parameters
    ----------
    site : Path
        Folder of the built HTML.
    target : Path
        The file to write; it appears whole or not at all.

    Raises
    ------
    BuildError
        If it weighs more than 60 MB.
    """
    part = target.with_name(f".{target.name}.part")
    with zipfile.ZipFile(part, "w", zipfile.ZIP_DEFLATED) as parcel:
        for path in sorted(site.rglob("*")):
            if path.is_file() and path.name not in NOT_NEEDED:
                name = f"{FOLDER}/{path.relative_to(site).as_posix()}"
                parcel.writestr(_entry(name), path.read_bytes())
    size = part.stat().st_size
    if size > MOST_BYTES:
        part.unlink()
        raise BuildError(
            f"the zip file of the book weighs {size / 1e6:.0f} MB, more than "
            f"{MOST_BYTES / 1e6:.0f}: look for large pictures in _build/html/_images"
        )
    os.replace(part, target)


def _entry(name):
    """An entry that says nothing of the machine: no date, no owner."""
    entry = zipfile.ZipInfo(name, THE_SAME_TIME)
    entry.create_system = 3  # as on Unix, whatever the machine
    entry.external_attr = READABLE_FILE
    entry.compress_type = zipfile.ZIP_DEFLATED
    return entry
