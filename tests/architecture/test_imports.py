"""The import order of the rooms, and proof that a violation of it is caught."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest


def lint(repository: Path, source: Path) -> subprocess.CompletedProcess[str]:
    """Run import-linter with the repository's contracts over the package in `source`."""
    return subprocess.run(
        [
            str(Path(sys.executable).with_name("lint-imports")),
            "--config",
            str(repository / ".importlinter"),
            "--no-cache",
        ],
        cwd=source,
        env=os.environ | {"PYTHONPATH": str(source)},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def copy(repository: Path, tmp_path: Path) -> Path:
    """A copy of the source folder, to plant violations in."""
    return Path(
        shutil.copytree(repository / "src", tmp_path / "src", ignore=shutil.ignore_patterns("__pycache__"))
    )


def test_the_package_keeps_the_import_order(repository: Path) -> None:
    result = lint(repository, repository / "src")
    assert result.returncode == 0, result.stdout + result.stderr


@pytest.mark.parametrize(
    ("importer", "imported"),
    [
        ("money", "policy"),
        ("statements", "checks"),
        ("ledger", "performance"),
        ("policy", "settings"),
        ("settings", "money"),
    ],
)
def test_a_planted_import_is_caught(repository: Path, copy: Path, importer: str, imported: str) -> None:
    package = copy / "yiheng" / importer
    module = package / "planted.py" if package.is_dir() else package.with_suffix(".py")
    with module.open("a", encoding="utf-8") as file:
        file.write(f"\nimport yiheng.{imported}\n")
    result = lint(repository, copy)
    assert result.returncode == 1, result.stdout + result.stderr
    name = f"yiheng.{importer}.planted" if package.is_dir() else f"yiheng.{importer}"
    assert f"{name} -> yiheng.{imported}" in result.stdout


def test_a_room_without_a_place_in_the_order_is_caught(repository: Path, copy: Path) -> None:
    (copy / "yiheng" / "cellar").mkdir()
    (copy / "yiheng" / "cellar" / "__init__.py").touch()
    result = lint(repository, copy)
    assert result.returncode == 1, result.stdout + result.stderr
    assert "cellar" in result.stdout
