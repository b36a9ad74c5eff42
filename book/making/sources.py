"""The sources of the book in words, for places that no bibliography reaches."""

from functools import cache

from pybtex.database import parse_file
from pybtex.richtext import Text

from .places import BOOK

FILE = BOOK / "references.bib"


def cited(key, file=FILE):
    """A source as a text names it.

    Parameters
    ----------
    key : str
        Of an entry of the bibliography.
    file : Path, optional
        The bibliography.

    Returns
    -------
    tuple of (str, str)
        Authors and year.
    """
    entry = _entries(file)[key]
    names = _names(entry)
    authors = f"{names[0]} et al." if len(names) > 3 else _listed(names)
    return authors, _field(entry, "year")


def described(key, file=FILE):
    """A source with its title and place, in Markdown; the arguments are those of `cited`."""
    entry = _entries(file)[key]
    authors = _listed(_names(entry))
    title = f"*{_field(entry, 'title')}*"
    where = next((_field(entry, at) for at in _PLACES if at in entry.fields), "")
    parts = [f"{authors} ({_field(entry, 'year')}). {title}", where, _address(entry)]
    return ". ".join(filter(None, parts)) + "."


_PLACES = ("journal", "booktitle", "publisher", "howpublished", "institution", "school", "note")


@cache
def _entries(file):
    return parse_file(str(file), bib_format="bibtex").entries


def _names(entry):
    people = entry.persons.get("author") or entry.persons.get("editor") or []
    names = [" ".join(str(part) for part in person.rich_last_names) for person in people]
    return names or [_field(entry, "organization") or _field(entry, "title")]


def _listed(names):
    return " and ".join(filter(None, [", ".join(names[:-1]), names[-1]]))


def _field(entry, name):
    return str(Text.from_latex(entry.fields[name])) if name in entry.fields else ""


def _address(entry):
    if "doi" in entry.fields:
        return f"<https://doi.org/{entry.fields['doi']}>"
    if "eprint" in entry.fields:
        return f"<https://arxiv.org/abs/{entry.fields['eprint']}>"
    return f"<{entry.fields['url']}>" if "url" in entry.fields else ""
