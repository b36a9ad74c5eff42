"""The API reference: `{room}` documents every public name of one room of the library.

    ```{eval-rst}
    .. room:: coursecnn.ops
    ```

The names come from the room's `__all__`, the texts from the docstrings. A function or class
without a docstring fails the build.
"""

import importlib
import inspect

from docutils import nodes
from docutils.statemachine import StringList
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective
from sphinx.util.nodes import nested_parse_with_titles

logger = logging.getLogger(__name__)


class RoomDirective(SphinxDirective):
    """Every public name of one room."""

    required_arguments = 1

    def run(self):
        """The room's own docstring, then one entry per name."""
        room = importlib.import_module(self.arguments[0])
        lines = [*inspect.getdoc(room).splitlines(), "", f".. currentmodule:: {room.__name__}", ""]
        for name in sorted(public_names(room), key=str.lower):
            lines += self._entry(room, name)
        holder = nodes.container()
        nested_parse_with_titles(self.state, StringList(lines, room.__file__), holder)
        return holder.children

    def _entry(self, room, name):
        thing = getattr(room, name)
        if inspect.ismodule(thing):
            return []  # it has a page of its own
        if callable(thing) and not inspect.getdoc(thing):
            logger.warning(
                "%s.%s has no docstring", room.__name__, name, location=self.get_location()
            )
        return [f".. {_directive(thing)}:: {name}", *_options(thing), ""]


def public_names(room):
    """The names that a room promises.

    Parameters
    ----------
    room : module
        With `__all__`, or with public functions and classes of its own.

    Returns
    -------
    list of str
    """
    own = [
        name
        for name, thing in vars(room).items()
        if not name.startswith("_") and getattr(thing, "__module__", None) == room.__name__
    ]
    return list(getattr(room, "__all__", own))


def _directive(thing):
    if inspect.isclass(thing):
        return "autoclass"
    return "autofunction" if callable(thing) else "autodata"


def _options(thing):
    return ["   :members:"] if inspect.isclass(thing) else []


def setup(app):
    """Register the directive."""
    app.add_directive("room", RoomDirective)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
