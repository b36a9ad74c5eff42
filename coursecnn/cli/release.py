"""`coursecnn release`: the folder that students get, without solutions."""

from pathlib import Path

import click

ADVICE = """
A public repository shows its solutions, whatever is in the bundle: keep tasks that count in a
private one.

The bundle has of each task what checks need: ten cases, their right results, and what known
mistakes give for them, as data. The cases of `coursecnn grade` are drawn when you grade.

An assignment of your own is a Python file that defines ASSIGNMENT, with the sheet NAME.ipynb beside
it. Give it as --tasks PATH to release, check and grade.
"""


@click.command("release", epilog=ADVICE)
@click.option("--out", required=True, type=click.Path(path_type=Path), help="A new folder.")
@click.option("--assignment", "names", metavar="NAME", multiple=True, help="One sheet of several.")
@click.option("--zip", "zipped", is_flag=True, help="Write OUT.zip as well.")
@click.option(
    "--tasks",
    type=click.Path(path_type=Path, exists=True),
    multiple=True,
    help="A file or folder with assignments of your own; may be given several times.",
)
def command(out, names, zipped, tasks):
    """Write the students' bundle into OUT: sheets, library, data, and how to install them."""
    from coursecnn.grading.release.bundle import release
    from coursecnn.grading.tasks import add

    try:
        for path in tasks:
            add(path)
        files = release(out, names, zipped=zipped)
    except (ValueError, OSError) as error:
        raise click.ClickException(str(error)) from error
    sheets = sum(name.startswith("exercises/") for name in files)
    size = sum(map(len, files.values())) / 2**20
    click.echo(f"{out} holds {sheets} sheets in {len(files)} files, {size:.0f} MB.")
    if zipped:
        click.echo(f"{out}.zip holds the same.")
    click.echo(
        "Its README.md tells students what to do. If your copy of the repository is public, so are "
        "its solutions; `coursecnn release --help` says how to keep tasks private."
    )
