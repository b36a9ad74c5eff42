"""Importing a room costs little, drags in nothing foreign, and says what is missing."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOMS = {path.parent.name for path in Path(__file__).parents[1].glob("coursecnn/*/__init__.py")}
TORCH = {"models", "augment", "training", "transfer", "gan", "explain"}  # the rooms that need it
LIGHT = ["coursecnn", "coursecnn.shapes", "coursecnn.ops", "coursecnn.grading"]
HEAVY = ["torch", "torchvision", "matplotlib", "lightning_fabric"]


def python(code):
    """Run code in a fresh interpreter."""
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)


@pytest.mark.parametrize("room", LIGHT)
def test_a_light_room_imports_nothing_heavy(room):
    found = python(f"import sys, {room}; print([m for m in {HEAVY} if m in sys.modules])")
    assert found.stdout.strip() == "[]", found.stderr


BLOCK = """
import importlib.abc, sys

class Blocked(importlib.abc.MetaPathFinder):
    def find_spec(self, name, path, target=None):
        if name.split(".")[0] in NAMES:
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)

sys.meta_path.insert(0, Blocked())
"""
SHEETS_LACK = ["torch", "torchvision", "lightning_fabric", "scipy", "skimage", "sklearn"]
LINE = (
    "this part of coursecnn needs PyTorch (missing: torch, torchvision, lightning_fabric); in the "
    'folder of the course: python -m pip install -c constraints.txt ".[torch]"'
)


def without(names, code):
    """Run code in a fresh interpreter in which some packages cannot be imported."""
    return python(f"NAMES = {names}\n{BLOCK}\n{code}")


@pytest.fixture(scope="module")
def lean():
    """What every room but those of torch does where nothing is installed but for the sheets."""
    code = f"""
import {", ".join(f"coursecnn.{room}" for room in sorted(ROOMS - TORCH))}
from coursecnn import data
from coursecnn.cli import main
from coursecnn.grading import check

print(data.mnist("test"), data.digits("test"), data.photo("camera").shape, data.glyphs("test", n=2))
check("flip", lambda kernel: kernel[::-1, ::-1])
main(["check", "exercises/03-convolution-by-hand.ipynb"])
"""
    return without(SHEETS_LACK, code)


def test_every_other_room_works_without_torch_and_the_packages_of_chapters(lean):
    assert "(512, 512)" in lean.stdout, lean.stderr


def test_check_works_without_torch_and_the_packages_of_chapters(lean):
    assert "flip: right" in lean.stdout, lean.stderr
    assert lean.stdout.count("not attempted") == 5
    assert "0 of 8 points" in lean.stdout


@pytest.mark.parametrize("room", sorted(TORCH))
def test_without_torch_one_line_says_what_to_install(room):
    failed = without(SHEETS_LACK, f"import coursecnn.{room}")
    assert failed.returncode != 0
    assert failed.stderr.splitlines()[-1] == f"ModuleNotFoundError: {LINE}"


@pytest.mark.parametrize(
    "code",
    [
        "main(['train', 'lenet5', '--data', 'mnist'])",
        "main(['data', 'fetch', 'fashion_mnist'])",
        "from coursecnn import data; data.mnist(source='download')",
    ],
)
def test_what_needs_torch_by_the_way_says_the_same_line(code, tmp_path):
    failed = without(
        SHEETS_LACK,
        f"import os; os.environ['COURSECNN_DATA'] = {str(tmp_path)!r}\n"
        f"from coursecnn.cli import main; {code}",
    )
    assert LINE in failed.stderr
    assert "Traceback" not in failed.stderr


@pytest.mark.parametrize("name", ["torchvision", "lightning_fabric"])
def test_a_package_that_comes_with_torch_is_missed_in_the_same_words(name):
    failed = without([name], "import coursecnn.training")
    assert f"needs PyTorch (missing: {name}); in the folder" in failed.stderr.splitlines()[-1]


@pytest.mark.parametrize(
    "code", ["evidence.lower_bound([1.0, 1.1, 0.9, 1.2, 1.0])", "data.photo('moon')"]
)
def test_without_the_packages_of_chapters_one_line_says_what_to_install(code):
    failed = without(SHEETS_LACK, f"from coursecnn import data, evidence; {code}")
    assert failed.stderr.splitlines()[-1] == (
        "ModuleNotFoundError: this part of coursecnn needs the packages of the chapters (missing: "
        "scipy, skimage, sklearn); in the folder of the course: "
        'python -m pip install -c constraints.txt ".[chapters]"'
    )
