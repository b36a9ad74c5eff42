"""The API reference: `{room}` documents every public name of one room of the library.

    ```{eval-rst}
    .. room:: coursecnn.ops
    ```

The names come from the room's `__all__`, the texts from the docstrings. A function or class
without a docstring fails the build.
"""

import importlib
import inspect
import re
import sys

from docutils import nodes
from docutils.statemachine import StringList
from sphinx.pycode import ModuleAnalyzer
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective
from sphinx.util.nodes import nested_parse_with_titles

logger = logging.getLogger(__name__)

_SOURCE = re.compile(r"^(\s*\.\. \[[^\]]+\] )([A-Za-z]\.)")
_LABEL = re.compile(r"\[R[0-9a-f]+-(\d+)\]")


class RoomDirective(SphinxDirective):
    """Every public name of one room."""

    required_arguments = 1

    def run(self):
        """The room's own docstring, then one entry per name."""
        room = importlib.import_module(self.arguments[0])
        lines = [*inspect.getdoc(room).splitlines(), "", *self._entries(room)]
        holder = nodes.container()
        nested_parse_with_titles(self.state, StringList(lines, room.__file__), holder)
        return holder.children

    def _entries(self, module):
        lines = [f".. currentmodule:: {module.__name__}", ""]
        things = [(name, getattr(module, name)) for name in public_names(module)]
        for name, thing in sorted(things, key=lambda pair: pair[0].lower()):
            if not inspect.ismodule(thing):
                lines += self._entry(module, name, thing)
        for thing in (thing for _, thing in things if inspect.ismodule(thing)):
            title = [f".. rubric:: {thing.__name__}", "   :class: cc-inner-room", ""]
            lines += [*title, *inspect.getdoc(thing).splitlines(), "", *self._entries(thing)]
        return lines

    def _entry(self, module, name, thing):
        if not callable(thing):
            return [f".. data:: {name}", "", *_indented(_said_of(module, name)), ""]
        if not inspect.getdoc(thing):
            logger.warning(
                "%s.%s has no docstring", module.__name__, name, location=self.get_location()
            )
        if inspect.isclass(thing):
            return [f".. autoclass:: {name}", "   :members:", ""]
        return [f".. autofunction:: {name}", ""]


def public_names(room):
    """The names that a room promises.

    Parameters
    ----------
    room : module
        With `__all__`, or with functions, classes and constants of its own.

    Returns
    -------
    list of str
    """
    own = [
        name
        for name, thing in vars(room).items()
        if not name.startswith("_")
        and (name.isupper() or getattr(thing, "__module__", None) == room.__name__)
    ]
    return list(getattr(room, "__all__", own))


def _said_of(module, name):
    """The `#:` comment over a constant, in the module or in those that it takes names from."""
    inside = [n for n in sys.modules if n == module.__name__ or n.startswith(f"{module.__name__}.")]
    for place in inside:
        found = ModuleAnalyzer.for_module(place).find_attr_docs().get(("", name))
        if found:
            return found
    logger.warning("%s.%s has no comment that begins with #:", module.__name__, name)
    return []


def _indented(lines):
    return [f"   {line}" for line in lines]


def keep_initials(app, what, name, obj, options, lines):
    """Escape the initial that opens a source: `I. Goodfellow` would be item one of a list."""
    lines[:] = [_SOURCE.sub(r"\1\\\2", line) for line in lines]


def shorten_labels(app, doctree, docname):
    """Write [1] where a docstring names a source; numpydoc's labels hold a checksum."""
    for text in list(doctree.findall(nodes.Text)):
        if _LABEL.fullmatch(text) and isinstance(text.parent.parent, nodes.reference):
            text.parent.replace(text, nodes.Text(_LABEL.sub(r"[\1]", text)))


def setup(app):
    """Register the directive; the sources of a docstring are read after numpydoc has seen it."""
    app.add_directive("room", RoomDirective)
    app.connect("autodoc-process-docstring", keep_initials, priority=900)
    app.connect("doctree-resolved", shorten_labels)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
