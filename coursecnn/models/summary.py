"""What each layer gives, learns, costs, sees and keeps in memory."""

from dataclasses import dataclass
from typing import NamedTuple

import pandas as pd
import torch
from torch import nn

from coursecnn import shapes
from coursecnn.models.fields import Fields, tensors

_CONV = (nn.Conv1d, nn.Conv2d, nn.Conv3d)
_TRANSPOSED = (nn.ConvTranspose1d, nn.ConvTranspose2d, nn.ConvTranspose3d)
_SUMMED = ["parameters", "MACs", "parameter bytes", "activation bytes"]


@dataclass(frozen=True)
class Summary:
    """The layers of a model, in the order in which an image meets them.

    Attributes
    ----------
    table : pandas.DataFrame
        One row per call of a layer: layer, kind, output shape without the batch, parameters, MACs
        (multiply-accumulate operations for one image), receptive field in input pixels, bytes of
        the parameters, bytes of the output for one image (0 where it shares the memory of the
        input). Parameters that are used again count once; a layer that evaluation never calls
        stands at the end, without output.
    inputs : list of (tuple of int or None)
        What each row's layer is given: the shape of its first tensor without the batch.
    fields : list of (tuple of (int or None) or None)
        Its receptive field before it is cut down to the image: the pixels and the padding that a
        unit depends on along each axis, None along one of which it sees everything, and None
        altogether where the table has none.
    """

    table: pd.DataFrame
    inputs: list
    fields: list

    @property
    def parameters(self):
        """Numbers that the model learns."""
        return int(self.table["parameters"].sum())

    @property
    def macs(self):
        """Multiply-accumulate operations for one image."""
        return int(self.table["MACs"].sum())

    @property
    def parameter_bytes(self):
        """Memory of the parameters."""
        return int(self.table["parameter bytes"].sum())

    @property
    def activation_bytes(self):
        """Memory of all outputs for one image, which training keeps until it has the gradients."""
        return int(self.table["activation bytes"].sum())

    def _printable(self):
        total = {"layer": "total", **self.table[_SUMMED].sum().to_dict()}
        rows = [*self.table.to_dict("records"), total]
        return pd.DataFrame(
            [{name: _show(row.get(name)) for name in self.table.columns} for row in rows]
        )

    def __str__(self):
        return self._printable().to_string(index=False)

    def _repr_html_(self):
        return self._printable().to_html(index=False, border=0, classes="cc-table")


def summary(model, input_shape, *others):
    """Run one blank image through a model and keep the books.

    Parameters
    ----------
    model : nn.Module
        Any model; branches and shortcuts are followed. One that was made under
        ``torch.device("meta")`` has no numbers to compute with, and its summary costs no time.
    input_shape : tuple of int
        Shape of one image without the batch: (C, H, W).
    *others : Tensor
        What else the model wants after the image, for a batch of one: a label, for instance.

    Returns
    -------
    Summary
        Shapes are measured in evaluation mode, the rest is computed by `coursecnn.shapes`. Only
        layers (modules) have rows; what a model computes between them costs no MACs in the table.

    Raises
    ------
    ValueError
        If the model does not accept an image of that shape.
    """
    rows, counted = [], set()
    calls = _trace(model, tuple(input_shape), others)
    for call in calls:
        own = [w for w in call.layer.parameters(recurse=False) if id(w) not in counted]
        counted.update(map(id, own))
        rows.append(
            {
                "layer": call.name,
                "kind": type(call.layer).__name__,
                "output": call.output,
                "parameters": sum(weight.numel() for weight in own),
                "MACs": _macs(call),
                "receptive field": call.clipped,
                "parameter bytes": sum(weight.nbytes for weight in own),
                "activation bytes": call.nbytes,
            }
        )
    given = [call.given for call in calls]
    return Summary(pd.DataFrame(rows), given, [call.field for call in calls])


def count_parameters(model):
    """Count the numbers that a model learns.

    Parameters
    ----------
    model : nn.Module
        Any model.

    Returns
    -------
    int
        Weights, biases and the like; each once, also if several layers share it.

    Examples
    --------
    >>> count_parameters(nn.Conv2d(3, 10, 3))
    280
    """
    return sum(weight.numel() for weight in model.parameters())


class _Call(NamedTuple):
    """One call of a layer: shapes without the batch; no output if it was never called."""

    name: str
    layer: nn.Module
    given: tuple | None = None
    output: tuple | None = None
    nbytes: int = 0
    field: tuple | None = None
    clipped: tuple | None = None


def _trace(model, input_shape, others):
    """Every call of every layer that has parameters of its own or no layers inside."""
    layers = {
        name: layer
        for name, layer in model.named_modules()
        if not list(layer.children()) or list(layer.parameters(recurse=False))
    }
    example = next(model.parameters(), torch.zeros(()))
    image = torch.zeros(1, *input_shape, device=example.device, dtype=example.dtype)
    fields, calls = Fields(image), []

    def note(name):
        def hook(layer, given, result):
            result = next(tensors(result), None)
            if result is None:
                return  # gives no tensor, so there is nothing to measure
            given = next(tensors(given), result)
            field = fields.sizes(result)
            nbytes = 0 if _same_memory(given, result) else result.nbytes
            sizes = tuple(given.shape[1:]), tuple(result.shape[1:])
            calls.append(_Call(name, layer, *sizes, nbytes, field, _clip(field, input_shape[1:])))

        return hook

    hooks = [layer.register_forward_hook(note(name)) for name, layer in layers.items()]
    try:
        _run(model, fields, image, *others)
    finally:
        for hook in hooks:
            hook.remove()
    called = {call.name for call in calls}
    return calls + [_Call(*item) for item in layers.items() if item[0] not in called]


def _run(model, fields, image, *others):
    """Show the image to the model, which keeps its mode."""
    others = [other.to(image.device) for other in others]
    modes = {layer: layer.training for layer in model.modules()}
    try:
        with torch.no_grad(), fields:
            model.eval()(image, *others)
    except (RuntimeError, ValueError) as error:
        raise ValueError(
            f"`input_shape` {tuple(image.shape[1:])} does not fit the model: "
            f"{str(error).splitlines()[0]}"
        ) from error
    finally:
        for layer, training in modes.items():
            layer.training = training


def _macs(call):
    """Multiplications of convolutions and dense layers; of others they are not counted."""
    layer = call.layer
    if call.output is not None and isinstance(layer, (*_CONV, *_TRANSPOSED)):
        # Each kernel is applied at every place of the output, or spread from each of the input.
        places = call.output[1:] if isinstance(layer, _CONV) else call.given[1:]
        channels = layer.in_channels, layer.out_channels
        return shapes.macs(*channels, layer.kernel_size, places, groups=layer.groups)
    if call.output is not None and isinstance(layer, nn.Linear):
        return shapes.macs(layer.in_features, layer.out_features, output_size=call.output[:-1] or 1)
    return 0


def _same_memory(one, other):
    """Whether an output is its input seen again, as behind Identity, Flatten and in-place ReLU."""
    return one.untyped_storage()._cdata == other.untyped_storage()._cdata  # also without numbers


def _clip(sizes, image):
    """The field in pixels, no larger than the image; all of it where no axes are left."""
    if sizes is None:
        return None  # does not depend on the image
    if len(sizes) != len(image):
        return image
    return tuple(min(size or whole, whole) for size, whole in zip(sizes, image, strict=True))


def _show(value):
    """Numbers with thousands separators, shapes with ×, nothing for nothing."""
    if isinstance(value, tuple):
        return "×".join(str(size) for size in value)
    if isinstance(value, int):
        return f"{value:,}"
    return value or ""
