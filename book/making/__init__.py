"""From MyST sources to a book that needs no network, in the order in which `build.py` calls them.

`pages` reads what `_toc.yml` lists. `execute` runs each notebook whose outputs `notebook_cache`
does not hold, or holds for a library that was another one: `dependencies` says what each depends
on. `download` writes the notebooks that readers take along, with the help of `facts` (the numbers
of `facts.yml`) and `answers` (of the questions). `vendor` fetches MathJax and the fonts, `site` has
Sphinx write the HTML and finishes it, `offline_zip` packs it. `places` lies below them all.
"""
