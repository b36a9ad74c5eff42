"""Steps that read one another, as a chain with branches side by side and lines round the side."""


def arrange(inputs):
    """Split a graph into what stands one below the other, side by side, and what goes around.

    Parameters
    ----------
    inputs : dict of str to sequence of str
        The steps that each step reads; all but the first read earlier ones, and all lead to the
        last.

    Returns
    -------
    list
        A chain: the name of each step and, where several branches follow, the list of their chains.
    list of (str, str)
        Lines that no neighbours in a chain have: shortcuts, which skip what stands between.

    Examples
    --------
    >>> arrange({"x": (), "a": ["x"], "b": ["x"], "+": ["a", "b", "x"]})
    (['x', [['a'], ['b']], '+'], [('x', '+')])
    """
    names = list(inputs)
    readers = {name: [other for other in names if name in inputs[other]] for name in names}
    behind = {}
    for name in reversed(names):
        behind[name] = {*readers[name]}.union(*(behind[other] for other in readers[name]))
    straight, around = {}, []
    for name in names:
        skips = [other for other in readers[name] if any(other in behind[n] for n in readers[name])]
        straight[name] = [other for other in readers[name] if other not in skips]
        around += [(name, other) for other in skips]
    chain = _Chains(names, straight, around).chain(names[0], None)
    return chain, around


class _Chains:
    """The walk through a graph without shortcuts; it comes to each step once."""

    def __init__(self, names, straight, around):
        self._straight, self._around, self._seen = straight, around, set()
        passed = {}
        for name in reversed(names):  # what every way from a step to the end passes
            ways = [passed[other] for other in straight[name]]
            passed[name] = {name} | (set.intersection(*ways) if ways else set())
        self._meet = {
            name: next((n for n in names if n in passed[name] - {name}), None) for name in names
        }

    def chain(self, name, stop):
        """From a step until, but without, the step where its branch ends."""
        found = []
        while name is not None and name != stop:
            self._seen.add(name)
            found.append(name)
            nexts = self._straight[name]
            if len(nexts) > 1:
                branches = [self._branch(name, other, self._meet[name]) for other in nexts]
                found.append([branch for branch in branches if branch])
                last, name = [end for branch in branches for end in ends(branch)], self._meet[name]
            else:
                last, name = [name], next(iter(nexts), None)
            if name in self._seen and name != stop:
                self._around += [(end, name) for end in last]
                break
        return found

    def _branch(self, name, first, stop):
        if first in self._seen:  # branches that share a step: a line leads there
            self._around.append((name, first))
            return []
        return self.chain(first, stop)


def ends(chain):
    """The last steps of a chain, or of its last branches."""
    if not chain or isinstance(chain[-1], str):
        return chain[-1:]
    return [end for branch in chain[-1] for end in ends(branch)]


def members(item):
    """The names of all steps of a chain, of branches, or of one step."""
    return [item] if isinstance(item, str) else [name for part in item for name in members(part)]
