"""The audit of dependencies (依赖审查): what passes, what fails, and what only just does."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
from importlib.metadata import Distribution, distributions
from pathlib import Path

import pytest
from scripts import dependencies
from scripts.dependencies import Licences, licence_of, pins, sbom, strays, unlicensed, vendored, vulnerable

LICENCES = Licences(
    frozenset({"MIT", "Apache-2.0", "BSD-3-Clause", "LGPL-3.0-only"}),
    {"MIT License": "MIT", "OSI Approved :: MIT License": "MIT"},
    {"read-it": {"licence": "MIT", "reason": "LICENSE in its distribution"}},
)


def installed(folder: Path, *of: str, name: str = "thing", version: str = "1.0") -> list[Distribution]:
    """A distribution with these lines of metadata, as an installer leaves it."""
    info = folder / f"{name.replace('-', '_')}-{version}.dist-info"
    info.mkdir(parents=True)
    lines = ["Metadata-Version: 2.4", f"Name: {name}", f"Version: {version}", *of]
    (info / "METADATA").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return list(distributions(path=[str(folder)]))


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("thing==1.0", ""),
        ("Thing[extra]==1.0  # why", ""),
        ("-r base.txt", ""),
        ("thing>=1.0", "is no exact version"),
        ("thing==1.*", "is no exact version"),
        ("thing==1.0,<2", "is no exact version"),
        ("thing", "is no exact version"),
        ("--index" + "-url https://example.org/simple", "is no exact version"),
        ("--extra-index" + "-url=https://example.org/simple", "is no exact version"),
        ("thing @ https://example.org/thing.whl", "is no exact version"),
    ],
)
def test_a_requirement_is_one_exact_version_from_no_named_place(
    tmp_path: Path, line: str, problem: str
) -> None:
    (tmp_path / "base.txt").write_text(f"# Run time.\n{line}\n", encoding="utf-8")
    found, problems = pins(tmp_path)
    assert problems == ([f"base.txt:2: “{line}” is no exact version"] if problem else [])
    assert bool(found["base.txt"]) == (not problem and not line.startswith("-r"))


def test_two_files_name_the_same_version(tmp_path: Path) -> None:
    (tmp_path / "base.txt").write_text("a_b==1.0\nc==2\n", encoding="utf-8")
    (tmp_path / "dev.txt").write_text("A-B==1.1\nc==2\n", encoding="utf-8")
    assert pins(tmp_path)[1] == ["a-b is pinned to 1.0 and 1.1"]


def test_what_is_installed_is_what_is_pinned(tmp_path: Path) -> None:
    there = installed(tmp_path, name="typing_extensions", version="4.16.0")
    assert strays({"base.txt": {"typing-extensions": "4.16.0"}}, there) == []
    assert "pinned is 4.15.0" in strays({"base.txt": {"typing-extensions": "4.15.0"}}, there)[0]
    assert "pinned nowhere" in strays({"base.txt": {"typing": "4.16.0"}}, there)[0]


@pytest.mark.parametrize(
    ("metadata", "problem"),
    [
        (["License-Expression: MIT"], ""),
        (["License-Expression: Apache-2.0 AND BSD-3-Clause"], ""),
        (["License-Expression: (MIT OR GPL-3.0-only) AND BSD-3-Clause"], ""),
        (["License-Expression: GPL-2.0-only OR (MIT AND Apache-2.0)"], ""),
        (["License-Expression: GPL-2.0-only OR MIT AND GPL-3.0-only"], "is not allowed"),
        (["License-Expression: MIT WITH some-exception"], "is not allowed"),
        (["License: MIT License"], ""),
        (["Classifier: License :: OSI Approved :: MIT License", "License: see the file"], ""),
        (["License-Expression: LGPL-3.0-only"], ""),
        (["License-Expression: GPL-3.0-only"], "is not allowed"),
        (["License-Expression: AGPL-3.0-or-later"], "is not allowed"),
        (["License-Expression: MIT AND GPL-3.0-only"], "is not allowed"),
        (
            ["Classifier: License :: OSI Approved :: GNU Affero General Public License v3", "License: MIT"],
            "unknown",
        ),
        (["License: all kinds of things"], "unknown"),
        ([], "unknown"),
    ],
)
def test_licences(tmp_path: Path, metadata: list[str], problem: str) -> None:
    problems = unlicensed(installed(tmp_path, *metadata), LICENCES)
    assert len(problems) == bool(problem) and problem in "".join(problems)


def test_a_licence_that_somebody_read_is_listed(tmp_path: Path) -> None:
    (found,) = installed(tmp_path, name="read_it")
    assert licence_of(found, LICENCES) == "MIT"


def test_vendored_files_are_the_ones_that_are_listed(tmp_path: Path) -> None:
    folder = tmp_path / "src" / "web" / "vendor"
    folder.mkdir(parents=True)
    (folder / "README.md").write_text("what is here", encoding="utf-8")
    file = folder / "kit-1.2.3.min.js"
    file.write_bytes(b"kit")
    row = {
        "path": "src/web/vendor/kit-1.2.3.min.js", "name": "kit", "version": "1.2.3", "licence": "MIT",
        "sha256": hashlib.sha256(b"kit").hexdigest(),
    }  # fmt: skip
    assert vendored(tmp_path, [row], LICENCES) == []
    assert "not listed" in vendored(tmp_path, [], LICENCES)[0]
    assert "not there" in vendored(tmp_path, [row, row | {"path": "src/web/vendor/old.js"}], LICENCES)[0]
    assert "version 1.2.4" in vendored(tmp_path, [row | {"version": "1.2.4"}], LICENCES)[0]
    assert "is not allowed" in vendored(tmp_path, [row | {"licence": "GPL-2.0-only"}], LICENCES)[0]
    file.write_bytes(b"kit ")
    assert "SHA-256" in vendored(tmp_path, [row], LICENCES)[0]


def answered(monkeypatch: pytest.MonkeyPatch, stdout: str, stderr: str = "") -> tuple[bool | None, str]:
    done = subprocess.CompletedProcess([], 0, stdout, stderr)
    monkeypatch.setattr(dependencies.shutil, "which", lambda name: f"/bin/{name}")
    monkeypatch.setattr(dependencies.subprocess, "run", lambda *given, **named: done)
    return vulnerable(Path("base.txt"))


def test_what_was_not_checked_is_not_called_safe(monkeypatch: pytest.MonkeyPatch) -> None:
    sound = {"name": "a", "version": "1", "vulns": []}
    bad = {"name": "b", "version": "2", "vulns": [{"id": "PYSEC-0"}]}
    skipped = {"name": "c", "skip_reason": "not found, could not be audited"}

    def words(*rows: object) -> str:
        return json.dumps({"dependencies": rows})

    assert answered(monkeypatch, words(sound)) == (True, "")
    assert answered(monkeypatch, words(sound, bad, skipped)) == (False, "b 2: PYSEC-0")
    assert answered(monkeypatch, words(sound, skipped))[0] is None
    assert answered(monkeypatch, "", "ConnectionError: no route") == (None, "ConnectionError: no route")
    monkeypatch.setattr(dependencies.shutil, "which", lambda name: None)
    assert vulnerable(Path("base.txt")) == (None, "pip-audit is not installed")


def test_the_repository_itself_passes_and_has_its_bill_of_materials(repository: Path, tmp_path: Path) -> None:
    target = tmp_path / "sbom.json"
    done = subprocess.run(
        [sys.executable, repository / "scripts" / "dependencies.py", "--sbom", target],
        capture_output=True, encoding="utf-8", timeout=600,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    found = json.loads(target.read_text(encoding="utf-8"))
    named = {component["purl"]: component for component in found["components"]}
    (django,) = (row for purl, row in named.items() if purl.startswith("pkg:pypi/django@"))
    assert django["licenses"] == [{"expression": "BSD-3-Clause"}]
    assert any(purl.startswith("pkg:npm/htmx.org@") for purl in named)
    assert not any("pytest" in purl or "axe-core" in purl for purl in named), "of the run time alone"


def test_the_bill_of_materials_names_a_distribution_by_its_canonical_name(tmp_path: Path) -> None:
    there = installed(tmp_path, "License-Expression: MIT", name="Some_Thing")
    (component,) = sbom(there, [], LICENCES)["components"]
    assert (component["name"], component["purl"]) == ("Some_Thing", "pkg:pypi/some-thing@1.0")
