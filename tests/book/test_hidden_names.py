"""Code that a prediction folds away defines nothing that the code in sight needs.

In sight are cells that are neither removed from the page nor folded to a bar.
"""

import ast
import re
import symtable

import pytest
from making.places import BOOK

CHAPTERS = sorted(BOOK.glob("part-*/*.md"))
_BLOCK = re.compile(
    r"^```\{code-cell\}\n(?P<head>---\n.*?^---\n|(?::.*\n)+)?(?P<code>.*?)^```$"
    r"|^(?P<fence>:{4,})\{predict\}(?P<box>.*?)^(?P=fence)$",
    re.M | re.S,
)


def needed_and_hidden(source):
    """Names that a cell in a result binds and a later cell in sight reads, with the code of both.

    Parameters
    ----------
    source : str
        A page in MyST.

    Returns
    -------
    list of (str, str)
        Name, and the cell in sight that reads it.
    """
    hidden, left, found = set(), 0, []
    for block in _BLOCK.finditer(source):
        if block["box"] is not None:
            cells = re.search(r"^:cells: (\d+)$", block["box"], re.M)
            left = int(cells[1]) if cells else 0
            continue
        read, bound = _names(block["code"])
        if left:
            hidden |= bound
            left -= 1
        elif re.search("remove-cell|plumbing", block["head"] or ""):
            hidden -= bound
        else:
            found += [(name, block["code"]) for name in sorted(hidden & read)]
            hidden -= bound
    return found


def _names(code):
    """Names that a cell reads before it binds them itself, and those that it leaves bound."""
    read, bound = set(), set()
    for statement in ast.parse(code).body:
        table = symtable.symtable(ast.unparse(statement), "cell", "exec")
        symbols = table.get_symbols()
        own = {each.get_name() for each in symbols if each.is_assigned()}
        free = {
            name
            for inner in _below(table)
            for name in (each.get_name() for each in inner.get_symbols() if each.is_global())
        }
        used = {each.get_name() for each in symbols if each.is_referenced()}
        is_loop = isinstance(statement, (ast.For, ast.With))
        read |= (used | free) - bound - (own if is_loop else set())
        bound |= own
    return read, bound


def _below(table):
    """The scopes within a scope: functions, comprehensions."""
    for inner in table.get_children():
        yield inner
        yield from _below(inner)


PAGE = """\
::::{predict} How many?
:cells: 1
- [ ] 1
- [x] 2

Two.
::::

```{code-cell}
echo = measure(sound)
```

```{code-cell}
%s
```
"""


@pytest.mark.parametrize(("code", "names"), [
    ("plot(echo)", ["echo"]),
    ("echo = echo + 1", ["echo"]),
    ("echo = 1\nplot(echo)", []),
    ("for echo in sounds:\n    plot(echo)", []),
    ("def double(echo):\n    return 2 * echo", []),
    ("plot([echo for echo in sounds])", []),
    ("def draw():\n    return [plot(echo) for sound in sounds]", ["echo"]),
    ("---\ntags: [plumbing]\n---\nplot(echo)", []),
    ("plot(sound)", []),
])  # fmt: skip
def test_a_name_from_a_result_is_found_where_it_is_read(code, names):
    assert [name for name, _ in needed_and_hidden(PAGE % code)] == names


@pytest.mark.parametrize("page", CHAPTERS, ids=lambda page: page.stem)
def test_code_in_sight_needs_nothing_that_a_prediction_folds_away(page):
    assert needed_and_hidden(page.read_text("utf-8")) == []
