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
    straight = {
        name: [o for o in readers[name] if not any(o in behind[n] for n in readers[name])]
        for name in names
    }
    chain = _Chains(names, straight, behind).chain(names[0], None)
    drawn = set(neighbours(chain))
    edges = [(name, other) for name in names for other in readers[name]]
    return chain, [edge for edge in edges if edge not in drawn]


class _Chains:
    """The walk through a graph without shortcuts; it comes to each step once."""

    def __init__(self, names, straight, behind):
        self._names, self._straight, self._behind = names, straight, behind
        self._seen, self._passed = set(), {}
        for name in reversed(names):  # what every way from a step to the end passes
            ways = [self._passed[other] for other in straight[name]]
            self._passed[name] = {name} | (set.intersection(*ways) if ways else set())

    def chain(self, name, stop):
        """From a step until, but without, the step where its branch ends."""
        found = []
        while name not in (None, stop) and name not in self._seen:
            self._seen.add(name)
            found.append(name)
            nexts = self._straight[name]
            name = self._meet(nexts)
            if len(nexts) > 1:
                branches = self._branches(nexts, name)
                found += [branches] if branches else []
        return found

    def _meet(self, starts):
        """The first step that every way from all these starts passes."""
        common = set.intersection(*(self._passed[name] for name in starts)) if starts else set()
        return next((name for name in self._names if name in common), None)

    def _branches(self, starts, stop):
        """A chain from each start; starts whose ways meet before the stop share one."""
        branches = []
        for group in self._groups(starts, stop):
            meet = self._meet(group)
            if len(group) == 1 or meet == stop:
                branches += [self.chain(start, stop) for start in group]
            else:
                branches.append([self._branches(group, meet), *self.chain(meet, stop)])
        return [branch for branch in branches if branch]

    def _groups(self, starts, stop):
        """Starts from which one comes to a common step before the stop belong together."""
        groups = []
        for start in starts:
            ways, group = ({start} | self._behind[start]) - {stop} - self._behind[stop], [start]
            for other in [other for other in groups if other[0] & ways]:
                groups.remove(other)
                ways, group = ways | other[0], other[1] + group
            groups.append((ways, group))
        return [group for _, group in sorted(groups, key=lambda g: starts.index(g[1][0]))]


def neighbours(chain):
    """The lines between a step of a chain and the next, or the first of its branches, and back."""
    for item, following in zip(chain, [*chain[1:], []], strict=True):
        for start in ends([item]):
            for end in starts([following]) if following else []:
                yield start, end
        for branch in item if isinstance(item, list) else []:
            yield from neighbours(branch)


def starts(chain):
    """The first steps of a chain, or of its first branches."""
    if isinstance(chain[0], str):
        return chain[:1]
    return [start for branch in chain[0] for start in starts(branch)]


def ends(chain):
    """The last steps of a chain, or of its last branches."""
    if isinstance(chain[-1], str):
        return chain[-1:]
    return [end for branch in chain[-1] for end in ends(branch)]


def members(item):
    """The names of all steps of a chain, of branches, or of one step."""
    return [item] if isinstance(item, str) else [name for part in item for name in members(part)]
