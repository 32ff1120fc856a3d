"""What a value or a score rests on (佐证材料)."""

from __future__ import annotations

from collections.abc import Iterator

from django.db import models
from django.db.models import Q

from yiheng.facts.sheets import SheetRow
from yiheng.ledger.models.base import Attested
from yiheng.ledger.validation.problem import problem
from yiheng.reading.problems import Problem


class EvidenceKind(models.TextChoices):
    """What the evidence is."""

    FILE = "file", "文件"
    LINK = "link", "链接"
    QUERY = "query", "查询"
    PERSON = "person", "人员"
    NOTE = "note", "说明"


class Evidenced(Attested):
    """A row that rests on evidence. Of a transcribed row the source page counts as evidence."""

    evidence_kind = models.CharField("佐证类别", choices=EvidenceKind.choices, blank=True)
    evidence = models.TextField("佐证", blank=True)

    class Meta:
        abstract = True


PROVED = ~Q(evidence="") | Q(document__isnull=False)
"""The row has evidence, or says from which document it was transcribed."""


def kind_rule() -> models.CheckConstraint:
    """Evidence says what it is, by one of the known kinds."""
    return models.CheckConstraint(
        condition=Q(evidence="", evidence_kind="")
        | (~Q(evidence="") & Q(evidence_kind__in=EvidenceKind.values)),
        name="%(app_label)s_%(class)s_evidence_kind",
    )


def is_proved(row: SheetRow) -> bool:
    """Whether the row has evidence or a source document."""
    return bool(row.text("evidence") or row.text("document"))


def kind_problems(row: SheetRow) -> Iterator[Problem]:
    """Evidence without its kind, or the other way round."""
    if bool(row.text("evidence")) != bool(row.text("evidence_kind")):
        yield problem(
            row, "佐证不完整", "evidence", "佐证和佐证类别要么都填，要么都空着", "补填另一栏，或清空两栏"
        )


def missing(row: SheetRow, column: str, what: str) -> Problem:
    """A value or score that rests on nothing."""
    return problem(
        row, "缺少佐证", column, f"{what}没有佐证，也没有来源文件",
        "填写佐证类别和佐证；抄自已公开文件的填来源文件和出处",
    )  # fmt: skip
