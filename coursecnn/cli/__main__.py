"""`python -m coursecnn.cli`: the same commands, where no program `coursecnn` is on the path."""

from coursecnn.cli import main

main(prog_name="coursecnn")
