"""`coursecnn grade`: a folder of submissions becomes a table and pages of feedback."""

import os
from collections import Counter
from pathlib import Path

import click


@click.command("grade")
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--out", required=True, type=click.Path(path_type=Path), help="Where reports go.")
@click.option("--assignment", metavar="NAME", help="The sheet that all submissions answer.")
@click.option(
    "--jobs",
    type=click.IntRange(1),
    default=lambda: len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else 1,
    help="Notebooks that run at the same time; by default one per processor.",
)
@click.option(
    "--timeout",
    type=click.FloatRange(0, min_open=True),
    default=10.0,
    show_default=True,
    help="Seconds for one cell or one call.",
)
@click.option(
    "--memory",
    type=click.IntRange(64),
    default=2048,
    show_default=True,
    help="Megabytes for one notebook.",
)
@click.option("--seed", type=click.IntRange(0), help="The secret seed of the inputs.")
@click.option("--reseed", is_flag=True, help="Draw a new seed and grade all anew.")
@click.option("--scheduler", metavar="ADDRESS", help="Run them on this dask.distributed cluster.")
@click.option(
    "--platform",
    type=click.Choice(["moodle", "canvas"]),
    help="Whose gradebook OUT/platform.csv is for; by default whose zip file it was.",
)
@click.option("--trusted", is_flag=True, help="Run them even where they cannot be isolated.")
@click.option(
    "--tasks",
    type=click.Path(path_type=Path, exists=True),
    multiple=True,
    help="A file or folder with assignments of your own; may be given several times.",
)
def command(folder, out, jobs, timeout, memory, tasks, **options):
    """Grade all notebooks in FOLDER and write OUT/grades.csv, OUT/index.html and OUT/feedback/.

    FOLDER holds STUDENT.ipynb files, STUDENT/ASSIGNMENT.ipynb files, or both.
    """
    from coursecnn.grading.grade import grade
    from coursecnn.grading.machine import Limits
    from coursecnn.grading.tasks import add

    try:
        for path in tasks:
            add(path)
        limits = Limits(jobs, timeout, memory)
        graded = grade(folder, out, limits=limits, tell=click.echo, **options)
    except (ValueError, RuntimeError, OSError) as error:
        raise click.ClickException(str(error)) from error
    count = Counter(verdict.verdict for one in graded for verdict in one.verdicts)
    click.echo(f"{len(graded)} submissions: " + ", ".join(f"{n} {v}" for v, n in count.items()))
    for one in graded:
        for note in one.paper.notes:
            click.echo(f"Note on {one.paper.submission.student}: {note}")
    if waiting := sum(verdict.waits for one in graded for verdict in one.verdicts):
        who = f"{waiting} answers wait" if waiting > 1 else "1 answer waits"
        click.echo(
            f"{who} for a person: enter points and comments in {out / 'manual.csv'}, then give the "
            "same command again."
        )
    click.echo(f"The table is {out / 'grades.csv'}; the class page is {out / 'index.html'}.")
