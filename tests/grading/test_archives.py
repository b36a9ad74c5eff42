"""Zip files of students and of learning platforms: read in place, and refused when they are bad."""

import io
import json
import stat
import unicodedata
import zipfile

import pytest

from coursecnn.grading.intake import archives
from coursecnn.grading.intake.papers import sort
from coursecnn.grading.intake.submissions import find

NAME = "03-convolution-by-hand"


def notebook(text="x = 1"):
    about = {"assignment": NAME, "version": 1}
    cells = [{"cell_type": "code", "source": text}]
    return json.dumps({"cells": cells, "metadata": {"coursecnn": about}}).encode()


def packed(files):
    """The bytes of a zip file; a dictionary in it becomes an inner archive."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, packed(content) if isinstance(content, dict) else content)
    return buffer.getvalue()


@pytest.fixture
def students(tmp_path):
    """A function that hands in files and gives the sources of each student's notebook."""

    def found(files, folder="in"):
        (tmp_path / "in").mkdir(exist_ok=True)
        for name, content in files.items():
            file = tmp_path / "in" / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content)
        papers = sort(find(tmp_path / folder, tmp_path / "out"))
        return {
            paper.submission.student: paper.problem or json.loads(paper.submission.read())["cells"]
            for paper in papers
        }

    return found


def cells(text):
    return [{"cell_type": "code", "source": text}]


def test_a_students_zip_file_is_looked_into(students):
    assert students({"adam.zip": packed({"work/sheet.ipynb": notebook("a = 1")})}) == {
        "adam": cells("a = 1")
    }


def test_a_zip_file_in_a_students_folder_is_his(students):
    assert students({"adam/all.zip": packed({"sheet.ipynb": notebook()})}) == {
        "adam": cells("x = 1")
    }


def test_what_moodle_packs_is_a_class(students):
    found = students(
        {
            "CNN-Sheet 3-4711.zip": packed(
                {
                    "Zoë Ångström_101_assignsubmission_file_/sheet.ipynb": notebook("a = 1"),
                    "Adam Smith_102_assignsubmission_file_/sheet.ipynb": notebook("b = 1"),
                    "Eve_103_assignsubmission_onlinetext_/onlinetext.html": b"<p>sorry</p>",
                }
            )
        }
    )
    assert found.pop("Eve_103").startswith("The file is not JSON")
    assert found == {"Zoë Ångström_101": cells("a = 1"), "Adam Smith_102": cells("b = 1")}


def test_what_canvas_packs_is_a_class(students):
    found = students(
        {
            "submissions.zip": packed(
                {
                    "doejane_LATE_12_345_sheet-2.ipynb": notebook("a = 1"),
                    "royrob_13_346_sheet.ipynb": notebook("b = 1"),
                }
            )
        }
    )
    assert found == {"doejane_12": cells("a = 1"), "royrob_13": cells("b = 1")}


def test_a_zip_file_in_the_place_of_the_folder_is_a_class(students):
    files = {f"class/{name}/sheet.ipynb": notebook(name) for name in ("adam", "eve")}
    found = students({"class.zip": packed(files)}, folder="in/class.zip")
    assert found == {"adam": cells("adam"), "eve": cells("eve")}


@pytest.mark.parametrize("name", ["adam", "adam.ipynb"])
def test_a_class_of_one(students, name):
    inner = {f"adam/{NAME}/sheet.ipynb" if name == "adam" else name: notebook()}
    assert list(students({"class.zip": packed(inner)}, folder="in/class.zip")) == ["adam"]


def test_what_nbgrader_collects_is_a_class(students):
    files = {f"{name}/{NAME}/{NAME}.ipynb": notebook(name) for name in ("adam", "eve")}
    assert students(files) == {"adam": cells("adam"), "eve": cells("eve")}


def test_an_archive_in_an_archive_is_looked_into(students):
    inner = {"Adam_1_assignsubmission_file_/all.zip": {"deep/sheet.ipynb": notebook()}}
    assert students({"class.zip": packed(inner)}) == {"Adam_1": cells("x = 1")}


def test_a_name_that_was_written_in_another_way_is_the_same_name(students):
    name = unicodedata.normalize("NFD", "Zoë")
    raw = packed({"Zoe_1_assignsubmission_file_/x.ipynb": notebook()})
    assert students({f"{name}.ipynb": notebook()}) == {"Zoë": cells("x = 1")}
    assert b"Zoe_1" in raw


def test_utf_8_that_does_not_say_so_is_understood():
    info = zipfile.ZipInfo("x")
    info.filename = "Zoë".encode().decode("cp437")
    info.flag_bits = 0
    assert archives._name(info) == "Zoë"


@pytest.mark.parametrize(
    "name", ["../../evil.ipynb", "/etc/evil.ipynb", "a/../../evil.ipynb", "C:\\evil.ipynb"]
)
def test_a_path_that_leads_out_is_refused(students, name):
    found = students({"eve.zip": packed({name: notebook()}), "adam.ipynb": notebook()})
    assert "leads out of it" in found["eve"]
    assert found["adam"] == cells("x = 1")


def test_a_link_is_refused(students):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        link = zipfile.ZipInfo("sheet.ipynb")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(link, "/etc/passwd")
    assert "holds a link" in students({"eve.zip": buffer.getvalue()})["eve"]


def test_a_bomb_is_refused_before_it_goes_off(students, monkeypatch):
    monkeypatch.setattr(archives, "FILE_LIMIT", 2**20)
    bomb = packed({"sheet.ipynb": bytes(2**21)})
    assert len(bomb) < 2**12
    found = students({"eve.zip": bomb, "adam.ipynb": notebook()})
    assert "larger than 1 MB" in found["eve"]
    assert found["adam"] == cells("x = 1")


def test_an_archive_beyond_all_measure_is_refused(students, monkeypatch):
    monkeypatch.setattr(archives, "TOTAL_LIMIT", 2**20)
    assert "more than any class" in students({"eve.zip": packed({"a": bytes(2**21)})})["eve"]
    monkeypatch.setattr(archives, "MEMBER_LIMIT", 3)
    many = packed({str(i): b"" for i in range(5)})
    assert "more than any class" in students({"eve.zip": many})["eve"]


@pytest.mark.parametrize("damage", [b"no zip at all", packed({"sheet.ipynb": notebook()})[:-30]])
def test_a_damaged_archive_is_unreadable(students, damage):
    assert "damaged, or not a zip file" in students({"eve.zip": damage})["eve"]


def test_a_damaged_archive_in_the_place_of_the_folder_is_named(students):
    with pytest.raises(ValueError, match=r"class.zip cannot be read\. The archive is damaged"):
        students({"class.zip": b"no zip at all"}, folder="in/class.zip")


def test_a_password_is_said(students):
    data = bytearray(packed({"sheet.ipynb": notebook()}))
    data[6] |= 1  # the flag in the local header, and in the directory at the end
    data[data.index(b"PK\x01\x02") + 8] |= 1
    assert "password" in students({"eve.zip": bytes(data)})["eve"]


def test_an_archive_without_a_notebook_is_unreadable(students):
    found = students({"eve.zip": packed({"essay.txt": b"Dear teacher"})})
    assert found["eve"].startswith("The file is not JSON")
