"""The suite, stage by stage: `python tests/run.py`, or `--quick`, `--all`, or `--only STAGE`.

It stops at the first stage that fails, and ends in a table of how long each stage took.
"""

import argparse
import os
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
NBVAL = ["-m", "pytest", "-q", "-p", "no:cacheprovider", "-o", "addopts=", "-o", "filterwarnings="]
PARALLEL = ["-n", "2", "--dist", "loadscope"]  # the cells of a notebook share one kernel
QUICK_TESTS = "not built and not browser and not nbgrader and not every_sheet"
BY_FILE = ["-n", "2", "--dist", "loadfile"]  # the tests of a file share one course folder
PUBLISHED = ["--nbval", "--nbval-sanitize-with", "tests/nbval_sanitize.cfg", "_build/notebooks"]

GLOBS = ("*.md", "book/**/*.md", "solutions/*.md")
TEXTS = sorted(str(path) for glob in GLOBS for path in ROOT.glob(glob))

STAGES = {
    "lint": [
        ["-m", "ruff", "check", "--quiet", "."],
        ["-m", "ruff", "format", "--check", "--quiet", "."],
        ["-c", "from importlinter.cli import lint_imports_command as lint; lint()"],
        ["-m", "codespell_lib", *TEXTS],
        ["solutions/generate.py", "--check"],
    ],
    "units": [
        ["-m", "pytest", "-q", "-n", "2", "-m", QUICK_TESTS, "--durations=8"],
        ["-m", "pytest", "-q", "--doctest-modules", "coursecnn"],
    ],
    "nbgrader": [["-m", "pytest", "-q", *BY_FILE, "-m", "nbgrader", "tests/nbgrader"]],
    "every-sheet": [["-m", "pytest", "-q", *BY_FILE, "-m", "every_sheet", "tests/nbgrader"]],
    "notebooks": [["book/build.py", "--notebooks"]],
    "book": [["book/build.py"]],
    "nbval": [[*NBVAL, *PARALLEL, *PUBLISHED]],
    "solutions": [["solutions/generate.py", "--solved", "_build/solutions"],
                  [*NBVAL, *PARALLEL, "--nbval-lax", "_build/solutions"]],
    "pages": [["-m", "pytest", "-q", "-m", "built", "--durations=3"]],
    "browser": [["-m", "pytest", "-q", "-n", "2", "-m", "browser", "--durations=5"]],
}  # fmt: skip

FULL = ["lint", "units", "nbgrader", "book", "nbval", "solutions", "pages", "browser"]
ALL = [*FULL, "every-sheet"]
QUICK = ["lint", "units", "notebooks"]

ENVIRONMENT = {
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    "COURSECNN_PROGRESS": "0",
    "JUPYTER_PLATFORM_DIRS": "1",
}


def run(stage):
    """Run the commands of one stage; return its seconds, or None at the first failure."""
    print(f"── {stage}", flush=True)
    begin = time.perf_counter()
    for command in STAGES[stage]:
        if subprocess.run(
            [sys.executable, *command], cwd=ROOT, env=os.environ | ENVIRONMENT
        ).returncode:
            return None
    return time.perf_counter() - begin


def main():
    """Run the chosen stages and say what passed in the last line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="lint, units, changed notebooks")
    parser.add_argument("--all", action="store_true", help="also nbgrader on every assignment")
    parser.add_argument("--only", choices=STAGES, help="one stage")
    chosen = parser.parse_args()
    stages = QUICK if chosen.quick else ALL if chosen.all else FULL
    stages = [chosen.only] if chosen.only else stages
    seconds = {}
    for stage in stages:
        seconds[stage] = run(stage)
        if seconds[stage] is None:
            sys.exit(f"failed: {stage} (again: python tests/run.py --only {stage})")
    for stage, spent in sorted(seconds.items(), key=lambda item: -item[1]):
        print(f"{spent:7.1f} s  {stage}")
    print(f"passed: {', '.join(stages)} in {sum(seconds.values()):.0f} s")


if __name__ == "__main__":
    main()
