"""Find, without running it, whether an answer leans on a function that does the work for it."""

from itertools import islice

from coursecnn.grading.running.syntax import aliases, names, uses

ENOUGH, MEANINGS = 100_000, 20  # names that one answer uses, things that one name may stand for


class Code:
    """The definitions of a notebook, and what its short names stand for.

    Parameters
    ----------
    trees : iterable of ast.Module or None
        Its code cells; see `syntax.parse`.
    """

    def __init__(self, trees):
        self._definitions, self._short = {}, {}
        for tree in filter(None, trees):
            for node in tree.body:
                for defined in names(node):
                    self._definitions.setdefault(defined, []).append(node)
            for alias, full in aliases(tree):
                self._short.setdefault(alias, set()).add(full)

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
        for used in islice(self._reach(name), ENOUGH):  # a text made to be endless is read in part
            if f"{used}.".startswith(helpers):
                return used
        return None

    def _reach(self, name):
        """Full names of all that the definition of `name` uses, directly or through others."""
        waiting, seen, read = [name], {name}, set()
        for current in waiting:  # it grows while it is read
            yield from islice(self._expand(current), MEANINGS)
            nodes = [n for n in self._definitions.get(current, ()) if id(n) not in read]
            read.update(map(id, nodes))  # one statement may define a thousand names
            new = dict.fromkeys(used for node in nodes for used in uses(node) if used not in seen)
            seen.update(new)
            waiting.extend(new)

    def _expand(self, used, depth=4):
        """All full names that a name may stand for."""
        yield used
        root, _, rest = used.partition(".")
        for full in self._short.get(root, ()) if depth else ():
            yield from self._expand(f"{full}.{rest}" if rest else full, depth - 1)
        yield from (full.replace("*", used) for full in self._short.get("*", ()))
