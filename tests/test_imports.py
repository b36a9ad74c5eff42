"""Importing a room costs little, drags in nothing foreign, and says what is missing."""

import subprocess
import sys

import pytest

LIGHT = ["coursecnn", "coursecnn.shapes", "coursecnn.ops", "coursecnn.grading"]
HEAVY = ["torch", "torchvision", "matplotlib", "lightning_fabric"]


def python(code):
    """Run code in a fresh interpreter."""
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)


@pytest.mark.parametrize("room", LIGHT)
def test_a_light_room_imports_nothing_heavy(room):
    found = python(f"import sys, {room}; print([m for m in {HEAVY} if m in sys.modules])")
    assert found.stdout.strip() == "[]", found.stderr


@pytest.mark.parametrize("room", ["models", "training", "augment"])
def test_without_torch_one_line_says_what_to_install(room):
    hide = "import sys; sys.modules['torch'] = None; "
    failed = python(hide + f"import coursecnn.{room}")
    last = failed.stderr.strip().splitlines()[-1]
    assert failed.returncode != 0
    assert "needs PyTorch, which is not installed; remedy: pip install" in last


def test_reading_data_needs_no_torch():
    hide = "import sys; sys.modules['torch'] = None; "
    assert python(hide + "from coursecnn import data; print(data.mnist())").returncode == 0
