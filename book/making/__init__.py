"""From MyST sources to a book that needs no network; `build.py` takes a page along this way.

places          where sources lie and products go, one build at a time, the error that ends it
pages           the pages of `_toc.yml`, and each as a notebook
execute         runs the notebooks whose outputs are missing or stale, and times them
notebook_cache  the executed notebooks, each with a digest of what it depends on
dependencies    what that is: modules of the library, data, tables of experiments, versions
download        the notebooks that readers take along, as plain Markdown
answers         the answers of a question, read and written
facts           the numbers of `facts.yml`, read and written
vendor          MathJax and the fonts, fetched once
site            Sphinx writes the HTML, and what it leaves to us
styles          what no page can show is taken out of the theme's style sheets
offline_zip     the whole site in one file

`_ext`, beside this folder, is what Sphinx loads to draw the pages.
"""
