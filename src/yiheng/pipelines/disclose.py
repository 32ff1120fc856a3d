"""Making public (公开) by two persons: a draft package for one to prepare, its certified version for another to sign.

Preparing: 1. note what the ledger holds; 2. publish for the public into the folder of the job; 3. keep the draft with
its manifest in the transaction in which the job ends. Certifying: 1. make sure that the ledger still gives the same
facts and the rules are the same; 2. certify, which in one transaction copies the files, fixes the version and closes
the step of the unit-year's cycle that waited for it.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

from yiheng.casework.errors import CaseworkError
from yiheng.casework.models import Job, Preparation, Publication
from yiheng.casework.operations import publications
from yiheng.facts import DepartmentYear
from yiheng.ledger import queries
from yiheng.people.models import User
from yiheng.pipelines.assemble import key_of, stamp
from yiheng.pipelines.findings import finding_data
from yiheng.pipelines.progress import Progress
from yiheng.pipelines.publish import PublicationStopped, Published, publish
from yiheng.policy import Policy
from yiheng.reporting.fonts import FontSet

OUT: Final = "package"
"""Folder of the package below that of the job."""
STATED: Final = ("rules", "facts")
"""The parts of a stamp that a draft rests on; a new version of the program alone makes no draft stale."""


def department_year(unit: str, year: int, kind: str, policy: Policy) -> DepartmentYear:
    """A department-year whose key names a folder. Raises `CaseworkError` where the unit's key is no plain name."""
    found = queries.department_year(unit, year, kind, policy=policy)
    if Path(key_of(found)).name != key_of(found):
        raise CaseworkError(
            f"单位键“{unit}”含有路径符号，不能用作文件夹名。请在“单位”表改用字母、数字和短横线。"
        )
    return found


def draft(
    job: Job, unit: str, year: int, kind: str, policy: Policy, fonts: FontSet, progress: Progress
) -> tuple[Published, dict[str, Any]]:
    """Write the package; what `keep` needs of the ledger as it was. Raises as `publish`."""
    loaded, _ = queries.state()
    read = department_year(unit, year, kind, policy)
    done = publish(read, policy, job.folder / OUT, fonts=fonts, progress=progress)
    return done, {"basis": _basis(read, policy), "ledger_state": loaded}


def keep(
    job: Job, done: Published, at: dict[str, Any], unit: str, year: int, kind: str, reason: str
) -> Preparation:
    """Keep the draft, in the transaction of the caller. Raises `CaseworkError`."""
    return publications.prepared(
        job,
        unit=unit,
        year=year,
        kind=kind,
        title=done.title,
        folder=f"{OUT}/{done.folder.name}",
        checks=checks_data(done),
        reason=reason,
        **at,
    )


def certify(found: Preparation, policy: Policy, *, by: User) -> Publication:
    """Certify a draft. Raises `CaseworkError`: see the module and `publications.certify`."""
    if queries.state()[0] != found.ledger_state:
        read = department_year(found.unit, found.year, found.kind, policy)
        if _basis(read, policy) != found.basis:
            raise CaseworkError(
                "准备公开稿之后，台账里这个年度的数据或适用的规则有改动，公开稿已与台账不符。请退回，重新准备后再签发。"
            )
    return publications.certify(found, by=by, policy=policy)


def checks_data(done: Published) -> dict[str, Any]:
    """What was checked, for whoever certifies."""
    return {
        "outcomes": done.outcomes,
        "tables": done.tables,
        "cells": done.cells,
        "files": done.files,
        "evaluation": done.evaluation,
        "notices": list(done.notices),
        "failed": [finding_data(finding) for finding in done.failed],
    }


def stopped_data(refused: PublicationStopped) -> dict[str, Any]:
    """Why nothing was written, for whoever prepares."""
    return {
        "status": "stopped",
        "title": refused.title,
        "findings": [finding_data(finding) for finding in refused.findings],
    }


def _basis(read: DepartmentYear, policy: Policy) -> dict[str, str]:
    found = stamp(read, policy)
    return {name: found[name] for name in STATED}
