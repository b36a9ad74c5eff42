"""A device that is not there is refused; several processes do the work of one."""

import json
import subprocess
import sys

import pytest
import torch
import training_script as script
from tiny import bars, small_cnn

from coursecnn import training
from coursecnn.training import devices


@pytest.fixture
def machine(monkeypatch):
    """A function that gives this machine other devices."""

    def give(cuda=0, mps=False):
        monkeypatch.setattr(torch.cuda, "is_available", lambda: cuda > 0)
        monkeypatch.setattr(torch.cuda, "device_count", lambda: cuda)
        monkeypatch.setattr(torch.backends.mps, "is_available", lambda: mps)

    return give


@pytest.mark.parametrize(
    ("there", "best"), [({"cuda": 2, "mps": True}, "cuda"), ({"mps": True}, "mps"), ({}, "cpu")]
)
def test_auto_takes_the_best_there_is(machine, there, best):
    machine(**there)
    assert devices.choose_kind() == best


@pytest.mark.parametrize("device", ["cuda", "mps"])
def test_an_absent_device_is_refused_with_what_there_is(machine, device):
    machine()
    with pytest.raises(
        ValueError, match=rf"`device`='{device}' is not there: torch .* only cpu on"
    ):
        training.fit(small_cnn(), bars(), device=device)


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ({"device": "gpu"}, "`device` must be one of auto, cuda, mps, cpu; received 'gpu'"),
        ({"devices": 0}, "`devices` must be a whole number ≥ 1; received 0"),
        ({"device": "cuda", "devices": 3}, "`devices`=3, but this machine has 2 of kind 'cuda'"),
        ({"device": "cpu", "precision": "16-mixed"}, "'16-mixed' needs a GPU; on the CPU there"),
    ],
    ids=str,
)
def test_what_cannot_be_is_refused(machine, options, told):
    machine(cuda=2)
    with pytest.raises(ValueError, match=told):
        training.fit(small_cnn(), bars(), **options)


def test_several_processes_need_a_script(monkeypatch):
    monkeypatch.setattr(sys, "argv", ["-c"])
    with pytest.raises(ValueError, match=r"put the call into a file and run that: python FILE\.py"):
        training.fit(small_cnn(), bars(), device="cpu", devices=2)


# 113 images in batches of 16: of the last batch, with one image, the second process has no share.
# Momentum, because Adam hides a gradient that is too long by a factor.
OPTIONS = {
    "epochs": 3, "batch_size": 16, "optimizer": "momentum", "lr": 0.05, "device": "cpu",
}  # fmt: skip


def run(out, *launcher, kill_at=(), **options):
    """Train in other processes until they end, or kill themselves; returns how they ended."""
    command = [sys.executable, *launcher, script.__file__, out, json.dumps(OPTIONS | options)]
    command += map(str, kill_at)
    done = subprocess.run(command, capture_output=True, text=True, timeout=300)
    assert done.returncode == (-9 if kill_at else 0), done.stderr


def assert_same(one, two):
    for first, second in zip(one["rows"], two["rows"], strict=True):
        assert second == pytest.approx(first, rel=1e-5)
    for name, weight in one["weights"].items():
        torch.testing.assert_close(two["weights"][name], weight, rtol=1e-4, atol=1e-6)


@pytest.fixture
def one(tmp_path):
    """What a run in this process leaves."""
    script.run(tmp_path / "one.pt", dict(OPTIONS))
    return torch.load(tmp_path / "one.pt")


def test_two_processes_make_the_steps_of_one_until_they_are_killed(tmp_path, one):
    kept = tmp_path / "run.pt"
    options = {"checkpoint": str(kept), "checkpoint_steps": 3, "accumulate": 2}
    run(tmp_path / "none.pt", kill_at=[20], devices=2, **options)
    assert torch.load(kept, weights_only=True)["state"]["step"] == 18  # within the third epoch
    script.run(tmp_path / "rest.pt", OPTIONS | options)
    assert_same(one, torch.load(tmp_path / "rest.pt"))


@pytest.mark.thorough  # each process takes seconds to start: the test above starts two, this six
def test_two_processes_make_the_steps_of_one_however_they_are_started(tmp_path, one):
    options = {"checkpoint": str(tmp_path / "run.pt"), "checkpoint_steps": 7, "accumulate": 2}
    run(tmp_path / "two.pt", devices=2, **options)
    assert_same(one, torch.load(tmp_path / "two.pt"))
    (tmp_path / "run.pt.previous").replace(tmp_path / "run.pt")  # in the middle of an epoch
    torchrun = ["-m", "torch.distributed.run", "--standalone", "--nproc-per-node=2"]
    run(tmp_path / "rest.pt", *torchrun, devices=2, **options)
    assert_same(one, torch.load(tmp_path / "rest.pt"))
