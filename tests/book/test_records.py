"""The pages that the build writes of itself: run times, and where the data come from."""

import hashlib
import re

import pytest
from making import pages
from making.execute import load_timings

from coursecnn.data import CARDS, bundled

pytestmark = pytest.mark.built


def test_every_notebook_has_its_measured_time(page):
    rows = page("book/timings").select("table tbody tr")
    times = {row.td.get_text(strip=True): row.select("td")[1].get_text() for row in rows}
    total = times.popitem()[1]
    known = load_timings()
    assert times == {
        source.title(): f"{known[source.name]['cpu']:.1f}" for source in pages.notebooks()
    }
    assert float(total) == pytest.approx(sum(map(float, times.values())), abs=0.1 * len(times))
    assert all(float(seconds) > 0 for seconds in times.values())


def test_every_set_has_its_card_and_every_file_its_size_and_checksum(page):
    text = page("book/data-card").get_text(" ")
    for card in CARDS.values():
        assert card.name in text
        assert card.licence.replace("`", "") in text
    for name, checksum in bundled.SHA256.items():
        content = (bundled.FOLDER / name).read_bytes()
        assert f"{len(content):,} bytes" in text
        assert hashlib.sha256(content).hexdigest() == checksum
        assert checksum in text


def test_no_other_file_is_bundled(page):
    text = page("book/data-card").get_text(" ")
    named = set(re.findall(r"[\w-]+(?:\.\w+)+(?= ,)", text))
    assert {path.name for path in bundled.FOLDER.iterdir()} <= named
