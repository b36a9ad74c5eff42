"""Run the notebooks that have no outputs yet, several at once, and keep what they show.

The cache is the one that the HTML build reads, so Sphinx finds every notebook executed.
"""

import os
import shutil
import subprocess
import sys
from concurrent.futures import ProcessPoolExecutor, as_completed
from pathlib import Path

from jupyter_cache import get_cache
from jupyter_cache.base import CacheBundleIn

from . import timings
from .failure import BuildError
from .kernel import run_notebook

WORKERS = min(2, os.cpu_count() or 1)
QUIET = {
    "COURSECNN_PROGRESS": "0",  # bars go to stderr, which counts as a failure
    "MPLBACKEND": "module://matplotlib_inline.backend_inline",
    "OMP_NUM_THREADS": "1",  # two threads a kernel on two loaded cores stall
    "OPENBLAS_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
}


def open_cache(folder):
    """Open the cache of one state of the library and delete those of the others."""
    folder.mkdir(parents=True, exist_ok=True)
    for other in folder.parent.iterdir():
        if other != folder:
            shutil.rmtree(other, ignore_errors=True)
    return get_cache(folder)


def outputs(cache, notebook):
    """Return the notebook with its cached outputs, or None where it has not run yet."""
    try:
        record = cache.match_cache_notebook(notebook)
        cache.get_cache_bundle(record.pk)  # an interrupted write leaves a record without a file
    except (KeyError, OSError, ValueError):
        return None
    return cache.merge_match_into_notebook(notebook)[1]


def execute(pages, cache):
    """Run every page that the cache does not hold.

    Parameters
    ----------
    pages : list of Page
    cache : JupyterCacheBase

    Returns
    -------
    list of str
        Names of the pages that ran.

    Raises
    ------
    BuildError
        If a cell fails or writes to stderr; the message holds page, cell and traceback.
    """
    missing = [page for page in pages if outputs(cache, page.read()) is None]
    if not missing:
        return []
    os.environ.update(QUIET)
    _warm_up()
    known = timings.load()
    missing.sort(key=lambda page: known.get(page.name, {}).get("seconds", 1e9), reverse=True)
    failures = _run_all(missing, cache)
    if failures:
        raise BuildError("\n\n".join(failures))
    return [page.name for page in missing]


def _run_all(pages, cache):
    failures = []
    with ProcessPoolExecutor(WORKERS) as pool:
        futures = {pool.submit(run_notebook, page): page for page in pages}
        for future in as_completed(futures):
            page, result = futures[future], future.result()
            if result.failure:
                failures.append(result.failure)
                continue
            _keep(cache, page, result)
            timings.record(page.name, result)
            print(f"  {result.seconds:6.1f} s  {page.name}", flush=True)
    return failures


def _keep(cache, page, result):
    # An interrupted write leaves a folder without a notebook, over which the cache would stumble.
    _, key = cache.create_hashed_notebook(result.notebook)
    shutil.rmtree(Path(cache.path, "executed", key), ignore_errors=True)
    bundle = CacheBundleIn(
        result.notebook, str(page.path), data={"execution_seconds": result.seconds}
    )
    cache.cache_notebook_bundle(bundle, check_validity=False, overwrite=True)


def _warm_up():
    """Let matplotlib write its font list now: the first import says so on stderr."""
    code = "import matplotlib.font_manager"
    subprocess.run([sys.executable, "-c", code], check=True, stderr=subprocess.DEVNULL)
