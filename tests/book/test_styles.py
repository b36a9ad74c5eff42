"""What is taken out of the theme's style sheets, and what stays."""

import pytest
from making import styles

KNOWN = {"used", "fa-solid"}


@pytest.mark.parametrize(
    "css",
    [
        "a{b:c}",
        ".used{b:c}",
        "/*! MIT */a{b:c}",
        "a.used:not(.gone)::before{content:'} .gone {'}",
        ":is(.gone,.used) a{b:c}",
        '[data-x="a,.b{c}"].used{b:url(data:x;y{z})}',
        ":root{--x:1;--y:2}",
        "@media print{.used{b:c}}",
        "@font-face{font-family:Own;src:url(x)}",
        "@keyframes k{from{b:c}to{b:d}}",
        '@import "x.css";a{b:c}',
        r".w-1\/2{b:c}",
    ],
)
def test_what_a_page_may_show_stays_as_it_is(css):
    assert styles.pruned(css, KNOWN) == css


@pytest.mark.parametrize(
    ("css", "left"),
    [
        (".gone{b:c}", ""),
        ("a.used.gone,a.used{b:c}", "a.used{b:c}"),
        (".used .gone>a{b:c}d{e:f}", "d{e:f}"),
        ("@media (width > 1px){.gone{b:c}}", ""),
        ("@supports (a:b){@media print{.gone{b:c}.used{d:e}}}",
         "@supports (a:b){@media print{.used{d:e}}}"),
        ("/* .gone{} */a{b:c}", "a{b:c}"),
        ('@font-face{font-family:"Font Awesome 6 Free";src:url(x)}a{b:c}', "a{b:c}"),
        (".fa-mug:before,.fa-tea:before{content:'\\f0f4'}.fa-solid{b:c}", ".fa-solid{b:c}"),
    ],
)  # fmt: skip
def test_what_no_page_can_show_is_taken_out(css, left):
    assert styles.pruned(css, KNOWN) == left


def test_classes_are_read_from_pages_and_words_from_scripts(tmp_path):
    static = tmp_path / "_static"
    for folder in ("css", "styles", "scripts"):
        (static / folder).mkdir(parents=True)
    (tmp_path / "a.html").write_text('<p class="one two">three</p><script>set("four")</script>')
    (static / "scripts" / "s.js").write_text("list.add('five-six')")
    rules = [f".{name}{{b:c}}" for name in ("one", "two", "three", "four", "five-six", "seven")]
    for folder in ("css", "styles"):
        (static / folder / "s.css").write_text("".join(rules))
    styles.prune(tmp_path)
    assert (static / "css" / "s.css").read_text() == "".join(rules)  # our own
    left = [rule for rule in rules if "three" not in rule and "seven" not in rule]
    assert (static / "styles" / "s.css").read_text() == "".join(left)
