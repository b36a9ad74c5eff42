"""The lists of packages agree: pyproject.toml, environment.yml and constraints.txt."""

import re
import tomllib
from pathlib import Path

import yaml
from packaging.requirements import Requirement

from coursecnn import _extras

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]


def declared():
    """Every requirement of pyproject.toml, extras included."""
    extras = PROJECT["optional-dependencies"].values()
    return {*PROJECT["dependencies"], *(line for extra in extras for line in extra)}


def pins():
    lines = (ROOT / "constraints.txt").read_text().splitlines()
    return dict(line.lower().split("==") for line in lines if line and not line.startswith("#"))


def canonical(name):
    return re.sub(r"[-_.]+", "-", name).lower()


def test_conda_and_pip_users_get_the_same_packages():
    environment = yaml.safe_load((ROOT / "environment.yml").read_text())
    by_pip = environment["dependencies"][-1]["pip"]
    assert by_pip[:2] == ["-c constraints.txt", "-e .[book,chapters,scale,test,torch]"]
    assert set(by_pip[2:]) == declared()


def test_conda_users_get_the_python_that_is_tested():
    environment = yaml.safe_load((ROOT / "environment.yml").read_text())
    assert environment["dependencies"][0] == "python=3.11"


def test_every_requirement_has_an_exact_version_that_satisfies_it():
    exact = {canonical(name): version for name, version in pins().items()}
    for line in declared():
        requirement = Requirement(line)
        assert exact[canonical(requirement.name)] in requirement.specifier, line


def test_the_exercises_ask_for_nothing_that_only_torch_or_the_chapters_need():
    of_extras = {
        canonical(Requirement(line).name)
        for extra in _extras.PACKAGES
        for line in PROJECT["optional-dependencies"][extra]
    }
    distributions = {"skimage": "scikit-image", "sklearn": "scikit-learn"}
    imported = (name for names in _extras.PACKAGES.values() for name in names)
    assert {canonical(distributions.get(name, name)) for name in imported} <= of_extras
    assert not of_extras & {canonical(Requirement(line).name) for line in PROJECT["dependencies"]}


def test_torch_and_torchvision_are_the_matched_pair():
    assert (pins()["torch"], pins()["torchvision"]) == ("2.15.0", "0.29.2")


def test_third_party_names_every_bundled_file_with_its_checksum():
    from coursecnn.data import bundled

    text = (ROOT / "THIRD_PARTY.md").read_text()
    for name, checksum in bundled.SHA256.items():
        assert name in text
        assert checksum in text
