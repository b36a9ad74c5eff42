"""Imported before torch by all that needs it: says what to do when it is missing."""

from coursecnn import _extras

_extras.need("torch")
