"""Grade a folder of submissions: one row per student and task, whatever the students did."""

import sys
from contextlib import closing
from pathlib import Path

import coursecnn
from coursecnn.progress import progress

from . import manual, report
from .cluster import Cluster
from .desk import Desk, Graded
from .machine import USUAL_LIMITS, Machine
from .marking import all_unreadable
from .papers import sort
from .record import Run
from .submissions import find
from .tasks import own


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
        The submissions; see `submissions.find`.
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
    papers = sort(find(folder, out), assignment)
    manual.inspect(out, papers)
    answers = {file.parent for file in own.FILES.values()}
    private = (folder.resolve(), out.resolve(), *answers)
    place = (
        Cluster(scheduler, limits, private, trusted=trusted)
        if scheduler
        else Machine(limits, private, trusted=trusted)
    )
    with closing(place):
        tell(f"Isolation: {place.level.name}. {place.level.sentence}")
        settings = {"timeout": limits.timeout, "memory": limits.memory}
        settings["isolation"] = place.level.name
        run = Run(out, settings, seed=seed, reseed=reseed)
        run.save(coursecnn=coursecnn.__version__, papers=len(papers))
        ready = progress(_grade_all(papers, run, place), "grading", total=len(papers))
        graded = sorted(ready, key=lambda one: (one.paper.submission.student, one.sheet))
    graded = manual.merge(out, graded)
    report.write_all(out, graded, place.level, platform)
    return graded


def _grade_all(papers, run, place):
    """Every paper with its verdicts, in the order in which they are ready."""
    for paper in papers:
        if paper.problem:
            yield Graded(paper, _unreadable(paper))
    readable = [paper for paper in papers if not paper.problem]
    for sheet in dict.fromkeys(paper.assignment for paper in readable):
        mine = [paper for paper in readable if paper.assignment is sheet]
        yield from Desk(sheet, run, place).grade(mine)


def _unreadable(paper):
    return all_unreadable(paper.assignment, paper.problem) if paper.assignment else []
