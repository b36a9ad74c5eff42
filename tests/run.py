"""The suite: `python tests/run.py`, or `--quick`, `--all`, or `--only JOB …`.

It is cut into jobs of one process each, and as many run side by side as there are cores: first what
others wait for, then the longest. What a job prints goes to `_build/tests/JOB.log` and is shown
when it fails; the first failure stops the run. `--quick` leaves out the tests that nothing which
changed since they last passed can reach. The last lines hold the times against the budget.
"""

import argparse
import os
import signal
import subprocess
import sys
import threading
import time
from concurrent.futures import FIRST_COMPLETED, ThreadPoolExecutor, wait
from dataclasses import dataclass
from pathlib import Path

import budget
import reach

ROOT = Path(__file__).resolve().parents[1]
LOGS = ROOT / "_build" / "tests"
LANES = min(os.cpu_count() or 1, 4)
HANGING = 2400  # seconds until a command counts as hanging: ten times what the longest takes

PYTEST = ("-m", "pytest", "-q", "--durations=5")
UNIT = "not built and not browser and not nbgrader and not every_sheet"
NBVAL = ("-m", "pytest", "-q", "-p", "no:cacheprovider", "-o", "addopts=", "-o", "filterwarnings=")
PUBLISHED = ("--nbval", "--nbval-sanitize-with", "tests/nbval_sanitize.cfg", "_build/notebooks")

TEXTS = sorted(
    str(path.relative_to(ROOT))
    for glob in ("*.md", "book/**/*.md", "solutions/*.md")
    for path in ROOT.glob(glob)
)

ENVIRONMENT = {
    "OMP_NUM_THREADS": "1",  # two threads on loaded cores stall
    "OPENBLAS_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    "COURSECNN_PROGRESS": "0",
    "JUPYTER_PLATFORM_DIRS": "1",
}


@dataclass(frozen=True)
class Job:
    """Some commands that run one after the other in one process at a time.

    Attributes
    ----------
    commands : tuple of tuple of str
        Arguments to Python.
    units : tuple of str
        Folders and files of unit tests; the command that runs them is made from these.
    after : str
        Job whose product this one reads.
    """

    commands: tuple = ()
    units: tuple = ()
    after: str = ""


JOBS = {
    "lint": Job((
        ("-m", "ruff", "check", "--quiet", "."),
        ("-m", "ruff", "format", "--check", "--quiet", "."),
        ("-c", "from importlinter.cli import lint_imports_command as lint; lint()"),
        ("-m", "codespell_lib", "-L", "nin", *TEXTS),  # a network of `models.build`
        ("solutions/generate.py", "--check"),
    )),
    "book": Job((("book/build.py",),)),
    "notebooks": Job((("book/build.py", "--notebooks"),)),
    "browser-figures": Job((
        (*PYTEST, "-m", "browser", "tests/browser", "--ignore=tests/browser/test_pages.py"),
    ), after="book"),
    "browser-pages": Job((
        (*PYTEST, "-m", "browser", "tests/browser/test_pages.py"),
    ), after="book"),
    "grading": Job(units=("tests/grading",)),
    "nbval": Job(((*NBVAL, *PUBLISHED),), after="book"),
    "library": Job(units=(
        "tests/augment", "tests/data", "tests/evidence", "tests/explain", "tests/gan",
        "tests/models", "tests/numpy_net", "tests/ops", "tests/plots", "tests/shapes",
        "tests/training", "tests/transfer",
    )),
    "making": Job(units=(
        "tests/book", "tests/cli", "tests/solutions", "tests/widgets", "tests/test_environment.py",
        "tests/test_files.py", "tests/test_imports.py", "tests/test_suite.py",
        "tests/test_texts.py", "tests/test_wheel.py",
    )),
    "nbgrader": Job(((*PYTEST, "-m", "nbgrader", "tests/nbgrader"),)),
    "pages": Job(((*PYTEST, "-m", "built", "tests/book"),), after="book"),
    "solutions": Job((
        ("solutions/generate.py", "--solved", "_build/solutions"),
        (*NBVAL, "--nbval-lax", "_build/solutions"),
    )),
    "doctests": Job(((*PYTEST, "--doctest-modules", "coursecnn"),)),
    "every-sheet": Job(((*PYTEST, "-m", "every_sheet", "tests/nbgrader"),)),
}  # fmt: skip

QUICK = ["lint", "notebooks", "grading", "library", "making", "doctests"]
FULL = [name for name in JOBS if name not in ("notebooks", "every-sheet")]
ALL = [*FULL, "every-sheet"]


class FailedError(Exception):
    """A job ended with an error."""


class Suite:
    """Jobs that run side by side.

    Parameters
    ----------
    names : list of str
        The jobs, in the order in which they start.
    changed_only : bool
        Whether unit tests that no change can reach are left out.
    deep : bool
        Whether to run what is marked as thorough, and to draw many examples.
    """

    def __init__(self, names, *, changed_only=False, deep=False):
        self.names, self.changed_only, self.deep = names, changed_only, deep
        self.passed = reach.Passed(ROOT, LOGS / "passed.json")
        self.seconds, self.running, self.stopped = {}, {}, threading.Event()

    def run(self):
        """Run all jobs; at the first that fails, stop the others and raise `FailedError`."""
        LOGS.mkdir(parents=True, exist_ok=True)
        waiting, futures = list(self.names), {}
        with ThreadPoolExecutor(LANES) as pool:
            try:
                while waiting or futures:
                    for name in self._ready(waiting)[: LANES - len(futures)]:
                        waiting.remove(name)
                        futures[pool.submit(self._run, name)] = name
                    done, _ = wait(futures, return_when=FIRST_COMPLETED)
                    for future in done:
                        del futures[future]
                        future.result()
            finally:
                self.stopped.set()
                for process in self.running.values():
                    stop(process)

    def _ready(self, waiting):
        """Jobs that wait for no other."""
        return [n for n in waiting if JOBS[n].after not in waiting and self._built(n)]

    def _built(self, name):
        """Whether what a job reads is there, or comes from no job of this run."""
        before = JOBS[name].after
        return before not in self.names or before in self.seconds

    def _run(self, name):
        begin = time.perf_counter()
        print(f"  started  {name}", flush=True)
        with open(LOGS / f"{name}.log", "w+", encoding="utf-8") as log:
            failed = not all(self._succeeds(name, command, log) for command in self._commands(name))
            self.passed.record(LOGS / f"{name}.xml")
            log.seek(0)
            said = log.read()
        if self.stopped.is_set():
            return
        if failed:
            print(said, flush=True)
            raise FailedError(name)
        self.seconds[name] = time.perf_counter() - begin
        print(f"{self.seconds[name]:7.1f} s  {name}: {_last_line(said)}", flush=True)

    def _commands(self, name):
        job, report = JOBS[name], f"--junitxml={LOGS / name}.xml"
        (LOGS / f"{name}.xml").unlink(missing_ok=True)
        if not job.units:
            return [(*c, report) if "pytest" in c else c for c in job.commands]
        changed = self.passed.missing(job.units)  # as they are now: an edit meanwhile counts
        files = changed if self.changed_only else job.units
        marked = UNIT if self.deep else f"{UNIT} and not thorough"
        return [(*PYTEST, "-m", marked, report, *files)] if files else []

    def _succeeds(self, name, command, log):
        profile = {"HYPOTHESIS_PROFILE": "deep" if self.deep else "bounded"}
        environment = os.environ | ENVIRONMENT | profile
        process = subprocess.Popen(
            [sys.executable, *command], cwd=ROOT, env=environment, stdout=log,
            stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL, start_new_session=True,
        )  # fmt: skip
        self.running[name] = process
        try:
            return process.wait(HANGING) == 0
        except subprocess.TimeoutExpired:
            stop(process)
            log.write(f"\nNothing came of this within {HANGING / 60:.0f} minutes: it hangs.\n")
            return False


def stop(process):
    """End a process with all that it has started: browsers, kernels, notebooks in their jails."""
    try:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait(10)
    except AttributeError:  # Windows knows no groups
        process.terminate()
    except (ProcessLookupError, PermissionError):
        pass  # it ended by itself
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)


def _last_line(said):
    return next((line for line in reversed(said.splitlines()) if line.strip()), "unchanged")


def main():
    """Run the chosen jobs and say what passed in the last line."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--quick", action="store_true", help="lint, and what a change can reach")
    parser.add_argument("--all", action="store_true", help="also the thorough tests")
    parser.add_argument("--only", nargs="+", choices=JOBS, help="these jobs alone")
    chosen = parser.parse_args()
    names = chosen.only or (QUICK if chosen.quick else ALL if chosen.all else FULL)
    suite = Suite(names, changed_only=chosen.quick, deep=chosen.all)
    begin = time.perf_counter()
    try:
        suite.run()
    except FailedError as name:
        sys.exit(f"failed: {name} (again: python tests/run.py --only {name})")
    spent = time.perf_counter() - begin
    if names == FULL:
        print(budget.report(suite.seconds, LOGS, LANES))
    print(f"passed: {', '.join(names)} in {spent:.0f} s")


if __name__ == "__main__":
    main()
