"""Notebooks that cheat, break things or are unlucky, and what is said of them.

Each source is a cell that comes after five right answers. Of those that never end, only one keeps
its processor busy, so that they do not hold up other tests.
"""

from typing import NamedTuple


class Evil(NamedTuple):
    """A cell that spoils the answer to `flip`, or pretends to have a right one.

    Parameters
    ----------
    source : str
        Text of the cell; SUBMISSIONS stands for the folder of the submissions.
    verdict : str
        What `flip` gets; several words where it depends on the system.
    message : str, optional
        Part of what is said.
    alone : bool, default True
        Whether the other answers keep their points; some cells damage these too.
    """

    source: str
    verdict: str
    message: str = ""
    alone: bool = True


def returns(expression):
    return f"def flip(k): return {expression}"


def patched(name, body):
    """A cell that changes a module of the grader's own in its process, and answers wrongly."""
    return f"import sys\nM = sys.modules['child.{name}']\n{body}\n{WRONG}"


WRONG = "def flip(k): return k"
FAILS = "wrong error crashed timeout"
EVERY_PLACE = (
    "('/', '/tmp', '/var/tmp', '/dev', '/dev/shm', '/usr', '/etc', os.path.expanduser('~'), '..',"
    " SUBMISSIONS, SUBMISSIONS + '/../out', sys.prefix, os.path.dirname(coursecnn.__file__),"
    " os.path.dirname(coursecnn.__file__) + '/grading')"
)
DESCRIPTORS = """
import json, os, struct
def say(header, rest=b''):
    text = header if isinstance(header, bytes) else json.dumps(header).encode()
    for descriptor in range(3, 64):
        try:
            os.write(descriptor, struct.pack('>I', len(text)) + text + rest)
        except OSError:
            pass
"""

CRASHES = {
    "raises": Evil("def flip(k): raise OSError('no')", "error", "OSError: no"),
    "leaves by sys.exit": Evil("import sys\ndef flip(k): sys.exit(3)", "error", "SystemExit: 3"),
    "leaves by os._exit": Evil("import os\ndef flip(k): os._exit(3)", "crashed", "exit code 3"),
    "crashes": Evil("import ctypes\ndef flip(k): ctypes.string_at(0)", "crashed", "SIGSEGV"),
    "kills itself": Evil("import os\ndef flip(k): os.kill(os.getpid(), 9)", "crashed", "SIGKILL"),
    "kills all that it can": Evil("import os\ndef flip(k): os.kill(-1, 9)", FAILS),
    "aborts": Evil("import os\ndef flip(k): os.abort()", "crashed", "SIGABRT"),
    "recurses": Evil("def flip(k): return flip(k)", "error", "RecursionError"),
    "recurses until the stack is full": Evil(
        "import sys\nsys.setrecursionlimit(10**9)\n"
        "class Deep:\n    def __getattr__(self, name): return getattr(self, name)\n"
        "def flip(k): return Deep().x",
        "crashed error",
    ),
    "becomes another program": Evil(
        "import os\ndef flip(k): os.execv('/bin/sh', ['sh', '-c', 'sleep 100'])",
        "crashed timeout",
    ),
    "empties the built-in names": Evil(
        "import builtins\ndef flip(k):\n    vars(builtins).clear()\n    return k", FAILS
    ),
    "changes the number one": Evil(
        "import ctypes\ndef flip(k):\n    ctypes.memset(id(1), 0, 28)\n    return k", FAILS
    ),
    "hides an error in its message": Evil(
        "class Odd(Exception):\n    def __str__(self): raise SystemExit\ndef flip(k): raise Odd",
        "error",
        "Odd: (the message cannot be shown)",
    ),
    "writes control characters": Evil(
        "def flip(k): raise ValueError('\\x1b[31m\\ud800\\n\\u202e' + 'x' * 10**6)",
        "error",
        "ValueError",
    ),
    "is a kind of everything": Evil(
        "class Meta(type):\n    __mro__ = property(lambda self: 1 / 0)\n"
        "class Odd(Exception, metaclass=Meta): pass\ndef flip(k): raise Odd('x')",
        "error",
        "Odd: x",
    ),
    "is a kind of more than there is": Evil(
        "E = Exception\nfor n in range(500): E = type('x' * 9999, (E,), {})\n"
        "def flip(k): raise E('deep')",
        "error",
        "deep",
    ),
    "writes a script": Evil(
        "E = type('<script>alert(1)</script>', (Exception,), {})\n"
        "def flip(k): raise E('</code><script>alert(2)</script><img src=x onerror=alert(3)>`')",
        "error",
        "alert(2)",
    ),
}

GREED = {
    "never ends": Evil(
        "import time\ndef flip(k):\n    while True: time.sleep(0.01)", "timeout", "longer than"
    ),
    "catches all and never ends": Evil(
        "import time\ndef flip(k):\n    while True:\n        try:\n"
        "            while True: time.sleep(0.01)\n        except BaseException: pass",
        "timeout",
        "longer than",
    ),
    "counts without a pause": Evil(
        "import re\ndef flip(k): return re.match('(a+)+$', 'a' * 60 + 'b')", "timeout"
    ),
    "stops itself": Evil("import os\ndef flip(k): os.kill(os.getpid(), 19)", "timeout"),
    "takes 20 GB": Evil(returns("np.ones(20 * 2**27)"), "error", "MemoryError"),
    "takes 20 GB that it shares": Evil(
        "import mmap\ndef flip(k): return mmap.mmap(-1, 20 * 2**30).size()", "error", "Error"
    ),
    "takes 20 GB bit by bit": Evil(
        "import mmap\ndef flip(k):\n    kept = []\n    while True:\n"
        "        kept.append(mmap.mmap(-1, 2**26))\n        kept[-1].write(bytes(2**26))",
        "crashed timeout",
    ),
    "returns 65 MB": Evil(returns("np.ones(2**23 + 9)"), "crashed timeout"),
    "returns 2 MB each time": Evil(returns("np.ones(2**18)"), "crashed", "larger than 16 MB"),
    "returns more than there is": Evil(
        returns("np.broadcast_to(1.0, (10**9, 10**9))"), "error", "MemoryError"
    ),
    "returns a shape beyond all measure": Evil(returns("np.empty((0, 2**60))"), FAILS),
    "returns a huge number": Evil(returns("7 ** 20000"), "wrong", "int with 56148 bits"),
    "returns a huge text": Evil(returns("'x' * 10**7"), "wrong", "a text"),
    "floods the grader": Evil(
        "import os\ndef flip(k):\n    while True:\n        for descriptor in range(3, 64):\n"
        "            try:\n                os.write(descriptor, bytes(2**16))\n"
        "            except OSError:\n                pass",
        FAILS,
    ),
    "answers drop by drop": Evil(
        "import os, time\ndef flip(k):\n    while True:\n        time.sleep(0.1)\n"
        "        for descriptor in range(3, 64):\n            try:\n"
        "                os.write(descriptor, bytes(1))\n            except OSError:\n"
        "                pass",
        "timeout crashed",
    ),
    "opens files without end": Evil(
        "kept = []\ndef flip(k):\n    while True: kept.append(open('/dev/null'))", FAILS
    ),
    "starts threads without end": Evil(
        "import threading, time\ndef flip(k):\n"
        "    while True: threading.Thread(target=time.sleep, args=(9,), daemon=True).start()",
        FAILS,
    ),
    "starts processes without end": Evil(
        "import os\ndef flip(k):\n    while True:\n        try:\n            os.fork()\n"
        "        except OSError:\n            pass",
        FAILS,
    ),
}

VALUES = {
    "returns nan": Evil(returns("np.full(k.shape, np.nan)"), "wrong", "nan"),
    "returns infinity": Evil(returns("np.full(k.shape, np.inf)"), "wrong", "infinite"),
    "returns text": Evil(returns("'flipped'"), "wrong", "a text"),
    "returns the names of numbers": Evil(
        returns("np.flip(k).astype(str)"), "wrong", "of type ndarray"
    ),
    "returns an object": Evil(returns("object()"), "wrong", "of type object"),
    "returns a dictionary": Evil(returns("{'flip': k}"), "wrong", "of type dict"),
    "returns bytes": Evil(returns("np.flip(k).tobytes()"), "wrong", "of type bytes"),
    "returns dates": Evil(returns("np.flip(k).astype('M8[s]')"), "wrong", "of type ndarray"),
    "returns what will be computed": Evil(
        returns("(row[::-1] for row in k[::-1])"), "wrong", "of type generator"
    ),
    "returns a promise": Evil("async def flip(k): return np.flip(k)", "wrong", "of type coroutine"),
    "returns itself": Evil(
        "def flip(k):\n    answer = []\n    answer.append(answer)\n    return answer", "wrong"
    ),
    "returns complex numbers": Evil(returns("np.flip(k) + 0j"), "wrong", "complex"),
    "returns None": Evil("def flip(k): pass", "wrong", "None"),
    "returns a single number": Evil(returns("np.array(1.0)"), "wrong", "is one number"),
    "has the wrong shape": Evil(returns("k.ravel()[::-1]"), "wrong", "has shape"),
    "has an axis too many": Evil(returns("np.flip(k)[None]"), "wrong", "has shape (1, "),
    "rounds": Evil(returns("np.flip(k).astype(np.int8)"), "wrong", "wrong in"),
    "takes no argument": Evil("def flip(): return 1", "error", "takes 0 positional arguments"),
    "is no function": Evil("del flip; flip = 3", "correct"),
    "is blank": Evil(
        "def flip(k): raise NotImplementedError", "not_attempted", "NotImplementedError"
    ),
    "guesses": Evil(returns("np.random.rand(*k.shape)"), "wrong", "wrong in"),
    "is right the first time only": Evil(
        "calls = []\ndef flip(k):\n    calls.append(k)\n"
        "    return np.flip(k) if len(calls) == 1 else k",
        "wrong",
        "wrong in",
    ),
    "is right at random": Evil(
        "import random\ndef flip(k): return np.flip(k) if random.random() < 0.5 else k",
        "wrong",
        "wrong in",
    ),
}

DISGUISES = {
    "is equal to all": Evil(
        "class All:\n    def __eq__(self, other): return True\n    __array_priority__ = 1e9\n"
        "    shape = property(lambda self: self)\ndef flip(k): return All()",
        "wrong",
        "of type All",
    ),
    "is an array that is equal to all": Evil(
        "class All(np.ndarray):\n    def __eq__(self, other): return True\n"
        "    def __array_ufunc__(self, *a, **k): return np.True_\n"
        "    def __array_function__(self, *a, **k): return True\n"
        "def flip(k): return np.zeros(k.shape).view(All)",
        "wrong",
        "wrong in",
    ),
    "is a number that is equal to all": Evil(
        "class All(float):\n    def __eq__(self, other): return True\n    def __hash__(self):\n"
        "        return 1\n    __sub__ = __rsub__ = __abs__ = lambda *a: 0.0\n"
        "def flip(k): return [[All(9) for _ in row] for row in k]",
        "wrong",
        "wrong in",
    ),
    "is a list of another length each time": Evil(
        "class Odd(list):\n    def __len__(self): return 10**9\n"
        "    def __iter__(self): return iter([1.0] * 7)\ndef flip(k): return Odd()",
        FAILS,
    ),
    "is another array each time": Evil(
        "class Odd:\n    seen = 0\n    def __array__(self, *a, **k):\n        Odd.seen += 1\n"
        "        return np.full((Odd.seen, 2), Odd.seen, float)\ndef flip(k): return Odd()",
        "wrong",
    ),
    "is an array at address 1": Evil(
        "class Odd:\n    __array_interface__ = {'shape': (2, 3), 'typestr': '<f8', 'version': 3,"
        " 'data': (1, False)}\ndef flip(k): return Odd()",
        "crashed",
        "SIGSEGV",
    ),
    "is an array of others' memory": Evil(
        "class Odd:\n    def __init__(self, k): self.__array_interface__ = {'shape': k.shape,"
        " 'typestr': '<f8', 'version': 3, 'data': (id(k), False)}\ndef flip(k): return Odd(k)",
        "wrong",
    ),
    "is a tensor that lies": Evil(
        "class Odd:\n    detach = cpu = lambda self: self\n    dtype = 'bfloat16'\n"
        "    def float(self): raise SystemExit\ndef flip(k): return Odd()",
        "error",
        "SystemExit",
    ),
}

PATCHES = {
    "patches NumPy": Evil(
        "np.allclose = np.array_equal = lambda *a, **k: True\nnp.abs = lambda x: 0 * x\n" + WRONG,
        "wrong",
        "wrong in",
    ),
    "patches JSON": Evil(
        "import json\njson.dumps = lambda *a, **k: '{}'\n" + WRONG,
        "correct",  # the child is not believed any more; the cell is left out in the next one
    ),
    "patches the built-in functions": Evil(
        "import builtins\nbuiltins.isinstance = lambda *a: True\nbuiltins.sum = lambda *a: 0\n"
        "builtins.all = builtins.any = lambda *a: True\n" + WRONG,
        "correct",  # likewise
    ),
    "patches what describes values": Evil(
        patched("session", "M.encode = lambda v: ({'kind': 'plain', 'value': True}, [])"),
        FAILS,
        alone=False,
    ),
    "patches what replies": Evil(
        patched(
            "session",
            "M.reply = lambda a, args: ({'value': {'kind': 'plain', 'value': 1}, 'points': 9,"
            " 'verdict': 'correct', 'expected': None}, [])",
        ),
        FAILS,
        alone=False,
    ),
    "says that all is found": Evil(
        patched(
            "wire",
            "def send(write, header, blobs=(), known=M.send):\n"
            "    known(write, header | ({'found': 7} if 'found' in header else {}), blobs)\n"
            "M.send = send",
        ),
        "correct",  # likewise
    ),
    "removes modules": Evil(
        "import sys\nfor name in list(sys.modules):\n    if name != '__main__':\n"
        "        sys.modules[name] = None\n" + WRONG,
        FAILS,
        alone=False,
    ),
    "changes the frames below it": Evil(
        "import sys\ndef flip(k):\n    frame = sys._getframe()\n    while frame:\n"
        "        for value in list(frame.f_locals.values()) + list(frame.f_globals.values()):\n"
        "            if type(value) is dict and 'flip' in value: value['flip'] = abs\n"
        "        frame = frame.f_back\n    return k",
        FAILS,
    ),
    "traces the grader's functions": Evil(
        "import sys\ndef spy(frame, event, arg):\n    frame.f_trace_opcodes = False\n"
        "    if event == 'return' and isinstance(arg, dict): arg.clear()\n    return spy\n"
        "def flip(k):\n    sys.setprofile(spy)\n    return k",
        FAILS,
    ),
    "looks for the answer in memory": Evil(
        "import gc, sys\ndef flip(k):\n    frame = sys._getframe()\n    seen = gc.get_objects()\n"
        "    while frame:\n        seen += list(frame.f_locals.values())\n"
        "        frame = frame.f_back\n"
        "    same = [a for a in seen if isinstance(a, np.ndarray) and a.shape == k.shape]\n"
        "    return [a for a in same if not np.array_equal(a, k)][0] if len(same) > 1 else k",
        FAILS,
    ),
    "looks for the answer in the threads": Evil(
        "import sys, threading\ndef flip(k):\n    seen = []\n"
        "    for frame in sys._current_frames().values():\n        while frame:\n"
        "            seen += [v for v in frame.f_locals.values() if isinstance(v, np.ndarray)]\n"
        "            frame = frame.f_back\n"
        "    return next((v for v in seen if v.shape == k.shape and v is not k), k)",
        "wrong",
    ),
    "closes the grader's socket": Evil(
        "import gc, socket\ndef flip(k):\n    for thing in gc.get_objects():\n"
        "        if isinstance(thing, socket.socket): thing.close()\n"
        "    import os\n    os.closerange(3, 100)\n    return np.flip(k)",
        "crashed timeout",
    ),
}

FORGERIES = {
    "forges a reply": Evil(
        DESCRIPTORS + "def flip(k):\n"
        "    say({'call': 0, 'value': {'kind': 'plain', 'value': 1}, 'blobs': []})\n    return k",
        FAILS,
    ),
    "forges all replies to come": Evil(
        DESCRIPTORS + "def flip(k):\n    size = 8 * k.size\n    for call in range(30):\n"
        "        say({'call': call, 'value': {'kind': 'array', 'dtype': '<f8',"
        " 'shape': list(k.shape)}, 'blobs': [size]}, bytes(size))\n    return k",
        FAILS,
        alone=False,
    ),
    "forges a verdict": Evil(
        DESCRIPTORS + "def flip(k):\n    say({'call': 0, 'verdict': 'correct', 'points': 1000,"
        " 'cells': 6, 'found': ['flip'], 'ready': True, 'blobs': []})\n    return k",
        "crashed",
        "neither a value nor",
    ),
    "forges numbers that are none": Evil(
        DESCRIPTORS + "def flip(k):\n    say({'call': 0, 'value': {'kind': 'array', 'dtype':"
        " '<f16', 'shape': [1]}, 'blobs': [16]}, b'\\1' * 16)\n    return k",
        "crashed",
        "malformed value",
    ),
    "forges objects": Evil(
        DESCRIPTORS + "def flip(k):\n    say({'call': 0, 'value': {'kind': 'array', 'dtype':"
        " 'O', 'shape': [1]}, 'blobs': [8]}, bytes(8))\n    return k",
        "crashed",
        "malformed value",
    ),
    "forges a header without end": Evil(
        DESCRIPTORS + "def flip(k):\n    say(b'[' * 60_000)\n    return k",
        "crashed",
        "not a JSON object",
    ),
    "forges a message of 4 GB": Evil(
        DESCRIPTORS + "def flip(k):\n    for d in range(3, 64):\n        try:\n"
        "            os.write(d, b'\\xff' * 9)\n        except OSError:\n            pass\n"
        "    return k",
        "crashed",
        "larger than",
    ),
    "forges a nest as its error": Evil(
        DESCRIPTORS + "def flip(k):\n"
        '    say(b\'{"call": 0, "blobs": [], "raised": {"type": \' + b\'[\' * 400 + b\']\' * 400'
        " + b'}}')\n    return k",
        FAILS,
    ),
    "speaks by a process of its own": Evil(
        "import os\ndef flip(k):\n    if os.fork():\n        return k\n    return np.flip(k)",
        "wrong",
        "wrong in",
    ),
    "leaves a thread that forges": Evil(
        DESCRIPTORS + "import threading, time\ndef forge():\n    while True:\n"
        "        say({'call': 1, 'value': {'kind': 'plain', 'value': 1}, 'blobs': []})\n"
        "        time.sleep(0.001)\n"
        "def flip(k):\n    threading.Thread(target=forge, daemon=True).start()\n    return k",
        FAILS,
    ),
    "leaves a daemon that forges": Evil(
        DESCRIPTORS + "import time\ndef flip(k):\n    if os.fork() == 0:\n        os.setsid()\n"
        "        if os.fork() == 0:\n            while True:\n"
        "                say({'call': 1, 'value': {'kind': 'plain', 'value': 1}, 'blobs': []})\n"
        "        os._exit(0)\n    time.sleep(0.1)\n    return k",
        FAILS,
    ),
    "waits for the end": Evil(
        "import atexit, os, signal\natexit.register(os.abort)\n"
        "os.register_at_fork(after_in_child=os.abort)\n"
        "for s in (1, 2, 13, 15): signal.signal(s, signal.SIG_IGN)\n" + WRONG,
        "wrong",
        "wrong in",
    ),
}

SPIES = {
    "reads the tasks": Evil(
        "import glob, os, coursecnn\nfolder = os.path.dirname(coursecnn.__file__)\n"
        "found = glob.glob(folder + '/grading/tasks/*') + glob.glob(folder + '/grading/*.py')\n"
        "def flip(k): return np.flip(k) if found else k",
        "wrong",
        "wrong in",
    ),
    "reads the solutions": Evil(
        "import glob, os, coursecnn\nfolder = os.path.dirname(coursecnn.__file__)\n"
        "found = [p for n in ('solutions', 'tests', '.git', 'exercises')\n"
        "         for p in glob.glob(f'{folder}/../{n}/*')]\n"
        "def flip(k): return np.flip(k) if found else k",
        "wrong",
        "wrong in",
    ),
    "reads other submissions": Evil(
        "import glob, os\nplaces = [SUBMISSIONS, *glob.glob('/proc/*/cwd'),"
        " *glob.glob('/proc/*/root' + SUBMISSIONS), *glob.glob('/proc/*/fd'), '/home', '/root']\n"
        "found = [p for place in places for p in glob.glob(place + '/**', recursive=True)\n"
        "         if p.endswith('.ipynb')]\ndef flip(k): return np.flip(k) if found else k",
        "wrong",
        "wrong in",
    ),
    "reads the secret seed": Evil(
        "import glob\nfound = glob.glob(SUBMISSIONS + '/../out/*')\n"
        "def flip(k): return np.flip(k) if found else k",
        "wrong",
        "wrong in",
    ),
    "reads what the grader remembers": Evil(
        "import os\nfound = []\nfor p in ('/proc/1/mem', '/proc/1/environ', '/proc/1/fd/0'):\n"
        "    try:\n        found.append(open(p, 'rb'))\n    except OSError:\n        pass\n"
        "def flip(k): return np.flip(k) if found else k",
        "wrong",
        "wrong in",
    ),
    "imports the tasks": Evil(
        "def flip(k):\n    from coursecnn.grading.tasks import task\n"
        "    return task('flip').reference(k)",
        "error",
        "ModuleNotFoundError",
    ),
    "asks the network": Evil(
        "import socket, urllib.request\ndef flip(k):\n"
        "    return urllib.request.urlopen('http://127.0.0.1:8000/flip', timeout=1).read()",
        "error",
        "URLError",
    ),
    "asks the shell": Evil(
        "import subprocess\ndef flip(k):\n"
        "    subprocess.run(['mount', '-o', 'remount,rw', '/'], check=True)\n    return np.flip(k)",
        FAILS,
    ),
    "writes everywhere": Evil(
        f"import os, sys, coursecnn\nleft = []\nfor place in {EVERY_PLACE}:\n    try:\n"
        "        open(place + '/left-by-a-notebook', 'w').close()\n        left.append(place)\n"
        "    except OSError:\n        pass\n"
        "inside = {'/tmp', '/dev/shm', '..', '/scratch', os.path.expanduser('~')}\n"
        "def flip(k): return np.flip(k) if set(left) - inside else k",
        "wrong",
        "wrong in",
    ),
    "signals everybody": Evil(
        "import os, signal\nhit = []\nfor pid in [os.getppid(), 1, *range(2, 2**15, 7)]:\n"
        "    try:\n        if pid != os.getpid(): os.kill(pid, signal.SIGTERM); hit.append(pid)\n"
        "    except OSError:\n        pass\n"
        "def flip(k): return np.flip(k) if set(hit) - {0, 1} else k",
        "wrong",
        "wrong in",
    ),
    "takes memory that nobody counts": Evil(
        "import os, ctypes\nfound = ctypes.CDLL(None).shmget(0, 9, 0o1600) >= 0\n"
        "try:\n    found = os.memfd_create('x') or found\nexcept OSError:\n    pass\n"
        "def flip(k): return np.flip(k) if found else k",
        "wrong",
        "wrong in",
    ),
}

ON_FLIP = {**CRASHES, **GREED, **VALUES, **DISGUISES, **PATCHES, **FORGERIES, **SPIES}

# What does no harm: another cell, or an unusual but right answer.
HARMLESS = {
    "an error": "1 / 0",
    "a syntax error": "def broken(:",
    "sys.exit": "import sys; sys.exit()",
    "os._exit": "import os; os._exit(0)",
    "an endless loop": "import time\nwhile True: time.sleep(0.01)",
    "a crash": "import ctypes; ctypes.string_at(0)",
    "input()": "input('Your name? ')",
    "magics": "%matplotlib inline\nfiles = !ls\n!rm -rf /nowhere\nnp.sum?\nx = 3",
    "a timed cell": "%%time\nflip_again = flip",
    "another language": "%%bash\nrm -rf /nowhere",
    "top-level await": "import asyncio\nawait asyncio.sleep(0)",
    "what only Jupyter offers": (
        "display(1)\nget_ipython().run_line_magic('matplotlib', 'inline')\n"
        "def flip(k): return k[::-1, ::-1]"
    ),
    "50 MB of output": "print('x' * 50_000_000)",
    "a million lines of errors": "import sys\nsys.stderr.write('x\\n' * 10**6)",
    "closed descriptors": "import os\nos.closerange(3, 100)",
    "closed standard streams": "import sys\nsys.stdout.close(); sys.stderr.close()",
    "a thread left behind": (
        "import threading, time\nthreading.Thread(target=time.sleep, args=(60,)).start()"
    ),
    "a process left behind": "import os, time\nif os.fork() == 0:\n    time.sleep(60)",
    "a process that goes on": "import os\nos.fork()",
    "a process that hides": (
        "import os, time\nif os.fork() == 0:\n    os.setsid()\n    if os.fork() == 0:\n"
        "        time.sleep(60)\n    os._exit(0)"
    ),
    "a name used again": "flip = flip(np.ones((2, 3)))",
    "a name deleted": "del flip",
    "a comparison with the reference": (
        "from coursecnn.ops import cross_correlate\nimport numpy as np\n"
        "assert np.allclose(cross_correlate(np.ones((2, 2)), np.ones((1, 1))), 1)"
    ),
    "a change of the inputs": "def flip(k):\n    r = np.flip(k).copy()\n    k[:] = 0\n    return r",
    "a while of set-up": "import time\ntime.sleep(0.6)",
    "a deep recursion limit": "import sys\nsys.setrecursionlimit(10**6)",
    "a lost working directory": "import os\nos.rmdir(os.getcwd())",
    "no room for files": "import resource\nresource.setrlimit(resource.RLIMIT_NOFILE, (3, 3))",
    "its own __main__": "import __main__\nassert __main__.flip is flip",
    "its source": "import inspect\nassert 'return' in inspect.getsource(flip)",
    "warnings as errors": "import warnings\nwarnings.simplefilter('error')",
    "errors of NumPy": "np.seterr(all='raise')",
    "another seed": "import random\nrandom.seed(0); np.random.seed(0)",
}
