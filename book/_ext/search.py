"""What the search looks through: `sections.js`, a script with the text of every section.

Sphinx's own search fetches a page to show what it found there, which browsers refuse where pages
lie on a disk, and its index drops signs such as ×. A script can be loaded from anywhere;
`search.js` looks through this one, and shows page, section and the words around each hit.

A section is what a heading opens, a function of the library, or an entry of the glossary. What a
page keeps folded, answers before all, is not in it: a search shall not give them away. Nor are the
answers that a question offers, most of which are wrong, and the outputs of cells, which are mostly
numbers.
"""

import json
import re
from pathlib import Path

from docutils import nodes
from sphinx import addnodes

from coursecnn._files import write

from .chapter import CHAPTER
from .elements import element

_HIDDEN = {
    "cc-answer", "cc-box-label", "cc-commit", "cc-count", "cc-explanations", "cc-feedback",
    "cc-number-field", "cc-result", "cc-take", "cc-unseen", "cell_output", "dropdown", "hide-cell",
    "hide-input", "toggle",
}  # fmt: skip
_UNSEEN = (nodes.Invisible, nodes.raw, nodes.system_message, addnodes.toctree, addnodes.index)
_SIGNS = {
    r"\times": "×", r"\cdot": "·", r"\lfloor": "⌊", r"\rfloor": "⌋", r"\lceil": "⌈",
    r"\rceil": "⌉", r"\sum": "∑", r"\alpha": "α", r"\sigma": "σ", r"\le": "≤", r"\ge": "≥",
    r"\to": "→", r"\in": "∈", r"\ldots": "…", r"\dots": "…", r"\approx": "≈", r"\partial": "∂",
    r"\otimes": "⊗", r"\delta": "δ", r"\varepsilon": "ε", r"\infty": "∞", r"\int": "∫",
    r"\sqrt": "√", r"\lVert": "‖", r"\rVert": "‖",
}  # fmt: skip


def replace_sphinx_search(app):
    """Let Sphinx write no index of its own."""
    if app.builder.format == "html":
        app.builder.search = False


def search_page(app):
    """The page of results, which Sphinx leaves out together with its index."""
    yield "search", {}, "search.html"


def drop_sphinx_marks(app, pagename, templatename, context, doctree):
    """Take away the script that marks matches from Sphinx's search; ours can take them back."""
    scripts = context.get("script_files", [])
    context["script_files"] = [s for s in scripts if "sphinx_highlight.js" not in str(s)]


def collect(app, doctree, name):
    """Keep the sections of a page, as it is written, for `write_sections`."""
    write(_kept(app, name), json.dumps(sections(doctree), ensure_ascii=False))


def write_sections(app, exception):
    """Write the script: pages in the order of the contents, each with its name, title, sections."""
    if exception is not None or app.builder.format != "html":
        return
    found = [
        (f"{name}.html", _title(app, name), json.loads(_kept(app, name).read_text("utf-8")))
        for name in app.env.collect_relations()
    ]
    text = json.dumps(found, ensure_ascii=False, separators=(",", ":"))
    write(Path(app.outdir, "sections.js"), f"window.coursecnnSections = {text};\n")


def _kept(app, name):
    return Path(app.doctreedir, "sections", f"{name}.json")


def _title(app, name):
    """The title of a page as the contents show it: chapters are numbered."""
    chapter = CHAPTER.fullmatch(name)
    title = app.env.titles[name].astext()
    return f"{int(chapter['number'])} {title}" if chapter else title


def sections(doctree):
    """The sections of a page.

    Parameters
    ----------
    doctree : docutils.nodes.document

    Returns
    -------
    list of (str, str, str)
        Anchor, heading and text of each; what stands before the first heading, or below that of
        the page, has neither anchor nor heading.
    """
    found = [("", "", [])]
    _read(doctree.children, found, found[0])
    lines = [(anchor, heading, " ".join(" ".join(text).split())) for anchor, heading, text in found]
    return [each for each in lines if each[1] or each[2]]


def _read(children, found, section):
    """Add the texts of some nodes to a section, and the sections below them to those found."""
    for child in children:
        if isinstance(child, _UNSEEN) or _HIDDEN & _classes(child):
            continue
        if isinstance(child, nodes.section) and not isinstance(child.parent, nodes.document):
            _open(child["ids"][0], _text(child[0]), child.children, found)
        elif isinstance(child, nodes.title) and isinstance(child.parent, nodes.section):
            continue  # it is the heading
        elif isinstance(child, addnodes.desc):
            _open_object(child, found)
        elif isinstance(child, nodes.definition_list_item) and child[0]["ids"]:
            terms = [term for term in child if isinstance(term, nodes.term)]
            heading = ", ".join(map(_text, terms))
            _open(terms[0]["ids"][0], heading, child.children[len(terms) :], found)
        elif _is_text(child):
            section[2].append(_text(child))
        else:
            _read(child.children, found, section)


def _classes(node):
    if not isinstance(node, nodes.Element):
        return set()
    html = node["html"].get("class", "") if isinstance(node, element) else ""
    return {*node["classes"], *html.split()}


def _open(anchor, heading, children, found):
    found.append((anchor, heading, []))
    _read(children, found, found[-1])


def _open_object(desc, found):
    """A function or class: its name, its prose without the tables, and what it takes."""
    signature, content = desc[0], desc[-1]
    if not signature["ids"]:
        return
    takes = signature.findall(addnodes.desc_parameterlist)
    prose, members = (
        [child for child in content if isinstance(child, kind)]
        for kind in (nodes.paragraph, addnodes.desc)
    )
    _open(signature["ids"][0], signature["fullname"], [*prose, *takes, *members], found)


def _is_text(node):
    return isinstance(node, (nodes.Text, nodes.TextElement, addnodes.desc_parameterlist)) or any(
        isinstance(child, nodes.Text) for child in node.children
    )


def _text(node):
    """The text of a node on one line, formulas as one would type them."""
    if isinstance(node, (nodes.math, nodes.math_block)):
        return _readable(node.astext())
    if isinstance(node, nodes.Text):
        return node.astext()
    if isinstance(node, _UNSEEN) or _HIDDEN & _classes(node):
        return ""
    if isinstance(node, addnodes.desc_parameterlist):
        return f"({', '.join(map(_text, node.children))})"
    return "".join(map(_text, node.children))


def _readable(tex):
    r"""A formula without its commands: ``w \times h`` is found as w × h."""
    fractions = re.sub(r"\\[dt]?frac\{([^{}]*)\}\{([^{}]*)\}", r"(\1)/(\2)", tex)
    simple = re.sub(r"\((\w+)\)(?=/)|(?<=/)\((\w+)\)", r"\1\2", fractions)
    signs = re.sub(r"\\[a-zA-Z]+", lambda match: _SIGNS.get(match[0], ""), simple)
    return re.sub(r"\\.|[{}&]", "", signs)
