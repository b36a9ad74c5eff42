"""HTML elements as document nodes, so that a directive can build its markup around parsed text."""

from docutils import nodes

VOID = {"img", "input"}
INLINE = {"a"}  # a line break behind it would be a space in the text


class element(nodes.General, nodes.Element):  # noqa: N801 (docutils writes its nodes in lower case)
    """One HTML element: its name in `tag`, its attributes in `html`."""


def make(tag, *children, **attributes):
    """An element; `class_` gives the class, and an underscore stands for a hyphen.

    Parameters
    ----------
    tag : str
        Name of the element.
    *children : nodes.Node or str
        What it holds; strings are text.
    **attributes : str
        Its attributes; an empty text stands for an attribute without a value.

    Returns
    -------
    element
    """
    html = {name.strip("_").replace("_", "-"): value for name, value in attributes.items()}
    parts = [nodes.Text(child) if isinstance(child, str) else child for child in children]
    return element("", *parts, tag=tag, html=html)


def visit(translator, node):
    """Write the opening tag."""
    translator.body.append(translator.starttag(node, node["tag"], "", **node["html"]))


def depart(translator, node):
    """Write the closing tag, of elements that have one."""
    tag = node["tag"]
    if tag not in VOID:
        translator.body.append(f"</{tag}>" if tag in INLINE else f"</{tag}>\n")
