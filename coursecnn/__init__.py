"""The library behind the course: one reference in NumPy that explains, one in PyTorch that works.

Importing the package imports none of its rooms, so that `import coursecnn` costs nothing;
import the room that you need: `from coursecnn.ops import conv2d`.
"""

__version__ = "0.1.0"
