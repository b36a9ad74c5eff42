"""One notebook in one fresh kernel."""

import os
import re
import time
from dataclasses import dataclass, field

import nbclient
from nbclient.exceptions import CellExecutionError

from .places import short
from .published import identify

CELL_SECONDS = 120


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
