"""Making public (公开) in two steps: a draft that a job has prepared, and its certified version, by two persons."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import Any, Final

from django.db import transaction
from django.utils import timezone

from yiheng.casework.errors import CaseworkError
from yiheng.casework.flow import disclosing
from yiheng.casework.models import Job, Preparation, PreparationState, Publication
from yiheng.casework.queries.publications import changes_since, latest, sealed
from yiheng.people.models import Right, User
from yiheng.people.operations import Write, record
from yiheng.policy import Policy

from .cycles import disclosed
from .second_person import SecondPerson

DRAFTS: Final = "preparations"
VERSIONS: Final = "publications"
_SIGNED: Final = SecondPerson(
    Preparation,
    PreparationState.PREPARED,
    asker="prepared_by",
    over="这份公开稿现在是“{}”，不能再签发或退回。请刷新页面。",
    same="准备公开稿和签发必须是两个人：您准备了这份公开稿，请由另一位有签发权限的人办理。",
    silent="退回公开稿要写明意见，说清哪里需要改。",
)


def check_reason(unit: str, year: int, kind: str, reason: str) -> None:
    """Whether a draft may be prepared: what is public already is only corrected with a reason. `CaseworkError`."""
    before = latest(unit, year, kind)
    if before is not None and not reason.strip():
        raise CaseworkError(
            f"“{before.title}”已公开第 {before.version} 版。再次公开是更正，须写明更正理由；"
            "理由会随更正记录向公众显示。"
        )


@transaction.atomic
def prepared(
    job: Job,
    *,
    unit: str,
    year: int,
    kind: str,
    title: str,
    folder: str,
    checks: dict[str, Any],
    basis: dict[str, str],
    ledger_state: int,
    reason: str = "",
) -> Preparation:
    """A draft is written and waits to be certified; one that waited before it is superseded.

    `folder` is the package below the folder of the job, `basis` the hashes of the rules and facts that it was computed
    from, `ledger_state` the last load of the ledger before. Called in the transaction in which the job ends. Raises
    `CaseworkError` as `check_reason` does.
    """
    check_reason(unit, year, kind, reason)
    manifest, seal = sealed(job.folder / folder)
    Preparation.objects.filter(unit=unit, year=year, kind=kind, state=PreparationState.PREPARED).update(
        state=PreparationState.SUPERSEDED
    )
    draft = Preparation.objects.create(
        job=job, unit=unit, year=year, kind=kind, title=title, folder=folder, checks=checks, reason=reason.strip(),
        manifest=manifest, manifest_sha256=seal, prepared_by=job.requested_by, prepared_at=timezone.now(),
        basis=basis, ledger_state=ledger_state,
    )  # fmt: skip
    after = {"unit": unit, "year": year, "kind": kind, "manifest": seal, "reason": draft.reason}
    record([Write("prepare", DRAFTS, str(draft.pk), after=after)], actor=job.requested_by)
    return draft


@transaction.atomic
def certify(draft: Preparation, *, by: User, policy: Policy | None = None) -> Publication:
    """Certify a draft: its files become a version that stays as it is, and the cycle's step of disclosure is closed.

    Raises `CaseworkError` where the draft no longer waits, where the person prepared it or has no right to certify, or
    where a file is no longer the one that was checked.
    """
    now = _SIGNED.held(draft, by, Right.CERTIFY)
    if wrong := changes_since(now.path, now.manifest, now.manifest_sha256):
        raise CaseworkError(
            "公开稿的文件在准备之后被改动，不能签发：" + "；".join(wrong) + "。请重新准备，并查明改动的原因。"
        )
    before = latest(now.unit, now.year, now.kind)
    version = Publication(
        unit=now.unit, year=now.year, kind=now.kind, title=now.title, manifest=now.manifest,
        manifest_sha256=now.manifest_sha256, reason=now.reason, prepared_by=now.prepared_by,
        prepared_at=now.prepared_at, version=before.version + 1 if before else 1, preparation=now,
        certified_by=by, certified_at=timezone.now(),
    )  # fmt: skip
    check_reason(now.unit, now.year, now.kind, now.reason)
    version.save(force_insert=True)
    _SIGNED.decide(now, by, PreparationState.CERTIFIED)
    after = {
        "unit": now.unit, "year": now.year, "kind": now.kind, "version": version.version,
        "manifest": now.manifest_sha256, "reason": now.reason,
    }  # fmt: skip
    record([Write("certify", VERSIONS, str(version.pk), after=after)], actor=by)
    disclosed(
        now.unit, now.year, disclosing(now.kind), day=timezone.localdate(version.certified_at), by=by,
        document=now.title, policy=policy,
    )  # fmt: skip
    _keep_files(now.path, version)
    return version


@transaction.atomic
def send_back(draft: Preparation, *, by: User, comment: str) -> Preparation:
    """Return a draft to whoever prepared it, with what has to be changed. Raises as `certify`."""
    now = _SIGNED.refused(draft, by, PreparationState.RETURNED, comment)
    record([Write("return", DRAFTS, str(now.pk), after={"comment": now.comment})], actor=by)
    return now


def _keep_files(source: Path, version: Publication) -> None:
    """Copy the files to their own place and make sure that they are on the disk.

    The last step of the transaction: a kill before its end leaves at most a folder that no row names, which the next
    attempt replaces.
    """
    target = version.path
    draft = target.with_name(f".{target.name}.draft")
    for left in (draft, target):
        shutil.rmtree(left, ignore_errors=True)
    try:
        _copy(source, draft)
        if wrong := changes_since(draft, version.manifest, version.manifest_sha256):
            raise CaseworkError("复制公开文件时出错，没有签发：" + "；".join(wrong) + "。请检查磁盘后重试。")
        for path in (p for p in draft.rglob("*") if p.is_file()):
            path.chmod(0o444)
            _flush(path)
        os.replace(draft, target)
    except BaseException:
        shutil.rmtree(draft, ignore_errors=True)
        raise
    _flush(target.parent)


def _copy(source: Path, target: Path) -> None:
    """As `shutil.copytree`, which of an error of the system keeps the words alone."""
    target.mkdir(parents=True)
    for path in sorted(source.rglob("*")):  # a folder comes before what lies in it
        copy = target / path.relative_to(source)
        if path.is_dir():
            copy.mkdir()
        else:
            shutil.copy2(path, copy)


def _flush(path: Path) -> None:
    """Wait until the file or folder is on the disk; Windows cannot open a folder."""
    if path.is_dir() and os.name == "nt":
        return
    opened = os.open(path, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)
