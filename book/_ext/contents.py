"""The table of contents folds by part; the part being read stands open."""

from bs4 import BeautifulSoup


def fold_parts(html):
    """Wrap each caption and the list below it into a `details` element.

    Parameters
    ----------
    html : str
        The sidebar as the theme writes it: captions and lists, one after the other.

    Returns
    -------
    str
    """
    soup = BeautifulSoup(html, "html.parser")
    for caption in soup.select("p.caption"):
        chapters = caption.find_next_sibling("ul")
        if chapters is None:
            continue
        part = soup.new_tag("details", attrs={"class": "cc-part"})
        if chapters.select_one(".current") or not soup.select_one("li.current"):
            part["open"] = ""
        caption.insert_before(part)
        summary = soup.new_tag("summary")
        summary.string = caption.get_text()
        caption.decompose()
        part.extend([summary, chapters.extract()])
    return str(soup)


def offer_folding(app, pagename, templatename, context, doctree):
    """Give the function to the templates."""
    context["fold_parts"] = fold_parts


def setup(app):
    """Register with Sphinx."""
    app.connect("html-page-context", offer_folding)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
