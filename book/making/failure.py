"""A build that stops says why in one sentence, without a traceback of the builder itself."""


class BuildError(Exception):
    """The book cannot be built; the message names the file and, where there is one, the remedy."""
