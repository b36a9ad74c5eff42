"""`{notes-table}`: the coverage map of one file of the lecture notes, as a table with links.

```{notes-table} 000
```
"""

from pathlib import Path

from docutils import nodes
from notes_map import load, sections
from sphinx.util.docutils import SphinxDirective


class NotesTable(SphinxDirective):
    """One row per passage: its lines and kind, what it says, where it is taught."""

    required_arguments = 1

    def run(self):
        """The table; the page is read again when the map or a page that it names changes."""
        path = Path(self.env.srcdir, self.config.notes_map)
        self.env.note_dependency(str(path))
        coverage = load(path)
        notes = next((each for each in coverage.notes if each.name == self.arguments[0]), None)
        if notes is None:
            names = ", ".join(each.name for each in coverage.notes)
            raise self.error(
                f"`{path.name}` maps the notes {names}; received {self.arguments[0]!r}"
            )
        self.chapters, self.headings = coverage.chapters, {}
        rows = [self._row(row) for row in notes.rows]
        return [_table(("Lines", "Passage", "Taught in"), rows)]

    def _row(self, row):
        lines = nodes.paragraph("", "", nodes.inline("", row.lines.replace("-", "–")))
        lines += nodes.inline("", f" {row.kind}", classes=["cc-kind"])
        targets = dict.fromkeys((*row.taught, *row.corrected))
        where = [self._place(target, target in row.corrected) for target in targets]
        return [lines], [nodes.paragraph("", row.what)], where

    def _place(self, target, corrected):
        """A link to a section, or the number of a chapter that is still to be written."""
        number = f"Chapter {int(target.chapter)}"
        line = nodes.paragraph()
        if target.planned:
            line += nodes.inline("", f"{number}, planned", classes=["cc-planned"])
        else:
            line += self._link(target, number)
        if corrected:
            line += nodes.inline("", " (corrected)", classes=["cc-planned"])
        return line

    def _link(self, target, number):
        page = self.chapters[target.chapter]
        heading = self._headings(page).get(target.section, ("",))[0]
        uri = self.env.app.builder.get_relative_uri(self.env.docname, page)
        uri = f"{uri}#{target.section}" if target.section else uri
        text = f"{number}: {heading}" if heading else number
        return nodes.reference("", text, refuri=uri, internal=True)

    def _headings(self, page):
        """The sections of a page, read once for each table."""
        if page not in self.headings:
            path = Path(self.env.srcdir, f"{page}.md")
            self.env.note_dependency(str(path))
            self.headings[page] = sections(path.read_text(encoding="utf-8"))
        return self.headings[page]


def _table(titles, rows):
    """A table whose cells are lists of nodes."""
    group = nodes.tgroup("", cols=len(titles))
    group += [nodes.colspec(colwidth=1) for _ in titles]
    head = nodes.row("", *(nodes.entry("", nodes.paragraph("", title)) for title in titles))
    body = [nodes.row("", *(nodes.entry("", *cell) for cell in row)) for row in rows]
    group += [nodes.thead("", head), nodes.tbody("", *body)]
    return nodes.table("", group, classes=["cc-notes"])


def setup(app):
    """Register the directive."""
    app.add_config_value("notes_map", "book/coverage.yml", "env")
    app.add_directive("notes-table", NotesTable)
    app.add_css_file("css/notes.css")
    return {"parallel_read_safe": True, "parallel_write_safe": True}
