"""How long each notebook took when it last ran."""

import json

from .places import BUILD
from .writing import write_text

FILE = BUILD / "timings.json"


def load():
    """Read the table of the last runs; a damaged one counts as empty."""
    try:
        return json.loads(FILE.read_text("utf-8"))
    except (OSError, ValueError):
        return {}


def record(name, result):
    """Add one run to the table."""
    cell, seconds = max(result.cells, key=lambda pair: pair[1], default=(0, 0.0))
    entry = {"seconds": round(result.seconds, 2), "cpu": round(result.cpu, 2)}
    entry |= {"slowest_cell": cell, "slowest_seconds": round(seconds, 2)}
    table = load() | {name: entry}
    write_text(FILE, json.dumps(table, indent=1, sort_keys=True) + "\n")


def table(names, rows=8):
    """The slowest notebooks as text, slowest first."""
    known = {name: entry for name, entry in load().items() if name in names}
    slowest = sorted(known.items(), key=lambda item: -item[1]["cpu"])[:rows]
    lines = ["  seconds  CPU s  slowest cell"]
    lines += [_row(name, entry) for name, entry in slowest]
    return "\n".join(lines)


def _row(name, entry):
    cell = f"{entry['slowest_seconds']:6.1f} s in cell {entry['slowest_cell']}"
    return f"  {entry['seconds']:7.1f} {entry['cpu']:6.1f}  {cell:24s} {name}"
