"""A note on what the lecture notes say otherwise, and the list of all such notes."""

from urllib.parse import urldefrag

PAGES = {
    "book/part-1/03-limits": "# Limits\n\n*Part I – 9 minutes*\n\n## Many\n\n"
    ":::{correction} “About $10^{10}$”\nIt is *more*: see {doc}`04-cortex`.\n:::\n\n"
    "## Few\n\n:::{correction} “25”\nOne channel.\n:::\n",
    "book/part-1/04-cortex": "# Cortex\n\n*Part I – 9 minutes*\n\n"
    "## Who\n\n:::{correction} “Torsten”\nWiesel.\n:::\n",
    "book/corrections": "# Corrections\n\n```{corrections}\n```\n",
    "empty": "# Page\n\n:::{correction} Title\n:::\n",
    "inside": "# Page\n\n::::{key-idea}\n:::{correction} Title\nText.\n:::\n::::\n",
}


def test_a_note_says_what_the_notes_say_and_what_is_right(site):
    note = site.soup("book/part-1/03-limits").select_one("aside.cc-note")
    assert note["aria-label"] == "Correction to the notes"
    assert (
        " ".join(note.summary.get_text().split()) == "Correction to the notes “About \\(10^{10}\\)”"
    )
    assert note.select_one(".cc-note__text").get_text().strip() == "It is more: see Cortex."
    assert site.warnings_of("book/part-1/03-limits") == []


def test_the_list_holds_every_note_under_its_chapter(site):
    soup = site.soup("book/corrections")
    entries = {
        section.h2.get_text().removesuffix("¶"): [
            entry.select_one(".cc-note__text").get_text().strip()
            for entry in section.select(".cc-correction-entry")
        ]
        for section in soup.select("section:has(> h2)")
    }
    assert entries["Chapter 3: Limits"] == ["It is more: see Cortex.", "One channel."]
    assert entries["Chapter 4: Cortex"] == ["Wiesel."]


def test_note_and_entry_lead_to_each_other(site):
    for name, heading in (("03-limits", "Many"), ("04-cortex", "Who")):
        place, entries = site.soup(f"book/part-1/{name}"), site.soup("book/corrections")
        note = place.select_one("aside.cc-note")
        page, anchor = urldefrag(note.select_one(".cc-note__more a")["href"])
        assert page == "../../book/corrections.html"
        back = entries.find(id=anchor).select_one(".cc-note__more a")
        assert back.get_text() == f"In “{heading}”"
        assert urldefrag(back["href"]) == (f"part-1/{name}.html", note.details["id"])


def test_a_reference_in_the_list_leads_from_the_list(site):
    links = site.soup("book/corrections").select(".cc-note__text a")
    assert [link["href"] for link in links] == ["part-1/04-cortex.html"]


def test_formulas_of_the_list_are_drawn(site):
    scripts = [script.get("src", "") for script in site.soup("book/corrections").select("script")]
    assert any("mathjax" in address for address in scripts)


def test_the_search_finds_the_list(site):
    text = (site.folder / "sections.js").read_text("utf-8")
    assert text.count("One channel.") == 2  # in the chapter and in the list


def test_the_list_follows_a_change_of_a_chapter(build):
    pages = {"index": "# Pages\n\n```{toctree}\n:glob:\n\n**\n```\n", **PAGES}
    build(**pages)
    name = "book/part-1/04-cortex"
    again = build(**pages | {name: pages[name].replace("Wiesel.", "Torsten Wiesel.")})
    assert "Torsten Wiesel." in again.soup("book/corrections").get_text()


def test_an_empty_note_and_a_note_in_a_box_are_warnings(site):
    [warning] = site.warnings_of("empty")
    assert warning.startswith("3: WARNING: `{correction}` is empty")
    [warning] = site.warnings_of("inside")
    assert "`{correction}` stands in `{key-idea}`" in warning
