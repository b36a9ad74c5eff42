"""Does the suite notice? Plant each fault of this folder in a copy of the project, and test it.

    python tests/faults/plant.py [PATCH …] [--tree FOLDER]

A patch begins with what it breaks, and then says which job of `tests/run.py` must fail, which of
that job's tests suffice (all, if none are named), and what must stand in the failure: a fault that
is noticed for another reason counts as missed. Faults of one batch are planted together, because
the book is built anew for each. First all these tests run without a fault: they must pass.

`--tree` plants in a copy of another checkout, such as that of an earlier commit.
"""

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

FAULTS = Path(__file__).parent
ROOT = FAULTS.parents[1]
sys.path.insert(0, str(ROOT / "tests"))

import run

COPY = ROOT / "_build" / "faults"
HANGING = 900  # seconds
ENVIRONMENTS = (".venv", ".venv-nbgrader")
BUILT = ("_build/cache", "_build/html", "_build/notebooks", "_build/timings.json")


@dataclass(frozen=True)
class Fault:
    """A patch and what must notice it.

    Attributes
    ----------
    path : Path
    what, job, tests, says, batch : str
        The head of the patch.
    """

    path: Path
    what: str
    job: str
    says: str
    tests: str = ""
    batch: str = ""

    @classmethod
    def read(cls, path):
        """Read the head of a patch."""
        head = path.read_text("utf-8").partition("\n--- ")[0]
        fields = dict(re.findall(r"^(job|tests|says|batch): (.*)$", head, re.MULTILINE))
        return cls(path, head.partition("\n")[0], **fields)

    def noticed(self, output):
        """Whether the job failed for this fault's sake."""
        return output is not None and re.search(self.says, output) is not None


class Tree:
    """A copy of the project in which faults are planted.

    Parameters
    ----------
    origin : Path
        The checkout that is copied as it was last committed.
    folder : Path
        Where the copy lies; what was there is deleted.
    """

    def __init__(self, origin, folder):
        self.folder = folder
        shutil.rmtree(folder, ignore_errors=True)
        git("-c", "advice.detachedHead=false", "clone", "--quiet", "--shared", origin, folder)
        (folder / "node_modules").symlink_to(ROOT / "node_modules")
        for name in ENVIRONMENTS:
            move(ROOT / name, folder / name)
        for name in BUILT:  # spares the notebooks their first run; what is stale runs again
            if (origin / name).is_dir():
                shutil.copytree(origin / name, folder / name)
            elif (origin / name).is_file():
                shutil.copy(origin / name, folder / name)
        self.has_built = False

    def failure(self, job, tests="", *, first=False):
        """What a job printed that failed, or None if it passed; the book is built before.

        Of tests that fail the first is enough, if `first` says so.
        """
        if run.JOBS[job].after == "book":
            if not self.has_built and (output := self.failure("book")) is not None:
                return output
            self.has_built = True
        for command in commands(job, tests.split()):
            more = ["-x"] if first and "pytest" in command else []
            with tempfile.TemporaryFile("w+") as said:
                process = subprocess.Popen(
                    [self.folder / ".venv" / "bin" / "python", *command, *more], cwd=self.folder,
                    stdin=subprocess.DEVNULL, stdout=said, stderr=subprocess.STDOUT,
                    env=os.environ | run.ENVIRONMENT, start_new_session=True,
                )  # fmt: skip
                try:
                    failed = process.wait(HANGING) != 0
                except subprocess.TimeoutExpired:  # a fault may make a test wait for ever
                    run.stop(process)
                    failed = True
                said.seek(0)
                if failed:
                    return said.read()
        return None

    def plant(self, faults):
        """Break the copy."""
        git("apply", *(fault.path for fault in faults), cwd=self.folder)
        self.has_built = False

    def mend(self):
        """Make the copy whole again."""
        git("checkout", "--quiet", ".", cwd=self.folder)
        self.has_built = False


def move(environment, target):
    """Copy an environment in which the project is installed in place, for the copy of the project.

    The files are links to the same data, but for those that say where the project lies.
    """
    shutil.copytree(environment, target, symlinks=True, copy_function=os.link)
    installed = target.glob("lib/python*/site-packages/__editable__*")
    for file in [*target.glob("bin/*"), *installed]:
        if file.is_file() and not file.is_symlink():
            said = file.read_bytes()
            file.unlink()  # not what it is linked with
            file.write_bytes(said.replace(os.fsencode(ROOT), os.fsencode(target.parent)))
            file.chmod(0o755)


def git(*arguments, **options):
    """Run git; an error ends the program with git's own words."""
    subprocess.run(["git", *map(str, arguments)], check=True, **options)


def commands(job, tests):
    """The commands of a job, on a few tests only if some are named."""
    if run.JOBS[job].units:
        marked = f"{run.UNIT} and not thorough"
        return [(*run.PYTEST, "-m", marked, *(tests or run.JOBS[job].units))]
    given = run.JOBS[job].commands
    if not tests:
        return given
    return [[*(part for part in c if not re.search(r"\btests/", part)), *tests] for c in given]


def main():
    """Plant the faults, and fail if one of them is not noticed."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("patches", nargs="*", type=Path, help="only these")
    parser.add_argument("--tree", type=Path, default=ROOT, help="the checkout to copy")
    options = parser.parse_args()
    patches = [path.resolve() for path in options.patches] or sorted(FAULTS.glob("*.patch"))
    faults = [Fault.read(path) for path in patches]
    tree = Tree(options.tree.resolve(), COPY)
    missed = sound(tree, faults) or broken(tree, faults)
    for fault in missed:
        print(f"MISSED {fault.path.name}: {fault.what}")
    print(f"{len(faults) - len(missed)} of {len(faults)} faults were found")
    sys.exit(len(missed) > 0)


def sound(tree, faults):
    """Run all tests without a fault; return the faults whose tests fail all the same."""
    unsound = []
    for job, group in groupby(sorted(faults, key=lambda fault: fault.job), lambda f: f.job):
        group = list(group)
        tests = {name for fault in group for name in fault.tests.split()}
        output = tree.failure(job, " ".join(sorted(tests)) if all(f.tests for f in group) else "")
        if output is not None:
            print(f"{job} fails without any fault:\n{output}", flush=True)
            unsound += group
    return unsound


def broken(tree, faults):
    """Plant the faults, a batch at a time; return those that were not noticed."""
    missed = []
    batches = [list(batch) for _, batch in groupby(faults, lambda f: f.batch or f.path)]
    for batch in batches:
        begin, outputs = time.perf_counter(), {}
        tree.plant(batch)
        for fault in batch:
            needed = fault.job, fault.tests
            if needed not in outputs:
                outputs[needed] = tree.failure(*needed, first=len(batch) == 1)
            found = fault.noticed(outputs[needed])
            missed += [] if found else [fault]
            spent = time.perf_counter() - begin
            print(
                f"{'found ' if found else 'MISSED'} {spent:5.0f} s  {fault.path.name}", flush=True
            )
            if not found:
                print(f"{outputs[needed] or 'nothing failed'}"[-3000:], flush=True)
        tree.mend()
    return missed


if __name__ == "__main__":
    main()
