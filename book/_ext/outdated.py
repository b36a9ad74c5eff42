"""Pages follow the library: one whose notebook ran anew is read anew, and so is the reference.

The builder fills the cache of executed notebooks before Sphinx starts. Without the builder, what
the library has made stale is forgotten here, and myst-nb runs it. A site that uses no cache, such
as those of the tests, has nothing to follow.
"""

import os

from making import notebook_cache, pages
from making.dependencies import Library
from making.places import CACHE

REFERENCE = "book/reference/"


def name_the_cache(app, config):
    """Set the folder before myst-nb reads it."""
    if config.nb_execution_mode != "cache":
        return
    config.nb_execution_cache_path = str(CACHE)
    if "COURSECNN_BUILDER" not in os.environ:
        notebook_cache.forget_stale(pages.notebooks(), notebook_cache.open_cache(), Library())


def changed_pages(app, env, added, changed, removed):
    """Names of the pages that Sphinx cannot know to have changed: their sources are the same."""
    if app.config.nb_execution_mode != "cache":
        return []
    before, now = getattr(env, "cc_states", {}), _states()
    env.cc_states = now
    return [name for name in now if name in env.all_docs and now[name] != before.get(name)]


def _states():
    """What each page shows besides its own text: a run of its notebook, or the library's source."""
    cache, source = notebook_cache.open_cache(), Library().source_digest()
    states = {page.name: source for page in pages.pages() if page.name.startswith(REFERENCE)}
    for page in pages.notebooks():
        states[page.name] = notebook_cache.version(cache, page.read())
    return states
