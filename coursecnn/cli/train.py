"""`coursecnn train`: a model, a set of images, and what came of them."""

import json
import os
import sys
import warnings
from ast import literal_eval
from functools import partial
from inspect import signature
from pathlib import Path

import click

from coursecnn._files import replacing

COLUMNS = {
    "epoch": "{:5d}", "lr": "{:9.2e}", "train_loss": "{:10.4f}", "train_accuracy": "{:14.2%}",
    "val_loss": "{:8.4f}", "val_accuracy": "{:12.2%}",
}  # fmt: skip

EPILOG = """
FOLDER holds a folder of images for each class, or such folders in train, val and test.

Examples: coursecnn train lenet5 --data mnist; coursecnn train resnet9 --data cifar10 --epochs 5
--channels-last; coursecnn train resnet18 --data ~/birds --size 128 --patience 3
"""


def _option(text):
    """NAME=VALUE as a pair; the value is a Python literal where it can be read as one."""
    name, equals, value = text.partition("=")
    if not (name.isidentifier() and equals):
        raise click.BadParameter(f"{text!r} is not NAME=VALUE")
    try:
        return name, literal_eval(value)
    except (ValueError, SyntaxError):
        return name, value


class _Setting(click.Option):
    """An option that is the argument of `fit` of the same name, and has its default."""

    def get_default(self, ctx, call=True):
        from coursecnn import training  # here, as it takes seconds

        return signature(training.fit).parameters[self.name].default


_setting = partial(click.option, cls=_Setting, show_default=True)


@click.command("train", epilog=EPILOG)
@click.argument("model")
@click.option("--data", required=True, metavar="NAME|FOLDER", help="mnist, cifar10, …, or yours.")
@click.option("--size", type=click.IntRange(1), help="Pixels to scale the images of FOLDER to.")
@click.option(
    "--augment",
    type=click.Choice(["auto", "none", "shift", "flip"]),
    default="auto",
    show_default=True,
    help="Move images a little; flip: and mirror them. auto: flip if they are in colour.",
)
@click.option(
    "--option",
    "options",
    metavar="NAME=VALUE",
    type=_option,
    multiple=True,
    help="An argument of the model, such as width=32; may be repeated.",
)
@_setting("--epochs", type=click.IntRange(1))
@_setting("--batch-size", type=click.IntRange(1))
@_setting("--optimizer", help="Or sgd, momentum, adam.")
@_setting("--lr", type=float, help="Its largest value.")
@_setting("--weight-decay", type=float)
@_setting("--schedule", help="Or constant, step, cosine.")
@_setting("--label-smoothing", type=float)
@_setting("--clip-norm", type=float, help="Longest gradient that is followed.")
@_setting("--patience", type=click.IntRange(1), help="Stop after so many epochs in vain.")
@_setting("--seed", type=click.IntRange(0))
@_setting("--device", help="Or cuda, mps, cpu.")
@_setting("--devices", type=click.IntRange(1))
@_setting("--precision", help="Or bf16-mixed, 16-mixed.")
@_setting("--channels-last", is_flag=True, help="Quicker on many machines.")
@_setting(
    "--accumulate",
    type=click.IntRange(1),
    help="Work a batch off in so many parts, to save memory.",
)
@_setting(
    "--checkpoint",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Keep the run in this file, and go on from it after a kill.",
)
@_setting("--checkpoint-steps", type=click.IntRange(1), help="Not after each epoch only.")
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    help="Where the results go; by default runs/MODEL-DATA. Older ones are replaced.",
)
def command(model, data, size, augment, options, out, **settings):
    """Train MODEL and write OUT/weights.pt, OUT/history.csv and OUT/run.json.

    MODEL is one of those that `coursecnn.models.build` knows, such as lenet5, resnet9 or resnet18.
    """
    try:
        with warnings.catch_warnings():
            warnings.showwarning = lambda message, *_: _say(f"Warning: {message}")
            _train(model, data, size, augment, dict(options), out, settings)
    except (ValueError, TypeError, OSError, FloatingPointError) as error:
        raise click.ClickException(str(error)) from error


def _train(name, data, size, augment, options, out, settings):
    import torch

    from coursecnn import models, training

    if name not in models.MODELS:
        models.build(name)  # says which there are
    sets = _sets(data, size)
    torch.manual_seed(settings["seed"])
    model = _build(name, sets["train"], options)
    out = out or Path("runs") / f"{name}-{Path(data).name}"
    out.mkdir(parents=True, exist_ok=True)
    _say(f"{sets['train']!r}, {sum(w.numel() for w in model.parameters()):,} parameters")
    _say_header(sets, settings["checkpoint"])
    settings["augment"] = _augmentation(augment, sets["train"])
    history = training.fit(model, sets["train"], sets.get("val"), on_epoch=_say_row, **settings)
    about = {"model": name, "options": options, "data": str(data), **settings, "augment": augment}
    if "test" in sets:
        about["test_accuracy"] = training.accuracy(model, sets["test"])
        _say(f"{about['test_accuracy']:.2%} of {len(sets['test']):,} test images are right")
    if _is_first():
        _write(out, model, history, about | {"class_names": sets["train"].class_names})
    _say(f"The weights are {out / 'weights.pt'}; beside them are history.csv and run.json.")


def _sets(data, size):
    """What there is of train, val and test."""
    from coursecnn import data as sources

    named = [name for name in sources.CARDS if name != "photos"]
    if data in named and size is not None:
        raise ValueError(f"--size is for images of your own; those of {data} have theirs.")
    if data in named:
        return {split: getattr(sources, data)(split) for split in ("train", "val", "test")}
    folder = Path(data).expanduser()
    if not folder.is_dir():
        raise ValueError(f"--data must be a folder, or one of {', '.join(named)}; received {data}.")
    sets = {"train": sources.image_folder(folder, "train", size=size)}
    there = {child.name.lower() for child in folder.iterdir()}
    for split, names in {"val": {"val", "valid", "validation"}, "test": {"test"}}.items():
        if "train" not in there or there & names:
            sets[split] = sources.image_folder(folder, split, size=size)
    return sets


def _build(name, train, options):
    """The model with the inputs and outputs that the images need, where it lets one choose."""
    from coursecnn import models

    channels, *axes = train.images.shape[1:]
    choices = signature(models.MODELS[name]).parameters
    padding = max(0, 32 - axes[-1]) // 2  # LeNet-5 was made for 32×32
    fitting = {"in_channels": channels, "image_size": axes[-1], "padding": padding}
    options = {key: value for key, value in fitting.items() if key in choices} | options
    return models.build(name, num_classes=len(train.class_names), **options)


def _augmentation(how, train):
    """Moves by a sixteenth of the image, which are safe for nearly every label, and mirroring."""
    from coursecnn import augment

    channels, *axes = train.images.shape[1:]
    if how == "none" or len(axes) != 2:
        return None
    margin = max(1, round(max(axes) / 16))
    if how == "shift" or (how == "auto" and channels == 1):
        return augment.random_shift(margin)
    return augment.compose(
        augment.random_crop(margin, padding_mode="reflect"), augment.random_flip()
    )


def _say_header(sets, checkpoint):
    if checkpoint and checkpoint.exists():
        _say(f"The run in {checkpoint} goes on.")
    columns = [name for name in COLUMNS if "val" in sets or not name.startswith("val")]
    _say("  ".join(column.rjust(len(COLUMNS[column].format(1))) for column in columns))


def _say_row(row):
    _say("  ".join(COLUMNS[name].format(value) for name, value in row.items()))


def _write(out, model, history, about):
    """The results, each file as a whole or not at all."""
    import torch

    with replacing(out / "weights.pt") as stream:
        torch.save({name: weight.cpu() for name, weight in model.state_dict().items()}, stream)
    history.to_csv(out / "history.csv")
    with replacing(out / "run.json") as stream:
        stream.write(json.dumps(about, indent=1, default=str).encode() + b"\n")


def _is_first():
    """Whether this process speaks for all that `--devices` started."""
    return os.environ.get("LOCAL_RANK", "0") == "0"


def _say(line):
    """Print a line above the progress bar."""
    from tqdm import tqdm

    if _is_first():
        tqdm.write(line, file=sys.stdout)
        sys.stdout.flush()
