"""What each layer gives, learns, costs and sees."""

from dataclasses import dataclass

import pandas as pd
import torch
from torch import nn

from coursecnn import shapes

_CONV = (nn.Conv1d, nn.Conv2d, nn.Conv3d)
_POOL = (nn.MaxPool1d, nn.MaxPool2d, nn.MaxPool3d, nn.AvgPool1d, nn.AvgPool2d, nn.AvgPool3d)


@dataclass(frozen=True)
class Summary:
    """The layers of a model, in the order in which an image meets them.

    Attributes
    ----------
    table : pandas.DataFrame
        One row per layer: layer, kind, output shape without the batch, parameters, MACs
        (multiply-accumulate operations for one image), receptive field in input pixels.
    """

    table: pd.DataFrame

    @property
    def parameters(self):
        """Numbers that the model learns."""
        return int(self.table["parameters"].sum())

    @property
    def macs(self):
        """Multiply-accumulate operations for one image."""
        return int(self.table["MACs"].sum())

    def _printable(self):
        total = {"layer": "total", "parameters": self.parameters, "MACs": self.macs}
        rows = [*self.table.to_dict("records"), total]
        return pd.DataFrame(
            [{name: _show(row.get(name)) for name in self.table.columns} for row in rows]
        )

    def __str__(self):
        return self._printable().to_string(index=False)

    def _repr_html_(self):
        return self._printable().to_html(index=False, border=0, classes="cc-table")


def summary(model, input_shape):
    """Run one blank image through a model and keep the books.

    Parameters
    ----------
    model : nn.Module
        Its layers run one after the other, without branches.
    input_shape : tuple of int
        Shape of one image without the batch: (C, H, W).

    Returns
    -------
    Summary
        Shapes are measured, the rest is computed by `coursecnn.shapes`.

    Raises
    ------
    ValueError
        If the model does not accept an image of that shape.
    """
    calls = _trace(model, tuple(input_shape))
    chain, rows = [], []
    for name, layer, given, result in calls:
        if isinstance(layer, (*_CONV, *_POOL)):
            chain.append(layer)
        rows.append(
            {
                "layer": name,
                "kind": type(layer).__name__,
                "output": result,
                "parameters": sum(weight.numel() for weight in layer.parameters()),
                "MACs": _macs(layer, result),
                "receptive field": _field(chain, layer, given, input_shape),
            }
        )
        if isinstance(layer, nn.Flatten | nn.Linear):
            chain = []  # behind it a unit sees the whole image
    return Summary(pd.DataFrame(rows))


def _trace(model, input_shape):
    """Name, layer, shape in and shape out of every layer that has no layers inside."""
    calls, hooks = [], []

    def note(name):
        return lambda layer, given, result: calls.append(
            (name, layer, tuple(given[0].shape[1:]), tuple(result.shape[1:]))
        )

    for name, layer in model.named_modules():
        if not list(layer.children()):
            hooks.append(layer.register_forward_hook(note(name)))
    was_training = model.training
    try:
        with torch.no_grad():
            model.eval()(torch.zeros(1, *input_shape, device=next(model.parameters()).device))
    except RuntimeError as error:
        raise ValueError(
            f"`input_shape` {input_shape} does not fit the model: {str(error).splitlines()[0]}"
        ) from error
    finally:
        model.train(was_training)
        for hook in hooks:
            hook.remove()
    return calls


def _macs(layer, result):
    if isinstance(layer, _CONV):
        channels = layer.in_channels, layer.out_channels
        return shapes.macs(*channels, layer.kernel_size, result[1:], groups=layer.groups)
    if isinstance(layer, nn.Linear):
        return shapes.macs(layer.in_features, layer.out_features)
    return 0


def _field(chain, layer, given, input_shape):
    """Height × width of the input that one unit sees; all of it behind a dense layer."""
    if isinstance(layer, nn.Flatten | nn.Linear) or len(given) == 1:
        return tuple(input_shape[1:])
    axes = range(len(input_shape) - 1)
    per_axis = [[_geometry(step, axis) for step in chain] for axis in axes]
    sizes = (shapes.receptive_field(steps).size for steps in per_axis)
    return tuple(min(size, whole) for size, whole in zip(sizes, input_shape[1:], strict=True))


def _geometry(step, axis):
    """Kernel size, stride, padding and dilation of one layer along one axis."""
    values = step.kernel_size, step.stride, step.padding, getattr(step, "dilation", 1)
    return tuple(value[axis] if isinstance(value, tuple) else value for value in values)


def _show(value):
    """Numbers with thousands separators, shapes with ×, nothing for nothing."""
    if isinstance(value, tuple):
        return "×".join(str(size) for size in value)
    if isinstance(value, int):
        return f"{value:,}"
    return value or ""
