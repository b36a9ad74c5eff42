"""A file is there whole or not at all, and an archive tells nothing but its contents."""

import io
import os
import threading
import time
import zipfile

import pytest

from coursecnn._files import replacing, unfinished, write, write_zip


def names(folder):
    return sorted(path.name for path in folder.iterdir())


@pytest.mark.parametrize("old", [None, b"old"])
def test_a_block_that_raises_leaves_everything_as_it_was(tmp_path, old):
    file = tmp_path / "file"
    if old is not None:
        file.write_bytes(old)

    def fail():
        with replacing(file) as stream:
            stream.write(b"half of the ")
            stream.flush()
            assert not file.exists() or file.read_bytes() == old
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        fail()
    assert names(tmp_path) == ([] if old is None else ["file"])
    assert old is None or file.read_bytes() == old


@pytest.mark.parametrize(("mask", "mode"), [(0o022, 0o644), (0o077, 0o600)])
def test_a_block_that_ends_well_leaves_one_file_as_readable_as_any_other(tmp_path, mask, mode):
    before = os.umask(mask)
    try:
        with replacing(tmp_path / "file") as stream:
            stream.write(b"new")
    finally:
        os.umask(before)
    assert names(tmp_path) == ["file"]
    assert (tmp_path / "file").read_bytes() == b"new"
    assert (tmp_path / "file").stat().st_mode & 0o777 == mode


def test_what_a_killed_program_has_left_is_found_once_nobody_can_be_writing_it(tmp_path):
    for name, age in (("run-old.part", 7200), ("run-new.part", 0), ("other-old.part", 7200)):
        (tmp_path / name).write_bytes(b"half")
        os.utime(tmp_path / name, (time.time() - age,) * 2)
    assert unfinished(tmp_path, "run") == [tmp_path / "run-old.part"]


@pytest.mark.parametrize("links", [True, False])
def test_what_was_there_before_is_kept_under_another_name(tmp_path, monkeypatch, links):
    def refuse(*names):
        raise OSError("no links here")

    if not links:
        monkeypatch.setattr(os, "link", refuse)
    file, keep = tmp_path / "file", tmp_path / "file.previous"
    for content in (b"1", b"2", b"3"):
        with replacing(file, keep=keep) as stream:
            stream.write(content)
        assert names(tmp_path) == (["file"] if content == b"1" else ["file", "file.previous"])
    assert (file.read_bytes(), keep.read_bytes()) == (b"3", b"2")


def test_of_several_writers_the_last_one_counts(tmp_path):
    file = tmp_path / "file"
    with replacing(file) as first, replacing(file) as second:
        first.write(b"first")
        second.write(b"second")  # its block ends before the other's
    assert file.read_bytes() == b"first"
    assert names(tmp_path) == ["file"]


def test_many_writers_at_a_time_leave_the_file_of_one(tmp_path):
    contents = [bytes([number]) * 100_000 for number in range(8)]
    writers = [threading.Thread(target=write, args=(tmp_path / "file", c)) for c in contents]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert (tmp_path / "file").read_bytes() in contents
    assert names(tmp_path) == ["file"]


def test_what_is_there_already_keeps_its_date(tmp_path):
    file = tmp_path / "new" / "folder" / "file.txt"
    write(file, "größer\r\n")
    assert file.read_bytes() == b"gr\xc3\xb6\xc3\x9fer\r\n"
    os.utime(file, (1, 1))
    write(file, "größer\r\n".encode())
    assert file.stat().st_mtime == 1
    write(file, "kleiner\n")
    assert file.read_bytes() == b"kleiner\n"
    assert file.stat().st_mtime > 1


def test_an_archive_depends_on_its_contents_alone(monkeypatch):
    files = {"b/second.txt": b"2" * 1000, "a.txt": b"1"}
    once, again = io.BytesIO(), io.BytesIO()
    write_zip(once, files.items())
    monkeypatch.setattr("time.time", lambda: 2_000_000_000.0)
    monkeypatch.setattr("time.localtime", lambda *seconds: (2033, 5, 18, 3, 33, 20, 2, 138, 0))
    write_zip(again, files.items())
    assert once.getvalue() == again.getvalue()
    with zipfile.ZipFile(once) as archive:
        assert {name: archive.read(name) for name in archive.namelist()} == files
        assert archive.namelist() == list(files)  # in the order that was given
        for info in archive.infolist():
            assert info.date_time == (1980, 1, 1, 0, 0, 0)
            assert info.external_attr >> 16 == 0o100644
            assert info.compress_type == zipfile.ZIP_DEFLATED
