"""A training run in a file, from which another process goes on as if nothing had happened."""

import pickle
import re
from dataclasses import asdict
from pathlib import Path
from zipfile import BadZipFile, ZipFile
from zlib import crc32

import numpy as np
import torch

from coursecnn._files import replacing, unfinished

FORMAT = 1  # changes when older files can no longer be read


class CheckpointError(ValueError):
    """A checkpoint is damaged or belongs to another run; the message names it and the remedy."""


class Checkpoint:
    """One file, and the one before it, which is kept beside it as `….previous`.

    Parameters
    ----------
    path : str or Path
        The file; torch.load reads it with weights_only=True.
    about : dict
        What the run is about, as `describe` gives it.

    Raises
    ------
    CheckpointError
        If the folder of `path` does not exist.
    """

    def __init__(self, path, about):
        self.path = Path(path)
        self.previous = self.path.with_name(self.path.name + ".previous")
        self.about = about
        if not self.path.parent.is_dir():
            raise CheckpointError(
                f"`checkpoint`={str(path)!r} lies in a folder that does not exist; make "
                f"{self.path.parent} first."
            )

    def keep(self, run):
        """Write the state of a run; all processes must call this together."""
        run.stop_if_weights_diverged()
        state = run.state_dict()
        if run.fabric.is_global_zero:
            self.write(state)

    def resume(self, run):
        """Let a run go on from the file, if there is one; all processes must call this together."""
        state = self.read()
        if state is not None:
            run.load_state_dict(state)
        run.fabric.barrier()  # nobody replaces the file while another still reads it

    def write(self, state):
        """Replace the file; `state` holds numbers, strings, tensors, lists and dicts of them."""
        content = {"format": FORMAT, "about": self.about, "state": state}
        for part in unfinished(self.path.parent, self.path.stem):
            part.unlink(missing_ok=True)
        with replacing(self.path, keep=self.previous) as stream:
            torch.save(content, stream)

    def read(self):
        """The state that was stored last, its tensors on the CPU; None if there is no file.

        Raises
        ------
        CheckpointError
            If the file is damaged, or belongs to another run.
        """
        if not self.path.exists():
            return None
        content = self._load()
        differences = list(_differences(content["about"], self.about))
        if differences:
            raise CheckpointError(
                f"{self.path} belongs to another run: {'; '.join(differences)}. Give another "
                "`checkpoint` to start anew, or the arguments of that run to go on with it."
            )
        return content["state"]

    def _load(self):
        try:
            content = _load_whole(self.path)
        except (BadZipFile, RuntimeError, pickle.UnpicklingError) as error:
            raise CheckpointError(
                f"{self.path} is damaged, or no checkpoint; {self._remedy()}"
            ) from error
        if not isinstance(content, dict) or content.get("format") != FORMAT:
            raise CheckpointError(
                f"{self.path} is no checkpoint of this version of `fit`; give another `checkpoint`."
            )
        return content

    def _remedy(self):
        if not self.previous.exists():
            return "delete it to start anew."
        name = self.path.name
        return f"to go on from the checkpoint before it, rename {self.previous} to {name}."


def describe(model, train, val, settings, changes):
    """What a run is about: another run with the same description may go on with it.

    Parameters
    ----------
    model : nn.Module
        Its kinds of layers, the shapes of its weights and which are frozen count, the weights do
        not.
    train, val : ImageSet
        A sample of their pixels and all labels count; `val` may be None.
    settings : Settings
        All of them count.
    changes : dict
        What the batches go through; the way it presents itself counts.

    Returns
    -------
    dict
        Numbers and strings; the devices are not in it.
    """
    weights = {name: list(w.shape) for name, w in model.state_dict().items()}
    layers = [type(module).__name__ for module in model.modules()]
    frozen = [name for name, weight in model.named_parameters() if not weight.requires_grad]
    return {
        "model": f"{type(model).__name__} {crc32(repr((layers, weights)).encode()):08x}",
        "frozen": frozen or None,  # as in files of runs that knew of no frozen weights
        "train": _fingerprint(train),
        "val": _fingerprint(val) if val is not None else None,
        **{name: re.sub(r" at 0x[0-9a-f]+", "", repr(how)) for name, how in changes.items()},
        **asdict(settings),
    }


def _load_whole(file):
    """Load a file whose checksums are right, which torch itself does not look at."""
    with ZipFile(file) as archive:
        if archive.testzip() is not None:
            raise BadZipFile("a checksum is wrong")
    return torch.load(file, map_location="cpu", weights_only=True)


def _fingerprint(image_set):
    """Size and checksum; of the pixels, which may be many, about a thousand images count."""
    sample = np.ascontiguousarray(image_set.images[:: len(image_set) // 1000 + 1])
    checksum = crc32(np.ascontiguousarray(image_set.labels), crc32(sample))
    return f"{'×'.join(map(str, image_set.images.shape))} {checksum:08x}"


def _differences(old, new):
    for name in new:
        if old.get(name) != new[name]:
            yield f"`{name}` was {old.get(name)}, now it is {new[name]}"
