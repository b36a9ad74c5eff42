"""Odd and evil files in the folder of submissions: each is told why, and no other one suffers."""

import io
import json
import os
import subprocess
import time
import unicodedata
import zipfile

import pytest

from coursecnn.grading.intake.papers import sort
from coursecnn.grading.intake.submissions import find

NAME = "03-convolution-by-hand"
MOODLE = "{}_assignsubmission_file_/{}"


def notebook(text="x = 1"):
    about = {"assignment": NAME, "version": 1}
    cells = [{"cell_type": "code", "source": text}]
    return json.dumps({"cells": cells, "metadata": {"coursecnn": about}}).encode()


def packed(files, method=zipfile.ZIP_DEFLATED):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def damaged(data):
    """The same bytes, with some of the first packed file turned round."""
    return data[:60] + bytes(byte ^ 0x5A for byte in data[60:90]) + data[90:]


LONG = {"sheet.ipynb": notebook("x = 1\n" * 99) + os.urandom(99)}
SPOILT = {
    "deflate": damaged(packed({"inner.zip": packed(LONG)})),
    "lzma": damaged(packed(LONG, zipfile.ZIP_LZMA)),
    "bzip2": damaged(packed(LONG, zipfile.ZIP_BZIP2)),
    "a name that is no UTF-8": packed({"é.ipynb": notebook()}).replace("é".encode(), b"\xff\xfe"),
    "an unknown method": packed(LONG, zipfile.ZIP_STORED).replace(
        b"\x14\0\0\0\0\0", b"\x14\0\0\0\x63\0"
    ),
    "cut short": packed(LONG)[:-40],
}


@pytest.fixture
def folder(tmp_path):
    """The folder of submissions, in which Anna has handed in a good notebook."""
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "anna.ipynb").write_bytes(notebook("good = 1"))
    return tmp_path / "in"


def papers(folder):
    """What was found, by student; Anna's notebook must be there in any case."""
    found = sort(find(folder, folder.parent / "out"))
    by_student = {paper.submission.student: paper for paper in found}
    assert len(by_student) == len(found)
    assert by_student["anna"].problem == ""
    assert b"good = 1" in by_student["anna"].submission.read()
    return by_student


@pytest.mark.parametrize("data", SPOILT.values(), ids=SPOILT)
def test_a_damaged_archive_is_told_so_and_stops_nobody(data, folder):
    (folder / "eve.zip").write_bytes(data)
    assert papers(folder)["eve"].problem == "The archive is damaged, or not a zip file."


@pytest.mark.parametrize("data", SPOILT.values(), ids=SPOILT)
def test_a_damaged_archive_in_the_archive_of_a_class_is_one_students_trouble(data, folder):
    files = {
        MOODLE.format("Eve_9", "all.zip"): data,
        MOODLE.format("Bob_8", "x.ipynb"): notebook(),
        MOODLE.format("Tim_7", "../../x.ipynb"): notebook(),
    }
    (folder / "class.zip").write_bytes(packed(files))
    found = papers(folder)
    assert found["Eve_9"].problem == "The archive is damaged, or not a zip file."
    assert "leads out of it" in found["Tim_7"].problem
    assert found["Bob_8"].problem == ""


def test_archives_full_of_archives_are_refused_in_a_moment(folder):
    inner = packed({str(i): b"" for i in range(900)})
    bomb = packed({f"{i}.zip": inner for i in range(100)})
    files = {MOODLE.format("Eve_9", "all.zip"): bomb, MOODLE.format("Bob_8", "x.ipynb"): notebook()}
    (folder / "class.zip").write_bytes(packed(files))
    start = time.monotonic()
    found = papers(folder)
    assert time.monotonic() - start < 5
    assert "more than any class" in found["Eve_9"].problem
    assert found["Bob_8"].problem == ""


def test_a_thousand_notebooks_of_one_student_are_refused_in_a_moment(folder):
    (folder / "eve.zip").write_bytes(packed({f"{i}.ipynb": notebook() for i in range(1000)}))
    (folder / "tim").mkdir()
    for i in range(101):
        (folder / "tim" / f"{i}.ipynb").write_bytes(notebook())
    start = time.monotonic()
    found = papers(folder)
    assert time.monotonic() - start < 5
    assert found["eve"].problem.startswith("There are 1000 notebooks")
    assert found["tim"].problem.startswith("There are 101 notebooks")


def test_a_student_cannot_hand_in_for_another_one(folder):
    evil = {MOODLE.format("Bob_8", "x.ipynb"): notebook("bad = 1")}
    (folder / "Eve_9_assignsubmission_file_hw.zip").write_bytes(packed(evil))
    file = folder / "Bob_8_assignsubmission_file_hw.ipynb"
    file.write_bytes(notebook("own = 1"))
    os.utime(file, (0, 0))
    found = papers(folder)
    assert b"own = 1" in found["Bob_8"].submission.read()
    assert b"bad = 1" in found["Eve_9"].submission.read()


LINKS = {
    "another student's archive": ("x.zip", "../anna.zip"),
    "another student's notebook": ("x.ipynb", "../anna.ipynb"),
    "itself": ("x.ipynb", "x.ipynb"),
    "nothing": ("x.ipynb", "nowhere"),
}


@pytest.mark.parametrize(("name", "target"), LINKS.values(), ids=LINKS)
def test_a_link_is_not_followed_wherever_it_leads(name, target, folder):
    (folder / "anna.zip").write_bytes(packed({"sheet.ipynb": notebook("good = 1")}))
    (folder / "eve").mkdir()
    for place in (folder / "eve" / name, folder / f"tim{name[1:]}"):
        place.symlink_to(target)
    found = papers(folder)
    assert found["eve"].problem == f"{name} is not a plain file."
    assert found["tim"].problem == f"tim{name[1:]} is not a plain file."


@pytest.mark.parametrize("name", ["x.ipynb", "x.zip"])
def test_nobody_waits_for_a_pipe(name, folder):
    (folder / "eve").mkdir()
    os.mkfifo(folder / "eve" / name)
    os.mkfifo(folder / f"tim{name[1:]}")
    found = papers(folder)
    assert found["eve"].problem == f"{name} is not a plain file."
    assert found["tim"].problem == f"tim{name[1:]} is not a plain file."


def test_a_file_of_many_gigabytes_is_not_read(folder):
    for name in ("eve.ipynb", "tim.zip"):
        with (folder / name).open("wb") as file:
            file.truncate(20 * 2**30)  # a hole: it takes no room on the disk
    found = papers(folder)
    assert found["eve"].problem == "The file is larger than 50 MB."
    assert found["tim"].problem == "The archive is damaged, or not a zip file."


@pytest.fixture
def well(folder):
    """Eve's folder, which holds 1100 folders in each other."""
    (folder / "eve").mkdir()
    descriptor = os.open(folder / "eve", os.O_RDONLY)
    for _ in range(1100):
        os.mkdir("d", dir_fd=descriptor)
        below = os.open("d", os.O_RDONLY, dir_fd=descriptor)
        os.close(descriptor)
        descriptor = below
    os.close(descriptor)
    yield
    subprocess.run(["rm", "-r", folder / "eve"], check=True)  # too deep for Python


@pytest.mark.usefixtures("well")
def test_a_well_of_folders_has_a_bottom(folder):
    assert papers(folder)["eve"].problem == "There is no notebook in the folder."


def test_a_closed_file_is_its_owners_trouble_and_shows_no_path(folder):
    for name in ("eve.ipynb", "tim.zip"):
        (folder / name).write_bytes(notebook())
        (folder / name).chmod(0)
    found = papers(folder)
    for student in ("eve", "tim"):
        assert str(folder) not in found[student].problem
    if os.geteuid():  # root may read all
        assert found["eve"].problem == "Permission denied."


ODD_NAMES = {
    "=1+1": "=1+1",
    "a\nb": "a_b",
    "\x1b[31mred": "_[31mred",
    "\u202egpj": "_gpj",
    "<script>alert(1)<": "<script>alert(1)<",
    "👩\u200d💻": "👩\u200d💻",
    "x" * 240: "x" * 240,
    os.fsdecode(b"\xff\xfe"): "\ufffd\ufffd",
    "ANNA": "ANNA",
    "a\\..\\b": "a\\..\\b",
}


@pytest.mark.parametrize(("name", "student"), ODD_NAMES.items(), ids=range(len(ODD_NAMES)))
def test_an_odd_name_is_a_name(name, student, folder):
    (folder / f"{name}.ipynb").write_bytes(notebook())
    assert papers(folder)[student].problem == ""


def test_an_odd_file_name_is_shown_as_text_that_every_file_can_hold(folder):
    (folder / "eve").mkdir()
    for name in (b"\xff\x1b[31m.ipynb", b"a.ipynb"):
        (folder / "eve" / os.fsdecode(name)).write_bytes(notebook())
        os.utime(folder / "eve" / os.fsdecode(name), (len(name), len(name)))
    (folder / "tim").mkdir()
    (folder / "tim" / os.fsdecode(b"\xfe\n\x1b[0m.ipynb")).symlink_to("nowhere")
    found = papers(folder)
    assert found["eve"].notes == ("2 submissions were found; \ufffd\ufffd[31m.ipynb counts.",)
    assert found["tim"].problem == "\ufffd \ufffd[0m.ipynb is not a plain file."


def test_one_name_in_two_normal_forms_is_one_student_and_that_is_said(folder):
    for form, age in (("NFC", 0), ("NFD", 9)):
        file = folder / f"{unicodedata.normalize(form, 'zoë')}.ipynb"
        file.write_bytes(notebook(form))
        os.utime(file, (100 - age, 100 - age))
    found = papers(folder)["zoë"]
    assert b"NFC" in found.submission.read()
    assert found.notes == ("2 submissions were found; zoë.ipynb counts.",)
