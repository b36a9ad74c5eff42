"""Each chapter's claims hold on the committed seeds, and fail when the effect is switched off.

A cell tagged `evidence` stands for the claims of its chapter. It runs here on its own: first with
the CSV as committed and a live value from the middle of each band, then with the labels of the
arms swapped.
"""

from functools import cache
from pathlib import Path

import jupytext
import numpy as np
import pytest

from coursecnn import evidence
from coursecnn.ops import kernels

BOOK = Path(__file__).parents[2] / "book"


@cache
def evidence_cells():
    """Chapter name → source of its evidence cell."""
    cells = {}
    for page in sorted(BOOK.glob("part-*/*.md")):
        for cell in jupytext.read(page, fmt="md:myst").cells:
            if "evidence" in cell.metadata.get("tags", []):
                assert "remove-cell" in cell.metadata["tags"], page.name
                cells[page.stem] = cell.source
    return cells


def seeds(experiment, arm, column):
    table = evidence.load(experiment)
    return table.loc[table["arm"] == arm, column]


def tuned(experiment, arm, column):
    """The seeds that are reported, at the rate that others have chosen."""
    table = evidence.load(experiment).query("tuned and seed < 100")
    return table.loc[table["arm"] == arm, column]


def twenty(arm):
    """Boats from twenty labels."""
    table = evidence.load("few_labels").query("target == 'boats' and labels == 20")
    return table.query("split == 'test'").groupby("arm")["accuracy"].mean()[arm]


def stages(experiment, arm, column):
    """The means of the seeds, step by step."""
    table = evidence.load(experiment)
    return table[table["arm"] == arm].groupby("step")[column].mean().items()


LIVE = {
    "01-images-as-tensors": lambda: {
        "live": {
            arm: seeds("flattened_width", arm, "found").mean() for arm in ("chw", "hwc", "shuffled")
        }
    },
    "02-the-traditional-pipeline": lambda: {
        "live": {
            arm: seeds("traditional_pipeline", arm, "accuracy").mean()
            for arm in ("raw_linear", "raw_curved", "hog_linear", "hog_curved", "votes_colour")
        }
    },
    "03-limits-of-mlps": lambda: {
        "live": {
            f"MLP, {place}": 100
            * seeds("shuffled_pixels", "mlp_16", place.replace(" ", "_")).mean()
            for place in ("in order", "shuffled")
        },
        "shifts": [0, 8],
        "rings": [100 * seeds("shifted_digits", "cnn", f"shift_{k}").mean() for k in (0, 8)],
    },
    "04-the-visual-cortex": lambda: {
        "names": {arm: arm for arm in ("simple", "pooled", "root")},
        "live": 100 * evidence.load("complex_cells").groupby("arm")["change"].mean(),
    },
    "05-the-mathematics-of-convolution": lambda: {
        "live": {
            (goal, arm): seeds("learned_flip", arm, goal).mean()
            for goal in ("to_hidden", "to_turned")
            for arm in ("correlation", "convolution")
        }
        | {"edge": seeds("learned_edge", "photograph", "distance_100").mean()}
    },
    "06-kernels-by-hand": lambda: {
        "kernels": kernels,
        "live": {arm: seeds("kernel_noise", arm, "gain").mean() for arm in kernels.GALLERY},
    },
    "07-padding-stride-dilation": lambda: {
        "live_error": {
            mode: seeds("border_padding", mode, "error").mean()
            for mode in ("zeros", "zeros, centred", "circular", "reflect", "replicate")
        },
        "live_lost": {
            arm: 100 * seeds("skipped_outputs", arm, "lost").mean()
            for arm in ("blur", "pixels", "Sobel", "outline", "blur, random")
        },
        "live_digits": {
            f"stride {n}": 100 * seeds("strided_digits", f"stride {n}", "digits_1000").mean()
            for n in (1, 2, 4)
        },
    },
    "08-channels-and-volumes": lambda: {
        "live": {
            arm: 100 * seeds("summation_order", arm, "equal").mean()
            for arm in ("whole numbers", "float32, 3 channels", "float32, 64 channels")
        },
    },
    "09-the-convolutional-layer": lambda: {
        "live": [100 * seeds("left_or_right", "zeros", f"from_end_{s}").mean() for s in range(9)]
    },
    "10-activations": lambda: {
        "live": {
            arm: 100 * seeds("deep_activations", arm, "accuracy").mean()
            for arm in ("sigmoid", "sigmoid, both", "ReLU")
        },
        "live_dead": {
            arm: 100 * seeds("dead_units", arm, "accuracy").mean()
            for arm in ("ReLU", "borrowed slope")
        },
    },
    "11-pooling": lambda: {
        "live_noticed": {
            arm: [100 * seeds("spread_signals", arm, f"by_{n}").mean() for n in (1, 2, 4, 8, 16)]
            for arm in ("average", "softmax", "max")
        },
        "live_read": {
            arm: [100 * seeds("pooled_digits", arm, f"window_{n}").mean() for n in (4, 7, 14, 28)]
            for arm in ("average", "max")
        },
        "live_shift": {
            arm: [100 * seeds("pooled_shifts", arm, f"shift_{n}").mean() for n in range(1, 7)]
            for arm in ("no pooling", "every fourth", "max 2", "max 4", "global average")
        },
        "live_border": {
            arm: seeds("pooled_shapes", arm, "mask_border").mean()
            for arm in ("no pooling", "pooled 4", "pooled 8")
        },
        "live_ways": {
            arm: 100 * seeds("pool_or_stride", arm, "accuracy").mean()
            for arm in ("max", "stride 2")
        },
    },
    "12-receptive-fields": lambda: {
        "live_pairs": {
            arm: [100 * seeds("two_digits", arm, f"gap_{gap}").mean() for gap in range(15)]
            for arm in ("field 7", "field 15")
        },
        "live_split": {
            f"1 → {maps} → 1": 100
            * seeds("two_small_kernels", f"1, {maps} between", "error").mean()
            for maps in (1, 2, 3)
        },
        "live_width": {
            n: seeds("effective_fields", f"depth {n}", "width").mean()
            for n in (1, 2, 3, 5, 7, 10, 14, 20)
        },
    },
    "13-backpropagation-through-convolution": lambda: {
        "live": seeds("numpy_lenet", "numpy", "test_accuracy").mean()
    },
    "14-lenet": lambda: {
        "test_accuracy": seeds("lenet_mnist", "relu_max", "test_accuracy").mean(),
        "live_letters": 100 * seeds("lenet_mnist", "relu_max", "sure_letters").mean(),
        "live_gain": 100
        * (
            seeds("lenet_changes", "average", "test_accuracy").mean()
            - seeds("lenet_changes", "LeNet", "test_accuracy").mean()
        ),
    },
    "15-designing-a-network": lambda: {
        "live_start": {
            "MSE": 51.4,
            "cross-entropy": 100
            * seeds("confident_start", "cross-entropy, SGD, bias 10", "epoch_10").mean(),
        },
        "live_twice": seeds("double_softmax", "softmax twice", "loss_30").mean(),
        "live_budget": 100 * seeds("four_times_the_budget", "base", "test").mean(),
        "live_squares": 100 * seeds("digits_in_a_square", "the sheet", "test").mean(),
    },
    "16-training": lambda: {
        "live_loss": {
            arm: np.exp(np.log(tuned("optimizer_race", arm, "late")).mean())
            for arm in ("SGD", "momentum", "Adam")
        },
        "live_rate": {"none": 10, "batch norm": 98},
        "live_few": {
            arm: 100 * seeds("overfitting", arm, "test").mean()
            for arm in ("nothing", "all but shifts")
        },
        "live_leak": {
            "reported": 100 * seeds("leaked_digits", "leak", "reported").mean(),
            "true": 100 * seeds("leaked_digits", "leak", "true").mean(),
        },
    },
    "17-what-the-network-learned": lambda: {
        "live_gabor": 100 * seeds("look_inside", "trained", "gabor").mean(),
        "live_alike": {
            name: seeds("look_inside", "shuffled weights", f"alike_{kind}").mean()
            for name, kind in (("saliency", "saliency"), ("Grad-CAM", "grad_cam"))
        },
        "live_attack": [
            100 * seeds("look_inside", "trained", f"fgsm_{n}").mean() for n in (0, 1, 2, 4, 8)
        ],
        "live_sure": {
            name: 100 * seeds("look_inside", "trained", name).mean()
            for name in ("error", "error_scaled")
        },
    },
    "18-imagenet-and-alexnet": lambda: {
        "live_small": 100 * seeds("small_alexnet", "small AlexNet", "test").mean(),
    },
    "19-vgg-and-googlenet": lambda: {
        "live_nin": 100 * seeds("equal_macs", "nin_small", "test").mean(),
    },
    "20-resnet": lambda: {
        "live_error": {
            arm: 100
            * seeds("degradation", arm, "error")[seeds("degradation", arm, "epoch") == 8].mean()
            for arm in ("plain-20", "residual-20")
        },
        "live_alike": {
            arm: [
                seeds("shattered_gradients", arm, f"cosine_{n}").mean()
                for n in (1, 3, 10, 30, 100, 300)
            ]
            for arm in ("plain-56", "residual-56")
        },
    },
    "21-transfer-learning": lambda: {
        "live_linear": twenty("frozen + linear"),
        "live_tuned": twenty("fine-tuned, last part"),
    },
    "22-data-augmentation": lambda: {
        "live_photo": {
            part: 100 * seeds("augmented_photographs", "flip + crop", part).mean()
            for part in ("train", "test")
        },
        "live_digits": 100 * seeds("turned_digits", "half turn", "test").mean(),
    },
    "23-gans-and-synthetic-data": lambda: {
        "live_jsd": dict(stages("two_densities", "both learn", "divergence")),
        "live_gap": dict(stages("two_densities", "both learn", "gap")),
        "live_read": 100
        * evidence.load("judged_digits")
        .query("arm == 'LeNet-5'")
        .groupby("class")["recognised"]
        .mean(),
        "live_real": 100 * seeds("judged_digits", "LeNet-5", "real").mean(),
        "live_few": {
            arm: 100
            * evidence.load("synthetic_digits")
            .query("tuned and count == 100 and arm == @arm")["accuracy"]
            .mean()
            for arm in ("real", "7,000 seen")
        },
    },
}


def run(chapter):
    """Run the evidence cell of one chapter with a live value from the middle of the band."""
    exec(evidence_cells()[chapter], {"evidence": evidence, "np": np} | LIVE[chapter]())


def test_every_chapter_with_evidence_is_tested_here():
    assert set(evidence_cells()) == set(LIVE)


@pytest.mark.parametrize("chapter", LIVE)
def test_the_claims_hold_on_the_committed_seeds(chapter):
    run(chapter)


@pytest.mark.parametrize("chapter", LIVE)
def test_the_claims_fail_when_the_labels_of_the_arms_are_swapped(chapter, monkeypatch):
    load, arms_of = evidence.load, {}

    def swapped(name):
        table = load(name)
        arms = arms_of.setdefault(name, table["arm"].unique())
        return table.assign(arm=table["arm"].map(dict(zip(arms, arms[::-1], strict=True))))

    live = LIVE[chapter]()
    monkeypatch.setitem(LIVE, chapter, lambda: live)
    monkeypatch.setattr(evidence, "load", swapped)
    with pytest.raises(AssertionError):
        run(chapter)
