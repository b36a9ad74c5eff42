"""The whole site in one zip file, to carry on a stick: unpack it and open `index.html`."""

from coursecnn._files import replacing, write_zip

from .places import BuildError

FOLDER = "coursecnn-book"
MOST_BYTES = 60_000_000
NOT_NEEDED = {".buildinfo", "objects.inv"}  # of Sphinx; no page reads them


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
    paths = sorted(path for path in site.rglob("*") if path.is_file())
    files = (
        (f"{FOLDER}/{path.relative_to(site).as_posix()}", path.read_bytes())
        for path in paths
        if path.name not in NOT_NEEDED
    )
    with replacing(target) as stream:
        write_zip(stream, files)
        size = stream.tell()
        if size > MOST_BYTES:
            raise BuildError(
                f"the zip file of the book weighs {size / 1e6:.0f} MB, more than "
                f"{MOST_BYTES / 1e6:.0f}: look for large pictures in _build/html/_images"
            )
