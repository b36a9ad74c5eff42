"""Run the notebooks that have no outputs yet, several at once, and keep what they show.

The cache is the one that the HTML build reads, so Sphinx finds every notebook executed.
"""

import json
import os
import re
import subprocess
import sys
import time
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass, field

import nbclient
from nbclient.exceptions import CellExecutionError

from coursecnn._files import write

from . import notebook_cache
from .dependencies import Library
from .pages import identify
from .places import BUILD, BuildError, short

TIMINGS = BUILD / "timings.json"
CELL_SECONDS = 120
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
    inputs = notebook_cache.forget_stale(pages, cache, library or Library())
    missing = [page for page in pages if notebook_cache.version(cache, page.read()) is None]
    if not missing:
        return []
    os.environ.update(QUIET)
    _warm_up()
    known = load_timings()
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
            notebook_cache.keep(cache, page, result, inputs[page.name])
            _note_time(page.name, result)
            print(f"  {result.seconds:6.1f} s  {page.name}", flush=True)
    return failures


WARM_UP = """
import matplotlib.font_manager
from coursecnn import data
data.cifar10("val"), data.cifar10("test")
"""


def _warm_up():
    """Make what notebooks that start together would all make: a list of fonts, decoded photographs.

    The first import of matplotlib says on stderr that it writes the list. What fails here fails in
    a notebook again, and there it is told.
    """
    subprocess.run([sys.executable, "-c", WARM_UP], stderr=subprocess.DEVNULL)


@dataclass
class Result:
    """What a notebook gave: outputs, or the reason why there are none.

    Attributes
    ----------
    notebook : NotebookNode
    seconds : float
        Time on the clock.
    cpu : float
        Processor seconds of the kernel.
    cells : list of (int, float)
        Number and seconds of each code cell.
    failure : str
        Empty, or page, line and traceback.
    """

    notebook: object
    seconds: float = 0.0
    cpu: float = 0.0
    cells: list = field(default_factory=list)
    failure: str = ""


def run_notebook(page):
    """Execute a page in the folder in which readers get it, and time its cells."""
    result = Result(identify(page.read()))
    folder = page.published().parent
    folder.mkdir(parents=True, exist_ok=True)
    clock = _Clock()
    client = nbclient.NotebookClient(
        result.notebook,
        timeout=CELL_SECONDS,
        record_timing=False,  # it would change the cells that the cache compares
        extra_arguments=["--log-level=ERROR"],  # else each kernel warns of its own transport
        resources={"metadata": {"path": str(folder)}},
        on_cell_start=clock.start,
        on_cell_executed=clock.stop,
    )
    begin, before = time.perf_counter(), _children_cpu()
    try:
        client.execute()
        result.failure = _spoken_on_stderr(result.notebook, page)
    except CellExecutionError as error:
        result.failure = _where(page, result.notebook, clock.current) + _plain(error)
    except Exception as error:  # a kernel that dies or a cell that never ends is a failure, too
        where = _where(page, result.notebook, clock.current)
        result.failure = f"{where}{type(error).__name__}: {error}"
    result.seconds = time.perf_counter() - begin
    result.cpu = _children_cpu() - before
    result.cells = clock.seconds
    return result


class _Clock:
    def __init__(self):
        self.seconds, self.current, self._begin = [], 0, 0.0

    def start(self, cell, cell_index):
        self.current, self._begin = cell_index, time.perf_counter()

    def stop(self, cell, cell_index, execute_reply):
        if cell.cell_type == "code":
            self.seconds.append((cell_index, time.perf_counter() - self._begin))


def _children_cpu():
    spent = os.times()
    return spent.children_user + spent.children_system


def _where(page, notebook, index):
    line = notebook.metadata["source_map"][index]
    return f"{short(page.path)}: the cell at line {line} failed.\n"


def _plain(error):
    """Text of an error without the colours of a terminal."""
    return re.sub(r"\x1b\[[0-9;]*m", "", str(error))


def _spoken_on_stderr(notebook, page):
    for index, cell in enumerate(notebook.cells):
        for output in cell.get("outputs", []):
            if output.get("name") == "stderr":
                return _where(page, notebook, index) + "It wrote to stderr:\n" + output["text"]
    return ""


def load_timings():
    """Read the table of the last runs; a damaged one counts as empty."""
    try:
        return json.loads(TIMINGS.read_text("utf-8"))
    except (OSError, ValueError):
        return {}


def _note_time(name, result):
    """Add one run to the table."""
    cell, seconds = max(result.cells, key=lambda pair: pair[1], default=(0, 0.0))
    entry = {"seconds": round(result.seconds, 2), "cpu": round(result.cpu, 2)}
    entry |= {"slowest_cell": cell, "slowest_seconds": round(seconds, 2)}
    table = load_timings() | {name: entry}
    write(TIMINGS, json.dumps(table, indent=1, sort_keys=True) + "\n")


def slowest(names, rows=8):
    """The slowest notebooks as text, slowest first."""
    known = {name: entry for name, entry in load_timings().items() if name in names}
    lines = ["  seconds  CPU s  slowest cell"]
    for name, entry in sorted(known.items(), key=lambda item: -item[1]["cpu"])[:rows]:
        cell = f"{entry['slowest_seconds']:6.1f} s in cell {entry['slowest_cell']}"
        lines.append(f"  {entry['seconds']:7.1f} {entry['cpu']:6.1f}  {cell:24s} {name}")
    return "\n".join(lines)
