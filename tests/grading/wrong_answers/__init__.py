"""Wrong answers, by sheet, as lists of (task, what is wrong, source).

They were written before anybody looked whether their mistakes have names. A source is run in a
notebook that has all the right answers, so it may call earlier functions of its sheet.
"""

from importlib import import_module
from pathlib import Path

WRONG = {
    path.stem: import_module(f"{__name__}.{path.stem}").WRONG
    for path in sorted(Path(__file__).parent.glob("a*.py"))
}
