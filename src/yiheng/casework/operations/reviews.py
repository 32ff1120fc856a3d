"""Writes of reviews (审校): what an audit found of a document, and what reviewers decide."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from django.db import transaction
from django.utils import timezone

from yiheng.casework.errors import CaseworkError
from yiheng.casework.models import FindingDecision, Job, ReviewedDocument
from yiheng.facts.audit import Verdict
from yiheng.people.models import User
from yiheng.people.operations import Write, record

DOCUMENTS: Final = "reviewed_documents"
DECISIONS: Final = "finding_decisions"


@transaction.atomic
def reviewed(job: Job, documents: Iterable[dict[str, Any]]) -> list[ReviewedDocument]:
    """What a job's audit found, one entry a file; called in the transaction in which the job ends.

    Decisions that the unit's reviewers took earlier on the same file are taken over.
    """
    made = []
    for fields in documents:
        document = ReviewedDocument.objects.create(
            job=job, unit=job.unit, uploaded_by=job.requested_by, reviewed_at=timezone.now(), **fields
        )
        _take_over(document)
        made.append(document)
    after = {"unit": job.unit, "files": [{"name": d.name, "sha256": d.sha256} for d in made]}
    record([Write("review", DOCUMENTS, str(job.pk), after=after)], actor=job.requested_by)
    return made


def _take_over(document: ReviewedDocument) -> None:
    """Copy the newest decisions of the same unit on the same file."""
    same = FindingDecision.objects.filter(document__unit=document.unit, document__sha256=document.sha256)
    newest = {decision.key: decision for decision in same.order_by("at", "pk")}
    FindingDecision.objects.bulk_create(
        FindingDecision(
            document=document, key=d.key, verdict=d.verdict, reason=d.reason, by=d.by, at=d.at
        )
        for d in newest.values()
    )  # fmt: skip


@transaction.atomic
def decide(
    document: ReviewedDocument, key: str, verdict: str, reason: str, *, by: User
) -> FindingDecision | None:
    """Decide on a finding, anew where it was decided before; an empty verdict leaves it open again.

    Raises `CaseworkError` for a verdict that is none, or where a finding is dismissed without a reason.
    """
    reason = reason.strip()
    if verdict and verdict not in {v.value for v in Verdict}:
        raise CaseworkError(f"裁定只能是 {'、'.join(v.label for v in Verdict)}，没有“{verdict}”。")
    if verdict == Verdict.DISMISSED.value and not reason:
        raise CaseworkError("判为“不是问题”的，要写明理由。")
    before = FindingDecision.objects.select_for_update().filter(document=document, key=key).first()
    if (before.verdict, before.reason) == (verdict, reason) if before else not verdict:
        return before
    old = {"verdict": before.verdict, "reason": before.reason} if before else None
    if before is not None and not verdict:
        before.delete()
        made = None
    else:
        made, _ = FindingDecision.objects.update_or_create(
            document=document,
            key=key,
            defaults={"verdict": verdict, "reason": reason, "by": by, "at": timezone.now()},
        )
    new = {"document": document.name, "key": key, "verdict": verdict, "reason": reason}
    record([Write("decide", DECISIONS, str(document.pk), before=old, after=new)], actor=by)
    return made
