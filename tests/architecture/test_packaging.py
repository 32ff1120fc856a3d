"""Pinned dependencies (固定版本): exact, complete, and the same everywhere they are named."""

import re
import tomllib
from importlib.metadata import distribution
from pathlib import Path

import pytest
from packaging.markers import default_environment
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

FILES = ("base.txt", "dev.txt", "bench.txt", "build.txt")


def lines(path: Path) -> list[str]:
    """The requirement lines of one file, without comments."""
    text = path.read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("#")]


def pins(folder: Path, name: str) -> list[Requirement]:
    """The requirements of one file and of the files that it includes."""
    found: list[Requirement] = []
    for line in lines(folder / name):
        if line.startswith("-r "):
            found += pins(folder, line.removeprefix("-r "))
        else:
            found.append(Requirement(line))
    return found


@pytest.mark.parametrize("name", FILES)
def test_every_requirement_names_one_exact_version(repository: Path, name: str) -> None:
    for requirement in pins(repository / "requirements", name):
        assert re.fullmatch(r"==[^*,]+", str(requirement.specifier)), requirement
        assert requirement.url is None


@pytest.mark.parametrize("name", ["base.txt", "dev.txt"])
def test_what_the_requirements_require_is_pinned_too(repository: Path, name: str) -> None:
    pinned = pins(repository / "requirements", name)
    names = {canonicalize_name(requirement.name) for requirement in pinned}
    environment = {key: str(value) for key, value in default_environment().items()}
    missing = [
        f"{requirement.name} requires {needed}"
        for requirement in pinned
        for needed in map(Requirement, distribution(requirement.name).requires or [])
        if any(
            needed.marker is None or needed.marker.evaluate(environment | {"extra": extra})
            for extra in requirement.extras | {""}
        )
        if canonicalize_name(needed.name) not in names
    ]
    assert missing == []


def test_the_build_requirement_is_the_same_in_both_places(repository: Path) -> None:
    project = tomllib.loads((repository / "pyproject.toml").read_text(encoding="utf-8"))
    assert project["build-system"]["requires"] == lines(repository / "requirements" / "build.txt")


def test_every_room_and_every_kind_of_data_file_is_installed(repository: Path) -> None:
    project = tomllib.loads((repository / "pyproject.toml").read_text(encoding="utf-8"))
    packaged = {Path(pattern).suffix for pattern in project["tool"]["setuptools"]["package-data"]["yiheng"]}
    present = {
        path.suffix
        for path in (repository / "src" / "yiheng").rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    assert present - {".py", ".md"} <= packaged
