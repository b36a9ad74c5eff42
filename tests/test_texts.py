"""What the texts for contributors name is there."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
TEXTS = sorted(
    {*ROOT.glob("*.md"), *ROOT.glob("*/README.md"), *ROOT.glob("coursecnn/grading/release/*.md")}
)
LINK = re.compile(r"\[[^\]]*\]\((?!https?:|mailto:|#)([^)#\s]+)[^)]*\)")
MADE_UP = re.compile("NN|NAME|/vendor/")  # stands for several, or is made by the build
PATH = re.compile(r"`((?:coursecnn|book|tests|solutions|benchmarks|experiments)/[\w./-]+)`")


@pytest.mark.parametrize("text", TEXTS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_files_that_a_text_links_to_or_names_exist(text):
    written = text.read_text("utf-8")
    linked = {text.parent / target for target in LINK.findall(written)}
    named = {ROOT / path for path in PATH.findall(written) if not MADE_UP.search(path)}
    assert [path for path in linked | named if not path.exists()] == []
