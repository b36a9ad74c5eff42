"""Numbers that a figure carries with it: trained weights, small images, frames made beforehand.

They lie in a module `js/NAME.stored.js` as base64 text, which the script of a figure imports like
any other module. On a page they are a script of their own, which several pages share. `stored.js`
reads them in the browser, this module in Python. What is no array but words and numbers in lists is
kept as JSON, which a browser reads by itself.
"""

import base64
import json
import re
from pathlib import Path

import numpy as np

from coursecnn import _files

FOLDER = Path(__file__).parent / "js"
ENDING = ".stored.js"
DTYPES = ("int8", "uint8", "int32", "float32")  # those that `stored.js` reads

_ENTRY = re.compile(r'^  "(?P<name>[^"]+)": (?P<entry>\{.*\}),$', re.M)


def write(name, made_by, **arrays):
    """Write arrays, or what JSON can carry, into the module `js/NAME.stored.js`.

    Parameters
    ----------
    name : str
        Words in lower case with hyphens between them, such as ``"lenet"``.
    made_by : str
        The script that computes them, from the root of the project; the module names it.
    **arrays : ndarray of int8, uint8, int32 or float32, or dict
        What to keep, by name; a dict with other names can be given as ``**{"conv.weight": …}``. A
        dict is kept as JSON.

    Returns
    -------
    Path
        The file.

    Raises
    ------
    ValueError
        If an array has another type.
    """
    lines = [f"  {json.dumps(key)}: {_text(key, arrays[key])},\n" for key in arrays]
    head = f"// Made by {made_by}; `stored.js` reads it.\nexport const STORED = {{\n"
    file = FOLDER / f"{name}{ENDING}"
    _files.write(file, "".join([head, *lines, "};\n"]))
    return file


def _text(name, value):
    if isinstance(value, dict):
        return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return json.dumps(entry(name, value))


def entry(name, array):
    """An array as JSON can carry it: its type, its shape and its bytes, the lowest first."""
    array = np.asarray(array)
    if array.dtype.name not in DTYPES:
        raise ValueError(
            f"`{name}` must be an array of {', '.join(DTYPES)}; received {array.dtype}"
        )
    raw = np.ascontiguousarray(array, array.dtype.newbyteorder("<")).tobytes()
    text = base64.b64encode(raw).decode("ascii")
    return {"dtype": array.dtype.name, "shape": list(array.shape), "base64": text}


def read(name):
    """The arrays of a module that `write` has made.

    Parameters
    ----------
    name : str
        As in `write`.

    Returns
    -------
    dict of ndarray or dict
        By name, in the order in which they were written; not to be changed in place.

    Raises
    ------
    ValueError
        If there is no such module; the message lists those that there are.
    """
    file = FOLDER / f"{name}{ENDING}"
    if not file.is_file():
        names = sorted(path.name.removesuffix(ENDING) for path in FOLDER.glob(f"*{ENDING}"))
        raise ValueError(f"`name` must be one of {', '.join(names)}; received {name!r}")
    found = {}
    for match in _ENTRY.finditer(file.read_text("utf-8")):
        kept = json.loads(match["entry"])
        if "base64" not in kept:
            found[match["name"]] = kept
            continue
        raw = base64.b64decode(kept["base64"])
        array = np.frombuffer(raw, np.dtype(kept["dtype"]).newbyteorder("<"))
        found[match["name"]] = array.reshape(kept["shape"])
    return found
