"""`coursecnn doctor` sees what is there, and what is wrong, and never falls ill itself."""

import importlib.metadata
import shutil
import subprocess
import sys

import pytest
import torch
from click.testing import CliRunner

from coursecnn import _extras
from coursecnn.cli import main
from coursecnn.data import bundled


@pytest.fixture
def look():
    """A function that runs the command: exit code, and the line on each thing."""

    def invoke():
        done = CliRunner().invoke(main, ["doctor"])
        lines = [line for line in done.output.splitlines() if line.startswith(("✓", "–", "✗"))]
        return done.exit_code, {line.split()[1]: line for line in lines}

    return invoke


def test_a_machine_that_has_all_is_told_so(look):
    code, lines = look()
    assert code == 0, lines
    assert list(lines) == ["Python", "packages", "chapters", "torch", "GPU", "threads", "weights",
                           "data", "cache", "sandbox", "browser"]  # fmt: skip
    assert f"torch {torch.__version__} and torchvision" in lines["torch"]
    assert f"{', '.join(bundled.SHA256)}: whole" in lines["data"]
    assert not any(line.startswith("✗") for line in lines.values())


def test_damaged_data_are_broken(look, tmp_path, monkeypatch):
    monkeypatch.setattr(bundled, "FOLDER", tmp_path)
    (tmp_path / "mnist-10k.npz").write_bytes(b"damaged")
    code, lines = look()
    assert code == 1
    assert lines["data"].startswith("✗ data")
    assert "mnist-10k.npz is damaged" in lines["data"]
    assert "pip install --force-reinstall" in lines["data"]


def test_an_old_or_missing_package_is_broken_and_the_remedy_names_it(look, monkeypatch):
    version = importlib.metadata.version

    def other(name):
        if name == "tqdm":
            raise importlib.metadata.PackageNotFoundError(name)
        return "1.0" if name == "pandas" else version(name)

    monkeypatch.setattr(importlib.metadata, "version", other)
    code, lines = look()
    assert code == 1
    command = 'python -m pip install -c constraints.txt "pandas>=2.2" "tqdm>=4.66"'
    assert command in lines["packages"]


def test_what_the_course_can_do_without_is_no_failure(look, monkeypatch):
    def unable(*args, **options):
        raise sandbox.IsolationError("notebooks cannot be isolated; install bubblewrap")

    sandbox = importlib.import_module("coursecnn.grading.sandbox")
    monkeypatch.setattr(sandbox, "choose", unable)
    monkeypatch.setattr(shutil, "which", lambda name: None)
    monkeypatch.setattr(torch.cuda, "is_available", lambda: False)
    monkeypatch.setattr(torch.backends.mps, "is_available", lambda: False)
    code, lines = look()
    assert code == 0
    assert lines["GPU"].startswith("– GPU        none")
    assert "install bubblewrap" in lines["sandbox"]
    assert "install Chromium" in lines["browser"]


def test_gpus_are_named(look, monkeypatch):
    monkeypatch.setattr(torch.cuda, "is_available", lambda: True)
    monkeypatch.setattr(torch.cuda, "device_count", lambda: 2)
    monkeypatch.setattr(torch.cuda, "get_device_name", lambda number: f"Fast {number}")
    assert "Fast 0, Fast 1 (device cuda)" in look()[1]["GPU"]


def test_a_cache_that_cannot_be_written_is_broken(look, tmp_path, monkeypatch):
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("COURSECNN_DATA", str(tmp_path / "file" / "below"))
    code, lines = look()
    assert code == 1
    assert "set COURSECNN_DATA to a folder that you may write" in lines["cache"]


def test_cores_that_lie_idle_are_told(look, monkeypatch):
    monkeypatch.setenv("OMP_NUM_THREADS", "1")
    monkeypatch.delenv("MKL_NUM_THREADS", raising=False)
    monkeypatch.setattr(torch, "get_num_threads", lambda: 0)
    line = look()[1]["threads"]
    assert line.startswith("– threads    torch computes on 0 of ")
    assert line.endswith("cores; unset OMP_NUM_THREADS to use all of them")


def test_a_look_that_fails_is_a_finding_and_the_rest_is_looked_at(look, monkeypatch):
    def fall_ill():
        raise RuntimeError("driver version is insufficient")

    monkeypatch.setattr(torch.cuda, "is_available", fall_ill)
    code, lines = look()
    assert code == 1
    assert lines["gpu"].endswith("could not be looked at: driver version is insufficient")
    assert lines["browser"]


def test_an_old_package_of_an_extra_that_is_installed_is_broken(look, monkeypatch):
    version = importlib.metadata.version
    old = {"torchvision": "0.1", "scikit-learn": "0.2"}
    monkeypatch.setattr(importlib.metadata, "version", lambda name: old.get(name) or version(name))
    code, lines = look()
    assert code == 1
    assert '"scikit-learn>=1.5"' in lines["packages"]
    assert '"torchvision>=0.20"' in lines["packages"]


def test_a_machine_for_the_exercises_alone_is_told_what_else_there_is():
    missing = [name for names in _extras.PACKAGES.values() for name in names]
    code = (
        f"import sys; sys.modules.update(dict.fromkeys({missing}))\n"
        "from coursecnn.cli import main; main(['doctor'])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    lines = done.stdout.splitlines()
    for extra, words in _extras.WORDS.items():
        line = next(line for line in lines if line.startswith(f"– {extra}"))
        assert f"needs {words}" in line
        assert line.endswith(_extras.command(extra))
    assert "✓ packages" in done.stdout
    assert "✓ data" in done.stdout
    assert not {"GPU", "threads", "weights"} & {line.split()[1] for line in lines if line}
