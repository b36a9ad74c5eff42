"""Devices and processes: which there are, and the states of their random generators."""

import os
import sys
import warnings
from pathlib import Path

import torch

from coursecnn.training.settings import require_count

KINDS = ("cuda", "mps", "cpu")  # the best first


def start(device, devices, precision):
    """The Fabric of a run, by arguments of `fit`; with several devices, this starts the processes.

    Raises
    ------
    ValueError
        If there is no such device, there are not so many, the device cannot compute with that
        precision, or several processes cannot be started from here.
    """
    kind = choose_kind(device)
    _check_count(kind, devices)
    if precision == "16-mixed" and kind == "cpu":
        raise ValueError(
            "`precision`='16-mixed' needs a GPU; on the CPU there are '32-true' and 'bf16-mixed'."
        )
    strategy = "ddp" if devices > 1 else "auto"
    if devices > 1:  # grey images have ambiguous strides, which is harmless
        warnings.filterwarnings("ignore", "Grad strides do not match bucket view strides")
    from lightning_fabric import Fabric  # doubles the time of the import: only when needed

    fabric = Fabric(accelerator=kind, devices=devices, strategy=strategy, precision=precision)
    fabric.launch()
    return fabric


def choose_kind(device="auto"):
    """The kind of device that a name means on this machine.

    Parameters
    ----------
    device : {"auto", "cuda", "mps", "cpu"}, default "auto"
        What was asked for.

    Returns
    -------
    str
        "cuda", "mps" or "cpu".

    Raises
    ------
    ValueError
        If there is no such device here.
    """
    there = {"cuda": torch.cuda.is_available(), "mps": torch.backends.mps.is_available()}
    there["cpu"] = True
    if device == "auto":
        return next(kind for kind in KINDS if there[kind])
    if device not in there:
        raise ValueError(f"`device` must be one of auto, {', '.join(KINDS)}; received {device!r}.")
    if not there[device]:
        found = ", ".join(kind for kind in KINDS if there[kind])
        raise ValueError(
            f"`device`={device!r} is not there: torch {torch.__version__} finds only {found} on "
            "this machine; device='auto' takes the best of these."
        )
    return device


def _check_count(kind, devices):
    require_count("devices", devices)
    most = {"cuda": torch.cuda.device_count(), "mps": 1}.get(kind, devices)
    if devices > most:
        raise ValueError(f"`devices`={devices}, but this machine has {most} of kind {kind!r}.")
    started = int(os.environ.get("WORLD_SIZE", devices))  # by torchrun, or by an earlier call
    if devices > 1 and started != devices:
        raise ValueError(f"`devices`={devices}, but {started} processes were started.")
    if devices > 1 and "LOCAL_RANK" not in os.environ and not _is_script():
        raise ValueError(
            f"`devices`={devices} runs the script once in each process, and this is no script; "
            "put the call into a file and run that: python FILE.py"
        )


def _is_script():
    interactive = hasattr(sys, "ps1") or "ipykernel" in sys.modules
    return not interactive and Path(sys.argv[0]).is_file()


def rng_states(fabric):
    """The states of torch's global generators, which dropout draws from: for each process a dict,
    kind of device → state."""
    own = {"cpu": torch.get_rng_state()}
    if fabric.device.type != "cpu":
        own[fabric.device.type] = getattr(torch, fabric.device.type).get_rng_state()
    if fabric.world_size == 1:
        return [own]
    everyone = [None] * fabric.world_size
    torch.distributed.all_gather_object(everyone, own)
    return everyone


def set_rng_states(fabric, everyone):
    """Set the generators to what `rng_states` gave; with other processes or devices, as far as
    they fit."""
    own = everyone[fabric.global_rank % len(everyone)]
    torch.set_rng_state(own["cpu"].cpu())
    if fabric.device.type in own and fabric.device.type != "cpu":
        getattr(torch, fabric.device.type).set_rng_state(own[fabric.device.type].cpu())
