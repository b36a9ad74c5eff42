"""What the texts for contributors name is there."""

import re
from pathlib import Path

import pytest

from coursecnn import _extras

ROOT = Path(__file__).parents[1]
TEXTS = sorted(
    {*ROOT.glob("*.md"), *ROOT.glob("*/README.md"), *ROOT.glob("coursecnn/grading/release/*.md")}
)
SHEETS = sorted(ROOT.glob("solutions/*.md"))
LINK = re.compile(r"\[[^\]]*\]\((?!https?:|mailto:|#)([^)#\s]+)[^)]*\)")
MADE_UP = re.compile("NN|NAME|/vendor/")  # stands for several, or is made by the build
PATH = re.compile(r"`((?:coursecnn|book|tests|solutions|benchmarks|experiments)/[\w./-]+)`")


@pytest.mark.parametrize("text", TEXTS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_files_that_a_text_links_to_or_names_exist(text):
    written = text.read_text("utf-8")
    linked = {text.parent / target for target in LINK.findall(written)}
    named = {ROOT / path for path in PATH.findall(written) if not MADE_UP.search(path)}
    assert [path for path in linked | named if not path.exists()] == []


STARTING = ["README.md", "book/get-started.md", "coursecnn/grading/release/templates/README.md"]
NAMING = [*STARTING, "book/instructors.md", *(f"solutions/{path.name}" for path in SHEETS)]


@pytest.mark.parametrize("name", NAMING)
def test_a_notebook_is_checked_by_one_command_in_an_environment_that_is_active(name):
    written = (ROOT / name).read_text("utf-8")
    assert "coursecnn check" in written
    assert not re.search(r"coursecnn\.cli|/coursecnn check", written)
    assert re.search(r"environment\W[^.]*\bactive", written) or name == "book/instructors.md"


def test_the_bundle_is_installed_as_the_page_for_beginners_says():
    page, bundle = ((ROOT / name).read_text("utf-8") for name in STARTING[1:])
    blocks = re.findall(r"```\n(.*?)```", page, re.DOTALL)
    installing = [block for block in blocks if "-m venv" in block]
    assert len(installing) == 2
    assert all(f"```\n{block}```" in bundle for block in installing)
    for extra in _extras.PACKAGES:
        assert f"{_extras.command(extra)}\n" in blocks
