"""The cache of executed notebooks belongs to one state of the library; its folder says which."""

import os
import sys
from pathlib import Path

sys.path.append(str(Path(__file__).resolve().parents[1]))

from making.digest import cache_folder


def name_the_cache(app, config):
    """Set the folder before myst-nb reads it; the builder names the one that it has just filled."""
    config.nb_execution_cache_path = os.environ.get("COURSECNN_CACHE") or str(cache_folder())


def setup(app):
    """Register with Sphinx."""
    app.connect("config-inited", name_the_cache)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
