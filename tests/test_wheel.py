"""`pip install .` gives a package that is whole: data, scripts, styles and templates included."""

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def packed(tmp_path_factory):
    """Names of the files in the wheel, built from a copy of the tracked files."""
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
    return set(zipfile.ZipFile(wheel).namelist()), files


def test_every_tracked_file_of_the_package_is_in_the_wheel(packed):
    names, files = packed
    assert {file for file in files if file.startswith("coursecnn/")} - names == set()


def test_the_wheel_brings_the_package_and_nothing_else(packed):
    names, _ = packed
    assert {name.split("/")[0] for name in names if "dist-info" not in name} == {"coursecnn"}
