"""What a page needs of figures, in one piece each: a script, and styles.

anywidget takes a single module, and pages opened from a disk may not load modules at all. So each
module that a figure imports becomes a function that is called once, and its exports become names:
a bundler in a few lines, for modules of our own that import by name from their own folder.

Modules of stored numbers (`stored.py`) are long, and several pages show the same. There, each is
a script of its own, which puts what it holds into the table `STORE`, where figures find it.
"""

import re
from pathlib import Path

from coursecnn._palette import DARK, LIGHT, SIGNED, VALUES
from coursecnn.widgets.stored import ENDING

FOLDER = Path(__file__).parent / "js"
CSS = Path(__file__).parent / "css"
STORE = "globalThis.coursecnnStored"

_IMPORT = re.compile(r'^import \{(?P<names>[^}]+)\} from "\./(?P<file>[\w.-]+\.js)";\n', re.M)
_EXPORT = re.compile(r"^export (?=(?:async )?(?:function|const|class) (?P<name>\w+))", re.M)
_DEFAULT = re.compile(r"^export default (?P<value>.+);\n", re.M)
_FOREIGN = re.compile(r"^(?:import|export)\b.*", re.M)
# In scripts and styles: a remark on lines of its own; and what stands before and between lines.
_REMARK = re.compile(r"^[ \t]*(?://[^\n]*|/\*(?:(?!\*/).)*\*/)\n", re.M | re.S)
_INDENT = re.compile(r"^\s+", re.M)


def module(name):
    """The module of a figure with everything it imports, as anywidget takes it.

    Parameters
    ----------
    name : str
        File name of the figure's module in `js/`, such as ``"conv-stepper.js"``.

    Returns
    -------
    str
        An ES module without imports, whose default export is ``{ render }``.

    Raises
    ------
    ValueError
        If a module has no default export, imports or exports in a way that is not bundled, or has a
        text in backticks over several lines.
    """
    shared, own, default = _figure(name)
    return f"{''.join(shared)}{own}export default {default};\n"


def classic(*names, apart=False):
    """Figures as one script for a page, which defines their custom elements and nothing else.

    Parameters
    ----------
    *names : str
        File names of the figures' modules in `js/`. What they share is in the script once.
    apart : bool, default False
        Leave out what the modules in `stored(*names)` hold: the page has their scripts, too.

    Returns
    -------
    str
        A script that also runs on pages opened from a disk.
    """
    figures = [_figure(name, apart) for name in names]
    parts = dict.fromkeys(part for shared, _, _ in figures for part in shared)
    elements = "".join(f"{{\n{own}{default};\n}}\n" for _, own, default in figures)
    return f'(() => {{\n"use strict";\n{"".join(parts)}{elements}}})();\n'


def stored(*names):
    """The modules of stored numbers that figures need, each once.

    Parameters
    ----------
    *names : str
        File names of the figures' modules in `js/`.

    Returns
    -------
    list of str
        File names in `js/`.
    """
    needed = dict.fromkeys(file for name in names for file in _in_order(name))
    return [file for file in needed if file.endswith(ENDING)]


def stored_script(name):
    """A module of stored numbers as a script for pages, to be loaded before those of figures.

    Parameters
    ----------
    name : str
        Its file name in `js/`.

    Returns
    -------
    str
        A script that also runs on pages opened from a disk.
    """
    return f'"use strict";\n({STORE} ??= {{}}).{_variable(name)} = {_called(name)};\n'


def style(*tags, apart=False):
    """The styles of figures: the colours, what all share, then their own where they have any.

    Parameters
    ----------
    *tags : str
        Tags of the figures.
    apart : bool, default False
        Leave out the colours and what all share: the page has `style()`, too.

    Returns
    -------
    str
        CSS.
    """
    own = [CSS / f"{tag}.css" for tag in tags]
    shared = "" if apart else _colours() + _source(CSS / "figure.css")
    return shared + "".join(_source(file) for file in own if file.is_file())


def _colours():
    """The colours of the page around a figure, and those of the palette where it sets none."""
    light, dark = (
        "".join(f"  --fig-{role}: var(--cc-{role}, {colour});\n" for role, colour in theme.items())
        for theme in (LIGHT, DARK)
    )
    scales = {"values": VALUES, "signed": SIGNED}
    stops = "".join(f"  --fig-{name}: {' '.join(each)};\n" for name, each in scales.items())
    in_the_dark = '[data-jp-theme-light="false"] .fig-frame'
    return f".fig-frame {{\n{light}{stops}}}\n\n{in_the_dark} {{\n{dark}}}\n\n"


def _figure(name, apart=False):
    """What a figure imports, each as a function; its own lines; and its default export."""
    source = _source(FOLDER / name)
    default = _DEFAULT.search(source)
    if default is None:
        raise ValueError(f"`{name}` has no default export: end it with `export default figure(…);`")
    shared = [_as_constant(each, apart) for each in _in_order(name)[:-1]]
    return shared, _linked(name, _EXPORT.sub("", _DEFAULT.sub("", source))), default["value"]


def _source(file):
    """What a file says to browsers: remarks and indents are for readers, and make pages heavy."""
    lines = _REMARK.sub("", file.read_text(encoding="utf-8"))
    if broken := next((line for line in lines.splitlines() if line.count("`") % 2), None):
        raise ValueError(f"`{file.name}` has a text in backticks that does not end: {broken}")
    return _INDENT.sub("", lines)


def _in_order(name, seen=()):
    """The modules that `name` needs, each after those that it needs itself, and `name` last."""
    if name in seen:
        raise ValueError(f"`{name}` imports itself by way of {' → '.join(seen)}")
    needs = [match["file"] for match in _IMPORT.finditer((FOLDER / name).read_text("utf-8"))]
    before = [file for need in needs for file in _in_order(need, (*seen, name))]
    return list(dict.fromkeys([*before, name]))


def _as_constant(name, apart):
    """What a module exports, under one name; of stored numbers perhaps what the page has."""
    elsewhere = apart and name.endswith(ENDING)
    value = f"{STORE}.{_variable(name)}" if elsewhere else _called(name)
    return f"const {_variable(name)} = {value};\n"


def _called(name):
    """A module as a function that is called at once and gives what the module exports."""
    source = _source(FOLDER / name)
    exports = ", ".join(match["name"] for match in _EXPORT.finditer(source))
    body = _linked(name, _EXPORT.sub("", source))
    return f"(() => {{\n{body}return {{ {exports} }};\n}})()"


def _linked(name, source):
    """The source with its imports read from the functions that were called before it."""
    linked = _IMPORT.sub(lambda m: f"const {{{m['names']}}} = {_variable(m['file'])};\n", source)
    if foreign := _FOREIGN.search(linked):
        raise ValueError(f"`{name}` has a line that cannot be bundled: {foreign[0]}")
    return linked


def _variable(name):
    return "m_" + re.sub(r"\W", "_", name.removesuffix(".js"))
