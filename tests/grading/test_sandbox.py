"""The jail: what a notebook can see, change and reach, and what the grader does without a jail."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from coursecnn.cli import main
from coursecnn.grading.judging.mark import mark
from coursecnn.grading.running.notebook import Notebook
from coursecnn.grading.sandbox import LIMITS, ForkServer, IsolationError, choose
from coursecnn.grading.sandbox.bubblewrap import Level, bubblewrap
from coursecnn.grading.sandbox.selftest import ESCAPES, probe

ROOT = Path(__file__).parents[2]
RIGHT_FLIP = "def flip(k): return k[::-1, ::-1]"

HOME = Path.home()
# Notebooks may use Python and the library: the folders of these in the grader's home are there.
NEEDED = [
    path.relative_to(HOME).parts[0]
    for path in map(Path, (sys.base_prefix, sys.prefix, ROOT))
    if path.is_relative_to(HOME)
]

# Each must be False, or raise, inside the jail.
# Where the checkout lies in a home, the way to its Python is there, with nothing beside it.
OUR_HOME = set(ROOT.parts[2:3]) if ROOT.parts[1] == "home" else set()
ATTEMPTS = {
    "reads a solution": f"open({str(ROOT / 'solutions' / '03-convolution-by-hand.md')!r}).read()",
    "reads the tasks": f"open({str(ROOT / 'coursecnn/grading/tasks/a03/images.py')!r}).read()",
    "reads the reference": f"open({str(ROOT / 'coursecnn/ops/correlation.py')!r}).read()",
    "reads the tests": f"os.listdir({str(ROOT / 'tests')!r})",
    "sees homes": f"set(os.listdir('/home')) - {OUR_HOME!r}",
    "sees the grader's home": f"[n for n in os.listdir({str(HOME)!r}) if n not in {NEEDED}]",
    "reads passwords": "open('/etc/shadow').read() or open('/etc/passwd').read()",
    "writes into the library": f"open({str(ROOT / 'coursecnn' / 'canary')!r}, 'w')",
    "writes into the system": "open('/usr/canary', 'w')",
    "writes into the root": "open('/canary', 'w')",
    "sees other processes": "[p for p in os.listdir('/proc') if p.isdigit() and int(p) > 20]",
    "reads the keeper's memory": "open('/proc/1/mem', 'rb')",
    "reads the keeper's environment": "open('/proc/1/environ', 'rb').read()",
    "sees the grader's environment": "os.environ.get('SECRET_OF_THE_GRADER')",
    "finds a network": "socket.create_connection(('127.0.0.1', 22), timeout=1)",
    "finds a network card": "[n for _, n in socket.if_nameindex() if n != 'lo']",
    "mounts": "libc.mount(b'tmpfs', b'/tmp', b'tmpfs', 0, b'') == 0",
    "makes namespaces": "libc.unshare(0x10000000) == 0",
    "makes namespaces by clone": "libc.syscall(56, 0x10000000 | 17, 0, 0, 0, 0) >= 0",
    "traces processes": "libc.ptrace(16, 1, 0, 0) == 0",
    "becomes root": "os.setuid(0) is None",
    "kills the keeper": "os.kill(1, 9) is None and time.sleep(0.2) is None and False",
    "stops the keeper": "os.kill(1, 2) is None and time.sleep(0.2) is None and False",
    "leaves a letter in a folder of devices": "open('/dev/letter', 'w')",
    "leaves a letter in the grader's folder": (
        f"[os.chmod({str(ROOT / 'coursecnn/grading')!r}, 0o777), "
        f"open({str(ROOT / 'coursecnn/grading/letter')!r}, 'w')]"
    ),
    "takes memory by a nameless file": "os.memfd_create('x')",
    "takes memory that outlives its process": "libc.shmget(0, 2**20, 0o1600) >= 0",
    "takes memory by a queue": "libc.msgget(0, 0o1600) >= 0",
    "takes memory by a million names": (
        "[open(f'/dev/shm/{i}', 'w').close() for i in range(2000)]"
    ),
    "raises its limits": "resource.setrlimit(resource.RLIMIT_DATA, (-1, -1)) is None",
}
PRELUDE = "import os, socket, ctypes, resource, time\nlibc = ctypes.CDLL(None, use_errno=True)\n"


@pytest.fixture(scope="module")
def jail():
    """A fork server of jailed children with little memory."""
    os.environ["SECRET_OF_THE_GRADER"] = "a password"
    launcher = ForkServer(bubblewrap(), memory=160, cpu_seconds=20)
    yield launcher
    launcher.close()


@pytest.fixture
def flips(sheet, secret, jail):
    """A function that marks `flip` in a notebook of the given cells."""

    def marked(*sources, timeout=3.0):
        found = mark(Notebook(sources), sheet, secret, jail, timeout=timeout)
        return next(verdict for verdict in found if verdict.task == "flip")

    return marked


@pytest.mark.parametrize("attempt", ATTEMPTS.values(), ids=ATTEMPTS)
def test_a_jailed_notebook_cannot(attempt, flips):
    cell = f"{PRELUDE}try:\n    done = bool({attempt})\nexcept Exception:\n    done = False\n"
    verdict = flips(f"{cell}if not done:\n    {RIGHT_FLIP}")
    assert verdict.verdict == "correct", verdict.message


@pytest.mark.parametrize("folder", [".", bubblewrap().scratch, "/dev/shm"])
def test_a_jailed_notebook_can_write_where_programs_do(folder, flips):
    cell = f"open('{folder}/x', 'w').write('x')\nassert open('{folder}/x').read() == 'x'"
    assert flips(f"{cell}\n{RIGHT_FLIP}").verdict == "correct"


def test_a_jailed_notebook_uses_the_library_and_its_data(flips):
    cell = "from coursecnn import data\nassert len(data.mnist('test')) == 2000"
    assert flips(f"{cell}\n{RIGHT_FLIP}").verdict == "correct"


def test_nothing_is_left_for_the_next_notebook(flips):
    flips("import os, tempfile\nfor f in ('/tmp', '/dev/shm', '.'):\n    open(f + '/left', 'w')")
    cell = "import os\nif not any(os.path.exists(f + '/left') for f in ('/tmp', '/dev/shm', '.')):"
    assert flips(f"{cell}\n    {RIGHT_FLIP}").verdict == "correct"


def test_a_fork_bomb_ends_with_its_notebook(flips):
    bomb = "import os\nwhile True:\n    try:\n        os.fork()\n    except OSError:\n        pass"
    assert flips(bomb, RIGHT_FLIP, timeout=1.0).verdict == "correct"
    assert flips(RIGHT_FLIP).seconds < 1


def test_many_processes_cannot_take_the_memory_that_one_may_not(flips):
    hog = """
import os, time
def flip(k):
    for _ in range(4):
        if os.fork() == 0:
            taken = b"x" * (60 * 2**20)
            time.sleep(30)
    time.sleep(30)
"""
    verdict = flips(hog, timeout=8.0)
    assert (verdict.verdict, verdict.points) == ("crashed", 0)
    assert "SIGKILL" in verdict.message


def test_a_full_folder_is_the_notebooks_own_trouble(flips):
    fill = "with open('big', 'wb') as f:\n    while True:\n        f.write(bytes(2**20))"
    assert flips(fill, RIGHT_FLIP).verdict == "correct"


def test_the_probe_sees_that_limits_do_not_hold():
    launcher = ForkServer(LIMITS)
    try:
        wrong = probe(launcher)
    finally:
        launcher.close()
    assert f"a notebook in it {ESCAPES[0]}" in wrong
    assert len(wrong) >= 4


def test_the_probe_sees_a_jail_in_which_nothing_lives():
    launcher = ForkServer(Level("a grave", "", lambda command: ["false"], jail=True))
    try:
        (wrong,) = probe(launcher)
    finally:
        launcher.close()
    assert wrong.startswith("no notebook runs in it")


@pytest.fixture
def nothing_holds(monkeypatch):
    """A machine on which bubblewrap cannot be used."""
    broken = Level("bubblewrap", "", lambda command: ["false"], jail=True)
    monkeypatch.setattr("coursecnn.grading.sandbox.bubblewrap", lambda private: broken)


def test_without_a_jail_strangers_are_refused(nothing_holds):
    with pytest.raises(IsolationError, match=r"install bubblewrap .* or give --trusted"):
        choose()
    assert choose(trusted=True) is LIMITS


def test_without_bubblewrap_there_is_no_other_way_to_isolate(monkeypatch):
    monkeypatch.setattr(shutil, "which", lambda name: None)
    with pytest.raises(IsolationError, match=r"is not installed\); install bubblewrap"):
        choose()
    assert choose(trusted=True) is LIMITS


def test_a_jail_that_does_not_hold_is_not_used(monkeypatch):
    leaky = Level("a sieve", "", lambda command: command, jail=False)
    monkeypatch.setattr("coursecnn.grading.sandbox.bubblewrap", lambda private: leaky)
    with pytest.raises(IsolationError, match="a sieve does not hold: a notebook in it reads other"):
        choose()


def test_the_command_refuses_and_writes_nothing_without_a_jail(
    nothing_holds, tmp_path, fill, sheet, monkeypatch
):
    monkeypatch.setitem(sheet.__dict__, "preload", ())  # the blank sheet needs none of it
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "eve.ipynb").write_text(json.dumps(fill({})), "utf-8")
    command = ["grade", str(tmp_path / "in"), "--out", str(tmp_path / "out"), "--jobs", "1"]
    refused = CliRunner().invoke(main, command)
    assert refused.exit_code == 1
    assert "--trusted" in refused.output
    assert not (tmp_path / "out").exists()
    trusting = CliRunner().invoke(main, [*command, "--trusted"])
    assert trusting.exit_code == 0
    assert "Isolation: process limits only" in trusting.output
    assert "process limits only" in (tmp_path / "out" / "index.html").read_text("utf-8")
    assert "process limits only" in (tmp_path / "out" / "feedback" / "eve.html").read_text("utf-8")


# As root: become user 1234, for whom all of this lies in folders that are closed to others.
BECOME = """
set -e
stage=/mnt; mount -t tmpfs tmpfs $stage  # in namespaces of its own: nobody else sees it
for place in $PLACES; do mkdir -p $stage$place; mount --bind $place $stage$place; done
for top in $TOPS; do mount -t tmpfs -o mode=0700,uid=1234,gid=1234 tmpfs $top; done
for place in $PLACES; do mkdir -p $place; mount --bind $stage$place $place; done
cd $HOME
exec setpriv --reuid 1234 --regid 1234 --clear-groups "$@"
"""
PROBE = """
import os
from coursecnn.grading.sandbox import ForkServer, bubblewrap, probe
level = bubblewrap()
launcher = ForkServer(level)
print(os.getuid(), level.name, level.uid, probe(launcher))
launcher.close()
"""


def test_the_jail_holds_for_an_unprivileged_user_with_a_closed_home():
    command, environment = [sys.executable, "-c", PROBE], dict(os.environ)
    if os.geteuid() == 0:
        places = {str(ROOT), sys.prefix, sys.base_prefix}
        places = [p for p in places if not p.startswith(("/usr", f"{ROOT}/"))]
        tops = {f"/{Path(place).parts[1]}" for place in places}
        environment |= {"PLACES": " ".join(places), "TOPS": " ".join(tops), "HOME": str(ROOT)}
        command = ["unshare", "--mount", "bash", "-c", BECOME, "bash", *command]
    done = subprocess.run(command, capture_output=True, text=True, env=environment)
    assert done.returncode == 0, done.stderr
    uid, found = done.stdout.strip().split(" ", 1)
    assert uid != "0"
    assert found == "bubblewrap None []"


def test_the_answers_are_hidden():
    told = " ".join(bubblewrap([ROOT / "coursecnn" / "data"]).wrap(["true"]))
    for folder in ("grading", "data"):
        assert f"--tmpfs {ROOT / 'coursecnn' / folder} " in told
