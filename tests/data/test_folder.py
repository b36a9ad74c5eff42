"""A folder of one's own images: what is good is read, what is bad is named, nothing is guessed."""

import os
import unicodedata
import warnings
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageOps

from coursecnn.data import DataError, UnreadableImages, image_folder, photo


def save(file, level=0, size=(6, 4), mode="RGB"):
    """One evenly grey picture; `size` is height and width."""
    file.parent.mkdir(parents=True, exist_ok=True)
    grey = Image.new("L", size[::-1], level)
    grey.convert(mode).save(file)
    return file


@pytest.fixture
def animals(tmp_path):
    """Ten pictures of each of two classes; the level says which picture it is."""
    for label, name in enumerate(["cat", "dog"]):
        for number in range(10):
            save(tmp_path / name / f"{number}.png", level=100 * label + number)
    return tmp_path


def levels(image_set):
    """The grey level of each image: its identity."""
    return image_set.images[:, 0, 0, 0].tolist()


def test_classes_are_folders_and_images_come_in_order(animals):
    whole = image_folder(animals, "all")
    assert whole.class_names == ("cat", "dog")
    assert whole.images.shape == (20, 3, 6, 4)
    assert levels(whole) == [*range(10), *range(100, 110)]
    assert whole.labels.tolist() == [0] * 10 + [1] * 10


def test_the_splits_share_no_image_leave_none_out_and_hold_every_class(animals):
    parts = [image_folder(animals, split) for split in ("train", "val", "test")]
    assert [np.bincount(part.labels).tolist() for part in parts] == [[7, 7], [1, 1], [2, 2]]
    assert sorted(level for part in parts for level in levels(part)) == [
        *range(10),
        *range(100, 110),
    ]


def test_the_seed_decides_which_image_goes_where(animals):
    first, again, other = (levels(image_folder(animals, seed=seed)) for seed in (0, 0, 1))
    assert first == again != other


def test_shares_of_ones_own(animals):
    assert len(image_folder(animals, shares=(0.5, 0, 0.5))) == 10
    with pytest.raises(DataError, match=r"no image of cat, dog in the split 'val'"):
        image_folder(animals, "val", shares=(0.5, 0, 0.5))


def test_a_class_with_too_few_images_for_the_shares_is_named(animals):
    save(animals / "emu" / "1.png")
    save(animals / "emu" / "2.png")
    with pytest.raises(ValueError, match=r"the class emu has 2 images, too few for the `shares`"):
        image_folder(animals)
    assert len(image_folder(animals, "all")) == 22


@pytest.fixture
def damaged(animals):
    """Three bad files and a link that leads nowhere among the good ones of `cat`."""
    noise = np.random.default_rng(0).integers(256, size=(60, 40), dtype=np.uint8)
    half = animals / "cat" / "half.png"
    Image.fromarray(noise).save(half)
    half.write_bytes(half.read_bytes()[:1500])
    (animals / "cat" / "empty.png").write_bytes(b"")
    (animals / "cat" / "essay.jpg").write_bytes(b"Dear teacher, this is no picture.")
    (animals / "cat" / "gone.jpg").symlink_to(animals / "nowhere.jpg")
    return animals


def test_images_that_cannot_be_read_are_listed_and_left_out(damaged):
    with pytest.warns(UnreadableImages) as told:
        whole = image_folder(damaged, "all")
    assert levels(whole) == [*range(10), *range(100, 110)]
    assert "4 of 24 could not be read" in whole.provenance
    reasons = {file.name: reason for file, reason in told[0].message.files.items()}
    assert reasons["empty.png"] == reasons["essay.jpg"] == "not an image"
    assert reasons["gone.jpg"] == "a link that leads nowhere"
    assert "truncated" in reasons["half.png"]
    line = str(told[0].message)
    assert line.startswith("4 of 24 images left out: ")
    assert "\n" not in line
    assert all(name in line for name in reasons)


def test_they_are_fatal_when_that_is_asked_for(damaged):
    with pytest.raises(DataError, match=r"4 of 24 images left out: .*half\.png.*strict=False"):
        image_folder(damaged, "all", strict=True)


def test_a_long_list_is_cut_in_the_message_and_whole_in_the_warning(animals):
    for number in range(25):
        (animals / "dog" / f"bad{number}.png").write_bytes(b"?")
    with pytest.warns(UnreadableImages, match=r"; and 15 more$") as told:
        image_folder(animals, "all")
    assert len(told[0].message.files) == 25


def test_a_class_of_which_nothing_can_be_read_is_named(animals):
    (animals / "emu").mkdir()
    (animals / "emu" / "1.png").write_bytes(b"?")
    with (
        pytest.warns(UnreadableImages),
        pytest.raises(DataError, match=r"no image of emu in the split 'all'"),
    ):
        image_folder(animals, "all")


def test_a_picture_too_large_to_be_honest_is_left_out(animals, monkeypatch):
    save(animals / "dog" / "bomb.png", size=(40, 30))
    save(animals / "dog" / "doubtful.png", size=(15, 10))
    monkeypatch.setattr(Image, "MAX_IMAGE_PIXELS", 100)
    with pytest.warns(UnreadableImages) as told:
        assert len(image_folder(animals, "all")) == 20
    assert {file.name for file in told[0].message.files} == {"bomb.png", "doubtful.png"}


def test_mixed_sizes_need_a_size(animals):
    save(animals / "dog" / "wide.png", 109, size=(6, 9))
    with pytest.raises(ValueError, match=r"wide\.png is 3×6×9, .*0\.png is 3×6×4; pass `size`"):
        image_folder(animals, "all")
    assert image_folder(animals, "all", size=(5, 7)).images.shape == (21, 3, 5, 7)


def test_mixed_channels_need_a_number_of_channels(animals):
    save(animals / "dog" / "grey.png", 50, mode="L")
    with pytest.raises(ValueError, match=r"grey\.png is 1×6×4, .*; pass `channels`, 1 or 3\."):
        image_folder(animals, "all")
    assert image_folder(animals, "all", channels=1).images.shape == (21, 1, 6, 4)
    assert image_folder(animals, "all", channels=3).images.shape == (21, 3, 6, 4)


def test_grey_folders_stay_grey(tmp_path):
    save(tmp_path / "a" / "1.png", 7, mode="L")
    save(tmp_path / "a" / "2.png", 255, mode="1")
    assert image_folder(tmp_path, "all").images.shape == (2, 1, 6, 4)


def one(tmp_path, image, name="1.png", **options):
    """Read a folder that holds one picture; `image` is saved unless it is a file already."""
    (tmp_path / "a").mkdir(exist_ok=True)
    image.save(tmp_path / "a" / name)
    return image_folder(tmp_path, "all", **options).images[0]


def stripes(mode="L"):
    """Four rows, eight columns; each column has its own level."""
    row = np.arange(8, dtype=np.uint8) * 30
    return Image.fromarray(np.tile(row, (4, 1))).convert(mode)


def test_three_ways_to_fit_a_size(tmp_path):
    crop = one(tmp_path, stripes(), size=4)
    assert crop[0, 0].tolist() == [60, 90, 120, 150]  # the middle
    stretch = one(tmp_path, stripes(), size=4, resize="stretch")
    assert stretch[0, 0, 0] < 40 < 170 < stretch[0, 0, 3]  # from end to end
    pad = one(tmp_path, stripes(), size=(8, 8), resize="pad", background=77)
    assert pad[0, [0, 1, 6, 7]].tolist() == [[77] * 8] * 4  # everything, filled up
    assert pad[0, 3].tolist() == (np.arange(8) * 30).tolist()


def test_a_large_photograph_is_shrunk_to_what_its_full_pixels_give(tmp_path):
    large = Image.fromarray(photo("astronaut")).resize((1500, 1400))
    (tmp_path / "a").mkdir()
    large.save(tmp_path / "a" / "1.jpg", quality=95)
    read = image_folder(tmp_path, "all", size=(60, 64)).images[0].astype(int)
    expected = np.asarray(ImageOps.fit(large, (64, 60), Image.BICUBIC)).transpose(2, 0, 1)
    assert np.abs(read - expected).mean() < 1


@pytest.mark.parametrize("orientation", range(1, 9))
def test_the_camera_s_note_of_orientation_is_followed(tmp_path, orientation):
    pixels = np.arange(12, dtype=np.uint8).reshape(3, 4)
    noted = Image.Exif()
    noted[0x0112] = orientation
    upright = {
        1: pixels, 2: pixels[:, ::-1], 3: pixels[::-1, ::-1], 4: pixels[::-1],
        5: pixels.T, 6: np.rot90(pixels, -1), 7: pixels[::-1, ::-1].T, 8: np.rot90(pixels),
    }  # fmt: skip
    (tmp_path / "a").mkdir()
    Image.fromarray(pixels).save(tmp_path / "a" / "1.png", exif=noted)
    read = image_folder(tmp_path, "all").images[0, 0]
    assert np.array_equal(read, upright[orientation])


@pytest.mark.parametrize("mode", ["RGBA", "LA"])
def test_transparent_parts_show_the_background(tmp_path, mode):
    image = Image.new("RGBA", (3, 2), (0, 0, 0, 255))
    image.putpixel((1, 0), (0, 0, 0, 0))
    image.putpixel((2, 0), (0, 0, 0, 51))
    read = one(tmp_path, image.convert(mode))
    assert len(read) == (3 if mode == "RGBA" else 1)
    assert read[0, 0].tolist() == [0, 255, 204]
    assert one(tmp_path, image.convert(mode), background=100)[0, 0].tolist() == [0, 100, 80]


def test_palettes_become_colours_and_their_holes_the_background(tmp_path):
    image = Image.new("P", (3, 1))
    image.putpalette([255, 0, 0, 0, 0, 255, 9, 9, 9])
    image.putdata([0, 1, 2])
    assert one(tmp_path, image)[:, 0].T.tolist() == [[255, 0, 0], [0, 0, 255], [9, 9, 9]]
    image.save(tmp_path / "a" / "1.png", transparency=1)
    read = image_folder(tmp_path, "all").images[0]
    assert read[:, 0].T.tolist() == [[255, 0, 0], [255, 255, 255], [9, 9, 9]]


@pytest.mark.parametrize("ending", ["png", "tif"])
def test_sixteen_bits_are_scaled_and_not_cut_off(tmp_path, ending):
    pixels = (np.array([[0, 1, 100, 254, 255]]) * 257).astype(np.uint16)
    read = one(tmp_path, Image.fromarray(pixels), f"1.{ending}")
    assert read[0].tolist() == [[0, 1, 100, 254, 255]]


def test_printing_inks_become_light(tmp_path):
    inks = Image.new("CMYK", (2, 1))
    inks.putpixel((0, 0), (255, 0, 255, 0))  # cyan and yellow print green
    assert one(tmp_path, inks, "1.tif")[:, 0].T.tolist() == [[0, 255, 0], [255, 255, 255]]


@pytest.mark.parametrize(
    ("pixels", "reason"),
    [
        (np.ones((2, 3), np.float32), "floating-point numbers of unknown range"),
        (np.full((2, 3), 70_000, np.int32), "integers of more than 16 bits"),
    ],
)
def test_pixels_without_a_known_range_are_not_guessed_at(animals, pixels, reason):
    Image.fromarray(pixels).save(animals / "cat" / "measured.tif")
    with pytest.warns(UnreadableImages, match=reason):
        assert len(image_folder(animals, "all")) == 20


def test_of_an_animation_the_first_frame_is_taken(tmp_path):
    first, second = Image.new("L", (3, 2), 10), Image.new("L", (3, 2), 200)
    (tmp_path / "a").mkdir()
    first.save(tmp_path / "a" / "1.gif", save_all=True, append_images=[second])
    assert (image_folder(tmp_path, "all").images == 10).all()


def test_what_is_hidden_or_no_image_is_passed_over(animals):
    save(animals / "cat" / "._0.png", 200)
    save(animals / ".thumbnails" / "0.png", 200)
    save(animals / "cat" / ".cache" / "0.png", 200)
    (animals / "cat" / "Thumbs.db").write_bytes(b"?")
    (animals / "cat" / "notes.txt").write_text("two ears")
    (animals / "README.md").write_text("cats and dogs")
    assert levels(image_folder(animals, "all")) == [*range(10), *range(100, 110)]


def test_folders_in_a_class_folder_belong_to_the_class(animals):
    save(animals / "cat" / "wild" / "lynx.PNG", 50)
    whole = image_folder(animals, "all")
    assert whole.class_names == ("cat", "dog")
    assert levels(whole)[10] == 50


def test_names_in_other_scripts(tmp_path):
    for name in ("猫", unicodedata.normalize("NFD", "Äffchen"), "собака"):
        save(tmp_path / name / "größe.png", 5)
    whole = image_folder(tmp_path, "all")
    assert whole.class_names == ("Äffchen", "собака", "猫")


def test_names_that_are_no_text_can_be_printed():
    file = Path(os.fsdecode(b"caf\xe9.png"))
    told = str(UnreadableImages({file: "not an image"}, 1))
    assert r"caf\xe9.png (not an image)" in told
    told.encode("utf-8")


def test_links_to_files_and_folders_are_followed(animals, tmp_path_factory):
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    save(elsewhere / "emu" / "1.png", 60)
    (animals / "emu").symlink_to(elsewhere / "emu")
    (animals / "cat" / "z.png").symlink_to(elsewhere / "emu" / "1.png")
    assert levels(image_folder(animals, "all")) == [*range(10), 60, *range(100, 110), 60]


def test_a_link_that_leads_back_ends_somewhere(animals):
    (animals / "cat" / "again").symlink_to(animals / "cat")
    assert len(image_folder(animals, "all")) == 20


def test_folders_for_the_splits_are_kept_to(tmp_path):
    for level, (part, name) in enumerate(
        [("train", "cat"), ("train", "dog"), ("valid", "cat"), ("valid", "dog")]
    ):
        save(tmp_path / part / name / "1.png", level)
    assert levels(image_folder(tmp_path, "train")) == [0, 1]
    assert levels(image_folder(tmp_path, "val")) == [2, 3]
    assert levels(image_folder(tmp_path, "all")) == [0, 2, 1, 3]
    with pytest.raises(DataError, match=r"no folder for the split 'test'; it has train, val"):
        image_folder(tmp_path, "test")


def test_a_class_that_is_missing_in_a_split_is_named(tmp_path):
    for part, name in [("train", "cat"), ("train", "dog"), ("test", "cat"), ("test", "emu")]:
        save(tmp_path / part / name / "1.png")
    with pytest.raises(DataError, match=r"missing: dog; not in train: emu"):
        image_folder(tmp_path, "test")
    assert len(image_folder(tmp_path, "train")) == 2


def test_a_class_may_be_called_train(tmp_path):
    for name in ("car", "ship", "train"):
        save(tmp_path / name / "1.png")
    assert image_folder(tmp_path, "all").class_names == ("car", "ship", "train")


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda root: None, r"no_such is not a folder; `path` must hold a folder per class"),
        (lambda root: save(root / "1.png"), r"holds no folders; put the images of each class into"),
        (lambda root: (root / "cat").mkdir(parents=True), r"folder .*cat holds no images \(it is"),
        (
            lambda root: (
                save(root / "cat" / "1.png"),
                (root / "cat/1.png").rename(root / "cat/1"),
            ),
            r"class folder .*cat holds no images \(only files with no ending\)",
        ),
    ],
)
def test_folders_that_hold_no_classes(tmp_path, make, message):
    make(tmp_path / "no_such")
    with pytest.raises(DataError, match=message):
        image_folder(tmp_path / "no_such")


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"split": "dev"}, r"`split` must be one of \"train\", .* received 'dev'"),
        ({"resize": "squash"}, r"`resize` must be one of \"crop\", \"pad\", \"stretch\""),
        ({"channels": 2}, r"`channels` must be 1 \(grey\) or 3 \(colour\); received 2"),
        ({"size": 0}, r"`size`"),
        ({"shares": (0.9, 0.2, 0.1)}, r"`shares` must be three shares that sum to 1"),
        ({"shares": (0.5, 0.5)}, r"`shares` must be three shares"),
    ],
)
def test_options_that_make_no_sense(animals, options, message):
    with pytest.raises(ValueError, match=message):
        image_folder(animals, **options)


def test_a_folder_without_faults_is_read_without_a_word(animals):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        image_folder(animals, "all", strict=True)
