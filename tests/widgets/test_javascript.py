"""The figures' scripts run under Node: the unit tests, and vectors computed by the library."""

import json
import os
import shutil
import subprocess
from pathlib import Path

import numpy as np
import pytest

from coursecnn import ops, shapes
from coursecnn.widgets import FIGURES, bundle

JS = Path(__file__).parents[1] / "js"


def node(*arguments, **environment):
    """Run Node; the process as it ended."""
    path = shutil.which("node")
    assert path, "Node.js was not found: install nodejs, the figures' scripts are tested with it"
    environment = {**os.environ, **environment}
    return subprocess.run(
        [path, *map(str, arguments)], env=environment, capture_output=True, text=True, check=False
    )


def vector(rng, index):
    """One state of the stepper and the library's answer, exact for whole numbers."""
    exact, channels = index % 2 == 0, 1 if index % 3 else 3
    kernel_size = rng.integers(1, 5, size=2)
    stride, padding = int(rng.integers(1, 4)), int(rng.integers(0, 3))
    size = [int(rng.integers(max(1, k - 2 * padding), 9)) for k in kernel_size]
    image = rng.integers(-9, 256, (channels, *size))
    kernel = rng.integers(-9, 10, (channels, *kernel_size))
    if not exact:
        image, kernel = image / 255, kernel + rng.normal(size=kernel.shape)
    flip = bool(rng.integers(2))
    used = np.flip(kernel, (1, 2)) if flip else kernel
    expected = ops.conv2d(image, used[np.newaxis], stride=stride, padding=padding)[0]
    state = {"image": image.tolist(), "kernel": kernel.tolist(), "position": [0, 0],
             "stride": stride, "padding": padding, "flip": flip}  # fmt: skip
    shape = [shapes.output_size(n, int(k), stride, padding)
             for n, k in zip(size, kernel_size, strict=True)]  # fmt: skip
    return {"state": state, "expected": expected.tolist(), "exact": exact, "shape": shape}


@pytest.fixture(scope="module")
def vectors(tmp_path_factory):
    """A file of vectors."""
    rng = np.random.default_rng(88)
    path = tmp_path_factory.mktemp("vectors") / "vectors.json"
    path.write_text(json.dumps([vector(rng, index) for index in range(300)]))
    return path


@pytest.mark.parametrize("file", sorted(JS.glob("*.test.mjs")), ids=lambda path: path.stem)
def test_the_scripts_pass_their_tests_under_node(file, vectors):
    ended = node("--test", file, VECTORS=str(vectors))
    assert ended.returncode == 0, ended.stdout + ended.stderr
    assert "# fail 0" in ended.stdout
    assert "# pass 0" not in ended.stdout


def test_a_wrong_vector_is_noticed(vectors, tmp_path):
    wrong = json.loads(vectors.read_text())
    wrong[7]["expected"][0][0] += 1e-6
    path = tmp_path / "wrong.json"
    path.write_text(json.dumps(wrong))
    assert node("--test", JS / "convolution.test.mjs", VECTORS=str(path)).returncode != 0


@pytest.mark.parametrize("figure", FIGURES, ids=lambda figure: figure.tag)
def test_the_bundled_module_offers_render(figure, tmp_path):
    path = tmp_path / "figure.mjs"
    path.write_text(bundle.module(f"{figure.tag}.js"), encoding="utf-8")
    code = f"import('{path}').then((m) => console.log(Object.keys(m), typeof m.default.render))"
    assert node("-e", code).stdout.strip() == "[ 'default' ] function"


@pytest.mark.parametrize("figure", FIGURES, ids=lambda figure: figure.tag)
def test_the_classic_script_defines_the_element_once_and_no_globals(figure, tmp_path):
    script = tmp_path / "figure.js"
    script.write_text(bundle.classic(f"{figure.tag}.js"), encoding="utf-8")
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
    assert node("-e", code).stdout.split() == [figure.tag, "customElements,HTMLElement"]
