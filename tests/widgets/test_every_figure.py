"""What every interactive figure promises as a Python object."""

import inspect
import json
import re
import subprocess
import sys

import pytest
from bs4 import BeautifulSoup

from coursecnn.widgets import FIGURES

every_figure = pytest.mark.parametrize("figure", FIGURES, ids=lambda figure: figure.tag)


@every_figure
def test_an_unknown_argument_is_refused_by_name(figure):
    known = ", ".join(figure().state())
    with pytest.raises(TypeError, match=f"{figure.__name__} has no `nothing`; it takes {known}"):
        figure(nothing=1)


@every_figure
def test_the_page_holds_the_state(figure):
    shown = figure()
    soup = BeautifulSoup(shown.to_html(), "html.parser")
    state = soup.select_one(f"{figure.tag} > script[type='application/json']").string
    assert json.loads(state) == json.loads(json.dumps(shown.state()))


@every_figure
def test_the_page_shows_a_picture_that_says_what_is_seen(figure):
    soup = BeautifulSoup(figure().to_html(), "html.parser")
    assert len(soup.select_one(".fig-still svg[role=img]")["aria-label"]) >= 40


@every_figure
def test_scripts_and_traits_name_the_same_fields(figure):
    live = figure()
    fields = re.search(r"const FIELDS = \[(.*?)\];", live._esm, re.DOTALL)[1]
    assert set(re.findall(r'"(\w+)"', fields)) == set(live.state())


@every_figure
def test_a_notebook_with_a_kernel_gets_the_live_figure(figure):
    data, _ = figure()._repr_mimebundle_()
    assert set(data) == {"text/plain", "text/html", "application/vnd.jupyter.widget-view+json"}


@every_figure
def test_the_documentation_names_every_field(figure):
    parameters = inspect.getdoc(figure).partition("Parameters\n")[2].partition("Raises\n")[0]
    assert set(re.findall(r"^(\w+) : ", parameters, re.MULTILINE)) == set(figure().state())


def test_the_output_is_the_same_in_every_process():
    code = (
        "from coursecnn.widgets import FIGURES\n"
        "for figure in FIGURES:\n"
        "    data = figure()._repr_mimebundle_()[0]; print(data['text/plain'], data['text/html'])"
    )
    runs = {
        subprocess.run([sys.executable, "-c", code], capture_output=True, check=True).stdout
        for _ in range(2)
    }
    assert len(runs) == 1
    assert b" at 0x" not in runs.pop()
