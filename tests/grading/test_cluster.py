"""A class graded by the workers of a cluster gets what it gets on one machine."""

import contextlib
import csv
import json
import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from coursecnn.grading.cluster import Cluster
from coursecnn.grading.grade import grade
from coursecnn.grading.machine import Limits

LIMITS = Limits(jobs=1, timeout=3.0, memory=1024)
SEED = 11
START_SECONDS = 60


@pytest.fixture(scope="module")
def start(tmp_path_factory):
    """A function that starts a program of dask and waits until it says a word."""
    logs = tmp_path_factory.mktemp("logs")
    with contextlib.ExitStack() as running:

        def started(program, *arguments, until):
            log = logs / f"{program}-{time.monotonic_ns()}.log"
            command = [sys.executable, "-m", f"distributed.cli.dask_{program}", *arguments]
            with log.open("w") as stream:
                process = subprocess.Popen(command, stderr=stream)
            running.callback(_end, process)
            return process, _wait_for(until, log)

        yield started


def _wait_for(word, log):
    give_up = time.monotonic() + START_SECONDS
    while time.monotonic() < give_up:
        for line in log.read_text().splitlines():
            if word in line:
                return line
        time.sleep(0.05)
    raise AssertionError(log.read_text())


def _end(process):
    process.kill()
    process.wait()


@pytest.fixture(scope="module")
def start_scheduler(start):
    """A function that starts a scheduler without workers, and gives its address."""

    def started():
        quiet = ("--host", "127.0.0.1", "--port", "0", "--no-dashboard")
        _, line = start("scheduler", *quiet, until="Scheduler at:")
        return line.split()[-1]

    return started


@pytest.fixture(scope="module")
def start_worker(start):
    """A function that starts one more worker of a scheduler, with one thread."""

    def started(scheduler):
        options = ("--nworkers", "1", "--nthreads", "1", "--no-dashboard", "--no-nanny")
        return start("worker", scheduler, *options, until="Registered to:")[0]

    return started


@pytest.fixture(scope="module")
def scheduler(start_scheduler):
    """Address of the scheduler that all tests share."""
    return start_scheduler()


@pytest.fixture(scope="module")
def worker(scheduler, start_worker):
    """Its one worker, which lives as long as it does."""
    return start_worker(scheduler)


@pytest.fixture
def classroom(tmp_path, right, fill):
    """A function that fills a folder with students who hand in right, wrong and bad answers."""
    wrong = {"flip": "def flip(k): return k[::-1]"}
    deadly = {"flip": "def flip(k):\n    import os\n    os._exit(3)"}
    slow = {"conv2d_valid": "import time\ntime.sleep(0.3)" + right["conv2d_valid"]}
    kinds = [{}, wrong, deadly, slow]

    def filled(students):
        (tmp_path / "in").mkdir()
        for number in range(students):
            answers = {**right, **kinds[number % 4]}
            file = tmp_path / "in" / f"s{number:02}.ipynb"
            file.write_text(json.dumps(fill(answers)), "utf-8")
        (tmp_path / "in" / "essay.ipynb").write_text("no notebook", "utf-8")
        return tmp_path / "in"

    return filled


def rows(out):
    """The table without the times."""
    with (out / "grades.csv").open(encoding="utf-8", newline="") as file:
        return [{**row, "seconds": ""} for row in csv.DictReader(file)]


def quiet(_):
    pass


def hold_that_tables_are_the_same(here, there):
    assert rows(there) == rows(here)
    verdicts = {row["verdict"] for row in rows(there)}
    assert verdicts == {"correct", "wrong", "crashed", "unreadable"}
    settings = [json.loads((out / "run.json").read_text("utf-8")) for out in (here, there)]
    assert settings[0] == settings[1]


@pytest.mark.thorough
def test_a_scheduler_without_workers_is_no_help(scheduler):
    with pytest.raises(RuntimeError, match=r"has no workers; start some"):
        Cluster(scheduler, LIMITS)


@pytest.mark.thorough
def test_an_absent_scheduler_is_named_and_nothing_is_written(classroom, monkeypatch):
    monkeypatch.setattr("coursecnn.grading.cluster.ANSWER_SECONDS", 0.5)
    folder = classroom(1)
    out = folder.parent / "out"
    with pytest.raises(RuntimeError, match=r"scheduler tcp://127\.0\.0\.1:9 does not"):
        grade(folder, out, scheduler="tcp://127.0.0.1:9", tell=quiet)
    assert not out.exists()


@pytest.mark.usefixtures("worker")
def test_a_cluster_gives_the_same_table(classroom, scheduler):
    folder = classroom(4)
    here, there = folder.parent / "here", folder.parent / "there"
    grade(folder, here, limits=LIMITS, seed=SEED, tell=quiet)
    grade(folder, there, limits=LIMITS, seed=SEED, scheduler=scheduler, tell=quiet)
    hold_that_tables_are_the_same(here, there)


@pytest.mark.thorough
@pytest.mark.usefixtures("worker")
def test_a_worker_with_other_tasks_is_refused(scheduler, monkeypatch):
    monkeypatch.setattr("coursecnn.grading.cluster.checks", lambda: "another version")
    with pytest.raises(RuntimeError, match="install the same version everywhere"):
        Cluster(scheduler, LIMITS)


@pytest.mark.thorough
@pytest.mark.usefixtures("worker")
def test_the_table_is_the_same_even_if_a_worker_is_killed(classroom, scheduler, start_worker):
    folder = classroom(12)
    here, there = folder.parent / "here", folder.parent / "there"
    grade(folder, here, limits=LIMITS, seed=SEED, tell=quiet)
    doomed = start_worker(scheduler)

    def kill_in_the_middle():
        while len(list(there.glob("verdicts/*.json"))) < 3:
            time.sleep(0.01)
        doomed.send_signal(signal.SIGKILL)

    killer = threading.Thread(target=kill_in_the_middle, daemon=True)
    killer.start()
    grade(folder, there, limits=LIMITS, seed=SEED, scheduler=scheduler, tell=quiet)
    killer.join(timeout=5)
    assert doomed.wait(timeout=5) == -signal.SIGKILL
    hold_that_tables_are_the_same(here, there)


@pytest.mark.thorough
@pytest.mark.usefixtures("worker")
def test_the_command_says_how_the_workers_isolate_the_notebooks(classroom, scheduler):
    folder = classroom(4)
    program = Path(sys.executable).with_name("coursecnn")
    done = subprocess.run(
        [program, "grade", folder, "--out", folder.parent / "out", "--scheduler", scheduler],
        capture_output=True, text=True, env={**os.environ, "COURSECNN_PROGRESS": "0"},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    assert done.stdout.startswith("Isolation: bubblewrap.")


@pytest.mark.thorough
def test_a_class_waits_in_vain_for_a_cluster_that_has_died(
    classroom, start_scheduler, start_worker, monkeypatch
):
    monkeypatch.setattr("coursecnn.grading.cluster.PATIENCE", 1)
    folder, scheduler = classroom(12), start_scheduler()
    only, out = start_worker(scheduler), folder.parent / "out"

    def kill_in_the_middle():
        while len(list(out.glob("verdicts/*.json"))) < 2:
            time.sleep(0.01)
        only.kill()

    threading.Thread(target=kill_in_the_middle, daemon=True).start()
    with pytest.raises(RuntimeError, match="give the same command again: what is graded is kept"):
        grade(folder, out, limits=LIMITS, seed=SEED, scheduler=scheduler, tell=quiet)
    kept = len(list(out.glob("verdicts/*.json")))
    start_worker(scheduler)
    grade(folder, out, limits=LIMITS, seed=SEED, scheduler=scheduler, tell=quiet)
    assert 2 <= kept < 12
    assert len(rows(out)) == 65
