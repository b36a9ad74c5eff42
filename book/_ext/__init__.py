"""The one Sphinx extension of the book: what its pages can say beyond plain MyST, in reading order.

elements       HTML elements as document nodes; the modules below draw with them
boxes          `{definition}`, `{theorem}`, `{key-idea}`, and the frame of every box
corrections    `{correction}`, a note in the margin, and `{corrections}`, the list of them
questions      `{quiz}` and `{predict}`
inline_markup  `{fact}`, `{chapter}`, and bold terms, which lead to the glossary and carry its words
chapter        the head and the foot of a chapter
folds          plumbing and the goals of a chapter, folded to one line
cards          the pictures of the chapters on the first page
contents       the sidebar; `{chapters}` and `{assignments}` on the first page
opening        `{opening}`, the figure on the first page
search         the texts that the search looks through
assets         styles and scripts that only some pages need
drawings       plots as part of the page, in its colours and letters
figures        the colours, the scripts of interactive figures, and `{play}`, which shows one
reference      `{room}`, the API reference; `{run-times}` and `{data-cards}`
architectures  `{networks}`, the table of all networks, and what goes with it
citations      what Sphinx and numpydoc write of sources, put right
notes_map      the coverage map of the lecture notes, its check, and `{notes-table}`
outdated       which pages are read anew when the library or a notebook has changed

`making`, the builder beside this folder, starts Sphinx and completes what it wrote.
"""


def setup(app):
    """Register all of it; functions that wait for the same event run in the order of this list."""
    # Not at the top: who imports one module of these, a test or a gallery, needs no other.
    from . import (
        architectures,
        assets,
        boxes,
        chapter,
        citations,
        contents,
        corrections,
        drawings,
        elements,
        figures,
        folds,
        inline_markup,
        notes_map,
        opening,
        outdated,
        questions,
        reference,
        search,
    )

    app.setup_extension("sphinx.ext.autodoc")  # `{room}` is written in its directives
    app.add_config_value("facts_file", "book/facts.yml", "env")
    app.add_config_value("notes_map", "book/coverage.yml", "env")

    for node in (elements.element, boxes.box):
        app.add_node(node, html=(elements.visit, elements.depart))
    for name in ("definition", "theorem", "key-idea"):
        app.add_directive(name, boxes.BoxDirective)
    app.add_node(corrections.corrections)
    app.add_directive("correction", corrections.CorrectionDirective)
    app.add_directive("corrections", corrections.CorrectionsDirective)
    app.add_directive("quiz", questions.QuizDirective)
    app.add_directive("predict", questions.PredictDirective)
    app.add_directive("chapters", contents.Chapters)
    app.add_directive("assignments", contents.Assignments)
    app.add_directive("opening", opening.Opening)
    app.add_directive("play", figures.Play)
    app.add_directive("room", reference.RoomDirective)
    app.add_directive("run-times", reference.RunTimes)
    app.add_directive("data-cards", reference.DataCards)
    app.add_directive("networks", architectures.Networks)
    app.add_directive("networks-authors", architectures.NetworksAuthors)
    app.add_directive("networks-measured", architectures.NetworksMeasured)
    app.add_directive("notes-table", notes_map.NotesTable)
    app.add_role("fact", inline_markup.FactRole())
    app.add_role("chapter", inline_markup.ChapterRole())

    app.connect("config-inited", outdated.name_the_cache)
    # The version of a style sheet on a page is read from the file, which must be there.
    app.connect("builder-inited", figures.write_colours)
    app.connect("builder-inited", search.replace_sphinx_search)
    app.connect("env-get-outdated", outdated.changed_pages)
    # The sources of a docstring are read after numpydoc has seen it.
    app.connect("autodoc-process-docstring", citations.keep_initials, priority=900)
    app.connect("doctree-read", boxes.forbid_nesting)
    app.connect("doctree-read", chapter.complete)
    app.connect("doctree-read", questions.take_cells)
    app.connect("doctree-read", questions.gather_quizzes)
    app.connect("doctree-read", inline_markup.link_terms)
    app.connect("doctree-read", folds.fold)  # the terms of a box of objectives are no links
    app.add_post_transform(drawings.WriteDrawings)
    app.connect("doctree-resolved", citations.shorten_labels)
    app.connect("env-updated", corrections.pages_with_lists)
    app.connect("doctree-resolved", corrections.collect)
    app.connect("doctree-resolved", search.collect)
    app.connect("doctree-resolved", inline_markup.explain_terms)
    app.connect("html-collect-pages", search.search_page)
    app.connect("html-page-context", citations.repair)
    app.connect("html-page-context", contents.offer_folding)
    app.connect("html-page-context", figures.add_figures)
    app.connect("html-page-context", assets.add_files)
    # After the theme and myst-nb.
    app.connect("html-page-context", opening.drop_mathjax, priority=900)
    app.connect("html-page-context", figures.drop_widget_state, priority=900)
    app.connect("html-page-context", search.drop_sphinx_marks, priority=900)
    app.connect("html-page-context", chapter.link_notebook, priority=900)

    app.connect("build-finished", search.write_sections)

    for style in (
        "boxes",
        "chapter",
        "drawings",
        "offer",
        "notes",
        "search",
        "terms",
    ):
        app.add_css_file(f"css/{style}.css")
    for script in ("terms", "contents", "search"):
        app.add_js_file(f"js/{script}.js", loading_method="defer")
    return {"parallel_read_safe": True, "parallel_write_safe": True}
