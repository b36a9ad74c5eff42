"""A table that can be sorted: by its headings, with a keyboard, and to be heard."""

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

PAGE = "book/architectures"
TABLE = "table.cc-sortable"
CUT = """() => [...document.querySelectorAll("table.cc-sortable :is(th, td)")]
  .filter((cell) => cell.getBoundingClientRect().right > innerWidth + 1)
  .map((cell) => cell.textContent)"""


def first(page):
    return page.locator(f"{TABLE} tbody tr th").first


def test_a_heading_sorts_by_keyboard_both_ways_and_says_so(visit):
    seen = visit()
    seen.open(PAGE)
    page, table = seen.page, seen.page.locator(TABLE)
    head = table.get_by_role("columnheader", name="parameters")
    button = head.get_by_role("button")
    expect(first(page)).to_have_text("LeNet-5")
    button.focus()
    page.keyboard.press("Enter")
    expect(head).to_have_attribute("aria-sort", "ascending")
    expect(first(page)).to_have_text("TinyVGG")
    expect(button).to_be_focused()
    page.keyboard.press("Space")
    expect(head).to_have_attribute("aria-sort", "descending")
    expect(first(page)).to_have_text("ConvNeXt-L")
    expect(page.get_by_role("status").first).to_contain_text("parameters, million, descending")
    accuracy = table.get_by_role("columnheader", name="torchvision")
    accuracy.get_by_role("button").click()
    expect(first(page)).to_have_text("AlexNet")  # what is not known stands at the end
    assert head.get_attribute("aria-sort") is None
    seen.show("dark", 390)
    assert page.evaluate(CUT) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert table.get_by_role("row").count() == 58
    button.click()
    expect(first(page)).to_have_text("TinyVGG")


def test_without_scripts_it_is_a_table(visit):
    seen = visit(scripts=False)
    seen.page.goto(f"{seen.home}/{PAGE}.html")
    assert seen.page.locator(f"{TABLE} button").count() == 0
    expect(first(seen.page)).to_have_text("LeNet-5")
