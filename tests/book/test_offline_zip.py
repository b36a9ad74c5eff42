"""The zip file of the site: small, whole, and the same bytes for the same site."""

import os
import zipfile

import pytest
from making import offline_zip
from making.places import OFFLINE_ZIP, BuildError


@pytest.fixture
def site(tmp_path):
    """A site of two pages, one in a folder, and a file that Sphinx keeps for itself."""
    files = {"index.html": "<a href='book/a.html'>", "book/a.html": "a", ".buildinfo": "x"}
    for name, text in files.items():
        path = tmp_path / "html" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return tmp_path / "html"


def test_the_same_site_gives_the_same_bytes_at_another_time(site, tmp_path):
    packed = []
    for moment in (1_000_000_000, 1_700_000_000):
        for path in site.rglob("*.html"):
            os.utime(path, (moment, moment))
            path.chmod(0o600 if moment > 1_500_000_000 else 0o644)
        offline_zip.pack(site, tmp_path / "book.zip")
        packed.append((tmp_path / "book.zip").read_bytes())
    assert packed[0] == packed[1]


def test_it_unpacks_into_one_folder_that_can_be_read(site, tmp_path):
    offline_zip.pack(site, tmp_path / "book.zip")
    with zipfile.ZipFile(tmp_path / "book.zip") as packed:
        assert packed.namelist() == ["coursecnn-book/book/a.html", "coursecnn-book/index.html"]
        assert {entry.external_attr >> 16 & 0o777 for entry in packed.infolist()} == {0o644}


def test_a_site_that_is_too_heavy_is_refused_and_leaves_the_old_file(site, tmp_path, monkeypatch):
    (tmp_path / "book.zip").write_text("old")
    monkeypatch.setattr(offline_zip, "MOST_BYTES", 10)
    with pytest.raises(BuildError, match="weighs 0 MB, more than 0"):
        offline_zip.pack(site, tmp_path / "book.zip")
    assert [path.name for path in tmp_path.glob("*.zip*")] == ["book.zip"]
    assert (tmp_path / "book.zip").read_text() == "old"


@pytest.mark.built
def test_the_zip_of_the_book_holds_every_file_of_the_site_and_weighs_at_most_60_mb(html):
    assert OFFLINE_ZIP.stat().st_size <= 60_000_000
    with zipfile.ZipFile(OFFLINE_ZIP) as packed:
        names = {name.partition("/")[2] for name in packed.namelist()}
    files = {path.relative_to(html).as_posix() for path in html.rglob("*") if path.is_file()}
    assert files - names == {name for name in files if name in offline_zip.NOT_NEEDED}
    assert "index.html" in names
