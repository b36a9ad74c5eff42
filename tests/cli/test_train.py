"""`coursecnn train`: a table on the way, results in files, mistakes in one line."""

import json
import subprocess
import sys

import numpy as np
import pytest
import torch
from click.testing import CliRunner
from PIL import Image
from tiny import bars

from coursecnn import data, models, training
from coursecnn.cli import main


@pytest.fixture
def run(tmp_path, monkeypatch):
    """A function that runs the command in an empty folder."""
    monkeypatch.chdir(tmp_path)

    def invoke(*arguments):
        arguments = ["train", *map(str, arguments), "--device", "cpu"]
        return CliRunner().invoke(main, arguments)

    return invoke


@pytest.fixture
def folder(tmp_path):
    """A folder of a reader's own images, in two classes."""
    for number, (image, label) in enumerate(zip(*(bars(40).images, bars(40).labels), strict=True)):
        file = tmp_path / "own" / ("flat", "upright")[label] / f"{number}.png"
        file.parent.mkdir(parents=True, exist_ok=True)
        Image.fromarray(np.pad(image[0], 4)).save(file)
    return tmp_path / "own"


def test_a_run_prints_a_row_per_epoch_and_leaves_its_results(run, tmp_path):
    done = run("threeconv", "--data", "digits", "--epochs", 2, "--option", "width=4", "--seed", 3)
    assert done.exit_code == 0, done.output
    rows = [line.split() for line in done.output.splitlines()]
    assert [row[0] for row in rows if row[0].isdigit()] == ["1", "2"]
    out = tmp_path / "runs" / "threeconv-digits"
    model = models.build("threeconv", width=4, in_channels=1)
    model.load_state_dict(torch.load(out / "weights.pt", weights_only=True))
    accuracy = training.accuracy(model, data.digits("test"))
    about = json.loads((out / "run.json").read_text())
    assert about["test_accuracy"] == pytest.approx(accuracy)
    assert f"{accuracy:.2%} of 358 test images" in done.output
    assert (about["model"], about["options"], about["seed"]) == ("threeconv", {"width": 4}, 3)
    history = training.History.read(out / "history.csv")
    assert f"{history['val_accuracy'][-1]:.2%}" == rows[-3][-1]
    assert sorted(file.name for file in out.iterdir()) == ["history.csv", "run.json", "weights.pt"]


def test_a_folder_of_ones_own_images_is_split_and_learned(run, folder, tmp_path):
    done = run("lenet5", "--data", folder, "--epochs", 8, "--batch-size", 8, "--augment", "none",
               "--size", 28)  # fmt: skip
    assert done.exit_code == 0, done.output
    assert "train: 28 images of 1×28×28, 2 classes" in done.output
    about = json.loads((tmp_path / "runs" / "lenet5-own" / "run.json").read_text())
    assert about["class_names"] == ["flat", "upright"]
    assert about["test_accuracy"] > 0.8


def test_a_run_goes_on_from_its_checkpoint(run, tmp_path):
    arguments = ("threeconv", "--data", "digits", "--epochs", 2, "--checkpoint", "run.pt")
    first, weights = run(*arguments), tmp_path / "runs" / "threeconv-digits" / "weights.pt"
    before = torch.load(weights)
    (tmp_path / "run.pt.previous").replace(tmp_path / "run.pt")
    second = run(*arguments)
    assert "The run in run.pt goes on." in second.output
    assert first.output.splitlines()[-3:] == second.output.splitlines()[-3:]  # the second epoch
    assert all(torch.equal(w, before[name]) for name, w in torch.load(weights).items())
    other = run(*arguments, "--lr", "0.1")
    assert other.exit_code == 1
    assert "Error: run.pt belongs to another run: `lr` was 0.005" in other.output


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("resnet", "--data", "digits"), "did you mean 'resnet9'?"),
        (("lenet5", "--data", "nowhere"), "--data must be a folder, or one of mnist, "),
        (("lenet5", "--data", "digits", "--size", "16"), "--size is for images of your own"),
        (("threeconv", "--data", "digits", "--option", "depth=3"), "depth"),
        (("threeconv", "--data", "digits", "--lr", "0"), "`lr` must be above 0"),
        (("threeconv", "--data", "digits", "--optimizer", "fast"), "`optimizer` must be one of"),
        (("resnet9", "--data", "digits"), "`model` does not take the images of `train`"),
    ],
    ids=str,
)
def test_a_mistake_is_one_line_and_leaves_no_results(run, tmp_path, arguments, told):
    done = run(*arguments)
    assert done.exit_code == 1
    assert told in done.output.splitlines()[-1]
    assert done.output.splitlines()[-1].startswith("Error: ")
    assert not list(tmp_path.rglob("weights.pt"))


def test_a_device_that_is_not_there_is_one_line(run, monkeypatch):
    monkeypatch.setattr(torch.cuda, "is_available", lambda: False)
    arguments = ["train", "threeconv", "--data", "digits", "--device", "cuda"]
    done = CliRunner().invoke(main, arguments)
    assert done.exit_code == 1
    assert done.output.splitlines()[-1].startswith("Error: `device`='cuda' is not there")


def test_an_option_needs_a_name_and_a_value(run):
    done = run("threeconv", "--data", "digits", "--option", "width")
    assert done.exit_code == 2
    assert "'width' is not NAME=VALUE" in done.output


def test_a_process_that_is_not_the_first_prints_and_writes_nothing(run, tmp_path, monkeypatch):
    monkeypatch.setenv("LOCAL_RANK", "1")
    done = run("threeconv", "--data", "digits", "--epochs", 1, "--option", "width=4")
    assert (done.exit_code, done.output) == (0, "")
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


@pytest.mark.thorough  # the test above plays the second process; here both are real
def test_two_processes_print_and_write_once(tmp_path):
    command = [sys.executable, "-m", "coursecnn.cli", "train", "threeconv", "--data", "digits",
               "--epochs", "1", "--device", "cpu", "--devices", "2"]  # fmt: skip
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stderr
    assert done.stdout.count("test images are right") == 1
    assert (tmp_path / "runs" / "threeconv-digits" / "weights.pt").is_file()
