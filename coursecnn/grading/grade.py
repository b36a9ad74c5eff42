"""Grade a folder of submissions: one row per student and task, whatever the students did.

`STEPS` is the way of a class through the grader, from top to bottom; `judging.mark` is that of one
notebook.
"""

import sys
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import ExitStack, closing
from dataclasses import dataclass, field
from pathlib import Path

import coursecnn
from coursecnn.grading import tasks
from coursecnn.grading.cluster import Cluster
from coursecnn.grading.intake.archives import ArchiveError
from coursecnn.grading.intake.papers import Paper, sort
from coursecnn.grading.intake.submissions import find
from coursecnn.grading.judging.mark import all_unreadable
from coursecnn.grading.judging.verdict import Verdict, outcome
from coursecnn.grading.machine import USUAL_LIMITS, Limits, Machine
from coursecnn.grading.reports import manual_csv, pages
from coursecnn.grading.run_cache import RunCache
from coursecnn.grading.running.process import StartError
from coursecnn.progress import progress

OUR_FAULT = "The grader itself failed on this notebook ({}); a person must look at it."


@dataclass(frozen=True)
class Graded:
    """One paper with its verdicts.

    Parameters
    ----------
    paper : Paper
        What was handed in.
    verdicts : list of Verdict
        One per task; none if nobody can tell which sheet it answers.
    """

    paper: Paper
    verdicts: list[Verdict]

    @property
    def sheet(self):
        """Name of the assignment, empty if nobody can tell."""
        return self.paper.assignment.name if self.paper.assignment else ""


@dataclass
class GradingJob:
    """A class on its way through the steps: what was ordered, and what each step has found.

    Parameters
    ----------
    folder, out, assignment, limits, seed, reseed, trusted, scheduler, platform, tell
        See `grade`.
    open : ExitStack
        Holds what must be closed in the end.
    papers : list of Paper
        What was handed in, found by `collect`.
    place : Machine or Cluster
        Where notebooks run, opened by `isolate`.
    cache : RunCache
        The secret seed, and verdicts of earlier runs, read by `remember`.
    graded : list of Graded
        In the order of the students, from `mark` on.
    """

    folder: Path
    out: Path
    assignment: str | None
    limits: Limits
    seed: int | None
    reseed: bool
    trusted: bool
    scheduler: str | None
    platform: str | None
    tell: object
    open: ExitStack = field(default_factory=ExitStack)
    papers: list = field(default_factory=list)
    place: object = None
    cache: RunCache = None
    graded: list = field(default_factory=list)


def collect(job):
    """Find what was handed in, which sheet each file answers, and which of several counts."""
    job.papers = sort(find(job.folder, job.out), job.assignment)


def inspect(job):
    """Stop if what a person has entered makes no sense, before any notebook is run."""
    manual_csv.inspect(job.out, job.papers)


def isolate(job):
    """Open the sandbox, on this machine or on a cluster, and say how it isolates notebooks."""
    answers = {path.parent for path in tasks.private().values()}
    private = (job.folder.resolve(), job.out.resolve(), *answers)
    job.place = (
        Cluster(job.scheduler, job.limits, private, trusted=job.trusted)
        if job.scheduler
        else Machine(job.limits, private, trusted=job.trusted)
    )
    job.open.enter_context(closing(job.place))
    job.tell(f"Isolation: {job.place.level.name}. {job.place.level.sentence}")


def remember(job):
    """Take up the secret seed and the verdicts of an earlier run, so that it goes on."""
    settings = {"timeout": job.limits.timeout, "memory": job.limits.memory}
    settings["isolation"] = job.place.level.name
    job.cache = RunCache(job.out, settings, seed=job.seed, reseed=job.reseed)
    job.cache.save(coursecnn=coursecnn.__version__, papers=len(job.papers))


def mark(job):
    """Run and judge every notebook, sheet by sheet; what is known already is not run again."""
    ready = progress(_mark_all(job), "grading", total=len(job.papers))
    job.graded = sorted(ready, key=lambda one: (one.paper.submission.student, one.sheet))
    job.open.close()


def decide(job):
    """Take over the points that a person has entered, and list what is still to be read."""
    job.graded = manual_csv.merge(job.out, job.graded)


def report(job):
    """Write the tables, a page for each student, and one for the class."""
    pages.write_all(job.out, job.graded, job.place.level, job.platform)


STEPS = (collect, inspect, isolate, remember, mark, decide, report)


def grade(
    folder,
    out,
    *,
    assignment=None,
    limits=USUAL_LIMITS,
    seed=None,
    reseed=False,
    trusted=False,
    scheduler=None,
    platform=None,
    tell=print,
):
    """Grade all submissions of a folder and write the reports.

    Parameters
    ----------
    folder : path
        The submissions; see `intake.submissions.find`.
    out : path
        Where `grades.csv`, `platform.csv`, `index.html`, `feedback/` and `run.json` go, and
        `manual.csv`, in which a person enters points; what was entered counts.
    assignment : str, optional
        The sheet that all of them answer; by default each says so itself.
    limits : Limits, optional
        What notebooks may take.
    seed : int, optional
        The secret seed of the inputs; by default the one of the last run in `out`, or a new one.
    reseed : bool, default False
        Draw a new seed, and grade everything anew.
    trusted : bool, default False
        Whether notebooks may be run with limits only, where they cannot be isolated.
    scheduler : str, optional
        Address of a dask.distributed scheduler whose workers run the notebooks; by default they
        run on this machine.
    platform : str, optional
        "moodle" or "canvas", for `platform.csv`; by default the one that has packed the folder.
    tell : callable, default print
        Is told, before the first notebook runs, how they are isolated.

    Returns
    -------
    list of Graded
        In the order of the students.

    Raises
    ------
    ValueError
        If there is nothing to grade, the sheet is unknown, or what a person has entered in
        `manual.csv` makes no sense; no report is written then.
    RuntimeError
        If notebooks cannot be run on this system, or not safely.
    """
    if sys.platform != "linux":
        raise RuntimeError("grading needs Linux; students' own checks work everywhere")
    folder, out = Path(folder), Path(out)
    job = GradingJob(
        folder, out, assignment, limits, seed, reseed, trusted, scheduler, platform, tell
    )
    with job.open:
        for step in STEPS:
            step(job)
    return job.graded


def _mark_all(job):
    """Every paper with its verdicts, in the order in which they are ready."""
    for paper in job.papers:
        if paper.problem:
            sheet = paper.assignment
            yield Graded(paper, all_unreadable(sheet, paper.problem) if sheet else [])
    readable = [paper for paper in job.papers if not paper.problem]
    for sheet in dict.fromkeys(paper.assignment for paper in readable):
        mine = [paper for paper in readable if paper.assignment is sheet]
        yield from _mark_sheet(mine, sheet, job)


def _mark_sheet(papers, sheet, job):
    """The papers on one sheet, several at a time."""
    with (
        closing(job.place.marker(sheet, job.cache.seed)) as marker,
        ThreadPoolExecutor(marker.jobs) as pool,
    ):
        futures = [pool.submit(_mark_paper, paper, marker, job.cache) for paper in papers]
        try:
            for future in as_completed(futures):
                yield future.result()
        finally:
            pool.shutdown(cancel_futures=True)


def _mark_paper(paper, marker, cache):
    """One paper: nothing in it must stop the class."""
    sheet = paper.assignment
    try:
        data = paper.submission.read()
    except (OSError, ArchiveError) as error:  # it was there when the papers were sorted
        return Graded(paper, all_unreadable(sheet, f"{error}"))
    verdicts = cache.verdicts(paper, data)
    if verdicts is not None:
        return Graded(paper, verdicts)
    try:
        verdicts = marker.mark(data)
    except StartError:
        raise
    except Exception as error:
        message = OUR_FAULT.format(f"{type(error).__name__}: {error}")
        # It is not kept: the next run tries again.
        return Graded(paper, [outcome(task, "review", message) for task in sheet.tasks])
    cache.keep(paper, data, verdicts)
    return Graded(paper, verdicts)
