"""Write the students' bundle: a folder, and a zip file that is the same each time."""

import io
import shutil
import tempfile
import zipfile
from pathlib import Path

from .bundle import bundle
from .tasks import MODULES, assignment

NAME = "coursecnn-exercises"  # of the folder in the archive


def release(out, names=(), *, zipped=False):
    """Write the students' bundle.

    Parameters
    ----------
    out : Path
        Folder for it; new, or empty.
    names : sequence of str, optional
        The sheets; by default all.
    zipped : bool, default False
        Whether to write `OUT.zip` as well.

    Returns
    -------
    dict
        From path in the bundle to contents, in bytes.

    Raises
    ------
    ValueError
        If a sheet is unknown, missing or not blank, or `out` is in use; nothing is written then.
    """
    archive = out.with_name(f"{out.name}.zip")
    used = out.exists() and not (out.is_dir() and not any(out.iterdir()))
    for place in [out] * used + [archive] * (zipped and archive.exists()):
        raise ValueError(f"{place} is there already; delete it, or name another folder")
    files = bundle([assignment(name) for name in names or MODULES])
    _write(files, out)
    if zipped:
        part = out.with_name(f"{archive.name}.part")
        part.write_bytes(_archive(files))
        part.replace(archive)
    return files


def _write(files, out):
    """Write a folder as a whole or not at all."""
    out.parent.mkdir(parents=True, exist_ok=True)
    part = Path(tempfile.mkdtemp(dir=out.parent, suffix=".part"))
    try:
        for name, data in files.items():
            (part / name).parent.mkdir(parents=True, exist_ok=True)
            (part / name).write_bytes(data)
        part.chmod(0o755)
        if out.exists():  # and is empty
            out.rmdir()
        part.rename(out)
    finally:
        shutil.rmtree(part, ignore_errors=True)


def _archive(files):
    """The bytes of a zip file, which depend on nothing but its contents."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, data in files.items():
            info = zipfile.ZipInfo(f"{NAME}/{name}")  # of 1980, as long as nobody says otherwise
            info.compress_type, info.create_system = zipfile.ZIP_DEFLATED, 3
            info.external_attr = 0o100644 << 16
            archive.writestr(info, data, compresslevel=9)
    return buffer.getvalue()
