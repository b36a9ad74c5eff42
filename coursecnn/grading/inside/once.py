"""A child for one notebook that talks over its standard input and output; works on every system."""

import os

from .session import serve


def main():
    """Take the two standard streams for the grader, give the notebook empty ones, and serve."""
    reader, writer = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    silence()

    def write(data):
        writer.write(data)
        writer.flush()

    try:
        serve(reader, write)
    except EOFError:  # the grader has heard enough
        os._exit(0)


def silence():
    """Point standard input, output and errors at the null device."""
    null = os.open(os.devnull, os.O_RDWR)
    for descriptor in (0, 1, 2):
        os.dup2(null, descriptor)
    os.close(null)
