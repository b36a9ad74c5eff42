"""Tasks that a person grades: what students write is listed, and what was entered is not lost."""

import csv
import importlib.util
import io
import json
import shutil
from pathlib import Path

import pytest

from coursecnn.grading import check, tasks
from coursecnn.grading.checking.whole_notebook import check_notebook
from coursecnn.grading.grade import grade
from coursecnn.grading.judging.free_text import LONGEST, free_text
from coursecnn.grading.machine import Limits, Marker
from coursecnn.grading.reports.spreadsheet import plain, safe
from coursecnn.grading.running.notebook import read
from coursecnn.grading.task import ManualTask

HERE = Path(__file__).parent
GENERATE = HERE.parents[1] / "solutions" / "generate.py"
NAME = "91-mixed"
DOT = "def dot(a, b):\n    return sum(x * y for x, y in zip(a, b))"
LIMITS = Limits(jobs=1, timeout=3.0, memory=1024)


@pytest.fixture(scope="module")
def started(warm):
    """The parent of all notebooks, started here: bubblewrap ends with the thread that started it,
    and every grading has threads of its own."""
    warm.open().close()
    return warm


@pytest.fixture(autouse=True)
def quick(monkeypatch, level, started):
    """Probe the isolation, and start the parent of all notebooks, once for all tests."""
    monkeypatch.setattr("coursecnn.grading.machine.choose", lambda *args, **options: level)
    monkeypatch.setattr("coursecnn.grading.machine.ForkServer", lambda *args: started)
    monkeypatch.setattr(Marker, "close", lambda self: None)


@pytest.fixture
def folder(tmp_path):
    """A folder with an assignment of one's own, known while the test runs."""
    (tmp_path / "own").mkdir()
    shutil.copy(HERE / "mixed.py", tmp_path / "own" / "mixed.py")
    shutil.copy(HERE / "mixed.md", tmp_path / "own" / f"{NAME}.md")
    tasks.add(tmp_path / "own" / "mixed.py")
    yield tmp_path / "own"
    tasks._added.pop(NAME)


@pytest.fixture(scope="module")
def made():
    """A place for the text of the students' sheet, which is made from the solved one once."""
    return {}


@pytest.fixture
def sheet(folder, made):
    """The students' sheet."""
    if not made:
        spec = importlib.util.spec_from_file_location("generate", GENERATE)
        generate = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(generate)
        assert generate.main(["--tasks", str(folder)]) == 0
        assert generate.main(["--tasks", str(folder), "--check"]) == 0
        made[NAME] = (folder / f"{NAME}.ipynb").read_text("utf-8")
    return json.loads(made[NAME])


def answer_cell(sheet, name):
    (cell,) = (
        c for c in sheet["cells"] if c["metadata"].get("nbgrader", {}).get("grade_id") == name
    )
    return cell


@pytest.fixture
def hand_in(sheet, tmp_path):
    """A function that hands in the sheet with some answers."""

    def write(student, **answers):
        filled = json.loads(json.dumps(sheet))
        for name, text in answers.items():
            mark = f"{name}-answer" if name == "dot" else name
            answer_cell(filled, mark)["source"] = text
        (tmp_path / "in").mkdir(exist_ok=True)
        (tmp_path / "in" / f"{student}.ipynb").write_text(json.dumps(filled), "utf-8")

    return write


@pytest.fixture
def run(tmp_path):
    """A function that grades, and gives the verdicts by student and task."""

    def graded():
        found = grade(tmp_path / "in", tmp_path / "out", limits=LIMITS, tell=str)
        return {(one.paper.submission.student, v.task): v for one in found for v in one.verdicts}

    return graded


@pytest.fixture
def file(tmp_path):
    """Where a person enters points."""
    return tmp_path / "out" / "manual.csv"


def rows(file):
    return list(csv.DictReader(io.StringIO(file.read_text("utf-8-sig"), newline="")))


def enter(file, row=0, **cells):
    """Fill in one row, as a person does."""
    table = rows(file)
    table[row].update(cells)
    save(file, table)


def save(file, table, separator=",", encoding="utf-8"):
    text = io.StringIO()
    writer = csv.DictWriter(text, list(table[0]), delimiter=separator)
    writer.writeheader()
    writer.writerows(table)
    file.write_bytes(text.getvalue().encode(encoding))


def test_the_sheet_has_a_cell_for_each_answer_with_the_marks_of_nbgrader(sheet):
    text, code = answer_cell(sheet, "why_dot"), answer_cell(sheet, "best_kernel")
    assert text["cell_type"] == "markdown"
    assert "".join(text["source"]).split("\n") == [
        "**Answer to `why_dot`**",
        "",
        "*Write your answer here, in the place of this line.*",
    ]
    assert text["metadata"]["nbgrader"] == {
        "schema_version": 3,
        "grade_id": "why_dot",
        "grade": True,
        "solution": True,
        "locked": False,
        "task": False,
        "points": 4,
    }
    assert code["cell_type"] == "code"
    assert "kernel = " not in "".join(code["source"])
    assert "cosine" not in json.dumps(sheet)


def test_a_blank_sheet_is_not_attempted_and_nothing_is_listed(hand_in, run, file):
    hand_in("anna")
    found = run()
    assert {v.verdict for v in found.values()} == {"not_attempted"}
    assert not file.exists()


def test_an_answer_waits_for_a_person(hand_in, run, file):
    hand_in("anna", why_dot="**Answer to `why_dot`**\n\nThe angle.\n\nAlways.")
    verdict = run()["anna", "why_dot"]
    assert (verdict.verdict, verdict.points, verdict.max_points) == ("manual", 0, 4)
    assert verdict.waits
    assert "waits for a person" in verdict.message
    (row,) = rows(file)
    assert row["student"], row["task"] == ("anna", "why_dot")
    assert row["answer"] == "The angle. ⏎  ⏎ Always."
    assert (row["max_points"], row["points"], row["comment"]) == ("4", "", "")
    assert file.read_bytes().startswith(b"\xef\xbb\xbf")  # so that Excel reads UTF-8


def test_what_a_person_enters_is_in_all_reports(hand_in, run, file, tmp_path):
    hand_in("anna", why_dot="The angle.")
    run()
    enter(file, points="3", comment="Where is the <b>drawing</b>?")
    verdict = run()["anna", "why_dot"]
    assert (verdict.verdict, verdict.points, verdict.waits) == ("manual", 3, False)
    table = (tmp_path / "out" / "grades.csv").read_text("utf-8")
    line = "anna,91-mixed,why_dot,3,4,manual,,0.0,A person has given 3 of 4 points. Comment: Where"
    assert line in table
    page = (tmp_path / "out" / "feedback" / "anna.html").read_text("utf-8")
    assert "Where is the &lt;b&gt;drawing&lt;/b&gt;?" in page
    assert "Names the <code>cos</code> of the angle." in page
    assert "3 / 7" in (tmp_path / "out" / "index.html").read_text("utf-8")


def test_entries_outlive_new_submissions(hand_in, run, file):
    hand_in("anna", why_dot="The angle.")
    hand_in("bo", why_dot="No idea.")
    run()
    enter(file, 0, points="3")
    enter(file, 1, points="0", comment="Read chapter 6.")
    hand_in("anna", why_dot="The angle.", dot=DOT)
    hand_in("zoe", why_dot="Length.")
    found = run()
    assert found["anna", "why_dot"].points == 3
    assert found["anna", "dot"].verdict == "correct"
    assert found["bo", "why_dot"].comment == "Read chapter 6."
    assert found["zoe", "why_dot"].waits
    assert [row["points"] for row in rows(file)] == ["3", "0", ""]


def test_a_changed_answer_is_listed_again_with_its_former_points(hand_in, run, file):
    hand_in("anna", why_dot="The angle.")
    run()
    enter(file, points="2", comment="Which one?")
    hand_in("anna", why_dot="The angle between them.")
    verdict = run()["anna", "why_dot"]
    assert (verdict.points, verdict.waits) == (0, True)
    assert "2 points: Which one?" in verdict.message
    (row,) = rows(file)
    assert (row["points"], row["comment"]) == ("", "")
    assert row["earlier"] == "2 points: Which one?"
    enter(file, points="3")
    hand_in("anna", why_dot="Another answer.")
    run()
    assert rows(file)[0]["earlier"] == "3 points | 2 points: Which one?"


def test_entries_of_students_who_are_not_in_the_folder_are_kept(hand_in, run, file, tmp_path):
    hand_in("anna", why_dot="The angle.")
    hand_in("bo", why_dot="No idea.")
    run()
    enter(file, 1, points="1", comment="-1 for the picture")
    (tmp_path / "in" / "bo.ipynb").unlink()
    run()
    assert [(row["student"], row["points"]) for row in rows(file)] == [("anna", ""), ("bo", "1")]
    hand_in("bo", why_dot="No idea.")
    verdict = run()["bo", "why_dot"]
    assert (verdict.points, verdict.comment) == (1, "-1 for the picture")


def test_an_answer_that_was_taken_back_keeps_its_entry(hand_in, run, file):
    hand_in("anna", why_dot="The angle.")
    run()
    enter(file, points="3")
    hand_in("anna")
    assert run()["anna", "why_dot"].verdict == "not_attempted"
    assert rows(file)[0]["points"] == "3"


@pytest.mark.parametrize("wrong", ["5", "-1", "two", "1.5", "1e3"])
def test_points_out_of_range_name_the_row_and_leave_the_file(
    hand_in, run, file, wrong, monkeypatch
):
    hand_in("anna", why_dot="The angle.")
    hand_in("bo", why_dot="No idea.")
    run()
    enter(file, 1, points=wrong, comment="Long work")
    before = file.read_bytes()
    monkeypatch.setattr(Marker, "mark", lambda *args: pytest.fail("nothing may be graded first"))
    with pytest.raises(ValueError, match=rf"row 3: `points` must be .* from 0 to 4, not '{wrong}'"):
        run()
    assert file.read_bytes() == before


def test_a_damaged_file_is_named_with_the_remedy(hand_in, run, file):
    hand_in("anna", why_dot="The angle.")
    run()
    whole = file.read_text("utf-8-sig")
    for damage, message in {
        whole.replace("task,", "tusk,", 1): r"manual.csv has no column task",
        whole.replace("earlier", "points", 1): r"has the column points twice",
        whole + 'bo,"no end': r"manual.csv is damaged",
        whole.replace(",4,,", ",4,3,good, but short,", 1): r"row 2: there are 12 cells below 10",
        whole.replace(",,k", ",,q"): r"row 2: the key 'q.*' is damaged",
    }.items():
        file.write_text(damage, "utf-8")
        with pytest.raises(ValueError, match=message):
            run()
        assert file.read_text("utf-8") == damage
    file.write_bytes(whole.encode() + "bo,é".encode("latin-1"))
    with pytest.raises(ValueError, match=r"is not UTF-8.*save it as 'CSV UTF-8'"):
        run()


def test_two_entries_for_one_answer_are_refused(hand_in, run, file):
    hand_in("anna", why_dot="The angle.")
    run()
    (row,) = rows(file)
    save(file, [{**row, "points": "1"}, row])
    assert run()["anna", "why_dot"].points == 1
    save(file, [{**row, "points": "1"}, {**row, "points": "2"}])
    with pytest.raises(ValueError, match="rows 2 and 3 are about the same answer"):
        run()


@pytest.mark.parametrize("separator", [";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_what_spreadsheets_save_is_read(hand_in, run, file, separator, encoding):
    hand_in("zoë", why_dot="The angle; really, it is.")
    run()
    save(file, [{**rows(file)[0], "points": "3,0", "comment": "a; b\nc"}], separator, encoding)
    verdict = run()["zoë", "why_dot"]
    assert (verdict.points, verdict.comment) == (3, "a; b\nc")
    assert separator in file.read_text("utf-8-sig").splitlines()[0]  # as that program likes it
    assert run()["zoë", "why_dot"].comment == "a; b\nc"


def test_a_first_line_that_names_the_separator_is_skipped(hand_in, run, file):
    hand_in("anna", why_dot="The angle.")
    run()
    save(file, [{**rows(file)[0], "points": "3"}], ";")
    file.write_text("sep=;\n" + file.read_text("utf-8"), "utf-8")
    assert run()["anna", "why_dot"].points == 3


def test_names_that_a_spreadsheet_has_spoilt_do_not_matter(hand_in, run, file):
    hand_in("007", why_dot="The angle.")
    run()
    enter(file, student="7", points="4")
    assert run()["007", "why_dot"].points == 4
    assert rows(file)[0]["student"] == "007"


def test_rows_without_a_key_are_found_by_their_names(hand_in, run, file):
    hand_in("anna", why_dot="The angle.")
    run()
    enter(file, points="4", key="")
    assert run()["anna", "why_dot"].points == 4
    enter(file, key="", answer="Something else.")
    assert run()["anna", "why_dot"].waits
    enter(file, points="4", key="", student="ana")
    with pytest.raises(ValueError, match="row 2: nobody called 'ana' has handed in 'why_dot'"):
        run()


def test_columns_and_notes_of_ones_own_stay(hand_in, run, file):
    hand_in("anna", why_dot="The angle.")
    run()
    save(file, [{"graded by": "me", **rows(file)[0], "": "ask her"}])
    run()
    (row,) = rows(file)
    assert (row["graded by"], row["column 12"]) == ("me", "ask her")
    hand_in("anna", why_dot="Another.")
    run()
    assert rows(file)[0]["graded by"] == "me"


def test_a_person_decides_on_a_forbidden_helper_too(hand_in, run, file):
    hand_in("anna", dot="def dot(a, b):\n    return np.dot(a, b)")
    assert run()["anna", "dot"].points == 2
    (row,) = rows(file)
    assert "np.dot" in row["answer"]
    assert "`numpy.dot`" in row["message"]
    enter(file, points="1", comment="Only once.")
    verdict = run()["anna", "dot"]
    assert (verdict.verdict, verdict.points, verdict.waits) == ("review", 1, False)


def test_a_students_text_is_no_formula(hand_in, run, file, tmp_path):
    hand_in("=cmd|' ", why_dot='=HYPERLINK("http://evil";"x")')
    hand_in("@b", why_dot="-2+3\n+1")
    run()
    for table in (file, tmp_path / "out" / "grades.csv"):
        text = table.read_text("utf-8-sig")
        for separator in ",;\t":
            for line in csv.reader(io.StringIO(text, newline=""), delimiter=separator):
                assert not [cell for cell in line if cell.lstrip()[:1] in ("=", "+", "-", "@")]
    assert run()["@b", "why_dot"].waits


@pytest.mark.parametrize("text", ["=1", "x;=1", "a|@b", "\t-1", "＝1", "a-b", "x = 1", "'=1", ""])
def test_what_is_made_safe_can_be_read_back(text):
    assert plain(safe(text)) == text.replace("'=", "=")


def test_a_split_copied_or_unmarked_cell_is_still_an_answer(sheet):
    answer_cell(sheet, "why_dot")["source"] = ["**Answer to `why_dot`**\n", "\n", "One."]
    copy = json.loads(json.dumps(answer_cell(sheet, "why_dot")))
    copy["source"], copy["cell_type"] = "Two.", "raw"
    sheet["cells"].append(copy)
    assert free_text(read(json.dumps(sheet).encode()), "why_dot") == "One.\n\nTwo."
    for cell in sheet["cells"]:
        cell["metadata"] = {}
    assert free_text(read(json.dumps(sheet).encode()), "why_dot") == "One."
    assert free_text(read(json.dumps(sheet).encode()), "best_kernel") == ""
    assert free_text(read(b'{"cells": []}'), "why_dot") is None


def test_an_answer_of_any_length_and_any_characters_is_listed(hand_in, run, file):
    long = "x" * (LONGEST + 5)
    hand_in("anna", why_dot=f"{long}1", best_kernel="\ud800 \x00 ok")
    hand_in("bo", why_dot=f"{long}2")
    run()
    first, second, third = rows(file)
    assert "the notebook has all 20006 characters" in first["answer"]
    assert second["answer"] == "\N{REPLACEMENT CHARACTER} \N{REPLACEMENT CHARACTER} ok"
    assert first["key"][-10:] != third["key"][-10:]  # they differ where nobody sees it


def test_a_student_who_checks_is_told_that_a_person_reads_it(hand_in, tmp_path):
    hand_in("anna", why_dot="The angle.", dot=DOT)
    verdicts = check_notebook(tmp_path / "in" / "anna.ipynb")
    assert [v.verdict for v in verdicts] == ["manual", "correct", "not_attempted"]


def test_there_is_nothing_to_check_on_an_answer_for_a_person(folder, capsys):
    check("why_dot", "The angle.")
    assert "A person will read this answer" in capsys.readouterr().out


def test_a_rubric_must_add_up():
    with pytest.raises(ValueError, match=r"`rubric` of essay must add up to its `points` \(=3\)"):
        ManualTask("essay", 3, ((1, "short"), (1, "true")))
