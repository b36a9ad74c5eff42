"""`coursecnn doctor`: what this machine has, and what to do about what it lacks."""

import os
import platform
import shutil
import sys
import tempfile
from dataclasses import dataclass
from importlib import import_module

import click

from coursecnn import _extras

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
MARKS = {"fine": "✓", "lacking": "–", "broken": "✗"}


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at.

    Parameters
    ----------
    what : str
        Its name.
    state : {"fine", "lacking", "broken"}
        Lacking: some part of the course can do without. Broken: the course cannot.
    detail : str
        What was found, and the remedy.
    """

    what: str
    state: str
    detail: str


@click.command("doctor")
def command():
    """Say what device, versions, data and isolation there are, and how to get what is missing.

    The exit code is 1 if something is broken that the course needs, otherwise 0.
    """
    findings = []
    for look in _looks():
        findings.append(_try(look))
        click.echo(_line(findings[-1]))
    broken = [finding.what for finding in findings if finding.state == "broken"]
    lacking = [finding.what for finding in findings if finding.state == "lacking"]
    click.echo()
    if lacking:
        click.echo(f"The course works, but less well, for want of: {', '.join(lacking)}.")
    if broken:
        click.echo(f"To be repaired: {', '.join(broken)}.")
        raise SystemExit(1)
    click.echo("All that the course needs is here.")


def _looks():
    """What to look at, in this order; what torch does here, only where it is installed."""
    with_torch = (_pair, _gpu, _threads, _weights)
    torch = (_without_torch,) if _extras.missing("torch") else with_torch
    return (_python, _packages, _chapters, *torch, _data, _cache, _sandbox, _browser)


def _try(look):
    """What a look finds; a look that fails is a finding, too."""
    try:
        return look()
    except Exception as error:  # whatever is wrong with this machine, the rest is looked at
        reason = str(error) or type(error).__name__
        return Finding(look.__name__.strip("_"), "broken", f"could not be looked at: {reason}")


def _line(finding):
    return f"{MARKS[finding.state]} {finding.what:<10} {finding.detail}"


def _python():
    version = f"{platform.python_version()} on {platform.platform(terse=True)}, {sys.executable}"
    return Finding("Python", "fine", version)


def _packages():
    """The packages that coursecnn declares, in versions that it can work with.

    Those of an extra count where it is installed.
    """
    from importlib.metadata import PackageNotFoundError, requires, version

    from packaging.requirements import Requirement

    extras = ["", *(extra for extra in _extras.PACKAGES if not _extras.missing(extra))]
    missing, found = [], []
    for needed in map(Requirement, requires("coursecnn")):
        asked = needed.marker is None or any(
            needed.marker.evaluate({"extra": extra}) for extra in extras
        )
        if not asked:
            continue
        try:
            found.append(f"{needed.name} {version(needed.name)}")
            if not needed.specifier.contains(version(needed.name), prereleases=True):
                missing.append(needed)
        except PackageNotFoundError:
            missing.append(needed)
    if missing:
        names = " ".join(f'"{needed.name}{needed.specifier}"' for needed in missing)
        return Finding("packages", "broken", f"python -m pip install -c constraints.txt {names}")
    return Finding("packages", "fine", ", ".join(found))


def _chapters():
    try:
        _extras.need("chapters")
    except ModuleNotFoundError as error:
        return Finding("chapters", "lacking", str(error))
    return Finding("chapters", "fine", f"{', '.join(_extras.PACKAGES['chapters'])} are here")


def _without_torch():
    try:
        _extras.need("torch")
    except ModuleNotFoundError as error:
        return Finding("torch", "lacking", str(error))


def _pair():
    """Torch and torchvision are built for each other; a wrong pair fails when it is loaded."""
    try:
        import torch
        import torchvision
    except (ImportError, RuntimeError, OSError) as error:
        reason = str(error).splitlines()[0]
        remedy = f"in the folder of the course: {_extras.command('torch')}"
        return Finding("torch", "broken", f"does not load ({reason}); {remedy}")
    versions = f"torch {torch.__version__} and torchvision {torchvision.__version__}"
    return Finding("torch", "fine", f"{versions} load together")


def _gpu():
    import torch

    from coursecnn.training.devices import choose_kind

    kind = choose_kind()
    if kind == "cuda":
        names = [torch.cuda.get_device_name(i) for i in range(torch.cuda.device_count())]
        return Finding("GPU", "fine", f"{', '.join(names)} (device cuda)")
    if kind == "mps":
        return Finding("GPU", "fine", "that of this Mac (device mps)")
    built = torch.version.cuda
    why = "no NVIDIA GPU was found" if built else "this torch is built without CUDA"
    return Finding("GPU", "lacking", f"none ({why}); models train on the CPU")


def _threads():
    import torch

    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    used = torch.get_num_threads()
    limits = [name for name in ("OMP_NUM_THREADS", "MKL_NUM_THREADS") if name in os.environ]
    if used < cores and limits:
        names = " and ".join(limits)
        detail = f"torch computes on {used} of {cores} cores; unset {names} to use all of them"
        return Finding("threads", "lacking", detail)
    return Finding("threads", "fine", f"torch computes with {used} on {cores} cores")


def _data():
    """The files that ship with the package, by their checksums."""
    from coursecnn.data import DataError, bundled

    try:
        files = [bundled.path(name).name for name in bundled.SHA256]
    except DataError as error:
        return Finding("data", "broken", str(error))
    return Finding("data", "fine", f"{', '.join(files)}: whole")


def _weights():
    from coursecnn.data import DataError
    from coursecnn.models.pretrained import WEIGHTS, imagenet_weights

    try:
        for version in WEIGHTS:
            imagenet_weights(version)
    except DataError as error:
        return Finding("weights", "broken", str(error))
    names = " and ".join(f"EfficientNet-Lite{version}" for version in WEIGHTS)
    return Finding("weights", "fine", f"{names}, trained on ImageNet: whole")


def _cache():
    from coursecnn.data import cache

    folder = cache.folder()
    there = next(path for path in (folder, *folder.absolute().parents) if path.exists())
    try:
        tempfile.TemporaryFile(dir=there).close()
    except OSError:
        detail = f"{folder} cannot be written; set COURSECNN_DATA to a folder that you may write"
        return Finding("cache", "broken", detail)
    free = shutil.disk_usage(there).free / 1e9
    if free < 0.5:
        detail = f"{folder}: {free:.1f} GB free, CIFAR-10 needs 0.2; free some space"
        return Finding("cache", "lacking", detail)
    return Finding("cache", "fine", f"{folder}, {free:.0f} GB free")


def _sandbox():
    # By a name in a text, so that students' copies of the library come without the grader.
    try:
        grader = import_module("coursecnn.grading.sandbox")
    except ModuleNotFoundError:
        return Finding("sandbox", "fine", "a student's copy, which grades nobody")
    try:
        level = grader.choose()
    except grader.IsolationError as error:
        return Finding("sandbox", "lacking", f"{error} (only graders need it)")
    return Finding("sandbox", "fine", f"{level.name}. {level.sentence}")


def _browser():
    path = next(filter(None, map(shutil.which, BROWSERS)), None)
    if path is None:
        detail = f"none of {', '.join(BROWSERS)}; install Chromium to test the book's pages"
        return Finding("browser", "lacking", detail)
    return Finding("browser", "fine", path)
