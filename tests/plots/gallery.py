"""Every kind of figure on one page: `python tests/plots/gallery.py` draws it below _build/gallery.

The page stands in the style of the book, and Chromium looks at it in both themes, at the widths
that a screen and a telephone leave for a figure. A third page shows the dark style of notebooks.
Look at the pictures before and after you change how something is drawn.
"""

import itertools
import os
import shutil
import sys
import tempfile
from html import escape
from pathlib import Path

import matplotlib as mpl
import numpy as np
import pandas as pd
from matplotlib import pyplot as plt

from coursecnn import data, evidence, ops, plots
from coursecnn._palette import custom_properties
from coursecnn.plots.svg import svg as svg_of

ROOT = Path(__file__).parents[2]
CSS = ROOT / "book" / "_static" / "css"
FOLDER = ROOT / "_build" / "gallery"
WIDTHS = {1280: 718, 390: 356}  # of the window, and of a figure on a page of the book


def _rng():
    return np.random.default_rng(6)


def _bank(channels):
    """Gabor-like kernels of all strengths, so that a scale has something to show."""
    rows, columns = np.mgrid[-5:6, -4:5] / 3
    bank = []
    for turn in np.linspace(0, np.pi, 6, endpoint=False):
        wave = np.cos(3 * (columns * np.cos(turn) + rows * np.sin(turn)) + turn)
        bank.append((1 - turn / 4) * wave * np.exp(-(rows**2) - columns**2))
    tints = _rng().normal(1, 0.6, (6, channels, 1, 1)) if channels > 1 else 1
    return np.stack(bank)[:, None] * tints


def _maps():
    camera = data.photo("camera")[100:240, 150:350].astype(float)
    return camera, ops.conv2d(camera[None], _bank(1) / 50)


def _race(seeds=5):
    """Four optimizers, five runs each: accuracies that rise at different speeds."""
    rng, steps = _rng(), np.arange(1, 31)
    return {
        name: top - (top - 10) * np.exp(-steps / pace) + rng.normal(0, 1.2, (seeds, 1)).clip(-2, 2)
        for name, top, pace in [
            ("SGD", 71, 14), ("momentum", 77, 7), ("Adam", 78.5, 4), ("AdamW", 79, 4)
        ]
    }  # fmt: skip


def _seconds():
    """The same race as a table in which every run has points of its own."""
    rng, rows = _rng(), []
    for name, runs in _race().items():
        for seed, run in enumerate(runs):
            pace = rng.uniform(1.5, 2.2)
            rows += [
                {"arm": name, "seed": seed, "seconds": pace * step, "accuracy": value}
                for step, value in enumerate(run, 1)
            ]
    return pd.DataFrame(rows)


def _history(shift=0.0, epochs=10):
    steps = np.arange(1, epochs + 1)
    return pd.DataFrame(
        {
            "train_loss": 2.2 * np.exp(-steps / 2) + 0.08 + shift,
            "val_loss": 1.2 * np.exp(-steps / 2) + 0.07 + 1.5 * shift,
        },
        index=pd.Index(steps, name="epoch"),
    )


def _layers():
    """The table of LeNet-5, as `models.summary` gives it."""
    rows = [
        ("Conv2d", (6, 28, 28)), ("ReLU", (6, 28, 28)), ("MaxPool2d", (6, 14, 14)),
        ("Conv2d", (16, 10, 10)), ("ReLU", (16, 10, 10)), ("MaxPool2d", (16, 5, 5)),
        ("Flatten", (400,)), ("Linear", (120,)), ("ReLU", (120,)), ("Linear", (84,)),
        ("ReLU", (84,)), ("Linear", (10,)),
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=["kind", "output"])


def _vgg():
    rows, channels = [], [64, 128, 256, 512, 512]
    for block, (count, depth) in enumerate(zip([2, 2, 3, 3, 3], channels, strict=True)):
        size = 224 >> block
        rows += [("Conv2d", (depth, size, size)), ("ReLU", (depth, size, size))] * count
        rows.append(("MaxPool2d", (depth, size // 2, size // 2)))
    rows += [("Flatten", (25088,)), ("Linear", (4096,)), ("Linear", (4096,)), ("Linear", (1000,))]
    return pd.DataFrame(rows, columns=["kind", "output"])


def _digits(count=10):
    test = data.mnist("test").subset(count, seed=1)
    predicted = np.where(np.arange(count) % 4 == 2, (test.labels + 5) % 10, test.labels)
    return test.images, test.labels, predicted


def _animals():
    return data.cifar10("test").subset(6, seed=2)


def _reliable(gap):
    """A model that is surer than right by this at most."""
    sure = np.linspace(0.15, 0.95, 9)
    right = sure - gap * np.sin(np.pi * sure)
    return pd.DataFrame({"confidence": sure, "accuracy": right, "count": np.arange(9) + 1})


def _confusions(names):
    rng, n = _rng(), len(names)
    true = rng.integers(n, size=1000)
    predicted = np.where(rng.random(1000) < 0.15, rng.integers(n, size=1000), true)
    return plots.confusion(true, predicted, names)


def _arms():
    table = evidence.load("lenet_mnist")
    seeds = {name: 100 * rows["test_accuracy"] for name, rows in table.groupby("arm", sort=False)}
    return plots.arms(seeds, live={"relu_max": 98.7}, xlabel="test accuracy, %")


def _networks():
    """What is right against what it costs, for the networks of the course."""
    table = evidence.load("architectures").dropna(subset="top1")
    return plots.scatter(
        table["macs"] / 1e9, table["top1"], table["tag"], sizes=table["parameters"] / 1e6,
        families=table["family"], size_label="area: million parameters", log="x",
        xlabel="billion MACs for one image", ylabel="top-1 accuracy, %",
    )  # fmt: skip


def _image_grid():
    camera, maps = _maps()
    images = [camera, maps[0], maps[3]]
    titles = ["photograph", "upright", "lying"]
    return plots.image_grid(images, titles, signed=[False, True, True], size=1.8)


def _titled_grid():
    images, labels, _ = _digits(16)
    titles = [f"{label} → {(label + 3) % 10}  0.87" for label in labels]
    return plots.image_grid(images, titles, columns=8, size=0.95)


def _overlays():
    """A photograph under a smooth map, one with two signs, and one of fine grain."""
    coffee = data.photo("coffee")[::3, ::4].transpose(2, 0, 1)
    rows, columns = (np.linspace(-1, 1, size) for size in coffee.shape[1:])
    hill = np.exp(-8 * np.add.outer((rows + 0.3) ** 2, (columns - 0.1) ** 2))
    grain = np.abs(ops.conv2d(coffee.mean(0)[None], [[[[-1.0, 1.0]]]], padding="same"))[0]
    titles = ["smooth", "with two signs", "of fine grain"]
    return plots.overlays(coffee, [hill, hill - hill[::-1], grain], titles, quantile=0.995)


def _operation():
    image, kernel = ops.example.IMAGE, ops.example.KERNEL
    return plots.operation(image, kernel, ops.cross_correlate(image, kernel), at=(2, 2))


def _graph(*steps):
    """The table of a block of convolutions and joins, as `models.block_graph` gives it."""
    columns = ["name", "kind", "label", "then", "inputs", "output", "parameters", "MACs"]
    rows = [("input", "input", "input", "", (), steps[0], 0, 0)]
    for name, label, inputs, channels, *weights in steps[1:]:
        kind = {"+": "add", "×": "multiply", "concat": "concatenate"}.get(label)
        kind = kind or ("conv" if weights else "pool")
        then, count = ("BN, ReLU", *weights) if weights else ("", 0)
        shape = (channels, *rows[0][5][1:])
        rows.append((name, kind, label, then, inputs.split(), shape, count, 784 * count))
    rows.append(("output", "output", "output", "", [rows[-1][0]], rows[-1][5], 0, 0))
    return pd.DataFrame(rows, columns=columns)


def _inception():
    return _graph(
        (192, 28, 28),
        ("a", "1×1 conv, 64", "input", 64, 12_416),
        ("b", "1×1 conv, 96", "input", 96, 18_624), ("c", "3×3 conv, 128", "b", 128, 110_848),
        ("d", "1×1 conv, 16", "input", 16, 3_104), ("e", "5×5 conv, 32", "d", 32, 12_864),
        ("f", "max 3×3", "input", 192), ("g", "1×1 conv, 32", "f", 32, 6_208),
        ("h", "concat", "a c e g", 256),
    )  # fmt: skip


def _residual():
    return _graph(
        (64, 56, 56),
        ("a", "3×3 conv, 64", "input", 64, 36_992), ("b", "3×3 conv, 64", "a", 64, 36_992),
        ("c", "+", "b input", 64),
    )  # fmt: skip


def _gated():
    return _graph(
        (40, 28, 28),
        ("a", "1×1 conv, 240", "input", 240, 10_080), ("b", "5×5 depthwise, 240", "a", 240, 6_480),
        ("c", "1×1 conv, 10", "b", 10, 2_410), ("d", "1×1 conv, 240", "c", 240, 2_640),
        ("e", "×", "d b", 240), ("f", "1×1 conv, 40", "e", 40, 9_680), ("g", "+", "input f", 40),
    )  # fmt: skip


CIFAR = ["airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck"]

FIGURES = {
    "operation": _operation,
    "graph": lambda: plots.graph(
        {(1, 0): "×", (1, 2): "×", (2, 1): "+"},
        [
            ("x₁ = 2", "6", "input", (0, 0), (1, 0)),
            ("x₂ = 1", "6", "input", (0, 2), (1, 2)),
            ("w = 3", "4 + 2", "kernel", (0, 1), (1, 0)),
            ("", "", "kernel", (0, 1), (1, 2)),
            ("y₁ = 6", "2", "output", (1, 0), (2, 1)),
            ("y₂ = 3", "2", "output", (1, 2), (2, 1)),
            ("s = 9", "2", "output", (2, 1), (3, 1)),
        ],
    ),
    "matrix": lambda: plots.matrix(np.arange(-6, 6).reshape(3, 4), shaded=(1, 2), title="a matrix"),
    "image grid": _image_grid,
    "image grid, long titles": _titled_grid,
    "predictions": lambda: plots.predictions(*_digits(), probabilities=np.linspace(0.5, 1, 10)),
    "predictions in colour": lambda: plots.predictions(
        _animals().images, _animals().labels, [0, 9, 2, 5, 4, 5], CIFAR, columns=3, size=1.6
    ),
    "feature maps, shared": lambda: plots.feature_maps(_maps()[1], image=_maps()[0], columns=4),
    "feature maps, own": lambda: plots.feature_maps(_maps()[1], shared=False, columns=3),
    "feature maps, unsigned": lambda: plots.feature_maps(ops.relu(_maps()[1]), columns=3),
    "flattening": lambda: plots.flattening(_animals().images[0], (9, 15, 3, 3)),
    "overlays": _overlays,
    "kernels": lambda: plots.kernels(_bank(1)),
    "kernels in colour": lambda: plots.kernels(_bank(3), list("abcdef"), shared=False),
    "history": lambda: plots.history(_history()),
    "history on a log scale": lambda: plots.history(_history(), log="y"),
    "history of five runs": lambda: plots.history([_history(s) for s in (0, 0.1, 0.2, 0.3, 0.35)]),
    "curves": lambda: plots.curves(
        _race(), live={"Adam": _race()["Adam"][0] + 1}, xlabel="epoch", ylabel="accuracy, %"
    ),
    "curves over seconds": lambda: plots.curves(
        *plots.by_arm(_seconds(), "seconds", "accuracy"), log="x", band="sd",
        xlabel="seconds", ylabel="accuracy, %",
    ),
    "eight curves": lambda: plots.curves(
        {f"arm {k}": 2.0 ** -np.arange(9) * (1 + k) for k in range(8)}, log="y",
        xlabel="layer", ylabel="gradient norm",
    ),
    "arms": _arms,
    "two arms": lambda: plots.arms({"MLP": [90, 91, 92, 90, 91], "CNN": [97, 98, 97.5, 98, 98]}),
    "scatter": _networks,
    "scatter, plain": lambda: plots.scatter([1, 2, 3], [3, 1, 2], ["one", "two", "three"]),
    "confusion": lambda: _confusions([str(k) for k in range(10)]),
    "confusion, long names": lambda: _confusions(CIFAR),
    "reliability": lambda: plots.reliability({"few": _reliable(0.25), "many": _reliable(0.05)}),
    "activation, smooth": lambda: plots.activation(ops.sigmoid, ops.sigmoid_backward),
    "activation, with a corner": lambda: plots.activation(ops.relu, ops.relu_backward, name="ReLU"),
    "plane": lambda: plots.plane(
        [np.add.outer(np.linspace(-1, 1, 9), np.linspace(-1, 1, 9)) / 2, np.zeros((9, 9))],
        _rng().uniform(-2, 2, (20, 2)), np.arange(20) % 2, ["diagonal", "undecided"], reach=2,
    ),
    "stride": lambda: plots.geometry(7, 3, stride=2),
    "dilation": lambda: plots.geometry(7, 3, dilation=2, at=(1, 1)),
    "padding": lambda: plots.geometry(5, 3, padding=1),
    "transposed": lambda: plots.geometry(3, 3, 2, 1, transposed=True, at=(1, 2)),
    "block with branches": lambda: plots.block(_inception()),
    "blocks side by side": lambda: plots.block(
        [_residual(), _gated()], ["residual", "inverted bottleneck"]
    ),
    "network": lambda: plots.network(_layers(), input_shape=(1, 28, 28)),
    "deep network": lambda: plots.network(_vgg(), input_shape=(3, 224, 224)),
    "receptive field": lambda: plots.receptive_field([(3, 1), (3, 1), (2, 2), (3, 1)]),
    "receptive field, dilated": lambda: plots.receptive_field([(3, 1), (3, 1, 2, 2), (3, 2, 1)]),
}  # fmt: skip


THEMES = {"light": "light", "dark": "light", "dark-notebook": "dark"}  # of the page: of the style


def draw(name, style="light"):
    """One figure of the list in a style of ours."""
    plots.use_style(style)
    return FIGURES[name]()


def svg(axes):
    """What a notebook publishes."""
    return svg_of(np.ravel(axes)[0].figure)


def draw_all(style):
    """Every figure as the book shows it: the parts of a page."""
    sys.path.append(str(ROOT / "book"))
    from _ext.drawings import html

    parts = []
    for name in FIGURES:
        with mpl.rc_context():
            axes = draw(name, style)
            alt = plots.alt_text(axes)
            drawn = html(svg(axes), alt)
            plt.close("all")
        caption = f"<figcaption>{name}. <i>{escape(alt)}</i></figcaption>"
        parts.append(f"<figure>{drawn}{caption}</figure>")
    return "".join(parts)


def page(figures, theme, width, folder):
    """Write the page of all figures as the book would show them."""
    css = "".join((CSS / f"{name}.css").read_text() for name in ("fonts", "cells", "drawings"))
    css = css.replace("../", f"{CSS.parent.as_uri()}/")
    body = (
        "body{margin:0;background:var(--cc-page)}article{display:grid;gap:16px;padding:16px;"
        f"grid-template-columns:repeat(auto-fill,{width}px);align-items:start}}"
        "*{box-sizing:border-box}article figure{margin:0!important}"
    )
    if width < 400:
        body += "article figure{padding:8px!important}"
    file = folder / "index.html"
    file.write_text(
        f'<!doctype html><html lang="en" data-theme="{theme.split("-")[0]}">'
        f'<meta charset="utf-8"><title>Figures</title><style>{custom_properties()}{css}</style>'
        f'<style>{body}</style><body class="bd-content"><article class="bd-article">{figures}'
        "</article>"
    )
    return file


def main():
    """Draw all figures, open them in Chromium, keep the pictures."""
    from playwright.sync_api import sync_playwright

    FOLDER.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as folder:
        folder = Path(folder)
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"]
        )
        figures = {style: draw_all(style) for style in set(THEMES.values())}
        for (theme, style), (window, width) in itertools.product(THEMES.items(), WIDTHS.items()):
            sheet = browser.new_page(viewport={"width": 3 * width + 64, "height": 900})
            sheet.goto(page(figures[style], theme, width, folder).as_uri())
            file = FOLDER / f"{theme}-{window}.png"
            sheet.screenshot(path=file, full_page=True)
            print(os.path.relpath(file))
        browser.close()


if __name__ == "__main__":
    main()
