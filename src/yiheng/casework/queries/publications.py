"""Reads of what is public (公开): certified versions, with the proof that their files are as they were certified."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Final

from django.db.models import QuerySet

from yiheng.casework.errors import CaseworkError
from yiheng.casework.models import Preparation, PreparationState, Publication, Withdrawal, WithdrawalState
from yiheng.reporting import manifest

Files = Mapping[str, list[int | str]]
"""Path → [bytes, SHA-256]."""
REMEDY: Final = "请从备份恢复该文件夹，并查明改动的原因"


def publications(unit: str = "", year: int = 0, kind: str = "") -> QuerySet[Publication]:
    """All certified versions, of one unit, year or kind where asked; the public may see them but for the withdrawn.

    Ordered by unit, year (newest first), kind and version (newest first). The version of a unit, year and kind that
    comes first is the one in force; the others are its corrections' history.
    """
    asked = {name: value for name, value in (("unit", unit), ("year", year), ("kind", kind)) if value}
    return Publication.objects.filter(**asked).select_related("preparation")


def in_force(unit: str = "", year: int = 0, kind: str = "") -> tuple[Publication, ...]:
    """The newest certified version of each unit, year and kind. Where that was withdrawn, none is: the one before it
    had been corrected.
    """
    down = withdrawn()
    return tuple(each for each in _newest(unit, year, kind) if each.pk not in down)


def gone(unit: str) -> tuple[Publication, ...]:
    """The papers of a unit whose newest version was withdrawn."""
    down = withdrawn(unit)
    return tuple(each for each in _newest(unit) if each.pk in down)


def latest(unit: str, year: int, kind: str) -> Publication | None:
    """The newest certified version, also where it was withdrawn."""
    return publications(unit, year, kind).first()


def withdrawn(unit: str = "", year: int = 0, kind: str = "") -> dict[int, Withdrawal]:
    """What was taken from the public site, by the number of the version."""
    asked = {
        f"publication__{name}": value
        for name, value in (("unit", unit), ("year", year), ("kind", kind))
        if value
    }
    found = Withdrawal.objects.filter(state=WithdrawalState.WITHDRAWN, **asked)
    return {each.publication_id: each for each in found.select_related("publication")}


def withdrawal_of(version: Publication) -> Withdrawal | None:
    """That the version was taken down; None while it is public."""
    found = Withdrawal.objects.filter(publication=version, state=WithdrawalState.WITHDRAWN)
    return found.select_related("publication").first()


def taken_down(unit: str, year: int, kind: str) -> Withdrawal | None:
    """That the newest version of a paper was taken down, so that nothing of it is public; None otherwise."""
    newest = latest(unit, year, kind)
    return withdrawal_of(newest) if newest else None


def withdrawals_of(version: Publication) -> QuerySet[Withdrawal]:
    """Everything about taking this version down, the newest first."""
    return Withdrawal.objects.filter(publication=version).select_related("requested_by", "decided_by")


def waiting_withdrawals(units: Iterable[str]) -> QuerySet[Withdrawal]:
    """What waits to be signed in these units."""
    found = Withdrawal.objects.filter(state=WithdrawalState.REQUESTED, publication__unit__in=list(units))
    return found.select_related("publication", "requested_by")


def _newest(unit: str = "", year: int = 0, kind: str = "") -> tuple[Publication, ...]:
    found: dict[tuple[str, int, str], Publication] = {}
    for each in publications(unit, year, kind):
        found.setdefault((each.unit, each.year, each.kind), each)
    return tuple(found.values())


def waiting_drafts(units: Iterable[str]) -> QuerySet[Preparation]:
    """The drafts that wait to be certified in these units."""
    found = Preparation.objects.filter(state=PreparationState.PREPARED, unit__in=list(units))
    return found.select_related("prepared_by")


def waiting_draft(unit: str, year: int, kind: str) -> Preparation | None:
    """The draft that waits to be certified."""
    found = Preparation.objects.select_related("job", "prepared_by")
    return found.filter(unit=unit, year=year, kind=kind, state=PreparationState.PREPARED).first()


def drafts(unit: str, year: int) -> QuerySet[Preparation]:
    """Every draft of a unit and year, newest first, also those that were returned or superseded."""
    found = Preparation.objects.select_related("job", "prepared_by", "decided_by")
    return found.filter(unit=unit, year=year)


def defects(publication: Publication) -> list[str]:
    """Every file of a version that is no longer what was certified, in Chinese; none means intact."""
    return changes_since(publication.path, publication.manifest, publication.manifest_sha256)


def file_of(publication: Publication, name: str) -> Path:
    """A file of a version, proved to be the one that was certified.

    Raises `FileNotFoundError` for a name that its manifest does not have, `CaseworkError` where the file has changed.
    """
    return _proved(publication.path, publication.manifest, publication.manifest_sha256, name)


def draft_file(draft: Preparation, name: str) -> Path:
    """As `file_of`, of a draft."""
    return _proved(draft.path, draft.manifest, draft.manifest_sha256, name)


def sealed(folder: Path) -> tuple[dict[str, list[int | str]], str]:
    """The manifest of a package and the SHA-256 of the manifest itself. `CaseworkError` where a file does not match."""
    if wrong := manifest.verify(folder):
        raise CaseworkError("；".join(wrong))
    target = folder / manifest.NAME
    listed = json.loads(target.read_text(encoding="utf-8"))["files"]
    return {row["path"]: [row["bytes"], row["sha256"]] for row in listed}, manifest.digest(target)


def changes_since(folder: Path, files: Files, seal: str) -> list[str]:
    """How the folder differs from what the database remembers of it."""
    present = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    wanted: dict[str, list[int | str]] = {**files, manifest.NAME: [0, seal]}
    problems = [f"缺少文件 {name}" for name in sorted(wanted.keys() - present)]
    problems += [f"多出文件 {name}" for name in sorted(present - wanted.keys())]
    for name in sorted(wanted.keys() & present):
        if manifest.digest(folder / name) != wanted[name][1]:
            problems.append(f"文件 {name} 已被改动")
    return problems


def _proved(folder: Path, files: Files, seal: str, name: str) -> Path:
    wanted = seal if name == manifest.NAME else files[name][1] if name in files else None
    path = folder / name
    if wanted is None:
        raise FileNotFoundError(name)
    if not path.is_file() or manifest.digest(path) != wanted:
        raise CaseworkError(f"文件 {name} 与签发时的校验值不符，暂不提供。{REMEDY}。")
    return path
