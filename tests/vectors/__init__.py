"""Vectors that the figures' scripts must reproduce, computed by the library.

Each module here makes the vectors of one module of pure arithmetic: `vectors(rng)` returns a list
of dicts that JSON can carry, with the library's answer under ``"expected"``. The test of the same
name in `tests/js` reads them.
"""
