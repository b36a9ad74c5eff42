"""The bundler takes modules of the house's kind and refuses what it cannot bundle."""

import subprocess

import pytest

from coursecnn.widgets import bundle


@pytest.fixture
def modules(tmp_path, monkeypatch):
    """Write modules into an empty folder."""
    monkeypatch.setattr(bundle, "FOLDER", tmp_path)

    def write(**sources):
        for name, source in sources.items():
            (tmp_path / f"{name}.js").write_text(source)

    return write


def test_a_shared_module_is_bundled_once_and_before_its_users(modules):
    modules(
        base="export const one = 1;\n",
        left='import { one } from "./base.js";\nexport const two = one + one;\n',
        main='import { two } from "./left.js";\nimport { one } from "./base.js";\n'
        "export default figure(one, two);\n",
    )
    text = bundle.module("main.js")
    assert text.count("const one = 1;") == 1
    assert text.index("const one = 1;") < text.index("const two = one + one;")
    assert "import" not in text
    assert text.endswith("export default figure(one, two);\n")


def test_remarks_stay_behind_and_code_does_not(modules):
    modules(
        base="// What this is for.\n\n/**\n * One,\n * in two lines.\n */\n"
        "export const one = 1; // kept\n",
        main='import { one } from "./base.js";\n  /* in between */\nconst web = f(\n  `http://one`,\n);\n'
        "export default figure(one, web);\n",
    )
    text = bundle.module("main.js")
    assert "const one = 1; // kept\n" in text
    assert "const web = f(\n`http://one`,\n);\n" in text
    assert not [remark for remark in ("for.", "two lines", "between") if remark in text]


def test_a_text_over_several_lines_would_lose_its_indents_and_is_named(modules):
    modules(main="const verse = `one\n  two`;\nexport default verse;\n")
    with pytest.raises(ValueError, match=r"`main\.js` has a text .*: const verse = `one"):
        bundle.module("main.js")


def test_remarks_of_styles_stay_behind():
    text = bundle.style(*(path.stem for path in bundle.CSS.glob("*.css")))
    assert "/*" in (bundle.CSS / "figure.css").read_text("utf-8")
    assert [line for line in text.splitlines() if line.lstrip().startswith("/*")] == []
    assert text.count("{") == text.count("}") > 100


@pytest.fixture
def storing(modules):
    """A figure that imports stored numbers by way of another module."""
    modules(
        middle='import { STORED } from "./net.stored.js";\nexport const two = 2 * STORED;\n',
        main='import { two } from "./middle.js";\nexport default figure(two);\n',
        **{"net.stored": "export const STORED = 21;\n"},
    )


def test_stored_numbers_are_a_part_of_a_module_and_of_a_script(storing):
    assert bundle.stored("main.js", "middle.js") == ["net.stored.js"]
    assert "const STORED = 21;" in bundle.module("main.js")
    assert "const STORED = 21;" in bundle.classic("main.js")


def test_on_a_page_stored_numbers_are_a_script_of_their_own(storing):
    script, figure = bundle.stored_script("net.stored.js"), bundle.classic("main.js", apart=True)
    assert "const STORED = 21;" in script
    assert "STORED = 21" not in figure
    # Node runs both as a page does, and again with a second page's figure.
    code = f"globalThis.figure = (n) => console.log(n);\n{script}{script}{figure}{figure}"
    assert subprocess.run(
        ["node", "-e", code], capture_output=True, text=True, check=True
    ).stdout.split() == ["42", "42"]


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ('import * as all from "./base.js";', r"cannot be bundled: import \* as all"),
        ('import { one } from "https://elsewhere";', "cannot be bundled"),
        ("export { one };", r"cannot be bundled: export \{ one \}"),
    ],
)
def test_lines_that_cannot_be_bundled_are_named(modules, line, message):
    modules(base="export const one = 1;\n", main=f"{line}\nexport default one;\n")
    with pytest.raises(ValueError, match=message):
        bundle.module("main.js")


def test_a_module_without_a_default_is_named(modules):
    modules(main="export const one = 1;\n")
    with pytest.raises(ValueError, match=r"`main\.js` has no default export"):
        bundle.classic("main.js")


def test_a_circle_of_imports_is_named(modules):
    modules(
        left='import { b } from "./right.js";\nexport const a = b;\nexport default a;\n',
        right='import { a } from "./left.js";\nexport const b = a;\n',
    )
    with pytest.raises(ValueError, match=r"left\.js → right\.js"):
        bundle.module("left.js")
