"""The executed notebooks, each kept as long as nothing that it depends on has changed.

It is the cache that the HTML build reads. jupyter-cache finds a record by the cells; what else the
outputs depend on stands in the record as a digest, and a record whose digest is no longer right is
deleted: a stale figure is worse than a second run.
"""

import shutil
import time
from pathlib import Path

from jupyter_cache import get_cache
from jupyter_cache.base import CacheBundleIn
from jupyter_cache.cache.db import NbCacheRecord

from .places import CACHE


def open_cache(folder=CACHE):
    """Open the cache, or make an empty one."""
    folder.mkdir(parents=True, exist_ok=True)
    return get_cache(folder)


def forget_stale(pages, cache, library):
    """Delete each record that no page would give again with the library as it is now.

    Parameters
    ----------
    pages : list of Page
    cache : JupyterCacheBase
    library : Library

    Returns
    -------
    dict of str to str
        Digest of what each page depends on besides its cells, by the name of the page.
    """
    inputs, valid = {}, set()
    for page in pages:
        notebook = page.read()
        inputs[page.name] = library.digest(notebook)
        valid.add((_key(cache, notebook), inputs[page.name]))
    for record in cache.list_cache_records():
        if (record.hashkey, (record.data or {}).get("inputs")) not in valid:
            _delete_files(cache, record.hashkey)
            NbCacheRecord.remove_record(record.pk, cache.db)
    return inputs


def outputs(cache, notebook):
    """Return the notebook with its cached outputs, or None where it has not run yet."""
    if version(cache, notebook) is None:
        return None
    return cache.merge_match_into_notebook(notebook)[1]


def version(cache, notebook):
    """Say which run the outputs of a notebook come from, or None where it has not run yet."""
    try:
        record = cache.match_cache_notebook(notebook)
        cache.get_cache_bundle(record.pk)  # an interrupted write leaves a record without a file
    except (KeyError, OSError, ValueError):
        return None
    return f"{record.hashkey} {record.data}"


def keep(cache, page, result, inputs):
    """Store what a run gave, with the digest of what it depended on."""
    _delete_files(cache, _key(cache, result.notebook))
    data = {"execution_seconds": result.seconds, "inputs": inputs, "ended": time.time()}
    bundle = CacheBundleIn(result.notebook, str(page.path), data=data)
    cache.cache_notebook_bundle(bundle, check_validity=False, overwrite=True)


def _key(cache, notebook):
    return cache.create_hashed_notebook(notebook)[1]


def _delete_files(cache, key):
    """Delete a stored notebook; over a folder without one, jupyter-cache would stumble."""
    shutil.rmtree(Path(cache.path, "executed", key), ignore_errors=True)
