"""`coursecnn check`: try all tasks of one's own notebook at once."""

from pathlib import Path

import click


@click.command("check")
@click.argument("notebook", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--assignment", metavar="NAME", help="The sheet, if the notebook does not say it.")
@click.option(
    "--timeout",
    type=click.FloatRange(0, min_open=True),
    default=10.0,
    show_default=True,
    help="Seconds for one cell or one call.",
)
@click.option(
    "--tasks",
    type=click.Path(path_type=Path, exists=True),
    multiple=True,
    help="A file or folder with assignments of your own; may be given several times.",
)
def command(notebook, assignment, timeout, tasks):
    """Run NOTEBOOK and try all of its tasks; the exit code is 0 only if all are right.

    Answers that a person will read count as right here if they are written.
    """
    from coursecnn.grading.checking.whole_notebook import check_notebook
    from coursecnn.grading.tasks import add

    try:
        for path in tasks:
            add(path)
        verdicts = check_notebook(notebook, assignment=assignment, timeout=timeout)
    except (ValueError, RuntimeError, OSError) as error:
        raise click.ClickException(str(error)) from error
    click.echo(_table(verdicts))
    if any(verdict.verdict not in ("correct", "manual") for verdict in verdicts):
        raise SystemExit(1)


def _table(verdicts):
    """One line per task, its message below, and the sum of the points."""
    from coursecnn.grading.checking.display import as_text

    points = sum(verdict.points for verdict in verdicts)
    total = sum(verdict.max_points for verdict in verdicts)
    return "\n".join([*map(as_text, verdicts), "", f"{points} of {total} points"])
