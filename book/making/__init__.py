"""From MyST sources to a book that needs no network: one step per module, `build.py` runs them."""
