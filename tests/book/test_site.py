"""What is built anew and what is kept; and what a broken set-up says."""

import re
from pathlib import Path

import making
import pytest
from making import pages, places, site, vendor
from making.places import BuildError


def test_the_builder_lists_its_modules_in_reading_order():
    listed = re.findall(r"^(\w+)  ", making.__doc__, re.M)
    found = sorted(path.stem for path in Path(making.__file__).parent.glob("*.py"))
    assert sorted([*listed, "__init__"]) == found


@pytest.fixture
def project(tmp_path, monkeypatch):
    """A project in a temporary folder whose Sphinx writes one page per run and counts its runs."""
    style = tmp_path / "book" / "_static" / "css" / "page.css"
    style.parent.mkdir(parents=True)
    style.write_text("a {}")
    for name in ("_config.yml", "_toc.yml", "package-lock.json"):
        (tmp_path / name).write_text("root: book/index\n")
    (tmp_path / "book" / "index.md").write_text("# Title\n")
    (tmp_path / "exercises").mkdir()
    build = tmp_path / "_build"
    monkeypatch.setattr(site, "ROOT", tmp_path)
    monkeypatch.setattr(site, "BOOK", tmp_path / "book")
    monkeypatch.setattr(site, "VENDOR", tmp_path / "book" / "_static" / "vendor")
    monkeypatch.setattr(site, "EXERCISES", tmp_path / "exercises")
    read = pages.pages
    monkeypatch.setattr(pages, "pages", lambda: read(tmp_path / "_toc.yml"))
    monkeypatch.setattr(site, "BUILD", build)
    monkeypatch.setattr(site, "HTML", build / "html")
    monkeypatch.setattr(site, "STAMP", build / "frame.digest")
    monkeypatch.setattr(site, "_sphinx", lambda: write_page(build / "html"))
    return tmp_path


def write_page(html):
    """Stand for Sphinx: add a page."""
    html.mkdir(parents=True, exist_ok=True)
    (html / f"{len(list(html.iterdir()))}.html").write_text("page")


def fail():
    """Stand for a Sphinx that finds a fault."""
    raise BuildError("fault")


def build(project):
    """One build that ends well; how many pages of earlier builds it kept."""
    site.keep(site.build_html())
    return len(list((project / "_build" / "html").iterdir())) - 1


def test_without_a_change_the_pages_are_kept(project):
    assert [build(project), build(project)] == [0, 1]


@pytest.mark.parametrize("name", ["book/_static/css/page.css", "_config.yml", "book/glossary.md"])
def test_a_change_of_the_frame_builds_all_pages_anew(project, name):
    build(project)
    (project / name).write_text("changed: true")
    assert build(project) == 0


def test_an_edit_in_the_ledger_or_the_text_of_a_page_keeps_the_others(project):
    build(project)
    for name in ("book/facts.yml", "book/index.md"):
        (project / name).write_text("# Title\n\nmore: text\n")
    assert build(project) == 1


@pytest.mark.parametrize("name", ["book/index.md", "exercises/02-new.ipynb"])
def test_a_new_title_or_a_new_exercise_builds_all_pages_anew(project, name):
    build(project)
    (project / name).write_text("# Another title\n")
    assert build(project) == 0


def test_after_a_failed_build_all_pages_are_built_anew(project, monkeypatch):
    build(project)
    with monkeypatch.context() as broken:
        broken.setattr(site, "_sphinx", fail)
        with pytest.raises(BuildError):
            build(project)
    assert build(project) == 0


def test_two_builds_at_once_are_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(places, "BUILD", tmp_path)
    with (
        places.one_at_a_time(),
        pytest.raises(BuildError, match="Another build of the book is running"),
        places.one_at_a_time(),
    ):
        pytest.fail("the second build began")
    with places.one_at_a_time():
        pass  # and afterwards the folder is free again


def test_without_npm_the_build_says_what_to_install(tmp_path, monkeypatch):
    monkeypatch.setattr(vendor, "MODULES", tmp_path / "node_modules")
    monkeypatch.setattr(vendor.shutil, "which", lambda name: None)
    with pytest.raises(BuildError, match=r"`npm` was not found; install Node\.js"):
        vendor.fetch()


def test_up_to_date_packages_need_neither_npm_nor_a_network(tmp_path, monkeypatch):
    folders = [tmp_path / "node_modules", tmp_path / "vendor"]
    monkeypatch.setattr(vendor, "MODULES", folders[0])
    monkeypatch.setattr(vendor, "VENDOR", folders[1])
    monkeypatch.setattr(vendor, "_install", lambda: folders[0].mkdir())
    monkeypatch.setattr(vendor, "_copy_mathjax", lambda source, target: target.mkdir(parents=True))
    monkeypatch.setattr(vendor, "_copy_font", lambda package, styles, target: None)
    vendor.fetch()
    monkeypatch.setattr(vendor, "_install", lambda: pytest.fail("npm was called again"))
    vendor.fetch()
