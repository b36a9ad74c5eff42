"""What a block computes, step by step, as a table that can be drawn."""

import re
from collections import Counter
from copy import deepcopy
from dataclasses import dataclass, field
from math import prod

import pandas as pd
import torch
from torch import nn
from torch.overrides import TorchFunctionMode

from coursecnn.models.fields import tensors

_FOLDED = ("norm", "activation")
_LAST = (0, 2, 3, 1)  # how maps are permuted for dense layers, which read the last axis
_FIRST = (0, 3, 1, 2)


def block_graph(module, input_shape, *, whole=()):
    """Follow a blank image through a block and note every step.

    The steps are those that the module really takes: layers, and functions that are called
    between them. Nothing is computed, for shapes need no numbers.

    Parameters
    ----------
    module : nn.Module
        A block, a `nn.Sequential`, or a class of your own.
    input_shape : tuple of int
        Shape of its input without the batch, such as (C, H, W).
    whole : type or tuple of types, optional
        Kinds of modules whose inside is not shown: each is one step.

    Returns
    -------
    pandas.DataFrame
        One row per step in the order of computation, from the input to the output, with plain
        values: name (the layer's, or what is done); kind ("input", "conv", "linear", "pool",
        "norm", "activation", "add", "multiply", "concatenate", "scale", "reshape", "module",
        "output", or "other"); label, in short; then, the normalisation and the activation that
        follow at once; inputs, the names of the steps that are read; output, the shape without
        the batch, channels first; parameters; MACs. Parameters that are used again count once.

    Raises
    ------
    TypeError
        If `module` is no module.
    ValueError
        If the module does not accept an input of that shape, or its output does not depend on it.

    Notes
    -----
    The module is looked at in evaluation mode, and stays as it is. What evaluation leaves out has
    no row, nor has what costs nothing: dropout, zeros around the maps, another order of the axes.

    Examples
    --------
    >>> stem = nn.Sequential(nn.Conv2d(3, 8, 5, stride=2), nn.BatchNorm2d(8), nn.ReLU())
    >>> table = block_graph(stem, (3, 33, 31))
    >>> table["label"].tolist(), table["then"].tolist(), table["parameters"].tolist()
    (['input', '5×5 conv, 8, stride 2', 'output'], ['', 'BN, ReLU', ''], [0, 624, 0])
    """
    if not isinstance(module, nn.Module):
        raise TypeError(f"`module` must be a module of torch; received {module!r:.60}.")
    steps = _fold(_needed(_trace(module, tuple(input_shape), whole)))
    counted, rows = set(), []
    for step in steps:
        own = {key: size for key, size in step.weights.items() if key not in counted}
        counted.update(own)
        rows.append(
            {
                "name": step.name,
                "kind": step.kind,
                "label": step.label,
                "then": ", ".join(step.then),
                "inputs": tuple(step.inputs),
                "output": step.output,
                "parameters": sum(own.values()),
                "MACs": step.macs,
            }
        )
    return pd.DataFrame(rows)


@dataclass
class _Step:
    """One row in the making; `weights` maps what is learned to its size."""

    kind: str
    label: str
    macs: int = 0
    name: str = ""
    inputs: list = field(default_factory=list)
    output: tuple = ()
    weights: dict = field(default_factory=dict)
    then: list = field(default_factory=list)
    inside: tuple | None = None  # name and class of the module that is shown as a whole


def _trace(module, input_shape, whole):
    """All steps in order, between one for the input and one for the output."""
    copy = _blank_copy(module).eval()
    weight = next(copy.parameters(), torch.zeros((), device="meta"))
    with torch.no_grad(), torch.device("meta"):
        image = torch.zeros(1, *input_shape, dtype=weight.dtype)
        watch = _Watch(copy, image, whole)
        try:
            with watch:
                result = copy(image)
        except (RuntimeError, ValueError) as error:
            raise ValueError(
                f"`input_shape` {input_shape} does not fit the module: {str(error).splitlines()[0]}"
            ) from error
    return watch.finish(result)


def _blank_copy(module):
    """The same module without numbers."""
    memo = {}
    for tensor in (*module.parameters(), *module.buffers()):
        if nn.parameter.is_lazy(tensor):
            raise ValueError("`module` has layers without a size yet; call it once with an image.")
        blank = torch.empty_like(tensor, device="meta").detach()
        is_weight = isinstance(tensor, nn.Parameter)
        memo[id(tensor)] = nn.Parameter(blank, tensor.requires_grad) if is_weight else blank
    return deepcopy(module, memo).to("meta")


class _Watch(TorchFunctionMode):
    """While this is active, every function that is called on what comes from the image is noted."""

    def __init__(self, model, image, whole):
        super().__init__()
        self._steps = [_Step("input", "input", name="input", output=tuple(image.shape[1:]))]
        self._made = {id(image): (image, "input", False)}  # tensor, its step, channels last
        self._learned = {id(w): (w, {id(w): w.numel()}) for w in model.parameters()}
        self._inside, self._names = [], {"input", "output"}
        for name, layer in model.named_modules():
            layer.register_forward_pre_hook(self._enter(name, isinstance(layer, whole)))
            layer.register_forward_hook(self._leave)

    def _enter(self, name, is_whole):
        def hook(layer, given):
            call = (name, type(layer).__name__, object())  # told apart from another call
            self._inside.append((name, layer, call if is_whole else None))

        return hook

    def _leave(self, layer, given, result):
        self._inside.pop()

    def __torch_function__(self, func, types, args=(), kwargs=None):
        """Call the function, and note it if it reads what comes from the image."""
        kwargs = kwargs or {}
        before = [(t, tuple(t.shape)) for t in _given(args, kwargs)]
        result = func(*args, **kwargs)
        outputs = list(tensors(result))
        if outputs:
            self._note(func.__name__.strip("_"), args, kwargs, before, outputs)
        return result

    def _note(self, name, args, kwargs, before, outputs):
        read = [self._made[id(t)] for t, _ in before if id(t) in self._made]
        weights = {}
        for t, _ in before:
            weights |= self._learned.get(id(t), (t, {}))[1]
        if not read:
            if weights:  # what is computed from weights alone is a weight still
                self._learned |= {id(t): (t, weights) for t in outputs}
            return
        call = _Call(name, args, kwargs, before, outputs, read[0][2], len(read), weights)
        last = call.is_last_behind()
        step = _read(call)
        if step is None:
            origin = read[0][1]
        else:
            step.inputs = [origin for _, origin, _ in read]
            step.output, step.weights = _plain(outputs[0].shape, last), weights
            step.name = origin = self._named(step)
            step.inside = next((call for *_, call in self._inside if call), None)
            self._steps.append(step)
        self._made |= {id(t): (t, origin, last) for t in outputs}

    def _named(self, step):
        """The layer's name where it is one, else what is done, behind the name of the block."""
        path, layer, _ = self._inside[-1]
        is_layer = path and not list(layer.children())
        wanted = name = path if is_layer else f"{path}.{step.kind}".lstrip(".")
        number = 1
        while name in self._names:
            number += 1
            name = f"{wanted} {number}"
        self._names.add(name)
        return name

    def finish(self, result):
        """The steps, those in a module that is shown as a whole merged, and one for the output."""
        found = [t for t in _given(_values(result), {}) if id(t) in self._made]
        if not found:
            raise ValueError("the output of `module` does not depend on its input.")
        inputs = list(dict.fromkeys(self._made[id(t)][1] for t in found))
        shape = _plain(found[0].shape, self._made[id(found[0])][2])
        end = _Step("output", "output", name="output", inputs=inputs, output=shape)
        return _merge([*self._steps, end])


def _values(result):
    """What a module gave, as a list: a tensor, several, or a dictionary of them."""
    return list(result.values()) if isinstance(result, dict) else [result]


def _given(args, kwargs):
    """The tensors that a function is given, in order."""
    return list(tensors([*args, *kwargs.values()]))


def _plain(shape, last):
    """A shape without the batch, channels first."""
    shape = tuple(int(n) for n in shape[1:])
    return (shape[-1], *shape[:-1]) if last else shape


def _merge(steps):
    """One step in place of those in each call of a module that is shown as a whole."""
    merged, renamed, kept = {}, {}, []
    for step in steps:
        inputs = [renamed.get(name, name) for name in step.inputs]
        if step.inside is None:
            step.inputs = inputs
            kept.append(step)
            continue
        name, kind, _ = step.inside
        if step.inside not in merged:
            words = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", kind).lower()
            merged[step.inside] = _Step("module", words, name=name or step.name)
            kept.append(merged[step.inside])
        box = merged[step.inside]
        renamed[step.name] = box.name
        box.inputs += [i for i in inputs if i != box.name and i not in box.inputs]
        box.weights, box.output = box.weights | step.weights, step.output
        box.macs += step.macs
    for box in merged.values():
        box.label += f", {box.output[0]}"
    return kept


def _needed(steps):
    """The steps that the output depends on."""
    needed = {"output"}
    for step in reversed(steps):
        if step.name in needed:
            needed.update(step.inputs)
    return [step for step in steps if step.name in needed]


def _fold(steps):
    """A normalisation or activation belongs to the layer that it alone reads."""
    readers = Counter(name for step in steps for name in step.inputs)
    kept, hosts = {}, {}
    for step in steps:
        alone = len(step.inputs) == 1 and readers[step.inputs[0]] == 1
        step.inputs = [hosts.get(name, name) for name in step.inputs]
        host = kept[step.inputs[0]] if alone else None
        if host is None or step.kind not in _FOLDED or not _takes(host, step):
            kept[step.name] = step
            continue
        hosts[step.name] = host.name
        host.weights = host.weights | step.weights
        if host.kind == "norm":
            host.label += f", {step.label}"
        else:
            host.then.append(step.label)
    return list(kept.values())


def _takes(host, step):
    if host.kind == "norm":
        return step.kind == "activation"
    return host.kind in ("conv", "linear")


@dataclass
class _Call:
    """A function with what it was given and what it gave."""

    name: str
    args: tuple
    kwargs: dict
    before: list  # tensors that were given, with their shapes at that time
    outputs: list
    last: bool  # whether channels come last in what was given
    reads: int  # how many of the tensors come from the image
    weights: dict

    @property
    def shape(self):
        """The shape of the first tensor."""
        return self.before[0][1]

    @property
    def result(self):
        return tuple(self.outputs[0].shape)

    @property
    def channels(self):
        return _plain(self.result, self.is_last_behind())[0]

    def is_last_behind(self):
        """Whether channels come last in what was made."""
        if self.name == "permute":
            order = _order(self)
            if order in (_LAST, _FIRST):
                return order == _LAST
        return self.last and len(self.result) == len(self.shape)


def _order(call):
    """The order of axes that a permutation is given, as numbers from 0."""
    axes = call.kwargs.get("dims", call.args[1:])
    axes = axes[0] if len(axes) == 1 and not isinstance(axes[0], int) else axes
    return tuple(axis % len(call.shape) for axis in axes)


def _read(call):
    """The step that a call is, or None for what costs nothing and changes nothing."""
    name = call.name.rstrip("_")
    for names, reader in _READERS:
        if name in names:
            return reader(call)
    if name in _ACTIVATIONS:
        return _Step("activation", _ACTIVATIONS[name])
    if name in _NORMS:
        return _Step("norm", _NORMS[name])
    return _Step("other", name.replace("_", " "))


def _nothing(call):
    return None


def _conv(call):
    return _convolution(*call.args, **call.kwargs, call=call)


def _convolution(
    input, weight, bias=None, stride=1, padding=0, dilation=1, groups=1, *, call
):  # names and order are torch's
    axes = weight.ndim - 2
    depthwise = 1 < groups == input.shape[-1 - axes]
    word = "depthwise" if depthwise else "conv"
    parts = [f"{_times(weight.shape[2:])} {word}", str(weight.shape[0])]
    parts += _options(stride, dilation, 1 if depthwise else groups, axes)
    return _Step("conv", ", ".join(parts), weight.numel() * prod(call.result[-axes:]))


def _transposed(call):
    return _transposed_convolution(*call.args, **call.kwargs, call=call)


def _transposed_convolution(
    input, weight, bias=None, stride=1, padding=0, output_padding=0, groups=1, dilation=1, *, call
):
    axes = weight.ndim - 2
    parts = [f"{_times(weight.shape[2:])} transposed conv", str(weight.shape[1] * groups)]
    parts += _options(stride, dilation, groups, axes)
    return _Step("conv", ", ".join(parts), weight.numel() * prod(call.shape[-axes:]))


def _options(stride, dilation, groups, axes):
    """What a window does that is not usual."""
    for word, value in (("stride", stride), ("dilation", dilation)):
        values = _each(value, axes)
        if set(values) != {1}:
            yield f"{word} {values[0] if len(set(values)) == 1 else _times(values)}"
    if groups > 1:
        yield f"{groups} groups"


def _each(value, axes):
    values = tuple(value) if isinstance(value, tuple | list) else (value,)
    return values if len(values) == axes else values * axes


def _times(sizes):
    return "×".join(str(size) for size in sizes)


def _dense(call):
    weight = call.kwargs.get("weight", call.args[1] if len(call.args) > 1 else None)
    words = "dense per pixel" if len(call.result) == 4 else "dense"
    return _Step("linear", f"{words}, {weight.shape[0]}", weight.numel() * prod(call.result[1:-1]))


def _pool(word):
    def read(call):
        return _window(word, *call.args, **call.kwargs, call=call)

    return read


def _window(word, input, kernel_size, stride=None, padding=0, *others, call, dilation=1, **options):
    axes = len(call.result) - 2
    size = _each(kernel_size, axes)
    if all(n == 1 for n in call.result[2:]) and size == call.shape[2:]:
        return _Step("pool", f"global {word}")
    if word == "max" and others:
        dilation = others[0]  # the others round up, or count zeros
    step = stride or size
    return _Step("pool", ", ".join([f"{word} {_times(size)}", *_options(step, dilation, 1, axes)]))


def _adaptive(word):
    def read(call):
        if all(n == 1 for n in call.result[2:]):
            return _Step("pool", f"global {word}")
        return _Step("pool", f"{word} to {_times(call.result[2:])}")

    return read


def _reduce(word):
    """A mean or a maximum: over all pixels, or over something else."""

    def read(call):
        axes = call.kwargs.get("dim", call.args[1] if len(call.args) > 1 else ())
        axes = axes if isinstance(axes, tuple | list) else (axes,)
        pixels = {1, 2} if call.last else {*range(2, len(call.shape))}
        if pixels and {axis % len(call.shape) for axis in axes if isinstance(axis, int)} == pixels:
            return _Step("pool", f"global {word}")
        return _Step("other", "mean" if word == "average" else word)

    return read


def _arithmetic(kind, sign):
    """Two tensors meet, or one meets a number that is learned or fixed."""

    def read(call):
        if call.reads > 1:
            return _Step(kind, sign)
        if call.weights:
            return _Step("scale", f"{'scale' if kind == 'multiply' else sign}, {call.channels}")
        number = next((a for a in call.args if isinstance(a, int | float)), None)
        if number == (1 if kind == "multiply" else 0):
            return None
        return _Step("other", f"{sign} {number:g}" if number is not None else f"{sign} constant")

    return read


def _concatenate(call):
    if call.reads > 1:
        return _Step("concatenate", "concat")
    return _Step("other", "concat learned") if call.weights else None


def _permute(call):
    if _order(call) in (_LAST, _FIRST):
        return None
    return _Step("reshape", "permute")


def _same_sizes(call):
    """Whether no more than axes with one entry came or went."""
    before, after = ([n for n in shape if n != 1] for shape in (call.shape, call.result))
    return before == after


def _reshape(call):
    if _same_sizes(call):
        return None
    return _Step("reshape", "flatten" if len(call.result) == 2 else "reshape")


def _slice(call):
    if _same_sizes(call):
        return None
    index = call.args[1] if isinstance(call.args[1], tuple) else (call.args[1],)
    steps = {part.step for part in index if isinstance(part, slice) and part.step not in (None, 1)}
    if len(steps) == 1:
        step = steps.pop()
        return _Step("reshape", "every other pixel" if step == 2 else f"every {step}th pixel")
    return _Step("reshape", "slice")


def _split(call):
    return _Step("reshape", "split")


def _moved(call):
    return _Step("reshape", call.name)


def _pad(call):
    new = call.result[1] - call.shape[1]
    return _Step("reshape", f"{new} zero maps") if new > 0 else None


def _enlarge(call):
    return _Step("other", f"enlarge to {_times(call.result[2:])}")


_DIMS = ("1d", "2d", "3d")
_ADD, _MULTIPLY = ("add", "radd", "iadd"), ("mul", "rmul", "imul", "multiply")
_READERS = (
    ([f"conv{d}" for d in _DIMS], _conv),
    ([f"conv_transpose{d}" for d in _DIMS], _transposed),
    (["linear"], _dense),
    ([f"max_pool{d}" for d in _DIMS], _pool("max")),
    ([f"avg_pool{d}" for d in _DIMS], _pool("average")),
    ([f"adaptive_avg_pool{d}" for d in _DIMS], _adaptive("average")),
    ([f"adaptive_max_pool{d}" for d in _DIMS], _adaptive("max")),
    (["mean"], _reduce("average")),
    (["amax"], _reduce("max")),
    (_ADD, _arithmetic("add", "+")),
    (["sub", "isub"], _arithmetic("other", "−")),
    (_MULTIPLY, _arithmetic("multiply", "×")),
    (["cat", "concat", "concatenate"], _concatenate),
    (["permute"], _permute),
    (["flatten", "view", "reshape", "unflatten", "squeeze", "unsqueeze", "view_as"], _reshape),
    (["getitem", "narrow"], _slice),
    (["chunk", "split", "unbind", "tensor_split"], _split),
    (["transpose", "movedim", "swapaxes", "roll"], _moved),
    (["pad"], _pad),
    (["interpolate", "upsample"], _enlarge),
    (
        ["dropout", *(f"dropout{d}" for d in _DIMS), "feature_dropout", "alpha_dropout", "get",
         "contiguous", "clone", "detach", "to", "type", "float", "half", "double"],
        _nothing,
    ),
)  # fmt: skip
_NORMS = {
    "batch_norm": "BN", "layer_norm": "LN", "group_norm": "GN", "instance_norm": "IN",
    "local_response_norm": "LRN", "rms_norm": "RMS norm",
}  # fmt: skip
_ACTIVATIONS = {
    "relu": "ReLU", "relu6": "ReLU6", "hardtanh": "ReLU6", "leaky_relu": "leaky ReLU",
    "elu": "ELU", "gelu": "GELU", "silu": "SiLU", "sigmoid": "sigmoid", "tanh": "tanh",
    "hardswish": "hard swish", "hardsigmoid": "hard sigmoid", "softmax": "softmax",
    "log_softmax": "log softmax", "prelu": "PReLU", "mish": "Mish", "selu": "SELU",
    "softplus": "softplus",
}  # fmt: skip
