"""Hold the coverage map against a copy of the lecture notes, which are not part of this project.

python book/_ext/check_notes.py FOLDER looks for one file for each of the notes, whose name begins
with their number, and says whether it is the file that was mapped.
"""

import argparse
import hashlib
import sys
from pathlib import Path

from notes_map import load

MAP = Path(__file__).parents[1] / "coverage.yml"


def differences(notes, folder):
    """What sets a file apart from the one that was mapped, or the map from the file.

    Parameters
    ----------
    notes : notes_map.Notes
        What the map knows of the file.
    folder : pathlib.Path
        Where to look for it.

    Yields
    ------
    str
        One difference; none if the map is that of this file, byte for byte.
    """
    files = sorted(folder.glob(f"{notes.name}*.txt"))
    if len(files) != 1:
        yield f"{notes.name}: {len(files)} files named {notes.name}*.txt in {folder}, not one"
        return
    content = files[0].read_bytes()
    if hashlib.sha256(content).hexdigest() != notes.sha256:
        yield f"{notes.name}: {files[0].name} is not the file that was mapped"
    lines = content.decode("utf-8").removesuffix("\n").split("\n")
    written = {number for number, line in enumerate(lines, 1) if line.strip()}
    if len(lines) != notes.length:
        yield f"{notes.name}: {len(lines)} lines, not {notes.length}"
    if moved := sorted(written ^ notes.written):
        yield f"{notes.name}: line {moved[0]} is the first that is blank in only one of the two"


def main():
    """Run the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, help="where the notes lie")
    folder = parser.parse_args().folder
    found = [line for notes in load(MAP).notes for line in differences(notes, folder)]
    sys.exit("\n".join(found) if found else print("The notes are those that were mapped."))


if __name__ == "__main__":
    main()
