"""The suite about itself: its jobs, what a change can reach, its budget, its planted faults."""

import re
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import budget
import pytest
import reach
import run
from faults import plant

ROOT = Path(__file__).parents[1]
PATCHES = sorted((ROOT / "tests" / "faults").glob("*.patch"))


# Jobs


def test_every_test_file_belongs_to_a_job():
    told = [part for job in run.JOBS.values() for c in job.commands for part in c]
    places = [*told, *(unit for job in run.JOBS.values() for unit in job.units)]
    files = [path.relative_to(ROOT) for path in (ROOT / "tests").rglob("test_*.py")]
    homeless = [f for f in files if not any(Path(place) in (f, *f.parents) for place in places)]
    assert homeless == []


@pytest.fixture
def suite(tmp_path, monkeypatch):
    """A function that runs jobs made of Python code; a name after `<` waits for that job."""

    def start(**codes):
        jobs = {}
        for name, code in codes.items():
            before, _, text = code.rpartition("<")
            jobs[name] = run.Job((("-c", text),), after=before)
        monkeypatch.setattr(run, "JOBS", jobs)
        monkeypatch.setattr(run, "LOGS", tmp_path)
        monkeypatch.setattr(run, "LANES", 2)
        started = run.Suite(list(codes))
        started.run()
        return started

    return start


def test_a_job_waits_for_the_one_whose_product_it_reads(suite, tmp_path):
    product = tmp_path / "product"
    ran = suite(
        reader=f"writer<print(open({str(product)!r}).read())",
        writer=f"open({str(product)!r}, 'w').write('here')",
    )
    assert list(ran.seconds) == ["writer", "reader"]


def test_jobs_run_side_by_side(suite, tmp_path):
    """Each of two jobs waits until the other has begun."""
    code = "import pathlib, time\npathlib.Path({mine!r}).touch()\n"
    code += "while not pathlib.Path({other!r}).exists():\n    time.sleep(0.01)"
    one, two = str(tmp_path / "one"), str(tmp_path / "two")
    ran = suite(one=code.format(mine=one, other=two), two=code.format(mine=two, other=one))
    assert set(ran.seconds) == {"one", "two"}


def test_a_failure_shows_what_was_printed_and_stops_the_rest(suite, tmp_path, capsys):
    endless = "import time\nwhile True:\n    time.sleep(1)"
    with pytest.raises(run.FailedError, match="bad"):
        suite(bad="print('the reason'); raise SystemExit(3)", slow=endless, late="bad<1")
    assert "the reason" in capsys.readouterr().out
    assert not (tmp_path / "late.log").exists()


def test_a_job_that_hangs_is_stopped(suite, monkeypatch, capsys):
    monkeypatch.setattr(run, "HANGING", 1)
    with pytest.raises(run.FailedError):
        suite(job="import time\ntime.sleep(60)")
    assert "it hangs" in capsys.readouterr().out


def test_what_a_job_has_started_is_stopped_with_it():
    child = "import time; print('here', flush=True); time.sleep(20); print('survived')"
    code = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {child!r}])"
    command = [sys.executable, "-c", code]
    with subprocess.Popen(command, stdout=subprocess.PIPE, start_new_session=True) as process:
        assert process.stdout.readline() == b"here\n"
        run.stop(process)
        assert process.stdout.read() == b""  # both have let go of it


# What a change can reach

FILES = {
    "coursecnn/__init__.py": "",
    "coursecnn/shapes.py": "def size():\n    return 1\n",
    "coursecnn/ops.py": "from coursecnn import shapes\n",
    "coursecnn/plots.py": "paper = 1\n",
    "book/making/pages.py": "from .places import BOOK\n",
    "book/making/places.py": "BOOK = ROOT / 'book'\nSHEETS = ROOT / 'exercises'\n",
    "book/chapter.md": "# Chapter\n",
    "exercises/01.ipynb": "{}",
    "constraints.txt": "numpy==2.0\n",
    "tests/conftest.py": "import numpy\n",
    "tests/oracles.py": "from coursecnn.shapes import size\n",
    "tests/test_ops.py": "from oracles import agree\nfrom coursecnn.ops import conv\n",
    "tests/test_plots.py": "from coursecnn import plots\n",
    "tests/test_pages.py": "from making import pages\n",
    "tests/test_program.py": "import subprocess\ncommand = ['-m', 'coursecnn']\n",
}


@pytest.fixture
def project(tmp_path, monkeypatch):
    """A small project whose four test files have all passed."""
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.delitem(sys.modules, "coursecnn", raising=False)
    for name, text in FILES.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text)
    subprocess.run(["git", "init", "--quiet", tmp_path], check=True)
    passed = reach.Passed(tmp_path, tmp_path / "_build" / "passed.json")
    assert passed.missing(["tests"]) == sorted(name for name in FILES if "/test_" in name)
    passed.record(report(tmp_path, test_ops="", test_plots="", test_pages="", test_program=""))
    return tmp_path


def report(folder, **files):
    """Pytest's report of a run in which each file had a good test and perhaps a bad one."""
    suites = ElementTree.Element("testsuites")
    for name, fault in files.items():
        for each in ["", fault] if fault else [""]:
            about = {"classname": f"tests.{name}", "name": "test_one", "time": "0.5"}
            case = ElementTree.SubElement(suites, "testcase", about)
            if each:
                ElementTree.SubElement(case, each)
    path = folder / "report.xml"
    ElementTree.ElementTree(suites).write(path)
    return path


def missing(project):
    found = reach.Passed(project, project / "_build" / "passed.json").missing(["tests"])
    return [Path(name).stem for name in found]


def test_without_a_change_nothing_runs(project):
    assert missing(project) == []


@pytest.mark.parametrize(
    ("name", "reached"),
    [
        ("coursecnn/shapes.py", ["test_ops", "test_program"]),
        ("coursecnn/ops.py", ["test_ops", "test_program"]),
        ("coursecnn/plots.py", ["test_plots", "test_program"]),
        ("tests/oracles.py", ["test_ops"]),
        ("tests/test_plots.py", ["test_plots"]),
        ("tests/conftest.py", ["test_ops", "test_pages", "test_plots", "test_program"]),
        ("constraints.txt", ["test_ops", "test_pages", "test_plots", "test_program"]),
        ("book/making/places.py", ["test_pages"]),
        ("book/chapter.md", ["test_pages"]),
        ("exercises/01.ipynb", ["test_pages"]),
    ],
)
def test_a_change_runs_the_tests_that_it_can_reach(project, name, reached):
    with (project / name).open("a") as file:
        file.write("\nmore = 1\n")
    assert missing(project) == reached


def test_a_new_file_counts_as_a_change(project):
    (project / "book" / "new.md").write_text("# New\n")
    assert missing(project) == ["test_pages"]


def test_a_comment_is_no_change(project):
    with (project / "coursecnn" / "ops.py").open("a") as file:
        file.write("\n# why\n")
    assert missing(project) == []


@pytest.mark.parametrize("fault", ["failure", "error"])
def test_a_file_with_a_test_that_fails_runs_again(project, fault):
    passed = reach.Passed(project, project / "_build" / "passed.json")
    passed.record(report(project, test_ops=fault, test_plots=""))
    assert missing(project) == ["test_ops"]


def test_a_damaged_record_counts_as_empty(project):
    (project / "_build" / "passed.json").write_text("{")
    assert len(missing(project)) == 4


# The budget


def content():
    return budget.Content({"06-kernels"}, {"03-by-hand"}, {"test_stepper"}, pages=4)


@pytest.mark.parametrize(
    ("place", "name", "kind"),
    [
        ("tests.browser.test_pages", "test_look[book/part-2/06-kernels]", "chapter"),
        ("_build.notebooks.part-2.06-kernels.ipynb", "Cell 0", "chapter"),
        ("_build.solutions.03-by-hand.ipynb", "Cell 0", "sheet"),
        ("tests.grading.test_tasks", "test_mistakes[flip]", "sheet"),
        ("tests.browser.test_stepper", "test_keys", "figure"),
        ("tests.browser.test_every_figure", "test_labels[stepper]", "figure"),
        ("tests.browser.test_search", "test_a_size", "house"),
        ("tests.browser.test_pages", "test_look[book/glossary]", "house"),
        ("tests.ops.test_conv", "test_a_law", "house"),
    ],
)
def test_a_test_counts_for_what_it_is_named_after(place, name, kind):
    assert content().kind({"classname": place, "name": name}) == kind


def test_all_core_seconds_are_counted_once(tmp_path):
    """A job of 10 s, 1 s of it in two tests; a book of 8 s, in which a notebook of 6 s ran."""
    report(tmp_path, ops="skipped").rename(tmp_path / "library.xml")
    spent = budget.costs(
        {"library": 10, "book": 8}, tmp_path, content(), {"book/part-2/06-kernels": {"seconds": 6}}
    )
    writing = 8 - 6 / budget.EXECUTING
    assert spent == {
        "chapter": 6 + writing / 4,
        "sheet": 0,
        "figure": 0,
        "house": (10 - 1) + 1 + writing * 3 / 4,
    }


def test_the_table_warns_of_what_is_over_its_budget_and_of_the_finished_course():
    spent = {"chapter": 20.0, "sheet": 10.0, "figure": 5.0, "house": 100.0}
    allowed = {"chapter": 19, "sheet": 10, "figure": 6, "house": 100}
    text = budget.table(spent, content(), allowed, lanes=2)
    over = [line.split()[2] for line in text.splitlines() if line.endswith("over its budget")]
    assert over == ["chapter"]
    seconds = 25 * 20 + 15 * 10 + 16 * 5 + 100
    assert f"The finished course: {seconds / 2 / 60:.0f} minutes on 2 cores, within" in text
    assert "OVER the" in budget.table(spent | {"house": 9e3}, content(), allowed, lanes=2)


def test_the_readme_states_the_budget_of_each_kind():
    text = (ROOT / "tests" / "README.md").read_text("utf-8")
    assert {kind for kind, _ in budget.ROW.findall(text)} == {"chapter", "sheet", "figure", "house"}
    assert {file.stem for file in (ROOT / "solutions").glob("*.md")} == budget.Content.read().sheets


# Planted faults


def test_each_fault_has_a_number_of_its_own():
    numbers = [path.name.partition("-")[0] for path in PATCHES]
    assert len(set(numbers)) == len(numbers)


def test_there_are_faults_for_every_job_that_can_find_one():
    faults = [plant.Fault.read(path) for path in PATCHES]
    assert len(faults) >= 30
    assert {fault.job for fault in faults} == set(run.FULL)


@pytest.mark.parametrize("path", PATCHES, ids=lambda path: path.stem)
def test_a_fault_fits_the_project_and_names_what_finds_it(path):
    fault = plant.Fault.read(path)
    assert fault.what.endswith(".")
    re.compile(fault.says)
    assert all((ROOT / name).exists() for name in fault.tests.split())
    fits = subprocess.run(["git", "apply", "--check", path], cwd=ROOT, capture_output=True)
    assert fits.returncode == 0, fits.stderr.decode()
