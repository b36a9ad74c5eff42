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


# Starting Node takes longer than what it does here: it starts once for all files of a kind.


def results(files, vectors):
    """Run test files on a folder of vectors; by stem, a name and a reason for each test."""
    report = "--test-reporter=" + (JS / "reporter.mjs").as_uri()
    ended = node("--test", report, *files, VECTORS=str(vectors))
    found = {path.name.removesuffix(".test.mjs"): [] for path in files}
    for line in map(json.loads, ended.stdout.splitlines()):
        stem = Path(line["file"]).name.removesuffix(".test.mjs")
        found[stem].append((line["name"], line.get("why")))
    return found


@pytest.fixture(scope="module")
def made():
    """By module of arithmetic, its vectors."""
    return {
        name: importlib.import_module(f"vectors.{name}").vectors(np.random.default_rng(88))
        for name in ARITHMETIC
    }


@pytest.fixture(scope="module")
def tested(made, tmp_path_factory):
    """What Node's tests say, by file."""
    folder = write(made, tmp_path_factory.mktemp("vectors"))
    return results(sorted(JS.glob("*.test.mjs")), folder)


@pytest.fixture(scope="module")
def misled(made, tmp_path_factory):
    """What they say when one vector of each module is wrong."""
    wrong = {
        name: [
            {**vector, "expected": slightly_off(vector["expected"])} if index == 7 else vector
            for index, vector in enumerate(vectors)
        ]
        for name, vectors in made.items()
    }
    folder = write(wrong, tmp_path_factory.mktemp("wrong"))
    return results([JS / f"{name}.test.mjs" for name in ARITHMETIC], folder)


def write(vectors, folder):
    """Write vectors where the tests read them."""
    for name, made in vectors.items():
        (folder / f"{name}.json").write_text(json.dumps(made))
    return folder


def slightly_off(expected):
    """The same answer with its first number changed."""
    if isinstance(expected, list):
        return [slightly_off(expected[0]), *expected[1:]]
    return expected + 1e-6


@pytest.mark.parametrize("name", [path.name[:-9] for path in sorted(JS.glob("*.test.mjs"))])
def test_the_scripts_pass_their_tests_under_node(name, tested):
    assert tested[name], "no test ran"
    failures = [f"{test}: {why}" for test, why in tested[name] if why]
    assert not failures, "\n".join(failures)


@pytest.mark.parametrize("name", ARITHMETIC)
def test_there_are_vectors_enough_and_they_differ(name, made):
    assert len({json.dumps(vector) for vector in made[name]}) >= 200


@pytest.mark.parametrize("name", ARITHMETIC)
def test_a_wrong_vector_is_noticed(name, misled):
    failures = [why for _, why in misled[name] if why]
    assert "AssertionError" in "".join(failures)


@pytest.fixture(scope="module")
def modules(tmp_path_factory):
    """By tag, what the bundled module exports."""
    folder, tags = tmp_path_factory.mktemp("modules"), [figure.tag for figure in FIGURES]
    for tag in tags:
        (folder / f"{tag}.mjs").write_text(bundle.module(f"{tag}.js"), encoding="utf-8")
    code = f"""
        const said = (m) => [...Object.keys(m), typeof m.default.render];
        for (const tag of {json.dumps(tags)}) {{
          const module = import(`{folder}/${{tag}}.mjs`);
          module.then(said, String).then((found) => console.log(JSON.stringify([tag, found])));
        }}
    """
    return dict(map(json.loads, node("-e", code).stdout.splitlines()))


@pytest.mark.parametrize("figure", FIGURES, ids=lambda figure: figure.tag)
def test_the_bundled_module_offers_render(figure, modules):
    assert modules[figure.tag] == ["default", "function"]


@pytest.fixture(scope="module")
def elements(tmp_path_factory):
    """By the names of the figures in it, what a classic script defines and leaves behind."""
    scripts = {
        ",".join(tags): bundle.classic(*(f"{tag}.js" for tag in tags))
        for tags in [*([figure.tag] for figure in FIGURES), [figure.tag for figure in FIGURES]]
    }
    path = tmp_path_factory.mktemp("classic") / "scripts.json"
    path.write_text(json.dumps(scripts), encoding="utf-8")
    code = f"""
        const vm = require("vm"), scripts = require("{path}");
        for (const [tags, source] of Object.entries(scripts)) {{
          const known = new Map();
          const define = (tag, element) => {{
            if (known.has(tag)) throw new Error("defined twice, as browsers say");
            known.set(tag, element);
          }};
          const registry = {{ get: (tag) => known.get(tag), define }};
          const world = vm.createContext({{ customElements: registry, HTMLElement: class {{}} }});
          let found;
          try {{
            vm.runInContext(source, world);
            vm.runInContext(source, world);
            found = [[...known.keys()].join(), Object.keys(world).join()];
          }} catch (error) {{
            found = String(error);
          }}
          console.log(JSON.stringify([tags, found]));
        }}
    """
    return dict(map(json.loads, node("-e", code).stdout.splitlines()))


@pytest.mark.parametrize("figures", [*((figure,) for figure in FIGURES), FIGURES], ids=len)
def test_the_classic_script_defines_each_element_once_and_no_globals(figures, elements):
    tags = ",".join(figure.tag for figure in figures)
    assert elements[tags] == [tags, "customElements,HTMLElement"]
