"""The clock: contestants run in turn, round by round, and ratios are taken within a round."""

import os
import platform
import tracemalloc
from time import process_time

import numpy as np

SAMPLE_SECONDS = 0.01  # a call that is quicker is repeated until this is reached


def seconds(call, repeats):
    """CPU seconds of one call, averaged over a few."""
    started = process_time()
    for _ in range(repeats):
        call()
    return (process_time() - started) / repeats


def race(calls, rounds):
    """Time all calls in turn, round by round: array of shape (rounds, calls), in seconds."""
    repeats = [max(1, round(SAMPLE_SECONDS / max(seconds(call, 1), 1e-6))) for call in calls]
    pairs = list(zip(calls, repeats, strict=True))
    rows = [[seconds(call, n) for call, n in pairs] for _ in range(rounds + 1)]
    return np.array(rows[1:])  # the first round warms up


def ratio(times, number, base=0):
    """Median and quartiles of the ratio of one call to another, taken within rounds."""
    return np.quantile(times[:, number] / times[:, base], [0.5, 0.25, 0.75])


def peak(call):
    """Bytes that a call holds at its worst, its result included."""
    tracemalloc.start()
    call()
    held = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return held


def spread(numbers):
    """A median with its quartiles."""
    return f"{numbers[0]:.2f} ({numbers[1]:.2f}–{numbers[2]:.2f})"


def holds(met):
    """What the report says of a bar."""
    return "yes" if met else "**no**"


def machine(*modules):
    """One sentence: on what, and with which versions."""
    versions = ", ".join(f"{m.__name__} {m.__version__}" for m in (np, *modules))
    return f"{processor()}, {os.cpu_count()} cores, Python {platform.python_version()}, {versions}."


def processor():
    """What the machine calls its processor."""
    try:
        with open("/proc/cpuinfo", encoding="utf-8") as lines:
            return next(line.split(":")[1].strip() for line in lines if "model name" in line)
    except (OSError, StopIteration):
        return platform.processor() or platform.machine()


def markdown_table(header, rows):
    """Rows of text as a table; all columns but the first are numbers."""
    rule = ["---", *["--:"] * (len(header) - 1)]
    return "\n".join("| " + " | ".join(row) + " |" for row in (header, rule, *rows))


def write(path, text):
    """Replace a file in one go, so that a run that is stopped leaves the old one."""
    new = path.with_suffix(".new")
    new.write_text(text, encoding="utf-8")
    new.replace(path)
