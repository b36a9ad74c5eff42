"""Run the notebooks that have no outputs yet, several at once, and keep what they show.

The cache is the one that the HTML build reads, so Sphinx finds every notebook executed.
"""

import os
import subprocess
import sys
from concurrent.futures import ProcessPoolExecutor, as_completed

from . import store, timings
from .digest import Library
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


def execute(pages, cache, library=None):
    """Run every page that the cache does not hold, or holds as another library gave it.

    Parameters
    ----------
    pages : list of Page
        All notebooks of the book; the cache forgets any other.
    cache : JupyterCacheBase
    library : Library, optional
        What the notebooks depend on; without it, the library of the project.

    Returns
    -------
    list of str
        Names of the pages that ran.

    Raises
    ------
    BuildError
        If a cell fails or writes to stderr; the message holds page, cell and traceback.
    """
    inputs = store.forget_stale(pages, cache, library or Library())
    missing = [page for page in pages if store.version(cache, page.read()) is None]
    if not missing:
        return []
    os.environ.update(QUIET)
    _warm_up()
    known = timings.load()
    missing.sort(key=lambda page: known.get(page.name, {}).get("seconds", 1e9), reverse=True)
    failures = _run_all(missing, cache, inputs)
    if failures:
        raise BuildError("\n\n".join(failures))
    return [page.name for page in missing]


def _run_all(pages, cache, inputs):
    failures = []
    with ProcessPoolExecutor(WORKERS) as pool:
        futures = {pool.submit(run_notebook, page): page for page in pages}
        for future in as_completed(futures):
            page, result = futures[future], future.result()
            if result.failure:
                failures.append(result.failure)
                continue
            store.keep(cache, page, result, inputs[page.name])
            timings.record(page.name, result)
            print(f"  {result.seconds:6.1f} s  {page.name}", flush=True)
    return failures


def _warm_up():
    """Let matplotlib write its font list now: the first import says so on stderr."""
    code = "import matplotlib.font_manager"
    subprocess.run([sys.executable, "-c", code], check=True, stderr=subprocess.DEVNULL)
