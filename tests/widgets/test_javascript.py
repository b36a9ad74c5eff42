"""The figures' scripts run under Node: the unit tests, and vectors computed by the library."""

import importlib
import json
import os
import pkgutil
import shutil
import subprocess
from pathlib import Path

import numpy as np
import pytest
import vectors as library

from coursecnn.widgets import FIGURES, bundle

JS = Path(__file__).parents[1] / "js"
ARITHMETIC = sorted(module.name for module in pkgutil.iter_modules(library.__path__))


def node(*arguments, **environment):
    """Run Node; the process as it ended."""
    path = shutil.which("node")
    assert path, "Node.js was not found: install nodejs, the figures' scripts are tested with it"
    environment = {**os.environ, **environment}
    return subprocess.run(
        [path, *map(str, arguments)], env=environment, capture_output=True, text=True, check=False
    )


@pytest.fixture(scope="module")
def vectors(tmp_path_factory):
    """A folder with a file of vectors for each module of arithmetic."""
    folder = tmp_path_factory.mktemp("vectors")
    for name in ARITHMETIC:
        module = importlib.import_module(f"vectors.{name}")
        made = module.vectors(np.random.default_rng(88))
        (folder / f"{name}.json").write_text(json.dumps(made))
    return folder


@pytest.mark.parametrize("file", sorted(JS.glob("*.test.mjs")), ids=lambda path: path.stem)
def test_the_scripts_pass_their_tests_under_node(file, vectors):
    ended = node("--test", file, VECTORS=str(vectors))
    assert ended.returncode == 0, ended.stdout + ended.stderr
    assert "# fail 0" in ended.stdout
    assert "# pass 0" not in ended.stdout


@pytest.mark.parametrize("name", ARITHMETIC)
def test_there_are_vectors_enough_and_they_differ(name, vectors):
    made = (vectors / f"{name}.json").read_text()
    assert len({json.dumps(vector) for vector in json.loads(made)}) >= 200


@pytest.mark.parametrize("name", ARITHMETIC)
def test_a_wrong_vector_is_noticed(name, vectors, tmp_path):
    assert (JS / f"{name}.test.mjs").is_file()
    wrong = json.loads((vectors / f"{name}.json").read_text())
    wrong[7]["expected"] = slightly_off(wrong[7]["expected"])
    (tmp_path / f"{name}.json").write_text(json.dumps(wrong))
    assert node("--test", JS / f"{name}.test.mjs", VECTORS=str(tmp_path)).returncode != 0


def slightly_off(expected):
    """The same answer with its first number changed."""
    if isinstance(expected, list):
        return [slightly_off(expected[0]), *expected[1:]]
    return expected + 1e-6


@pytest.mark.parametrize("figure", FIGURES, ids=lambda figure: figure.tag)
def test_the_bundled_module_offers_render(figure, tmp_path):
    path = tmp_path / "figure.mjs"
    path.write_text(bundle.module(f"{figure.tag}.js"), encoding="utf-8")
    code = f"import('{path}').then((m) => console.log(Object.keys(m), typeof m.default.render))"
    assert node("-e", code).stdout.strip() == "[ 'default' ] function"


@pytest.mark.parametrize("figures", [*((figure,) for figure in FIGURES), FIGURES], ids=len)
def test_the_classic_script_defines_each_element_once_and_no_globals(figures, tmp_path):
    script, tags = tmp_path / "figure.js", [figure.tag for figure in figures]
    script.write_text(bundle.classic(*(f"{tag}.js" for tag in tags)), encoding="utf-8")
    code = f"""
        const vm = require("vm"), source = require("fs").readFileSync("{script}", "utf8");
        const known = new Map();
        const define = (tag, element) => {{
          if (known.has(tag)) throw new Error("defined twice, as browsers say");
          known.set(tag, element);
        }};
        const registry = {{ get: (tag) => known.get(tag), define }};
        const world = vm.createContext({{ customElements: registry, HTMLElement: class {{}} }});
        vm.runInContext(source, world);
        vm.runInContext(source, world);
        console.log([...known.keys()].join(), Object.keys(world).join());
    """
    assert node("-e", code).stdout.split() == [",".join(tags), "customElements,HTMLElement"]
