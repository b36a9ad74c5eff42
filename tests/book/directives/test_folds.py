"""Plumbing and goals are folded to a line; what they hold is on the page."""

import pytest

HEAD = "---\nfile_format: mystnb\nkernelspec:\n  name: python3\n  display_name: Python 3\n---\n\n"
CODE = "```{code-cell}\n---\ntags: [plumbing]\n---\nimport numpy as np\n\nx = 1\n```\n"
GOALS = ":::{admonition} You can\n:class: objectives\n\n- **draw** $k$;\n- erase.\n:::\n"
PAGES = {
    "plumbing": f"{HEAD}# Page\n\n{CODE}\n```{{code-cell}}\nx + 1\n```\n",
    "one-line": f"{HEAD}# Page\n\n{CODE.replace('import numpy as np', '').strip()}\n",
    "goals": f"# Page\n\n{GOALS}",
    "other-box": f"# Page\n\n{GOALS.replace('objectives', 'assignment')}",
}


def test_the_source_of_plumbing_is_folded_to_a_bar_that_counts_its_lines(site):
    plumbing, shown = site.soup("plumbing").select("div.cell")
    bar = plumbing.select_one("details:not([open])")
    assert bar.summary.get_text() == "code · 3 lines"
    assert "import numpy as np" in bar.select_one(".cell_input pre").get_text()
    assert shown.select_one("details") is None
    assert shown.select_one(".cell_input pre").get_text().strip() == "x + 1"
    assert site.warnings_of("plumbing") == []


def test_one_line_is_one_line(site):
    assert site.soup("one-line").summary.get_text() == "code · 1 line"


def test_goals_are_counted_and_folded_with_their_heading(site):
    soup = site.soup("goals")
    goals = soup.select_one("details.cc-goals:not([open])")
    assert goals.summary.get_text() == "2 goals"
    assert goals.p.get_text() == "You can"
    assert [item.get_text() for item in goals.select("li")] == ["draw \\(k\\);", "erase."]
    assert soup.select(".admonition") == []


@pytest.mark.parametrize("name", ["goals", "plumbing"])
def test_the_search_reads_what_is_folded(site, name):
    text = (site.folder / "sections.js").read_text("utf-8")
    assert {"goals": "erase.", "plumbing": "import numpy"}[name] in text


def test_other_boxes_stay_open(site):
    soup = site.soup("other-box")
    assert soup.select("details") == []
    assert soup.select_one(".admonition.assignment") is not None
