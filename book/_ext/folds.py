"""What a page folds to one line: plumbing, and the goals of a chapter. In a notebook all is open.

A code cell with the tag `plumbing`, imports or the drawing of a picture, shows its outputs and the
bar “code · 7 lines” in place of its source. The box of a chapter's objectives,

    :::{admonition} After this chapter you can
    :class: objectives

becomes the line “4 goals”. `folds.js` remembers whether a reader wants to see plumbing, and opens
the fold that a link or a search leads into; on paper everything is open.
"""

from docutils import nodes

from .elements import make


def fold(app, doctree):
    """Fold the plumbing and the objectives of a page."""
    for cell in [node for node in doctree.findall(nodes.container) if _is_plumbing(node)]:
        for place, part in enumerate(cell):
            if "cell_input" in part["classes"]:
                cell[place] = _details("cc-plumbing", f"code · {_lines(part)}", part)
    for box in [node for node in doctree.findall(nodes.Admonition) if _is_goals(node)]:
        goals = sum(len(each) for each in box.findall(nodes.bullet_list) if each.parent is box)
        title = make("p", *box[0].children, class_="cc-fold__title")
        box.replace_self(_details("cc-goals", _count(goals, "goal"), title, *box[1:]))


def _is_plumbing(node):
    return node.get("nb_element") == "cell_code" and "tag_plumbing" in node["classes"]


def _is_goals(node):
    return "objectives" in node["classes"] and isinstance(node[0], nodes.title)


def _details(kind, line, *children):
    return make("details", make("summary", line), *children, class_=f"cc-fold {kind}")


def _lines(source):
    [code] = source.findall(nodes.literal_block)
    return _count(len(code.astext().strip().splitlines()), "line")


def _count(number, thing):
    return f"{number} {thing}{'s' * (number != 1)}"
