"""`{fact}`: a figure from the ledger `book/facts.yml`, so that no number is typed twice.

    LeNet-5 has {fact}`lenet5-parameters` parameters.

The ledger maps a key to `value` and perhaps `format` (as Python formats numbers), `unit`, `source`
and `compute`; the last two are for tests and readers. Without a format, thousands are set apart by
commas. The unit follows behind a space that does not break; `~` before the key leaves it out.
"""

from pathlib import Path

import yaml
from docutils import nodes
from making.facts import written
from sphinx.util import logging
from sphinx.util.docutils import SphinxRole

logger = logging.getLogger(__name__)


class FactRole(SphinxRole):
    """Insert one figure."""

    def run(self):
        """The figure as text; the page is read again when the ledger changes."""
        self.env.note_dependency(str(ledger_path(self.env.app)))
        key = self.text.removeprefix("~")
        fact = ledger(self.env.app).get(key)
        if fact is None or "value" not in fact:
            name = self.config.facts_ledger
            message = "`%s` has no %s for {fact}`%s`: add it, or correct the key"
            wanted = "entry" if fact is None else "`value`"
            logger.warning(message, name, wanted, key, location=self.get_location())
            return [nodes.problematic("", self.rawtext)], []
        return [nodes.inline("", written(fact, unit=key == self.text), classes=["cc-fact"])], []


def ledger_path(app):
    """Where the ledger lies."""
    return Path(app.srcdir, app.config.facts_ledger)


def ledger(app):
    """The ledger's entries by key, read once for each build."""
    if not hasattr(app, "cc_facts"):
        app.cc_facts = _read(ledger_path(app))
    return app.cc_facts


def _read(path):
    try:
        entries = yaml.safe_load(path.read_text(encoding="utf-8")) or {}
    except OSError as error:
        logger.warning("`%s` cannot be read (%s): {fact} needs it", path, error.strerror)
        return {}
    except yaml.YAMLError as error:
        logger.warning("`%s` is not YAML: %s", path, error)
        return {}
    return {key: entry for key, entry in entries.items() if isinstance(entry, dict)}


def setup(app):
    """Register the role and the place of the ledger."""
    app.add_config_value("facts_ledger", "book/facts.yml", "env")
    app.add_role("fact", FactRole())
    return {"parallel_read_safe": True, "parallel_write_safe": True}
