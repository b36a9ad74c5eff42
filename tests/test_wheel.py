"""`pip install .` gives a package that is whole: data, scripts, styles and templates included."""

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def packed(tmp_path_factory):
    """The wheel, built from a copy of the tracked files, and the names of these."""
    source, target = (tmp_path_factory.mktemp(name) for name in ("source", "wheel"))
    needed = ["coursecnn", "pyproject.toml", "README.md", "LICENSE", "THIRD_PARTY.md"]
    files = subprocess.run(
        ["git", "ls-files", *needed],
        cwd=ROOT, capture_output=True, text=True, check=True,
    ).stdout.split()  # fmt: skip
    for name in files:
        if (ROOT / name).is_file():
            (source / name).parent.mkdir(parents=True, exist_ok=True)
            (source / name).symlink_to(ROOT / name)
    build = "import sys; from setuptools import build_meta; build_meta.build_wheel(sys.argv[1])"
    command = [sys.executable, "-c", build, target]  # pip asks the same of setuptools
    done = subprocess.run(command, cwd=source, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    (wheel,) = target.glob("*.whl")
    return zipfile.ZipFile(wheel), files


def test_every_tracked_file_of_the_package_is_in_the_wheel(packed):
    wheel, files = packed
    names = set(wheel.namelist())
    assert {file for file in files if file.startswith("coursecnn/")} - names == set()


def test_the_wheel_brings_the_package_and_nothing_else(packed):
    wheel, _ = packed
    roots = {name.split("/")[0] for name in wheel.namelist() if "dist-info" not in name}
    assert roots == {"coursecnn"}


def test_the_tables_of_experiments_are_read_without_a_clone(packed, tmp_path):
    wheel, files = packed
    wheel.extractall(tmp_path)
    tables = [Path(file).stem for file in files if file.startswith("coursecnn/evidence/results/")]
    assert len(tables) >= 10
    code = (
        "import sys; from coursecnn import evidence; print(evidence.__file__);"
        "assert all(len(evidence.load(name)) >= 2 for name in sys.argv[1:])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, *tables],
        cwd=tmp_path, env=os.environ | {"PYTHONPATH": str(tmp_path)},
        capture_output=True, text=True,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert Path(done.stdout.strip()).is_relative_to(tmp_path)
