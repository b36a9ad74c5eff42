"""What no page of the book can show is taken out of the style sheets that came with its theme.

The theme brings the rules of a whole toolkit: two thousand icons, carousels, columns. A rule stays
if each class that it asks for stands in some page or script.
"""

import re

from coursecnn._files import write

# Strings, comments and brackets are one piece each; braces and semicolons cut the rest.
_PIECES = re.compile(
    r"""/\*.*?\*/|"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|\((?:[^()]|\([^()]*\))*\)|[{};]|[^{};"'(/]+|.""",
    re.S,
)
_CLASS = re.compile(r"\.(-?[A-Za-z_][\w-]*)")
_NESTING = ("@media", "@supports", "@layer", "@container")


def prune(html):
    """Prune every style sheet of a built site that is not of our own.

    Parameters
    ----------
    html : Path
        Folder of the site.
    """
    static, words = html / "_static", known_words(html)
    own = [static / name for name in ("css", "widgets", "vendor")]
    for sheet in static.rglob("*.css"):
        if not any(folder in sheet.parents for folder in own):
            write(sheet, pruned(sheet.read_text("utf-8"), words))


def known_words(html):
    """The classes of all pages, and every word of a script: it may be a class that is set later."""
    words = set()
    for page in html.rglob("*.html"):
        text = page.read_text("utf-8")
        words.update(" ".join(re.findall(r'class="([^"]*)"', text)).split())
        for script in re.findall(r"<script[^>]*>([^<]+)", text):
            words.update(re.findall(r"[\w-]+", script))
    vendor = html / "_static" / "vendor"
    for script in html.glob("_static/**/*.js"):
        if vendor not in script.parents:
            words.update(re.findall(r"[\w-]+", script.read_text("utf-8")))
    return words


def pruned(css, words):
    """A style sheet without the selectors that ask for an unknown class.

    Parameters
    ----------
    css : str
        The style sheet.
    words : set of str
        The known classes.

    Returns
    -------
    str
    """
    pieces = [each for each in _PIECES.findall(css) if not re.match(r"/\*[^!]", each)]
    return "".join(_kept(iter(pieces), words))


def _kept(pieces, words):
    """The rules of a block, up to its end."""
    head = []
    for piece in pieces:
        if piece == "}":
            break
        if piece.startswith("/*!"):
            yield piece  # a licence
        elif piece == ";":
            yield "".join([*head, piece])
            head = []
        elif piece == "{":
            yield from _rule(head, pieces, words)
            head = []
        else:
            head.append(piece)
    yield from head  # a last declaration without a semicolon


def _rule(head, pieces, words):
    """One rule, if it stays; its block is read in either case."""
    name = "".join(head).strip()
    if name.startswith(_NESTING):
        if inside := "".join(_kept(pieces, words)).strip():
            yield f"{name}{{{inside}}}"
        return
    body = "".join(_body(pieces))
    if name == "@font-face" and re.search("Font ?Awesome", body):
        return  # its files are not part of the book
    selectors = name if name.startswith("@") else ",".join(_possible(head, words))
    if selectors:
        yield f"{selectors}{{{body}}}"


def _body(pieces):
    depth = 1
    for piece in pieces:
        depth += (piece == "{") - (piece == "}")
        if depth == 0:
            return
        yield piece


def _possible(head, words):
    """The selectors whose classes are all known; what stands in brackets is not asked for."""
    selectors = [[]]
    for piece in head:
        parts = [piece] if piece[0] in "(\"'" else piece.split(",")
        selectors[-1].append(parts[0])
        selectors += [[part] for part in parts[1:]]
    for parts in selectors:
        bare = "".join(part for part in parts if part[0:1] not in ("(", '"', "'"))
        if "\\" in bare or words.issuperset(_CLASS.findall(bare)):
            yield "".join(parts).strip()
