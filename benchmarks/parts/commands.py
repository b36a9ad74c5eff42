"""Run a grader as an instructor runs it, by its command, and look on."""

import csv
import json
import os
import re
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import numpy as np

PROGRAM = Path(sys.executable).with_name("coursecnn")
TICK = 0.1  # seconds between two looks
SETTLED = 50  # submissions after which a grader has loaded what it needs


@dataclass(frozen=True)
class Grading:
    """One run of `coursecnn grade`.

    Parameters
    ----------
    seconds : float
        From the command to its end.
    steady : float
        Submissions per minute between the first and the last that is ready.
    rows : list of dict
        What `grades.csv` holds.
    memory : ndarray, shape (looks, 2)
        How many were ready, and the megabytes that the grader itself held then.
    peak : float
        Most megabytes that it ever held.
    isolation : str
        How the notebooks were kept from doing harm.
    """

    seconds: float
    steady: float
    rows: list
    memory: np.ndarray
    peak: float
    isolation: str

    def growth(self):
        """Megabytes that the grader held at most after it had settled, beyond what it held then."""
        ready, held = self.memory.T
        later = held[ready >= min(SETTLED, ready.max())]
        return later.max() - later[0]


def grade(folder, out, *options, **environment):
    """Run `coursecnn grade`.

    Parameters
    ----------
    folder : Path
        The submissions.
    out : Path
        Where the reports go; nothing is known there from an earlier run.
    *options : str
        Of the command.
    **environment : str
        Variables that it sees besides those of this process.

    Returns
    -------
    Grading
        How it went.

    Raises
    ------
    RuntimeError
        If the command fails.
    """
    command = [str(PROGRAM), "grade", str(folder), "--out", str(out), *options]
    started = time.monotonic()
    memory, peak = _watched(command, out, {**os.environ, **environment})
    seconds = time.monotonic() - started
    with (out / "grades.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    run = json.loads((out / "run.json").read_text("utf-8"))
    pace = steady(out.glob("verdicts/*.json"))
    return Grading(seconds, pace, rows, memory, peak, run["isolation"])


def _watched(command, out, environment):
    """Run the command; how many were ready with what memory at each look, and the peak."""
    looks, peak = [], 0.0
    with (
        (out.parent / f"{out.name}.log").open("w+") as log,
        subprocess.Popen(command, env=environment, stdout=log, stderr=subprocess.STDOUT) as process,
    ):
        while process.poll() is None:
            if held := _megabytes(process.pid):
                looks.append((len(list(out.glob("verdicts/*.json"))), held["VmRSS"]))
                peak = held["VmHWM"]
            time.sleep(TICK)
        if process.returncode:
            log.seek(0)
            raise RuntimeError(f"{' '.join(command)} failed: {log.read()}")
    return np.array(looks), peak


def steady(files):
    """Files per minute between the first and the last that was written."""
    times = sorted(file.stat().st_mtime for file in files)
    return 60 * (len(times) - 1) / (times[-1] - times[0])


def timed(command, **options):
    """Seconds that a command takes.

    Parameters
    ----------
    command : sequence of str
        Program and arguments.
    **options : object
        For `subprocess.run`.

    Returns
    -------
    float
        By the clock on the wall.

    Raises
    ------
    RuntimeError
        If it fails.
    """
    started = time.monotonic()
    done = subprocess.run(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, **options
    )
    if done.returncode:
        raise RuntimeError(f"{' '.join(map(str, command))} failed: {done.stdout[-2000:]}")
    return time.monotonic() - started


def _megabytes(pid):
    """What the system says of the memory of a process; nothing if it has just ended."""
    try:
        text = Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return {}
    return {name: int(kb) / 1024 for name, kb in re.findall(r"(Vm\w+):\s+(\d+) kB", text)}
