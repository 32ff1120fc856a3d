"""What the product is made of besides its own code (依赖审查): pins, licences, vendored files, known vulnerabilities.

    python scripts/dependencies.py [--strict] [--sbom FILE]

Fails on a requirement that is not exact or names an index, on an installed distribution that nothing pins, on a
licence that `requirements/licences.toml` does not allow, and on a vendored file that `requirements/vendored.toml`
does not list with its hash. Known vulnerabilities are asked of the pip-audit on the PATH, where there is one and it
reaches its service; otherwise it says that they were not checked, which `--strict` takes for a failure.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from importlib.metadata import Distribution, PackageNotFoundError, distribution, distributions
from pathlib import Path
from typing import Any, Final

REPOSITORY: Final = Path(__file__).resolve().parent.parent
RUN_TIME: Final = "base.txt"
OURS: Final = "yiheng"
OF_VENV: Final = frozenset({"pip"})
"""Comes with every virtual environment, at the version of its Python."""
VENDORED: Final = ("src/**/vendor/*", "tests/**/vendor/*")
_PIN: Final = re.compile(r"([A-Za-z0-9][A-Za-z0-9._-]*)(?:\[[^\]]*\])?==([^\s;*,]+)")


@dataclass(frozen=True, slots=True)
class Licences:
    """What may come in."""

    allowed: frozenset[str]
    said: Mapping[str, str]
    read: Mapping[str, Mapping[str, str]]

    def allow(self, expression: str) -> bool:
        """Whether an SPDX expression leaves a choice in which every part is allowed; AND binds before OR."""
        words = re.findall(r"[()]|[^\s()]+", expression)

        def choices() -> bool:
            found = parts()
            while words[:1] == ["OR"]:
                words.pop(0)
                found = parts() or found
            return found

        def parts() -> bool:
            found = part()
            while words[:1] == ["AND"]:
                words.pop(0)
                found = part() and found
            return found

        def part() -> bool:
            word = words.pop(0) if words else ""
            if word != "(":
                return word in self.allowed
            found = choices()
            return found and bool(words) and words.pop(0) == ")"

        # What is left over, such as an exception (WITH), was not understood.
        return choices() and not words


def canonical(name: str) -> str:
    """A distribution's name as indexes compare it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def pins(folder: Path) -> tuple[dict[str, dict[str, str]], list[str]]:
    """Name → version of each requirements file, and what is wrong with their lines."""
    found: dict[str, dict[str, str]] = {}
    problems = []
    for path in sorted(folder.glob("*.txt")):
        found[path.name] = {}
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            text = line.partition("#")[0].strip()
            if not text or text.startswith("-r "):
                continue
            pin = _PIN.fullmatch(text)
            if pin is None:
                problems.append(f"{path.name}:{number}: “{text}” is no exact version")
                continue
            found[path.name][canonical(pin[1])] = pin[2]
    versions: dict[str, set[str]] = {}
    for names in found.values():
        for name, version in names.items():
            versions.setdefault(name, set()).add(version)
    problems += [
        f"{name} is pinned to {' and '.join(sorted(v))}" for name, v in versions.items() if len(v) > 1
    ]
    return found, problems


def strays(pinned: Mapping[str, Mapping[str, str]], installed: Iterable[Distribution]) -> list[str]:
    """Installed distributions that no file pins, or at another version."""
    wanted = {name: version for names in pinned.values() for name, version in names.items()}
    problems = []
    for found in installed:
        name = canonical(found.name)
        if name == OURS or name in OF_VENV:
            continue
        if name not in wanted:
            problems.append(f"{found.name} {found.version} is installed and pinned nowhere")
        elif wanted[name] != found.version:
            problems.append(f"{found.name} {found.version} is installed, pinned is {wanted[name]}")
    return sorted(problems)


def licence_of(found: Distribution, licences: Licences) -> str:
    """The licence of a distribution as SPDX expression; "" where its metadata do not say it plainly."""
    name, meta = canonical(found.name), found.metadata
    if name in licences.read:
        return licences.read[name]["licence"]
    if expression := meta.get("License-Expression"):
        return str(expression)
    classified = [
        c.removeprefix("License :: ") for c in meta.get_all("Classifier") or () if c.startswith("License")
    ]
    if classified:
        named = [licences.said.get(words, "") for words in classified]
        return " AND ".join(named) if all(named) else ""
    words = str(meta.get("License") or "").strip()
    return words if words in licences.allowed else licences.said.get(words, "")


def unlicensed(installed: Iterable[Distribution], licences: Licences) -> list[str]:
    """Distributions whose licence is unknown or not allowed."""
    problems = []
    for found in installed:
        licence = licence_of(found, licences)
        if not licence:
            problems.append(
                f"{found.name}: licence unknown; read it and list it in licences.toml with the reason"
            )
        elif not licences.allow(licence):
            problems.append(f"{found.name}: licence {licence} is not allowed")
    return problems


def vendored(root: Path, listed: Iterable[Mapping[str, str]], licences: Licences) -> list[str]:
    """Vendored files that are not listed, are others than those listed, or may not come in."""
    rows = {row["path"]: row for row in listed}
    there = {
        path.relative_to(root).as_posix()
        for pattern in VENDORED
        for path in root.glob(pattern)
        if path.is_file() and path.suffix != ".md"
    }
    problems = [f"{path}: not listed in vendored.toml" for path in sorted(there - rows.keys())]
    problems += [f"{path}: listed in vendored.toml and not there" for path in sorted(rows.keys() - there)]
    for path in sorted(there & rows.keys()):
        row = rows[path]
        if hashlib.sha256((root / path).read_bytes()).hexdigest() != row["sha256"]:
            problems.append(f"{path}: its SHA-256 is not the one in vendored.toml")
        if row["version"] not in Path(path).name:
            problems.append(f"{path}: its name does not carry version {row['version']}")
        if not licences.allow(row["licence"]):
            problems.append(f"{path}: licence {row['licence']} is not allowed")
    return problems


def vulnerable(requirements: Path) -> tuple[bool | None, str]:
    """What pip-audit says of the pinned versions: True none known, False some, None not checked; and its words."""
    program = shutil.which("pip-audit")  # of an environment of its own: in ours it would be pinned nowhere
    if program is None:
        return None, "pip-audit is not installed"
    command = [program, "--no-deps", "--disable-pip", "--progress-spinner", "off"]
    try:
        done = subprocess.run(
            [*command, "-f", "json", "-r", str(requirements)],
            capture_output=True, encoding="utf-8", timeout=300, check=False,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        return None, "pip-audit had no answer within 300 seconds"
    try:
        answered = json.loads(done.stdout)["dependencies"]
    except (ValueError, KeyError, TypeError):
        return None, (done.stderr.strip().splitlines() or ["pip-audit said nothing"])[-1]
    known = [f"{row['name']} {row['version']}: {v['id']}" for row in answered for v in row.get("vulns", ())]
    skipped = [f"{row['name']}: {row['skip_reason']}" for row in answered if "skip_reason" in row]
    if known:
        return False, "; ".join(known)
    if skipped:
        return None, f"{len(skipped)} of {len(answered)} are unknown to its service, the first: {skipped[0]}"
    return True, ""


def sbom(
    installed: Iterable[Distribution], listed: Iterable[Mapping[str, str]], licences: Licences
) -> dict[str, Any]:
    """The bill of materials of the run time (CycloneDX 1.6)."""
    components = [
        {
            "type": "library", "name": found.name, "version": found.version,
            "purl": f"pkg:pypi/{canonical(found.name)}@{found.version}",
            "licenses": [{"expression": licence_of(found, licences)}],
        }
        for found in installed
    ]  # fmt: skip
    components += [
        {
            "type": "file", "name": row["path"], "version": row["version"],
            "purl": f"pkg:npm/{row['name'].replace('@', '%40')}@{row['version']}",
            "licenses": [{"expression": row["licence"]}], "hashes": [{"alg": "SHA-256", "content": row["sha256"]}],
        }
        for row in listed
        if row["path"].startswith("src/")
    ]  # fmt: skip
    return {"bomFormat": "CycloneDX", "specVersion": "1.6", "version": 1, "components": components}


def main() -> int:
    """Check all and say everything that is wrong."""
    parser = argparse.ArgumentParser(
        description="check pins, licences, vendored files and known vulnerabilities"
    )
    parser.add_argument(
        "--strict", action="store_true", help="fail where vulnerabilities could not be checked"
    )
    parser.add_argument("--sbom", type=Path, help="also write the bill of materials there (CycloneDX JSON)")
    asked = parser.parse_args()
    folder = REPOSITORY / "requirements"
    licences = Licences(**_data(folder / "licences.toml"))
    listed = _data(folder / "vendored.toml")["file"]
    pinned, problems = pins(folder)
    problems += strays(pinned, distributions())
    run_time = []
    for name in pinned[RUN_TIME]:
        try:
            run_time.append(distribution(name))
        except PackageNotFoundError:
            problems.append(f"{name} is pinned and not installed")
    problems += unlicensed(run_time, licences) + vendored(REPOSITORY, listed, licences)
    safe, words = vulnerable(folder / RUN_TIME)
    if safe is False:
        problems.append(f"known vulnerabilities: {words}")
    if safe is None:
        print(f"known vulnerabilities: not checked ({words})", file=sys.stderr)
        problems += ["known vulnerabilities were not checked"] if asked.strict else []
    for problem in problems:
        print(problem, file=sys.stderr)
    if asked.sbom and not problems:
        asked.sbom.parent.mkdir(parents=True, exist_ok=True)
        text = json.dumps(sbom(run_time, listed, licences), indent=2, ensure_ascii=False)
        asked.sbom.write_text(text + "\n", encoding="utf-8")
    return 1 if problems else 0


def _data(path: Path) -> dict[str, Any]:
    found = tomllib.loads(path.read_text(encoding="utf-8"))
    if "allowed" in found:
        found["allowed"] = frozenset(found["allowed"])
    return found


if __name__ == "__main__":
    sys.exit(main())
