"""The generator that ships with the course: whole, recognisable, varied, and no copyist."""

import numpy as np
import pytest
from scipy.ndimage import center_of_mass

from coursecnn import data, evidence, gan
from coursecnn.data import DataError, bundled
from coursecnn.gan import weights


@pytest.fixture(scope="module")
def generator():
    return gan.trained_generator()


@pytest.fixture(scope="module")
def last():
    """What was measured at the end of training, a row per class."""
    table = evidence.load("digit_gan")
    return table[table["step"] == table["step"].max()]


def test_it_is_ready_to_draw_and_small(generator):
    assert not generator.training
    assert all(weight.is_floating_point() for weight in generator.parameters())
    assert (bundled.FOLDER / weights.FILE).stat().st_size <= 1_500_000


def test_a_damaged_file_is_named_with_the_remedy(tmp_path, monkeypatch):
    whole = (bundled.FOLDER / weights.FILE).read_bytes()
    monkeypatch.setattr(bundled, "FOLDER", tmp_path)
    (tmp_path / weights.FILE).write_bytes(whole[:-1])
    with pytest.raises(DataError, match=r"digit-gan\.npz is damaged: .* reinstall the package"):
        gan.trained_generator()


def test_its_digits_were_named_right_by_a_network_that_knows_real_ones(last):
    assert len(last) == 10
    assert last["lenet"].iloc[0] >= 0.985
    assert last["recognised"].min() >= 0.95


def test_no_sign_of_copying_was_found(last, generator):
    assert last["z"].iloc[0] > -3
    samples = gan.synthesise(generator, 200, seed=8)
    found = gan.memorisation(samples, data.mnist("train"), data.mnist("test").subset(500))
    assert not found.copies


def test_one_latent_slants_all_digits_alike(generator):
    latents = gan.draw_latents(60, generator.latent_size, seed=7)
    slants = [
        [slant(image) for image in gan.generate(generator, latents, np.full(60, digit))[:, 0]]
        for digit in range(10)
    ]
    alike = np.corrcoef(slants)[~np.eye(10, dtype=bool)]
    assert alike.mean() > 0.5


def slant(image):
    """By how many columns the ink of a digit moves per row."""
    ink = image / image.sum()
    row, column = center_of_mass(ink)
    down, across = np.arange(28) - row, np.arange(28) - column
    return -(down @ ink @ across) / (down**2 @ ink.sum(1))
