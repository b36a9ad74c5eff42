"""Find, without running it, whether an answer leans on a function that does the work for it."""

import ast
from itertools import islice

from coursecnn.grading.running.syntax import aliases, checked, names, searches, uses

ENOUGH, MEANINGS = 100_000, 20  # names that one answer uses, things that one name may stand for
IMPORTERS = {"__import__", "builtins.__import__", "importlib.import_module", "importlib.__import__"}
LOOKERS = {"getattr", "builtins.getattr", "vars", "builtins.vars"}
ALWAYS_THERE = {"coursecnn", "numpy"}


class Code:
    """The definitions of a notebook, and what its short names stand for.

    Parameters
    ----------
    trees : iterable of ast.Module or None
        Its code cells; see `syntax.parse`.
    """

    def __init__(self, trees):
        trees = list(trees)
        self._definitions, self._short, self._handed_over = {}, {}, {}
        self._imported, self._all_read = set(), None not in trees
        for tree in filter(None, trees):
            for node in tree.body:
                for defined in names(node):
                    self._definitions.setdefault(defined, []).append(node)
            for alias, full in aliases(tree):
                self._short.setdefault(alias, set()).add(full)
            self._handed_over.update((name, [node]) for name, node in checked(tree))
            self._imported.update(_roots(tree))

    def open_use(self, task, closed=()):
        """What is to be said of a forbidden helper that an answer reaches.

        Parameters
        ----------
        task : Task
            What is asked.
        closed : sequence of str, optional
            Modules that no answer to this sheet may use.

        Returns
        -------
        str or None
            A clause whose subject is the answer.
        """
        if used := self.forbidden_use(task.id, task.forbidden):
            return f"it uses `{used}`, which does the work of this task"
        used = self.forbidden_use(task.id, closed)
        return used and f"it uses `{used}`, which is closed on this sheet"

    def hidden_use(self, task, closed=()):
        """What is to be said of a search that may find a forbidden helper, or something else.

        Parameters
        ----------
        task, closed : Task, sequence of str
            See `open_use`.

        Returns
        -------
        str or None
            A clause whose subject is the answer.
        """
        forbidden = (*task.forbidden, *closed)
        for _, nodes in self._reach(task.id) if forbidden else ():
            for name, call in (found for node in nodes for found in searches(node)):
                meanings = set(islice(self._expand(name), MEANINGS))
                if meanings & IMPORTERS:
                    return "it imports a module by a name that only running it puts together"
                if meanings & LOOKERS and (place := self._place(call.args[0], forbidden)):
                    return (
                        f"it looks for something in `{place}` by a name that only running it puts "
                        "together"
                    )
        return None

    def absent(self, tasks):
        """Packages that hold forbidden helpers, and that the notebook does not import.

        Parameters
        ----------
        tasks : iterable of Task
            What is asked.

        Returns
        -------
        list of str
            Whoever finds them all the same does not want to be seen; none if a cell is unread.
        """
        helpers = {helper.partition(".")[0] for task in tasks for helper in task.forbidden}
        return sorted(helpers - self._imported - ALWAYS_THERE) if self._all_read else []

    def forbidden_use(self, name, forbidden):
        """The first forbidden helper that an answer reaches.

        Only what the answer reaches through functions and variables of the notebook counts: to
        compare with SciPy in a cell of its own is welcome.

        Parameters
        ----------
        name : str
            The function or value that was asked for.
        forbidden : sequence of str
            Dotted names of functions, or modules full of them.

        Returns
        -------
        str or None
            What it uses, in full, such as "scipy.signal.correlate2d".
        """
        helpers = tuple(f"{helper}." for helper in forbidden)
        reached = (used for used, _ in self._reach(name))
        meanings = (full for used in reached for full in islice(self._expand(used), MEANINGS))
        for used in islice(meanings, ENOUGH):  # a text made to be endless is read in part
            if f"{used}.".startswith(helpers):
                return used
        return None

    def _reach(self, name):
        """All names that the definition of `name` uses, directly or through others.

        Each comes with the statements that define it and were not reached before.
        """
        waiting, seen, read = [name], {name}, set()
        for current in waiting:  # it grows while it is read
            defined = self._definitions.get(current) or self._handed_over.get(current, ())
            nodes = [node for node in defined if id(node) not in read]
            yield current, nodes
            read.update(map(id, nodes))  # one statement may define a thousand names
            new = dict.fromkeys(used for node in nodes for used in uses(node) if used not in seen)
            seen.update(new)
            waiting.extend(new)

    def _place(self, node, forbidden):
        """The package of forbidden helpers that a piece of code names."""
        for used in uses(node):
            for full in islice(self._expand(used), MEANINGS):
                if any(helper.startswith(f"{full}.") for helper in forbidden):
                    return full
        return None

    def _expand(self, used, depth=4):
        """All full names that a name may stand for."""
        yield used
        root, _, rest = used.partition(".")
        for full in self._short.get(root, ()) if depth else ():
            yield from self._expand(f"{full}.{rest}" if rest else full, depth - 1)
        yield from (full.replace("*", used) for full in self._short.get("*", ()))


def _roots(tree):
    """The packages that a cell imports."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module.partition(".")[0]
